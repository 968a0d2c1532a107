/** The list of findings: the gravest first, each with its places, its reasons and what can be done. */
import type { Place, ShownFinding, ShownFix } from "../messages.ts";
import { button, make } from "./dom.ts";

export interface FindingsOwner {
  readonly goTo: (place: Place) => void;
  readonly apply: (fix: ShownFix) => void;
  readonly explain: (rule: string) => void;
}

/** More than so many remarks hide what is wrong. */
const mostInfo = 4;

export const showFindings = (root: HTMLElement, findings: readonly ShownFinding[], owner: FindingsOwner): void => {
  if (findings.length === 0) {
    root.replaceChildren(make("p", { class: "empty" }, "Nothing found."));
    return;
  }
  const of = (...severities: readonly ShownFinding["severity"][]): readonly HTMLElement[] =>
    severities.flatMap((severity) => findings.filter((one) => one.severity === severity).map((one) => itemFor(one, owner)));
  const grave = of("error", "warning");
  const rest = of("info", "style");
  const isLong = grave.length > 0 && rest.length > mostInfo;
  const wasOpen = root.querySelector("details")?.open === true;
  root.replaceChildren(
    make("ol", { class: "findings" }, ...grave, ...(isLong ? [] : rest)),
    ...(isLong
      ? [
          make(
            "details",
            wasOpen ? { open: "" } : {},
            make("summary", {}, `${rest.length} remarks`),
            make("ol", { class: "findings" }, ...rest),
          ),
        ]
      : []),
  );
};

const itemFor = ({ rule, severity, message, at, notes, fixes }: ShownFinding, { goTo, apply, explain }: FindingsOwner): HTMLElement =>
  make(
    "li",
    { class: `finding ${severity}` },
    make(
      "p",
      { class: "head" },
      make("span", { class: "severity" }, severity),
      ...(rule === "kalint.toml" ? [] : [button(rule, () => explain(rule), { class: "quiet rule", title: "What this means" })]),
      placeButton(at, goTo),
    ),
    make("p", { class: "message" }, message),
    ...(notes.length === 0
      ? []
      : [
          make(
            "ul",
            { class: "notes" },
            ...notes.map((note) => make("li", {}, note.message, ...(note.at === undefined ? [] : [" ", placeButton(note.at, goTo)]))),
          ),
        ]),
    ...fixes.map((fix) =>
      make(
        "p",
        { class: "fix" },
        button(fix.title, () => apply(fix), { class: "apply" }),
        make("span", { class: "safety" }, fix.safety === "safe" ? "keeps what keepalived does" : "changes what keepalived does"),
      ),
    ),
  );

const placeButton = (place: Place, goTo: (place: Place) => void): HTMLElement =>
  button(`${place.file}:${place.line}`, () => goTo(place), { class: "quiet place", title: "Show in the editor" });

export const countsInWords = (findings: readonly ShownFinding[]): string => {
  const parts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [severity === "info" ? `${count} info` : `${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return parts.length === 0 ? "nothing found" : parts.join(", ");
};
