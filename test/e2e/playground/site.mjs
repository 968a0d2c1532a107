/** The built page on a server of its own, in Debian's Chromium; every request and every complaint is written down. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

export const root = path.resolve(import.meta.dirname, "../../..");
export const dist = path.join(root, "dist/playground");

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

const serve = async () => {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const file = path.join(dist, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": types[path.extname(file)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return server;
};

export const openSite = async () => {
  const server = await serve();
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const requests = [];
  const complaints = [];

  /** A page that has judged what the fragment says. */
  const open = async (fragment = "", options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 950 }, ...options });
    context.on("request", (request) => requests.push(request.url()));
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`${origin}/${fragment}`);
    await page.locator("#picture svg").waitFor();
    return page;
  };

  return {
    origin,
    requests,
    complaints,
    open,
    close: async () => {
      await browser.close();
      server.close();
    },
  };
};

/** The rules of the findings that are shown, sorted, each once. */
export const rulesShown = async (page) => [...new Set(await page.locator("#findings-list .rule").allTextContents())].toSorted();

/** What the last change led to: waits until the answer is there. */
export const until = async (question, told) => {
  const end = Date.now() + 10_000;
  let last;
  do {
    last = await question();
    if (told(last)) return last;
    await new Promise((resolve) => void setTimeout(resolve, 25));
  } while (Date.now() < end);
  return assert.fail(`it stayed ${JSON.stringify(last)}`);
};
