/**
 * A safe fix changes nothing that the daemon does: what it holds of the configuration is the same before and after, but for
 * values that it ignores. Every safe fix of the specs and pages of its rules and of the fixtures is applied by itself and compared.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { applyFix } from "../../server/analysis/fix.ts";
import { decode, looksBinary } from "../../server/host/text.ts";
import type { MemoryFile } from "../../server/host/memory.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { rules } from "../../server/rules/index.ts";
import { judge } from "../judge.ts";
import { filesOf, readCases } from "../markdown.ts";
import { meaningOf } from "../meaning.ts";

const root = path.resolve(import.meta.dirname, "../..");

interface Sample {
  readonly title: string;
  readonly files: Readonly<Record<string, MemoryFile>>;
  readonly version?: string;
}

/** The cases of the specs or pages of these rules. */
const samplesIn = (folder: string, ids: readonly string[]): readonly Sample[] =>
  ids
    .map((id) => `${id}.md`)
    .flatMap((name) =>
      readCases(readFileSync(path.join(root, folder, name), "utf8")).flatMap((spec) =>
        Object.keys(spec.files).length === 0
          ? []
          : [
              {
                title: `${folder}/${name}: ${spec.title}`,
                files: filesOf(spec),
                ...(spec.version === undefined ? {} : { version: spec.version }),
              },
            ],
      ),
    );

const filesBelow = (folder: string, base = folder): Readonly<Record<string, MemoryFile>> =>
  Object.fromEntries(
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).flatMap((name) => {
      const file = path.join(root, folder, name);
      const bytes = statSync(file).isFile() ? readFileSync(file) : undefined;
      return bytes === undefined || looksBinary(bytes) || bytes.length > 1_000_000
        ? []
        : [[path.join(folder, name).slice(base.length + 1), { text: decode(bytes) }]];
    }),
  );

const fixtures: readonly Sample[] = ["fixtures/clusters", "fixtures/broken", "fixtures/demo"].flatMap((folder) =>
  readdirSync(path.join(root, folder))
    .filter((name) => statSync(path.join(root, folder, name)).isDirectory())
    .map((name) => ({ title: `${folder}/${name}`, files: filesBelow(`${folder}/${name}`) })),
);

/**
 * What the daemon ignores, or puts in place of what is written, by rule: the values that such a fix may change, and how. Why is
 * told in the sources of each rule.
 */
const ignored: Readonly<Record<string, RegExp>> = {
  "auth-ah-with-master-state": /\.state\.value = (?:MASTER|BACKUP)$/u,
  "auth-and-auth-hmac": /^- .*\.authentication\./u,
  "auth-with-version-3": /^- .*\.authentication\./u,
  // dash does not know the word, and bash means the same by both.
  "bashism-in-sh": /\.words\[\d+\]\.value = (?:source|\.)$/u,
  "dr-port-mismatch": /\.port\.value = /u,
  // What stands behind it moves up.
  "duplicate-real-server": /\.realServers\[/u,
  "duplicate-virtual-server": /\.virtualServers\[/u,
  // A comment in a list was read as an entry that is no address.
  "foreign-comment": /\.virtualAddresses\[/u,
  // Functions of the distribution that the script called without them.
  "functions-file-not-sourced": /\.sh\[\d+\]\./u,
  "fwmark-port-ignored": /^- .*\.port\.value = /u,
  "fwmark-with-protocol": /^- .*\.protocol\.value = /u,
  "invalid-state": /\.state\.value = /u,
  "ipv6-with-version-2": /\.version\.value = [23]$/u,
  "missing-scheduler": /^\+ .*\.scheduler\.value = wlc$/u,
  "own-address-in-unicast-peers": /\.unicastPeers\[/u,
  "preempt-delay-with-nopreempt": /^- .*\.preemptDelay\.value = /u,
  "self-track-interface": /\.trackInterfaces\[/u,
  "setting-without-effect": /^- .*\.(?:multicastGroup|useVmac)\.value = /u,
  "zero-port-needs-persistence": /^\+ .*\.persistence/u,
};

/** Samples of one rule: the first ones, for many specs have the same small flaw. */
const mostSamples = 6;

const withTexts = (files: Sample["files"], texts: ReadonlyMap<string, string>): Sample["files"] =>
  Object.fromEntries(Object.entries(files).map(([name, file]) => [name, { ...file, text: texts.get(name)! }]));

const projectOf = (files: Sample["files"], version: string | undefined): ReturnType<typeof readProject> =>
  readProject({ files: memoryFiles(files), paths: [""], ...(version === undefined ? {} : { version }) });

const safe = rules.filter(({ fix }) => fix === "safe").map(({ id }) => id);
const samples = [...samplesIn("test/rules", safe), ...samplesIn("docs/rules", safe), ...fixtures];

test("every safe fix keeps what the daemon holds", () => {
  const wrong: string[] = [];
  const counts = new Map<string, number>();
  for (const { title, files, version } of samples) {
    const judged = judge(files, { only: safe, ...(version === undefined ? {} : { version }) });
    const old = new Set(meaningOf(projectOf(files, version)));
    for (const { rule, fixes } of judged.findings)
      for (const fix of fixes.filter(({ safety }) => safety === "safe")) {
        const count = (counts.get(rule) ?? 0) + 1;
        counts.set(rule, count);
        if (count > mostSamples) continue;
        const fresh = new Set(meaningOf(projectOf(withTexts(files, applyFix(judged.texts, [fix])), version)));
        const differs = [
          ...[...old].filter((line) => !fresh.has(line)).map((line) => `- ${line}`),
          ...[...fresh].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
        ];
        const unexpected = differs.filter((line) => ignored[rule]?.test(line) !== true);
        if (unexpected.length > 0) wrong.push([`${rule} (${fix.title}) in ${title}`, ...unexpected.slice(0, 6)].join("\n  "));
      }
  }
  expect(wrong).toEqual([]);
  // Every rule with such a fix has shown it.
  expect(safe.filter((id) => !counts.has(id))).toEqual([]);
}, 240_000);
