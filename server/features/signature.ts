/** Which argument of which keyword the cursor stands at. */
import { childContext, context as contextOf, lookup } from "../../grammar/vocabulary/index.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { Project } from "../model/cluster/project.ts";
import { lineAt, occurrences } from "./cursor.ts";
import { argumentLabel, argumentRange, usage } from "./keyword-help.ts";

export interface Signature {
  readonly label: string;
  readonly help: string;
  /** The labels of the arguments as they stand in `label`, in order. */
  readonly parameters: readonly { readonly label: string; readonly help: string }[];
  readonly active: number;
}

/** Undefined in front of the first blank behind the keyword, and for keywords without arguments. */
export const signatureAt = (project: Project, file: string, text: string, offset: number, version?: Version): Signature | undefined => {
  const line = lineAt(text, offset);
  const [first, ...written] = line.before;
  if (line.comment || first === undefined) return undefined;
  for (const { context } of occurrences(project, file, text, offset, version)) {
    const entry = context === undefined ? undefined : (context.entry ?? lookup(context.id, first));
    // `virtual_server group NAME`: the word behind the keyword says what the others are.
    const form =
      entry === undefined || context?.entry !== undefined
        ? undefined
        : contextOf(childContext(context!.id, entry))?.forms?.find(({ name }) => name === written[0]);
    const keyword = form === undefined ? entry : { ...form, name: `${first} ${form.name}`, kind: entry!.kind };
    if (keyword === undefined || keyword.args.length === 0) continue;
    const count = written.length + (form !== undefined ? -1 : context?.entry !== undefined ? 1 : 0);
    // Behind the entry of a list's line stand options, each with a value of its own.
    if (context?.entry !== undefined && count >= keyword.args.length) continue;
    const last = keyword.args.length - 1;
    const active = count <= last ? count : keyword.args[last]!.repeated === true ? last : keyword.args.length;
    return {
      label: usage(keyword),
      help: keyword.help,
      parameters: keyword.args.map((argument) => ({ label: argumentLabel(argument), help: argumentRange(argument) })),
      active,
    };
  }
  return undefined;
};
