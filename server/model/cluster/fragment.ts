/**
 * Fragments: files that some configuration would include inside a block (`priority 100`, a list of real servers, a list of
 * addresses). Alone they mean nothing: every line would be told to stand at the wrong place, and none of that is a mistake.
 */
import { parseKeepalived } from "../../../grammar/keepalived/parse.ts";
import type { ContextId } from "../../../grammar/vocabulary/types.ts";
import { context as contextOf, contextsOf } from "../../../grammar/vocabulary/index.ts";
import { checkValue } from "../../../grammar/vocabulary/values.ts";
import { baseName } from "./files.ts";

export type Fragment =
  /** Every line belongs into this kind of block; `contexts` are all that would hold them, the likeliest first. */
  | { readonly kind: "block"; readonly context: ContextId; readonly contexts: readonly ContextId[] }
  /** Addresses, one a line. */
  | { readonly kind: "addresses" };

/** Longer files are not held by one block. */
const maxLines = 2000;

/** What the main file is called: a fragment of that name is a configuration gone wrong. */
const mainName = /^(?:keepalived\.conf|<stdin>)$/u;

/** The block that a file's lines belong to, when they all belong to one that is not the top level; else undefined. */
export const fragmentOf = (file: string, text: string): Fragment | undefined => {
  if (mainName.test(baseName(file)) || text.split("\n", maxLines + 1).length > maxLines) return undefined;
  const { items, problems } = parseKeepalived(text);
  if (problems.length > 0) return undefined;
  // Definitions and includes are at home everywhere.
  const words = items.map((item) => item.words[0]?.text ?? "").filter((word) => !/^(?:[$~@]|include)/u.test(word));
  const [first] = words;
  if (first === undefined) return undefined;
  if (words.every(isAddress)) return { kind: "addresses" };
  const shared = contextsOf(first).filter((context) => context !== "" && words.every((word) => contextsOf(word).includes(context)));
  // In most lists a keyword only follows an entry; in lists of routes and rules it may begin a line.
  const beginning = shared.filter((context) => contextOf(context)?.entry === undefined);
  const contexts = (beginning.length > 0 ? beginning : shared).toSorted((one, other) => one.length - other.length);
  const [context] = contexts;
  return context === undefined || words.some((word) => contextsOf(word).includes("")) ? undefined : { kind: "block", context, contexts };
};

/** What a fragment is, as the end of a sentence. */
export const describeFragment = (fragment: Fragment): string =>
  fragment.kind === "addresses" ? "it is a list of addresses" : `its lines belong inside ${fragment.context.split("/").at(-1)}`;

const isAddress = (word: string): boolean => checkValue(word, { name: "address", type: "address-prefix" }).kind === "ok";
