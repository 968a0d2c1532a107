/** What the analysis knows of the word under the pointer. */
import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import type { Analyst } from "./analyst.ts";
import { make } from "./dom.ts";
import { rendered } from "./markdown.ts";

export const hoverFor = (file: string, analyst: Analyst): Extension =>
  hoverTooltip(
    async (_, pos) => {
      const hover = await analyst.hover(file, pos);
      return hover === undefined
        ? null
        : {
            pos: hover.start,
            end: hover.end,
            above: true,
            create: () => ({ dom: make("div", { class: "help" }, rendered(hover.text)) }),
          };
    },
    { hoverTime: 350 },
  );
