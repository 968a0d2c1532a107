/** `kalint init`: writes a kalint.toml that says what was found. */
import { settingsName } from "../analysis/settings/project.ts";
import { clustersToState, settingsText } from "../analysis/settings/write.ts";
import { openDisk } from "../host/disk.ts";
import { openSink } from "../host/sink.ts";
import { ofMachines } from "../model/cluster/templates.ts";
import { readProject } from "../model/cluster/project.ts";
import { plural, withKeepalived } from "../reporters/words.ts";
import type { InitRequest } from "./invocation.ts";
import type { Terminal } from "./terminal.ts";

/** Exit status: 0, or 2 when there is a kalint.toml already, nothing to write about, or it cannot be written. */
export const init = ({ target, stdout }: InitRequest, cwd: string, terminal: Terminal): number => {
  const disk = openDisk({ cwd, allow: [] });
  const refuse = (line: string): number => {
    terminal.complain(line);
    return 2;
  };
  if (!stdout && disk.kind(settingsName) !== "missing")
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
  if (stdout) {
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
