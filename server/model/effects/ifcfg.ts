// STAND-IN by the lead: the effects' author replaces it (same name and signature).
import type { Sited } from "../../../grammar/text.ts";
import type { Effect } from "./types.ts";
export const readIfcfg = (_text: string, _file: string): { readonly effects: readonly Effect[]; readonly gateway?: Sited<string> } => ({ effects: [] });
