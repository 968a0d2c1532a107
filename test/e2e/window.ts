/** The window of VS Code, as somebody at the keyboard uses it. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Frame, type Page } from "playwright-core";
import { whereIs } from "../host/needs.ts";

const screenshots = path.join(import.meta.dirname, "screenshots");

export interface Window {
  readonly page: Page;
  /** Runs a command of the palette by its whole title. */
  readonly command: (title: string) => Promise<void>;
  /** Opens a file of the workspace by the end of its path. */
  readonly open: (file: string) => Promise<void>;
  /** Selects a text of the active editor, the first of its kind, by the editor's own search. */
  readonly select: (text: string) => Promise<void>;
  /** The page inside of a view: a frame in a frame, known by its script. */
  readonly view: (script: string) => Promise<Frame>;
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openWindow = async (url: string): Promise<Window> => {
  // Chromium's sandbox does not run as root, which CI is. What is opened is on this machine.
  const browser = await chromium.launch({ executablePath: whereIs("chromium")!, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });

  const input = page.locator(".quick-input-widget:visible input").first();
  const rows = page.locator(".quick-input-widget:visible .monaco-list-row");
  const pick = async (key: string, typed: string, wanted: string): Promise<void> => {
    const row = rows.filter({ hasText: wanted }).first();
    // A window that has just come up does not know yet what its extensions bring.
    for (let left = 10; ; left--) {
      await page.keyboard.press(key);
      await input.waitFor();
      await input.fill(typed);
      const found = await row.waitFor({ timeout: left > 0 ? 5000 : 30_000 }).then(
        () => true,
        () => false,
      );
      if (found || left === 0) break;
      await page.keyboard.press("Escape");
    }
    await row.click();
  };
  const editor = page.locator(".editor-group-container.active .monaco-editor[data-uri]").first();

  return {
    page,
    command: (title) => pick("F1", `>${title}`, title),
    open: async (file) => {
      await pick("Control+p", file, path.basename(file));
      await page.locator(`.monaco-editor[data-uri$="${file}"] .view-line`).first().waitFor();
    },
    select: async (text) => {
      await editor.locator(".view-lines").click({ position: { x: 2, y: 2 } });
      await page.keyboard.press("Control+Home");
      await page.keyboard.press("Control+f");
      const search = page.locator(".find-widget.visible textarea[aria-label='Find']");
      await search.fill(text);
      await page.locator(".find-widget.visible .matchesCount", { hasText: /^1 of/u }).waitFor();
      await page.keyboard.press("Escape");
    },
    view: async (script) => {
      const end = Date.now() + 30_000;
      while (Date.now() < end) {
        for (const frame of page.frames()) {
          const found = await frame
            .locator(`script[src*="${script}"]`)
            .count()
            .catch(() => 0);
          if (found > 0) return frame;
        }
        await page.waitForTimeout(200);
      }
      throw new Error(
        `no view with ${script}: ${page
          .frames()
          .map((frame) => frame.url())
          .join("\n")}`,
      );
    },
    screenshot: async (name) => {
      mkdirSync(screenshots, { recursive: true });
      await page.mouse.move(20, 500);
      // Tooltips go.
      await page.waitForTimeout(1000);
      await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    },
    close: () => browser.close(),
  };
};
