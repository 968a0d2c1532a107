// STAND-IN by the lead: the effects' author replaces it (same name and signature).
import type { Effect } from "./types.ts";
export const effectsOfSysctlConf = (_text: string, _file: string): readonly Effect[] => [];
