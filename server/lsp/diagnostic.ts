/** Findings as diagnostics. */
import { type Diagnostic, type DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import type { Site } from "../../grammar/text.ts";
import type { Note, Severity } from "../analysis/finding.ts";
import type { Shown } from "../features/shown.ts";
import type { Client } from "./client.ts";
import type { PageOf } from "./pages.ts";
import type { Judgement } from "./project.ts";

/** What is to be said about a file: nothing, for a clean one. */
export interface Report {
  readonly items: readonly Diagnostic[];
  /** For an open document, the version that was judged. */
  readonly version?: number;
}

/** Reports by URI: of every file with findings, and of every open one. */
export type Reports = ReadonlyMap<string, Report>;

export const reportsOf = (judgements: readonly Judgement[], client: Client, pageOf: PageOf): Reports => {
  const found = new Map<string, Report>();
  for (const judgement of judgements) {
    const { place, shown, open, uriOf } = judgement;
    for (const { uri, version } of open.values()) if (!found.has(uri)) found.set(uri, { items: [], version });
    for (const [file, inFile] of shown) {
      const version = open.get(file)?.version;
      // Beside a file that was opened by itself lie strangers: they are read to judge it, not reported.
      if (place.folders.length === 0 && version === undefined) continue;
      const uri = uriOf(file);
      // A file of two places has its findings from the first that has any: the workspace before the rest.
      if ((found.get(uri)?.items.length ?? 0) > 0) continue;
      const items = inFile.map((each) => diagnosticOf(each, judgement, client, pageOf));
      found.set(uri, { items, ...(version === undefined ? {} : { version }) });
    }
  }
  return found;
};

export const diagnosticOf = ({ finding, at, message, notes }: Shown, judgement: Judgement, client: Client, pageOf: PageOf): Diagnostic => {
  const { rule, severity } = finding;
  const places = [...notes, ...definitionNote(at)];
  const placed = client.relatedInformation ? places.filter((note) => note.at !== undefined) : [];
  const told = places.filter((note) => !placed.includes(note));
  const tags = client.tags ? tagsOf(rule) : [];
  const masked = (text: string): string => judgement.secrets.maskIn(text, finding);
  const page = client.codeDescription ? pageOf(rule) : undefined;
  return {
    range: judgement.positions(at.file).range(at.span),
    severity: severityOf[severity],
    source: "kalint",
    code: rule,
    message: [message, ...told.map((note) => note.message)].map(masked).join("\n"),
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(placed.length === 0
      ? {}
      : { relatedInformation: placed.flatMap((note) => related({ ...note, message: masked(note.message) }, judgement)) }),
  };
};

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  style: DiagnosticSeverity.Hint,
};

/** A word that came through a definition stands at its use; where it was written is the other place. */
const definitionNote = ({ via }: Site): readonly Note[] =>
  via?.site === undefined ? [] : [{ message: `${via.kind === "definition" ? `$${via.name}` : via.name} is defined here`, at: via.site }];

const related = ({ message, at }: Note, { uriOf, positions }: Judgement): DiagnosticRelatedInformation[] =>
  at === undefined ? [] : [{ message, location: { uri: uriOf(at.file), range: positions(at.file).range(at.span) } }];

/** What could be deleted, and what newer versions do without; editors show these faded and struck through. */
const tagsOf = (rule: string): DiagnosticTag[] => {
  if (/^(?:deprecated|removed)-/u.test(rule)) return [DiagnosticTag.Deprecated];
  return /^unused-|^duplicate-directive$|^extra-argument$/u.test(rule) ? [DiagnosticTag.Unnecessary] : [];
};
