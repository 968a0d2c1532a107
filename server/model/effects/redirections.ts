/** What redirections do: files that are written, connections that are made, and whether they can fail. */
import type { Command, Redirection } from "../../../grammar/shell/tree.ts";
import type { Argument, Invocation } from "./commands.ts";
import { emit } from "./emit.ts";
import { variantsOf } from "./expand.ts";
import { fileEffect } from "./files.ts";
import { devTcp } from "./sockets.ts";
import type { Run, State } from "./state.ts";
import type * as status from "./statuses.ts";
import { isSysctlFile } from "./sysctl.ts";
import { settingsIn } from "./words.ts";

const READS = new Set(["<", "<>"]);
const WRITES = new Set([">", ">>", ">|", "&>", "&>>", ">&", "<>"]);

/** Emits the effects; gives the statuses with which a redirection that fails ends the command, none when none can. */
export const runRedirections = (run: Run, state: State, command: Command, redirections: readonly Redirection[]): status.Statuses => {
  let failing: status.Statuses = [];
  for (const redirection of redirections) {
    const { operator } = redirection;
    if (operator.startsWith("<<") || operator === "<&") continue;
    const file = targetOf(run, state, redirection);
    const { text } = file;
    if (operator === ">&" && (text === undefined || /^(?:[0-9]+-?|-)$/u.test(text))) continue;
    const site = run.mapSite(command.span);
    const call: Invocation = { name: "", written: "", arguments: [], site, command: file.site, path: state.path, setting: state.setting };
    const connection = devTcp(call, file);
    if (connection !== undefined) emit(run, connection);
    else if (WRITES.has(operator) && text?.startsWith("/dev/") !== true && !isSysctlFile(text))
      emit(run, { ...fileEffect(call, operator.endsWith(">>") ? "append" : "write", file), words: [] });
    if (/^\/dev\/(?:null|stdout|stderr|stdin|zero|urandom)$/u.test(text ?? "")) continue;
    // Reading fails for want of a file, connecting for want of an answer; writing only when the disk or a folder is missing.
    const incidental = connection === undefined && !READS.has(operator) ? { incidental: true as const } : {};
    const codes = run.dialect === "bash" ? [1] : [1, 2];
    failing = [...failing, ...codes.map((code) => ({ status: code, site, path: state.path, ...incidental }))];
  }
  return failing;
};

/** The file of a redirection as one word; unknown when it is none or several. */
export const targetOf = (run: Run, state: State, { target }: Redirection): Argument => {
  const [only, ...more] = variantsOf(target, run.source(run, state));
  const text = more.length === 0 && only?.fields.length === 1 ? only.fields[0] : undefined;
  return { text: text ?? settingsIn(run, state, target), site: run.mapSite(target.span), word: target };
};
