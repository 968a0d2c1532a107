/** What rules about scripts share: the files a machine runs, who runs them, and the two places of a finding. */
import type { Site } from "../../grammar/text.ts";
import type { LinkedScript, NodeModel, ScriptUse } from "../model/cluster/model.ts";
import { runsAs } from "../model/node/commands.ts";
import type { Note } from "./finding.ts";

/** A file that commands of the configuration run, with all of them. */
export interface RunFile {
  readonly file: string;
  readonly uses: readonly [LinkedScript, ...LinkedScript[]];
}

/** The files of a machine that its configuration runs. `direct`: those that the daemon starts itself, not an interpreter. */
export const filesRun = ({ linkedScripts }: NodeModel, direct = false): readonly RunFile[] => {
  const found = new Map<string, [LinkedScript, ...LinkedScript[]]>();
  for (const linked of linkedScripts) {
    if (linked.resolution.kind !== "found" || (direct && linked.interpreted !== undefined)) continue;
    const { file } = linked.resolution;
    const earlier = found.get(file);
    if (earlier === undefined) found.set(file, [linked]);
    else earlier.push(linked);
  }
  return [...found].map(([file, uses]) => ({ file, uses }));
};

/** Where the configuration names what is run. */
export const runSite = ({ interpreted, path }: LinkedScript): Site => (interpreted ?? path).site;

/** The lines of the configuration that run a script, as notes; not of those a finding already stands at. */
export const runNotes = (uses: readonly LinkedScript[], at: Site): readonly Note[] =>
  uses
    .filter((linked) => linked.command.site.file !== at.file)
    .slice(0, mostNotes)
    .map((linked) => ({ message: `${nameOf(linked)} runs it`, at: runSite(linked) }));

const mostNotes = 4;

/** The vrrp_script, else the statement: "vrrp_script chk_mysql", "notify_master". */
export const nameOf = ({ command: { item } }: LinkedScript): string =>
  item.parent?.keyword.value === "vrrp_script" ? `vrrp_script ${item.parent.args[0]?.value ?? ""}`.trim() : item.keyword.value;

/** Whether a command is run again and again for its exit status. */
export const isCheck = ({ use }: { readonly use: ScriptUse }): boolean => use === "check" || use === "misc-check";

/** Whether nothing says that a command runs as somebody else than root. */
export const mayBeRoot = ({ configuration }: NodeModel, { command }: LinkedScript): boolean => {
  if (configuration === undefined) return false;
  const user = runsAs(configuration, command);
  return user.kind === "default" || (user.kind === "stated" && (user.user === "root" || user.user === "0"));
};
