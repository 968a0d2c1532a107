/**
 * The installed keepalived has nothing to say about the examples of `kalint explain KEYWORD`. The daemon runs nothing here: -t
 * only reads, in a namespace that has the interfaces which the examples name.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { allContexts, lookup } from "../../grammar/vocabulary/index.ts";
import type { ContextId, Keyword } from "../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import { keywordExample } from "../../server/features/keyword-example.ts";
import { removeFolder } from "../folders.ts";
import { closeNetworks, namespaceProblem, openNetwork } from "./namespaces.ts";
import { describeWith, whereIs } from "./needs.ts";

const interfaces = { eth0: "10.0.0", eth1: "10.1.0", eth2: "10.2.0", dummy0: "10.3.0" };

/** What a daemon says of a keyword that it was built without; the namespace has no VRF. */
const lacking = /Unknown keyword|Unexpected '\{'|not supported|VRF|Unknown interface|Non-existent interface/u;

/** The rows of the blocks around, and of the keyword itself. */
const rowsOn = (context: ContextId, keyword: Keyword): readonly Keyword[] => {
  const words = context === "" ? [] : context.split("/");
  return [...words.flatMap((word, index) => lookup(words.slice(0, index).join("/"), word) ?? []), keyword];
};

describeWith(
  ["keepalived", "ip"],
  "the examples of keywords",
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kalint-examples-"));
    afterAll(() => {
      closeNetworks();
      removeFolder(folder);
    });

    test("are accepted by the installed keepalived", { timeout: 120_000 }, () => {
      const program = whereIs("keepalived")!;
      const about = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 20_000 });
      const version = /v(\d+\.\d+\.\d+)/u.exec(about.stdout + about.stderr)![1]!;
      const machine = openNetwork(folder, { host: "" }, interfaces).machines.get("host")!;
      const file = path.join(machine.folder, "example.conf");
      const refused: string[] = [];
      let asked = 0;
      for (const { id, keywords } of allContexts())
        for (const keyword of keywords) {
          const example = keywordExample(id, keyword);
          if (example === undefined) continue;
          const rows = rowsOn(id, keyword);
          if (rows.some(({ since }) => since !== undefined && compareVersions(since, version) > 0)) continue;
          writeFileSync(file, example.whole);
          const run = spawnSync(whereIs("ip")!, ["netns", "exec", machine.namespace, program, "-t", "-f", file], {
            encoding: "utf8",
            timeout: 20_000,
          });
          asked++;
          // Before 2.2.8, -t takes the shell for a parent that has died once it has looked at a script as another user (lib/notify.c:760).
          if (run.signal === "SIGTERM" && run.stderr === "" && compareVersions(version, "2.2.8") < 0) continue;
          const said = (run.stderr + run.stdout).split("\n").filter((line) => line !== "");
          const isLacking =
            rows.some(({ buildOption }) => buildOption !== undefined) && said.length > 0 && said.every((line) => lacking.test(line));
          if (!isLacking && (run.status !== 0 || said.length > 0)) refused.push(`${id} ${keyword.name}: ${said.join("; ")}`);
        }
      expect(refused).toEqual([]);
      expect(asked).toBeGreaterThan(600);
    });
  },
  namespaceProblem,
);
