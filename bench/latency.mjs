/**
 * `npm run bench:latency [-- CHANGES]` measures the language server from a change to its diagnostics: a digit of a priority is
 * typed into an open file, and the clock runs until the diagnostics of that version are there. Once as a client that asks for
 * them (pull), and once as one that waits for them: the server then lets 150 ms pass without another change before it judges.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { generate, peer, writeTree } from "./generate.mjs";

const server = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), "dist/server.cjs");
const changes = Number(process.argv[2] ?? 40);
if (!Number.isSafeInteger(changes) || changes < 1) {
  console.error("latency: CHANGES is a number from 1");
  process.exit(2);
}
if (!existsSync(server)) {
  console.error("latency: dist/server.cjs does not exist: npm run build");
  process.exit(1);
}

const start = async (folder, pulls) => {
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  let waiting;
  connection.onNotification("textDocument/publishDiagnostics", (published) => waiting?.(published));
  connection.onRequest("workspace/diagnostic/refresh", () => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: pulls ? { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } } : {},
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
  });
  await connection.sendNotification("initialized", {});
  const published = (uri, version) =>
    new Promise((resolve) => {
      waiting = (one) => {
        if (one.uri === uri && one.version === version) resolve();
      };
    });
  const pulled = (uri) => connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
  return {
    connection,
    /** Sends, and waits until the diagnostics of this version have come. */
    judged: async (uri, version, send) => {
      const arrived = pulls ? undefined : published(uri, version);
      await send();
      await (arrived ?? pulled(uri));
    },
    stop: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      connection.dispose();
    },
  };
};

/** Milliseconds of every change. */
const measure = async (folder, file, pulls) => {
  const { connection, judged, stop } = await start(folder, pulls);
  const uri = pathToFileURL(path.join(folder, file)).href;
  const text = readFileSync(path.join(folder, file), "utf8");
  const lines = text.split("\n");
  // In the middle, where a change shifts half of what is behind it.
  const middle = lines.length >> 1;
  const line = lines.findIndex((each, index) => index >= middle - 40 && /^\s*priority \d/u.test(each));
  const character = /\d/u.exec(lines[line]).index;
  const place = { start: { line, character }, end: { line, character: character + 1 } };
  let version = 1;
  await judged(uri, version, () =>
    connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "keepalived", version, text } }),
  );
  const times = [];
  for (let change = 0; change < changes; change++) {
    const before = performance.now();
    version++;
    await judged(uri, version, () =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ range: place, text: String(1 + (change % 2)) }],
      }),
    );
    times.push(performance.now() - before);
  }
  await stop();
  return times;
};

const at = (times, share) => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];

const trees = {
  "one file of 1,000 lines": (folder) => writeFileSync(path.join(folder, "keepalived.conf"), generate(1_000)),
  "one file of 10,000 lines": (folder) => writeFileSync(path.join(folder, "keepalived.conf"), generate(10_000)),
  "50 nodes in 25 pairs": (folder) => writeTree(folder, 50),
  "500 nodes in 250 pairs": (folder) => writeTree(folder, 500),
  "50 peers in one cluster": (folder) => {
    for (let n = 0; n < 50; n++) {
      mkdirSync(path.join(folder, `lb${n}`));
      writeFileSync(path.join(folder, `lb${n}/keepalived.conf`), peer(n));
    }
  },
};

const row = (what, ...cells) => console.log(`${what.padEnd(28)}${cells.map((cell) => cell.padStart(15)).join("")}`);
row("a change, in ms", "pull: median", "p95", "push: median", "p95");
const folder = mkdtempSync(path.join(os.tmpdir(), "kalint-latency-"));
try {
  for (const [name, write] of Object.entries(trees)) {
    const tree = mkdtempSync(path.join(folder, "tree-"));
    write(tree);
    const file = ["keepalived.conf", "site0/lb1/keepalived.conf", "lb0/keepalived.conf"].find((each) => existsSync(path.join(tree, each)));
    const pulled = await measure(tree, file, true);
    const pushed = await measure(tree, file, false);
    row(name, ...[pulled, pushed].flatMap((times) => [at(times, 0.5), at(times, 0.95)]).map((each) => each.toFixed(0)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
