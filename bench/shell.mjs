/**
 * `node bench/shell.mjs [ROUNDS]`, also a part of `npm run bench`: the shell parser against `bash -n` on the same text, which take
 * turns: on scripts of dense code without a blank line, and on those that the packages of a Debian brought, with comments
 * and blank lines as people write them. kalint reads one script after the other, as it reads a cluster; bash gets them as one
 * file, and the time that it needs to start is taken off. What counts is the time of the processor, the collection of garbage
 * included, in the fastest round: whatever else the machine does makes rounds slower, and says nothing of the parser.
 */
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rounds = Number(process.argv[2] ?? 9);
if (!Number.isSafeInteger(rounds) || rounds < 1) {
  console.error("bench: ROUNDS is a number from 1");
  process.exit(2);
}

/** Functions of a notify script. */
const scriptOf = (functions) =>
  `#!/bin/bash\n${Array.from(
    { length: functions },
    (_, i) => `# The node takes over or hands over.
VIP${i}=10.0.${i >> 8}.${i & 255}
notify_${i}() {
    local state="$1" device=\${2:-eth0}
    case "$state" in
        MASTER)
            if ! ip -4 addr show dev "$device" | grep -qw "$VIP${i}"; then
                logger -t keepalived "$(hostname): $VIP${i} is missing on \${device%.*}"
                exit 1
            fi
            systemctl start haproxy || return $?
            ;;
        BACKUP | FAULT) for unit in haproxy nginx; do systemctl stop "$unit"; done ;;
        *) echo "usage: $0 MASTER|BACKUP|FAULT" >&2 ;;
    esac
    [[ $state == MASTER && -n "$device" ]] && count=$((count + 1))
}
`,
  ).join("")}`;

/** As a program gets it from a file: the pieces that JavaScript put it together from are slower to read. */
const flat = (text) => Buffer.from(text).toString();

/** Milliseconds of the processor that a function takes. */
const parsing = (run) => () => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
};

/** The same for `bash -n` on a file, as the shell that starts it counts it. */
const reading = (file) => () => {
  const script = `bash -n "$1" || exit; LC_ALL=C times`;
  const { status, error, stdout } = spawnSync("bash", ["-c", script, "bench", file], { encoding: "utf8", timeout: 60_000 });
  if (error !== undefined || status !== 0) throw error ?? new Error(`bash -n ended with ${status}`);
  const [, children] = stdout.split("\n");
  return children.split(" ").reduce((sum, time) => {
    const [minutes, seconds] = time.split("m").map(parseFloat);
    return sum + minutes * 60_000 + seconds * 1e3;
  }, 0);
};

/** Shell scripts among the commands and the services of this machine. */
const installed = ["/etc/init.d", "/usr/bin", "/usr/sbin", "/usr/share/debconf", "/var/lib/dpkg/info"]
  .flatMap((name) => (existsSync(name) ? readdirSync(name).map((file) => path.join(name, file)) : []))
  .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
  .map((file) => readFileSync(file, "utf8"))
  .filter((text) => /^#! *\/bin\/(?:ba|da)?sh\b/u.test(text) && !text.includes("\0"));

const folder = mkdtempSync(path.join(os.tmpdir(), "kalint-bench-"));
try {
  const bundle = path.join(folder, "parse.mjs");
  await build({ entryPoints: [path.join(root, "grammar/shell/parse.ts")], outfile: bundle, bundle: true, platform: "node", format: "esm" });
  const { parseShell } = await import(pathToFileURL(bundle).href);
  /** @type {[string, string[]][]} */
  const corpora = [
    ["notify functions", Array.from({ length: 20 }, () => flat(scriptOf(100)))],
    // What a shell refuses or an open heredoc would swallow does not fit into one file.
    ["scripts of Debian", installed.filter((text) => !text.includes("<<") && parseShell(text).problems.length === 0)],
  ];
  const empty = path.join(folder, "empty.sh");
  writeFileSync(empty, "");
  for (const [name, texts] of corpora.filter(([, all]) => all.length > 0)) {
    const whole = path.join(folder, "whole.sh");
    writeFileSync(whole, texts.join("\n"));
    const parse = () => {
      for (const text of texts) if (parseShell(text).problems.length > 0) throw new Error("a script has problems");
    };
    const times = [parsing(parse), reading(whole), reading(empty)].map((run) => ({ run, best: Infinity }));
    // The first rounds, in which code is still being compiled, are not counted.
    for (let round = -3; round < rounds; round++) {
      for (const time of times) {
        const milliseconds = time.run();
        if (round >= 0) time.best = Math.min(time.best, milliseconds);
      }
    }
    const [ours, theirs, start] = times.map(({ best }) => best);
    const size = texts.reduce((sum, { length }) => sum + length, 0);
    const [mine, its] = [ours, theirs - start].map((milliseconds) => size / 1e3 / milliseconds);
    console.log(
      `shell parser, ${name}, ${texts.length} of ${(size / 1e6).toFixed(1)} MB: ${mine.toFixed(1)} MB/s, bash -n ${its.toFixed(1)} MB/s, ratio ${(mine / its).toFixed(2)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
