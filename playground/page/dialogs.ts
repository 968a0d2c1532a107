/** Questions in front of the page: names of files and nodes, a link to share, the page of a rule. */
import { button, make } from "./dom.ts";
import { rendered } from "./markdown.ts";

interface NameQuestion {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly suggestions?: readonly string[];
  /** Why a name cannot be taken. */
  readonly problem: (name: string) => string | undefined;
  readonly accept: (name: string) => void;
  /** Offered where there is something to remove. */
  readonly remove?: () => void;
}

export const askName = ({ title, label, value, hint, suggestions, problem, accept, remove }: NameQuestion): void => {
  const input = make("input", {
    id: "name",
    value,
    autocomplete: "off",
    spellcheck: "false",
    list: "names",
    "aria-describedby": "name-problem",
  });
  const told = make("p", { class: "problem", id: "name-problem", "aria-live": "polite" });
  const form = make(
    "form",
    { method: "dialog" },
    make("h2", {}, title),
    make("label", {}, make("span", {}, label), input),
    make("datalist", { id: "names" }, ...(suggestions ?? []).map((each) => make("option", { value: each }))),
    ...(hint === undefined ? [] : [make("p", { class: "hint" }, hint)]),
    told,
    make(
      "p",
      { class: "buttons" },
      make("button", { type: "submit", class: "primary" }, "OK"),
      button("Cancel", () => dialog.close()),
      ...(remove === undefined
        ? []
        : [
            button(
              "Remove",
              () => {
                dialog.close();
                remove();
              },
              { class: "remove" },
            ),
          ]),
    ),
  );
  const dialog = opened(form);
  form.addEventListener("submit", (event) => {
    const name = input.value.trim();
    const wrong = problem(name);
    if (wrong === undefined) {
      accept(name);
      return;
    }
    event.preventDefault();
    told.textContent = wrong;
  });
  input.select();
};

export const showLink = (link: string, isCopied: boolean): void => {
  const field = make("input", { value: link, readonly: "", "aria-label": "Link" });
  const dialog = opened(
    make("h2", {}, isCopied ? "The link is copied" : "A link to these files"),
    field,
    make("p", { class: "hint" }, "The files are in the link itself, passwords included. No server sees them; whoever has the link does."),
    make(
      "p",
      { class: "buttons" },
      button("Close", () => dialog.close(), { class: "primary" }),
    ),
  );
  field.select();
};

export const showPage = (markdown: string): void => {
  const dialog = opened(
    make("div", { class: "page", tabindex: "0" }, rendered(markdown)),
    make(
      "p",
      { class: "buttons" },
      button("Close", () => dialog.close(), { class: "primary" }),
    ),
  );
};

const opened = (...children: readonly HTMLElement[]): HTMLDialogElement => {
  const dialog = make("dialog", {}, ...children);
  dialog.addEventListener("close", () => dialog.remove());
  // A click beside it lands on the dialog itself.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
