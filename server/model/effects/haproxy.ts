// STAND-IN by the lead: the effects' author replaces it (same name and signature).
import type { Sited } from "../../../grammar/text.ts";
export const readHaproxy = (_text: string, _file: string): { readonly binds: readonly { readonly address: Sited<string>; readonly port?: number }[] } => ({ binds: [] });
