/**
 * `npm run bench [-- ROUNDS]` measures starts and runs as ratios: against an empty Node program, and against the daemon's own
 * check of the same files. The commands take turns in every round, each round in another order, so that what slows the
 * machine slows all of them. "less start" is the ratio when the time of `node -e 0` is taken off
 * kalint's. Times of another machine or another day are not comparable, ratios are.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { generate, writeTree } from "./generate.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const kalint = path.join(root, "dist/kalint.js");
const rounds = Number(process.argv[2] ?? 15);
if (!Number.isSafeInteger(rounds) || rounds < 1) {
  console.error("bench: ROUNDS is a number from 1");
  process.exit(2);
}
if (!existsSync(kalint)) {
  console.error("bench: dist/kalint.js does not exist; the sources of the command line are not there yet, or npm run build was not run");
  process.exit(1);
}

const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Runs a command and throws its output away. Milliseconds from spawn to exit. */
const time = ({ command, args, statuses }) => {
  const start = process.hrtime.bigint();
  const { status, signal, error } = spawnSync(command, args, { stdio: "ignore", cwd: folder });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (error !== undefined) throw error;
  if (!statuses.includes(status)) throw new Error(`${[command, ...args].join(" ")} ended with ${signal ?? status}`);
  return milliseconds;
};

/** Medians of commands that take turns; one round to warm the disk's cache is not counted. */
const measure = (commands, count) => {
  const times = commands.map(() => []);
  for (let round = -1; round < count; round++) {
    for (let turn = 0; turn < commands.length; turn++) {
      const i = (turn + round + 1) % commands.length;
      const milliseconds = time(commands[i]);
      if (round >= 0) times[i].push(milliseconds);
    }
  }
  return times.map(median);
};

const node = (...args) => ({ command: process.execPath, args, statuses: [0] });
// Findings are no failure of a measurement; wrong use and a crash are.
const check = (file) => ({ command: process.execPath, args: [kalint, "check", file], statuses: [0, 1] });
const daemon = (file) => ({ command: "keepalived", args: ["-t", "-f", file], statuses: [0] });

/** One run on a tree of clusters, with the most memory it took. */
const measureTree = (command, tree) => {
  const start = process.hrtime.bigint();
  const { status, output, error } = spawnSync(
    process.execPath,
    ["-r", path.join(root, "bench/memory.cjs"), kalint, command, "--format", "json", tree],
    {
      stdio: ["ignore", "ignore", "inherit", "pipe"],
      cwd: tree,
      encoding: "utf8",
    },
  );
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (error !== undefined) throw error;
  if (status !== 0 && status !== 1) throw new Error(`kalint ${command} ended with ${status}`);
  return { milliseconds, kilobytes: Number(output[3]) };
};

/** What one run of the daemon for each node would take, reckoned from the first of them; a shell starts them one after the other. */
const daemonsOf = (tree, nodes) => {
  const files = readdirSync(tree, { recursive: true })
    .filter((name) => path.basename(name) === "keepalived.conf")
    .slice(0, 200);
  const start = process.hrtime.bigint();
  const { error } = spawnSync("sh", ["-c", 'for file; do keepalived -t -f "$file"; done', "sh", ...files], { stdio: "ignore", cwd: tree });
  if (error !== undefined) throw error;
  return (Number(process.hrtime.bigint() - start) / 1e6) * (nodes / files.length);
};

const row = (what, ...cells) => console.log(`${what.padEnd(28)}${cells.map((cell) => cell.padStart(15)).join("")}`);
const compare = (what, ours, reference, theirs, empty) =>
  row(
    what,
    ...[ours, theirs].map((each) => `${each.toFixed(1)} ms`),
    reference,
    ...[ours, ours - empty].map((each) => (Math.max(0, each) / theirs).toFixed(2)),
  );

process.env.PATH = `${process.env.PATH}${path.delimiter}/usr/sbin`;
const hasDaemon = spawnSync("keepalived", ["--version"], { stdio: "ignore" }).error === undefined;

const folder = mkdtempSync(path.join(os.tmpdir(), "kalint-bench-"));
try {
  const configuration = (lines) => {
    // Each in a folder of its own: kalint also reads what stands beside a file.
    const file = path.join(mkdtempSync(path.join(folder, `${lines}-`)), "keepalived.conf");
    writeFileSync(file, generate(lines));
    return file;
  };

  row("medians", "kalint", "reference", "which is", "ratio", "less start");
  const [empty, version, small] = measure([node("-e", "0"), node(kalint, "--version"), check(configuration(69))], rounds);
  compare("kalint --version", version, "node -e 0", empty, empty);
  compare("kalint check, 69 lines", small, "node -e 0", empty, empty);

  for (const lines of [70, 1_000, 10_000, 100_000]) {
    const file = configuration(lines);
    // A run of seconds needs fewer repetitions than one of milliseconds.
    const count = lines > 10_000 ? Math.max(3, Math.ceil(rounds / 3)) : rounds;
    const [ours, theirs] = measure(hasDaemon ? [check(file), daemon(file)] : [check(file)], count);
    const name = `kalint check, ${lines.toLocaleString("en")} lines`;
    if (hasDaemon) compare(name, ours, "keepalived -t", theirs, empty);
    else row(name, `${ours.toFixed(1)} ms`);
  }

  // A tree of many clusters: time and memory of a node must not grow with the number of nodes.
  console.log();
  row("nodes, two in a cluster", "check", "a node", "memory", "failover", "a node", "daemons", "ratio of check");
  for (const nodes of [250, 500, 1_000, 2_000]) {
    const tree = mkdtempSync(path.join(folder, `${nodes}-nodes-`));
    writeTree(tree, nodes);
    const before = hasDaemon ? daemonsOf(tree, nodes) : undefined;
    const [checked, played] = ["check", "failover"].map((command) => measureTree(command, tree));
    const daemons = before === undefined ? undefined : (before + daemonsOf(tree, nodes)) / 2;
    row(
      nodes.toLocaleString("en"),
      ...[checked.milliseconds, checked.milliseconds / nodes].map((each) => `${each.toFixed(each < 100 ? 2 : 0)} ms`),
      `${(checked.kilobytes / 1024).toFixed(0)} MB`,
      ...[played.milliseconds, played.milliseconds / nodes].map((each) => `${each.toFixed(each < 100 ? 2 : 0)} ms`),
      ...(daemons === undefined ? [] : [`${daemons.toFixed(0)} ms`, (checked.milliseconds / daemons).toFixed(2)]),
    );
  }
  if (!hasDaemon) console.log("keepalived is not installed (apt-get install keepalived): no comparison with it");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
