/** Scripts as they are parsed: once for each text, however many commands run it, call it or read it in. */
import type { FileText } from "../../../grammar/keepalived/expansion.ts";
import { parseShell } from "../../../grammar/shell/parse.ts";
import { remembered } from "../node/remembered.ts";

export type ReadText = Extract<FileText, { readonly kind: "text" }>;

/** The tree of a file that was read. */
export const treeOf = remembered(({ text }: ReadText) => parseShell(text));
