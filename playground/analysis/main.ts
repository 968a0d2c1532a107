/**
 * The worker: it holds the files as the page has them now, judges them, and answers questions about them. Findings are
 * told first, then what failures do, then the picture; a newer text stops whatever is still to be made of an older one.
 */
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import { parseVersion } from "../../grammar/vocabulary/version.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import type { gatherSettings } from "../../server/analysis/settings/gather.ts";
import { baseName } from "../../server/model/cluster/files.ts";
import { withFormats } from "../../server/model/cluster/formats.ts";
import { rules } from "../../server/rules/index.ts";
import { createWorkspace, type OpenFile, type Reading, type Snapshot } from "../../server/workspace.ts";
import { hasMarks } from "../help.ts";
import type { Answer, Question, ShownFinding, SourceFile } from "../messages.ts";
import { failoverTable } from "./failover.ts";
import { findingsShown } from "./findings.ts";
import { explained } from "./help.ts";
import { between, calm, drive } from "./steps.ts";

/** TypeScript knows the globals of a page only. */
interface WorkerScope {
  readonly addEventListener: (type: "message", listener: (event: { readonly data: Question }) => void) => void;
  readonly postMessage: (message: Answer) => void;
}
const scope = globalThis as unknown as WorkerScope;
const tell = (answer: Answer): void => scope.postMessage(answer);

const workspace = createWorkspace(rules);
let wanted: Extract<Question, { kind: "judge" }> | undefined;
/** What was read last, and for which request. */
let read: { readonly id: number; readonly reading: Reading; readonly textOf: TextOf } | undefined;
const waiting: (() => void)[] = [];
let isRunning = false;

type TextOf = (file: string) => string | undefined;

const isOutdated = (id: number) => (): boolean => wanted?.id !== id;

const judge = async ({ id, files: sources, version: asked }: NonNullable<typeof wanted>): Promise<void> => {
  const outdated = isOutdated(id);
  const files = await withFormats(memoryFiles(textsByName(sources)), [""]);
  const stated = asked === undefined ? undefined : parseVersion(asked);
  const version = stated ?? newestVersion;
  const textOf: TextOf = (file) => {
    const got = files.read(file);
    return got.kind === "text" ? got.text : undefined;
  };
  const open = sources.map(({ name }): OpenFile => ({ name, language: /keepalived[^/]*$/u.test(name) ? "keepalived" : "other" }));
  const settings = sources.some(({ name }) => baseName(name) === "kalint.toml") ? await settingsReader() : {};
  const request = { files, folders: [""], open, ...settings, ...(stated === undefined ? {} : { version: stated }) };
  const reading = await drive(workspace.read(request), outdated);
  if (reading === undefined) return;
  read = { id, reading, textOf };
  for (const wake of waiting.splice(0)) wake();
  const snapshot = await drive(workspace.ask(reading), outdated);
  if (snapshot === undefined) return;
  await tellFindings(id, snapshot, textOf);
  if (await calm(outdated)) return;
  tell({ kind: "failover", id, tables: snapshot.project.clusters.flatMap((cluster) => failoverTable(cluster, version) ?? []) });
  if (await between(outdated)) return;
  // The last to be shown is the last to be loaded.
  const { pictureOf } = await import("./picture.ts");
  if (!outdated()) tell({ kind: "graph", id, svg: pictureOf(snapshot, textOf, version) });
};

const settingsReader = async (): Promise<{ readonly settings: typeof gatherSettings }> => ({
  settings: (await import("../../server/analysis/settings/gather.ts")).gatherSettings,
});

const textsByName = (sources: readonly SourceFile[]): Record<string, string> =>
  Object.fromEntries(sources.map(({ name, text }) => [name, text]));

const tellFindings = async (id: number, snapshot: Snapshot, textOf: TextOf): Promise<void> => {
  const { findings, marks } = findingsShown(snapshot, textOf);
  tell({
    kind: "findings",
    id,
    findings: await withNotesExplained(findings),
    marks,
    crashes: snapshot.analysis.crashes.map(({ rule }) => rule),
    nodes: snapshot.project.clusters.reduce((sum, { nodes }) => sum + nodes.length, 0),
  });
};

/** What a keyword does may stand in a note; few findings have one, and the others do not wait. */
const withNotesExplained = async (findings: readonly ShownFinding[]): Promise<readonly ShownFinding[]> =>
  findings.some(({ notes }) => notes.some(({ message }) => hasMarks(message)))
    ? Promise.all(
        findings.map(async (finding) => ({
          ...finding,
          notes: await Promise.all(finding.notes.map(async (note) => ({ ...note, message: await explained(note.message) }))),
        })),
      )
    : findings;

const run = async (): Promise<void> => {
  if (isRunning) return;
  isRunning = true;
  let done: typeof wanted;
  // oxlint-disable-next-line no-unmodified-loop-condition -- a message that arrives meanwhile modifies it
  while (wanted !== undefined && wanted !== done) {
    done = wanted;
    try {
      // oxlint-disable-next-line no-await-in-loop -- one at a time: what changed meanwhile is judged next
      await judge(done);
    } catch (error) {
      tell({ kind: "failed", id: done.id, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
      for (const wake of waiting.splice(0)) wake();
    }
  }
  isRunning = false;
};

/** The newest text, read: a completion at a place of an older text would be wrong. */
const seen = async (): Promise<typeof read> => {
  const asked = wanted?.id;
  if (read?.id !== asked && isRunning) await new Promise<void>((resolve) => void waiting.push(resolve));
  return read?.id === wanted?.id ? read : undefined;
};

const answerHover = async ({ id, file, offset }: Extract<Question, { kind: "hover" }>): Promise<void> => {
  const { hoverAt } = await import("../../server/features/hover.ts");
  const found = await seen();
  const hover = found === undefined ? undefined : hoverAt(found.reading.project, file, offset);
  tell({ kind: "hover", id, ...(hover === undefined ? {} : { hover: { text: await explained(hover.markdown), ...hover.span } }) });
};

const answerCompletion = async ({ id, file, offset }: Extract<Question, { kind: "complete" }>): Promise<void> => {
  const { completions } = await import("../../server/features/completion.ts");
  const found = await seen();
  const text = found?.textOf(file);
  if (found === undefined || text === undefined) {
    tell({ kind: "completions", id, items: [] });
    return;
  }
  const { reading } = found;
  const version = reading.version ?? newestVersion;
  const items = completions({ project: reading.project, file, text, offset, version, files: reading.request.files });
  tell({
    kind: "completions",
    id,
    items: items.map(({ label, role, text: inserted, snippet, replace, detail, help, rank }) => ({
      label,
      role,
      text: inserted,
      snippet,
      ...replace,
      rank,
      ...(detail === undefined ? {} : { detail }),
      ...(help === undefined ? {} : { help }),
    })),
  });
};

scope.addEventListener("message", ({ data }) => {
  const failed = (error: unknown): void => tell({ kind: "failed", id: data.id, reason: String(error) });
  switch (data.kind) {
    case "judge":
      wanted = data;
      run().catch(failed);
      return;
    case "hover":
      answerHover(data).catch(failed);
      return;
    case "explain":
      explained(data.text).then((text) => tell({ kind: "explained", id: data.id, text }), failed);
      return;
    case "complete":
      answerCompletion(data).catch(failed);
      return;
  }
});
