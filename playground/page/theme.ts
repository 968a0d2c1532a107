/** Light or dark: what the system wants, until somebody chooses. */
import { byId } from "./dom.ts";

type Theme = "light" | "dark";

const key = "kalint-theme";

export const followTheme = (): void => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const toggle = byId("theme");
  let chosen = remembered();
  const current = (): Theme => chosen ?? (system.matches ? "dark" : "light");
  const show = (): void => {
    document.documentElement.dataset["theme"] = current();
    toggle.textContent = current() === "dark" ? "Light" : "Dark";
  };
  toggle.addEventListener("click", () => {
    chosen = current() === "dark" ? "light" : "dark";
    remember(chosen);
    show();
  });
  system.addEventListener("change", show);
  show();
};

/** A browser may refuse to keep anything. */
const remembered = (): Theme | undefined => {
  try {
    const theme = localStorage.getItem(key);
    return theme === "light" || theme === "dark" ? theme : undefined;
  } catch {
    return undefined;
  }
};

const remember = (theme: Theme): void => {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It is forgotten with the page.
  }
};
