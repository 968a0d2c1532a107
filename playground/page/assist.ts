/** What the analysis knows, while somebody types: completion. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type Completion,
  completionKeymap,
  type CompletionResult,
  snippetCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { ShownCompletion } from "../messages.ts";
import type { Analyst } from "./analyst.ts";
import { make } from "./dom.ts";
import { rendered } from "./markdown.ts";

export const assistFor = (file: string, analyst: Analyst): Extension => [
  closeBrackets(),
  keymap.of([...closeBracketsKeymap, ...completionKeymap]),
  autocompletion({
    icons: false,
    override: [
      async ({ pos, explicit, state }): Promise<CompletionResult | null> => {
        const line = state.doc.lineAt(pos);
        const typed = line.text.slice(0, pos - line.from);
        if (!explicit && !/[\w$@]$/u.test(typed)) return null;
        const items = await analyst.complete(file, pos);
        const [first] = items;
        // One list replaces one span; what the analysis would replace otherwise is rare and left out.
        return first === undefined
          ? null
          : {
              from: first.start,
              to: first.end,
              options: items.filter(({ start }) => start === first.start).map((item) => optionOf(item, analyst)),
              filter: true,
            };
      },
    ],
  }),
];

const optionOf = ({ label, role, text, snippet, detail, help, rank }: ShownCompletion, { explain }: Analyst): Completion => {
  const option: Completion = {
    label,
    type: role,
    boost: -rank,
    // What is used like this: the word itself stands before it already.
    ...(detail === undefined || detail === label
      ? {}
      : { detail: detail.startsWith(`${label} `) ? detail.slice(label.length + 1) : detail }),
    ...(help === undefined ? {} : { info: async () => make("div", { class: "help" }, rendered(await explain(help))) }),
  };
  // CodeMirror knows `${1:name}` as everybody, and takes `${}` for the last place.
  return snippet ? snippetCompletion(text.replaceAll("$0", "${}"), option) : { ...option, apply: text };
};
