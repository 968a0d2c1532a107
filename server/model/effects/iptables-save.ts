// STAND-IN by the lead: the effects' author replaces it (same name and signature).
import type { Effect } from "./types.ts";
export const looksLikeIptablesSave = (text: string): boolean => /^\*(?:filter|mangle|nat|raw)\b/mu.test(text);
export const effectsOfIptablesSave = (_text: string, _file: string): readonly Effect[] => [];
