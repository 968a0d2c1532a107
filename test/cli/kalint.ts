/** Runs the built command line, as a user would: `npm test` builds it before. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { removeFolder } from "../folders.ts";

export const root = path.resolve(import.meta.dirname, "../..");
const entry = path.join(root, "dist/kalint.js");

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
}

export const kalint = (args: readonly string[], { cwd = root, input = "", env = {}, uid }: RunOptions = {}): Run => {
  const { PATH = "" } = process.env;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [entry, ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { PATH, XDG_CACHE_HOME: path.join(root, "node_modules/.cache"), ...env },
    maxBuffer: 64 * 1024 * 1024,
    ...(uid === undefined ? {} : { uid }),
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
};

/** A folder with these files, gone after the test. Texts are UTF-8, bytes are written as they are. */
export const folder = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const made = realpathSync(mkdtempSync(path.join(os.tmpdir(), "kalint-cli-")));
  onTestFinished(() => removeFolder(made));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(made, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return made;
};

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface JsonReport {
  readonly version: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly nodes: readonly string[];
    readonly start: Place;
    readonly end: Place;
    readonly notes: readonly { readonly message: string; readonly file?: string; readonly start?: Place; readonly end?: Place }[];
    readonly fixes: readonly {
      readonly title: string;
      readonly safety: string;
      readonly edits: readonly {
        readonly file: string;
        readonly start: Place;
        readonly end: Place;
        readonly replacement: string;
        readonly secret?: true;
      }[];
    }[];
    readonly docs: string;
  }[];
  readonly summary: {
    readonly files: number;
    readonly nodes: number;
    readonly clusters: number;
    readonly error: number;
    readonly warning: number;
    readonly info: number;
  };
}

export const reportOf = ({ stdout }: Run): JsonReport => JSON.parse(stdout) as JsonReport;

/** A node of a pair; what differs between the two is given. */
export const node = ({ state = "BACKUP", vrid = 61, priority = 100, more = "" } = {}): string => `global_defs {
    router_id host${priority}
}
vrrp_instance VI_1 {
    state ${state}
    interface eth0
    virtual_router_id ${vrid}
    priority ${priority}
    advert_int 1
    ${more}
    virtual_ipaddress {
        10.11.12.13/24
    }
    track_interface {
        eth1
    }
}
`;

/** Nothing is wrong here. */
export const goodPair = { "db1/keepalived.conf": node({ priority: 150 }), "db2/keepalived.conf": node({ priority: 100 }) };

/** One address, two VRIDs: each node alone is right. */
export const splitPair = { "db1/keepalived.conf": node({ priority: 150 }), "db2/keepalived.conf": node({ priority: 100, vrid: 62 }) };

/** nopreempt is ignored: `nopreempt-with-master-state`, an error. */
export const badNode = node({ state: "MASTER", more: "nopreempt" });
