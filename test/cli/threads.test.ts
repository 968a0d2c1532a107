/** A run over many clusters is shared with a second thread; what it finds must not depend on that, whatever becomes of the thread. */
import { availableParallelism } from "node:os";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { analyse } from "../../server/analysis/run.ts";
import { openDisk } from "../../server/host/disk.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { rules } from "../../server/rules/index.ts";
import { folder, kalint, root } from "./kalint.ts";

/** Sixty sites of two nodes whose virtual routers do not fit together; the last site alone has a node without an address. */
const sites = (count: number): Readonly<Record<string, string>> => {
  const files: Record<string, string> = {};
  for (let site = 0; site < count; site += 1)
    for (const node of [0, 1])
      files[`site${site}/db${node}/etc/keepalived/keepalived.conf`] = `vrrp_instance VI_${site} {
    interface eth0
    state ${node === 0 ? "MASTER" : "BACKUP"}
    nopreempt
    virtual_router_id ${1 + ((site + (site % 7 === 0 ? node : 0)) % 250)}
    priority ${150 - node}
    virtual_ipaddress {
        ${site === count - 1 && node === 1 ? "" : `10.0.${site}.1/24`}
    }
}
`;
  return files;
};

/** What one thread finds: place and rule of each finding. */
const expected = (cwd: string): readonly string[] => {
  const files = openDisk({ cwd, allow: [] });
  const project = readProject({ files, paths: [""] });
  const textOf = (file: string): string | undefined => {
    const got = files.read(file);
    return got.kind === "text" ? got.text : undefined;
  };
  return analyse(project, rules, { textOf }).findings.map(({ rule, at, message }) => `${at.file} ${at.span.start} ${rule} ${message}`);
};

interface Listed {
  readonly findings: readonly {
    readonly rule: string;
    readonly message: string;
    readonly file: string;
    readonly start: { readonly offset: number };
  }[];
}

let cwd: string;
let seen: string;
beforeEach(() => {
  cwd = folder(sites(60));
  seen = path.join(folder({}), "seen");
  writeFileSync(seen, "");
});

/** Runs it with a program in front that is loaded by each of its threads, and writes down what these tell. */
const run = (inFront: string) => {
  const preload = path.join(folder({ "front.cjs": inFront }), "front.cjs");
  const { status, stdout, stderr } = kalint(["--format", "json", "."], { cwd, env: { NODE_OPTIONS: `--require=${preload}`, SEEN: seen } });
  const { findings } = JSON.parse(stdout) as Listed;
  return {
    status,
    stderr,
    found: findings.map(({ rule, message, file, start }) => `${file} ${start.offset} ${rule} ${message}`),
    told: readFileSync(seen, "utf8").split("\n").slice(0, -1),
  };
};

const inThread = (code: string): string => `
const { isMainThread } = require("node:worker_threads");
const fs = require("node:fs");
const tell = (line) => fs.appendFileSync(process.env.SEEN, line + "\\n");
if (!isMainThread) { ${code} }
`;

test.skipIf(availableParallelism() < 2)("finds the same as one thread", () => {
  // How many clusters the thread judged: what it hands over is asked for by its length.
  const { status, stderr, found, told } = run(
    inThread(`
      const { parentPort } = require("node:worker_threads");
      const post = parentPort.postMessage.bind(parentPort);
      parentPort.postMessage = (answers) => { tell(String(answers.length)); post(answers); };
    `),
  );
  expect(stderr).toBe("");
  expect(status).toBe(1);
  expect(found).toEqual(expected(cwd));
  expect(found.length).toBeGreaterThan(60);
  expect(told).toHaveLength(1);
});

test.skipIf(availableParallelism() < 2)("does without a thread that dies", () => {
  const { status, stderr, found, told } = run(inThread(`tell("dies"); process.exit(7);`));
  expect(told).toEqual(["dies"]);
  expect(stderr).toBe("");
  expect(status).toBe(1);
  expect(found).toEqual(expected(cwd));
});

test.skipIf(availableParallelism() < 2)("does not believe a thread that read other texts", () => {
  const { status, found, told } = run(
    inThread(`
      const read = fs.readFileSync;
      fs.readFileSync = (file, ...rest) => {
        const content = read(file, ...rest);
        if (!Buffer.isBuffer(content) || !content.includes("vrrp_instance")) return content;
        tell("other");
        return Buffer.from(content.toString().replace("virtual_ipaddress", "virtual_ipaddresses"));
      };
    `),
  );
  expect(told).toContain("other");
  expect(status).toBe(1);
  expect(found).toEqual(expected(cwd));
});

test("starts no thread for a few clusters", () => {
  cwd = folder(sites(4));
  const { told } = run(inThread(`tell("started");`));
  expect(told).toEqual([]);
});

test("no word of a command line makes a thread of it", () => {
  expect(kalint(["thread"], { cwd: root }).status).toBe(2);
});
