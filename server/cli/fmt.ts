/** `kalint fmt`: formats configurations in place, or says which are not formatted. */
import { formatKeepalived } from "../../grammar/keepalived/format/format.ts";
import { replaceFiles } from "../host/replace.ts";
import { encode } from "../host/text.ts";
import { readProject, type Project } from "../model/cluster/project.ts";
import { plural } from "../reporters/words.ts";
import type { FmtRequest } from "./invocation.ts";
import { openProject } from "./project.ts";
import { standardInput } from "./targets.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Exit status: 0; 1 with --check when something is not formatted; 2 for a path that cannot be read, a folder without
 * configurations, or a file that cannot be written. Standard input goes to standard output.
 */
export const fmt = async (request: FmtRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") {
    for (const line of opened.lines) terminal.complain(line);
    return 2;
  }
  const { shown, textOf } = opened;
  const input = request.paths.includes(standardInput);
  const files = input ? ["<stdin>"] : configurationFiles(readProject(opened.request), opened.reports);
  if (files.length === 0) {
    terminal.complain(`no keepalived configuration in ${request.paths.length === 0 ? "the working directory" : request.paths.join(", ")}`);
    return 2;
  }
  const changes = files.flatMap((file) => {
    const before = textOf(file);
    if (before === undefined) return [];
    const after = formatKeepalived(before, { indent: request.indent, name: file });
    if (input && !request.check) terminal.print(encode(after));
    return before === after ? [] : [{ file: shown(file), before: encode(before), after: encode(after) }];
  });
  const changed = changes.length;
  if (!request.check && !input) {
    terminal.finishFirst();
    const problems = replaceFiles(cwd, changes);
    for (const line of problems) terminal.complain(line);
    if (problems.length > 0) return 2;
  }
  if (request.check || !input)
    for (const { file } of changes) terminal.print(`${file}: ${request.check ? "not formatted" : "formatted"}\n`);
  if (!input)
    terminal.print(
      changed === 0
        ? `${plural(files.length, "file")}, all formatted\n`
        : `${plural(changed, "file")} ${request.check ? "to format" : "formatted"}, ${files.length - changed} left as ${files.length - changed === 1 ? "it was" : "they were"}\n`,
    );
  return request.check && changed > 0 ? 1 : 0;
};

/** The configurations that were asked for, with what they include. */
const configurationFiles = ({ clusters }: Project, reports: (file: string) => boolean): readonly string[] =>
  [
    ...new Set(
      clusters
        .flatMap(({ nodes }) => nodes)
        .flatMap(({ configuration }) => {
          if (configuration === undefined) return [];
          const { files } = configuration.expansion;
          return reports(configuration.file) ? files : files.filter(reports);
        }),
    ),
  ].toSorted();
