/** `kalint init`: writes a kalint.toml that says what was found. */
import { jsonSchema } from "../analysis/settings/json-schema.ts";
import { settingsName } from "../analysis/settings/project.ts";
import { clustersToState, settingsText } from "../analysis/settings/write.ts";
import { openDisk } from "../host/disk.ts";
import { openSink } from "../host/sink.ts";
import { ofMachines } from "../model/cluster/templates.ts";
import { readProject } from "../model/cluster/project.ts";
import { plural, withKeepalived } from "../reporters/words.ts";
import { rules } from "../rules/index.ts";
import type { InitRequest } from "./invocation.ts";
import type { Terminal } from "./terminal.ts";

const byId = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const ruleGroups = [...new Set(rules.map(({ group }) => group))].toSorted((a, b) => (a < b ? -1 : 1));

/** Exit status: 0, or 2 when there is a kalint.toml already, nothing to write about, or it cannot be written. */
export const init = ({ target, output }: InitRequest, cwd: string, terminal: Terminal): number => {
  if (output === "schema") {
    terminal.print(`${JSON.stringify(jsonSchema(byId, ruleGroups), undefined, 2)}\n`);
    return 0;
  }
  const disk = openDisk({ cwd, allow: [] });
  const refuse = (line: string): number => {
    terminal.complain(line);
    return 2;
  };
  if (output === "file" && disk.kind(settingsName) !== "missing")
    return refuse(`${settingsName} is there already; --stdout prints what would be written`);
  // As if there were no kalint.toml anywhere: what one states is not found.
  const read = readProject({ files: disk, paths: [""] });
  const project = { ...read, clusters: ofMachines(read) };
  if (project.clusters.length === 0)
    return refuse(
      read.clusters.length > 0
        ? "there are templates only: what machines they make is not known"
        : "no keepalived configuration in the working directory",
    );
  const text = settingsText(project, target);
  if (output === "text") {
    terminal.print(text);
    return 0;
  }
  const problem = openSink(cwd).write(settingsName, new TextEncoder().encode(text));
  if (problem !== undefined) return refuse(problem);
  const clusters = clustersToState(project);
  terminal.print(
    `${settingsName} written: ${plural(clusters.length, "cluster")} of ${plural(clusters.flatMap(withKeepalived).length, "node")}; kalint doctor says what it does\n`,
  );
  return 0;
};
