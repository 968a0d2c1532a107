/** `--format pretty`, for people: by cluster and node, with the lines that are meant on every node they stand on. */
import { type Finding, type Fix, fixKey, type Note, type Severity } from "../analysis/finding.ts";
import type { LeftOut } from "../analysis/fixing.ts";
import type { ClusterModel } from "../model/cluster/model.ts";
import { printable, wrapped } from "./cells.ts";
import { notChecked } from "./coverage.ts";
import { linesOf, offeredFixes, summaryOf, type Report } from "./report.ts";
import { secretsOf } from "./secrets.ts";
import { gutterOf, preview, snippet, type Canvas } from "./snippet.ts";
import type { Colours, Paint } from "./style.ts";
import { few, leftOutInWords, peersInWords, plural, withKeepalived, withoutKeepalived } from "./words.ts";

export interface PrettyOptions {
  readonly paint: Colours;
  /** Columns of the terminal; without one, sentences are not broken. */
  readonly width?: number;
}

/** Columns for source lines where no terminal says how wide it is. */
const defaultWidth = 160;

export const reportPretty = (report: Report, options: PrettyOptions): string => {
  const canvas: Canvas = {
    lines: linesOf(report.textOf, report.shown),
    secrets: secretsOf(report.project, report.textOf),
    paint: options.paint,
    width: options.width ?? defaultWidth,
  };
  const page: Page = {
    ...canvas,
    sentences: options.width ?? Number.POSITIVE_INFINITY,
    leftOut: new Map((report.fixable?.leftOut ?? []).map((left) => [fixKey(left.finding, left.fix), left])),
  };
  const blocks = groups(report).flatMap((group) => groupBlocks(group, page));
  return [...blocks, ...ending(report, page)].map((lines) => `${lines.join("\n")}\n`).join("\n");
};

interface Page extends Canvas {
  /** Columns that sentences are broken to. */
  readonly sentences: number;
  /** By `fixKey`. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
}

type Block = readonly string[];

interface Group {
  readonly cluster: ClusterModel | undefined;
  readonly findings: readonly Finding[];
}

/** Findings by cluster, in the order of the project; what belongs to no cluster comes last. */
const groups = ({ project, findings }: Report): readonly Group[] => {
  const byName = new Map(project.clusters.map((cluster) => [cluster.name, cluster]));
  const of = (finding: Finding): ClusterModel | undefined =>
    byName.get(finding.cluster) ??
    project.clusters.find(({ nodes }) =>
      nodes.some(({ configuration }) => configuration?.expansion.files.includes(finding.at.file) === true),
    );
  const found = new Map<ClusterModel | undefined, Finding[]>();
  for (const finding of findings) {
    const cluster = of(finding);
    const list = found.get(cluster);
    if (list === undefined) found.set(cluster, [finding]);
    else list.push(finding);
  }
  return [...project.clusters, undefined].flatMap((cluster) => {
    const list = found.get(cluster);
    return list === undefined ? [] : [{ cluster, findings: list }];
  });
};

const groupBlocks = ({ cluster, findings }: Group, page: Page): readonly Block[] => {
  const byNodes = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.nodes.join(", ");
    const list = byNodes.get(key);
    if (list === undefined) byNodes.set(key, [finding]);
    else list.push(finding);
  }
  const order = ["", ...(cluster?.nodes.map(({ name }) => name) ?? [])];
  const rank = (key: string): number => (key.includes(", ") ? -1 : order.indexOf(key));
  const parts = [...byNodes].toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const seen = new Set<string>();
  return [
    ...(cluster === undefined ? [] : [clusterHeading(cluster, page)]),
    ...parts.flatMap(([names, list]) => [
      ...(names === "" || (cluster !== undefined && cluster.nodes.length === 1) ? [] : [[nodeHeading(names, page)]]),
      ...list.map((finding) => findingBlock(finding, cluster, seen, page)),
    ]),
  ];
};

const clusterHeading = (cluster: ClusterModel, { paint, sentences }: Page): Block => {
  const directors = withKeepalived(cluster).map(({ name }) => name);
  const who = directors.length === 1 ? `a single node, ${directors[0]}` : `${plural(directors.length, "node")}: ${few(directors, 8)}`;
  return [
    paint.bold(`=== ${printable(cluster.name)}`),
    ...paragraph([who, ...others(cluster)].join("; "), 4, sentences),
    ...peersInWords(cluster)
      .slice(0, 3)
      .flatMap((line) => paragraph(`peers: ${line}`, 4, sentences)),
  ];
};

const others = (cluster: ClusterModel): readonly string[] => {
  const names = withoutKeepalived(cluster).map(({ name }) => name);
  return names.length === 0 ? [] : [`without keepalived: ${few(names, 8)}`];
};

const nodeHeading = (names: string, { paint }: Page): string =>
  paint.bold(`--- ${names.includes(", ") ? `between ${printable(names)}` : printable(names)}`);

const paragraph = (text: string, indent: number, width: number, hanging = indent): readonly string[] =>
  wrapped(printable(text), width - hanging).map((line, index) => " ".repeat(index === 0 ? indent : hanging) + line);

const tints = (paint: Colours): Readonly<Record<Severity, Paint>> => ({
  error: paint.red,
  warning: paint.yellow,
  info: paint.blue,
  style: paint.cyan,
});

const findingBlock = (finding: Finding, cluster: ClusterModel | undefined, seen: Set<string>, page: Page): Block => {
  const { paint, secrets, sentences } = page;
  const tint = tints(paint)[finding.severity];
  const notes = finding.notes.filter((note) => !isPeerReason(note, cluster));
  const gutter = gutterOf([finding.at, ...notes.flatMap(({ at }) => at ?? [])], page);
  const title = `${finding.severity}[${finding.rule}]`;
  const [first = "", ...rest] = paragraph(`${title}: ${secrets.maskIn(finding.message, finding)}`, 0, sentences, 2);
  const around: string[] = [];
  let file = finding.at.file;
  for (const note of notes) {
    const shown = noteLines(note, finding, file, gutter, seen, page);
    around.push(...shown.lines);
    file = shown.file;
  }
  return [
    paint.bold(tint(title)) + paint.bold(first.slice(title.length)),
    ...rest.map(paint.bold),
    place(finding.at, gutter, page),
    ...snippet(finding.at, "^", tint, gutter, page),
    ...around,
    ...finding.fixes.flatMap((fix) => fixLines(fix, finding, gutter, page)),
  ];
};

/** The engine says with every finding about several nodes why they are peers; here the heading of the cluster has said it. */
const isPeerReason = ({ message, at }: Note, cluster: ClusterModel | undefined): boolean =>
  message.includes(" are taken for peers ") &&
  cluster?.links.some(({ reason }) => reason.kind !== "stated" && reason.sites.some((site) => site === at)) === true;

const place = ({ file, span }: Finding["at"], gutter: number, { lines, paint }: Canvas): string => {
  const { line, column } = lines.position(file, span.start);
  return `${" ".repeat(gutter)} ${paint.blue("-->")} ${printable(lines.name(file))}:${line}:${column}`;
};

/**
 * The place of a note is shown once in a cluster; where the same is said again, the sentence will do. `above` is the file of
 * the lines above: as long as it is the same, the number of the line says where.
 */
const noteLines = (
  note: Note,
  finding: Finding,
  above: string,
  gutter: number,
  seen: Set<string>,
  page: Page,
): { readonly lines: readonly string[]; readonly file: string } => {
  const { paint, secrets } = page;
  const sentence = below("note", `: ${secrets.maskIn(note.message, finding)}`, paint.bold, gutter, page);
  if (note.at === undefined) return { lines: sentence, file: above };
  const key = JSON.stringify([note.message, note.at.file, note.at.span.start]);
  if (seen.has(key)) return { lines: sentence, file: above };
  seen.add(key);
  const arrow = note.at.file === above ? [] : [place(note.at, gutter, page)];
  return { lines: [...sentence, ...arrow, ...snippet(note.at, "-", paint.blue, gutter, page)], file: note.at.file };
};

/** `= note: …` under the lines of a finding, broken to the width. */
const below = (word: string, sentence: string, paintWord: Paint, gutter: number, { paint, sentences }: Page): readonly string[] => {
  const pad = " ".repeat(gutter + 1);
  const [first = "", ...rest] = wrapped(printable(`${word}${sentence}`), sentences - gutter - 4);
  return [`${pad} ${paint.blue("=")} ${paintWord(word)}${first.slice(word.length)}`, ...rest.map((line) => `${pad}   ${line}`)];
};

const fixLines = (fix: Fix, finding: Finding, gutter: number, page: Page): readonly string[] => {
  const { paint, secrets } = page;
  const title = secrets.maskIn(fix.title, finding);
  const words = fix.safety === "safe" ? `: ${title}` : `, changes what keepalived does: ${title}`;
  return [
    ...below("fix", words, (word) => paint.bold(paint.green(word)), gutter, page),
    ...preview(fix, gutter, page),
    ...leftOutLines(fix, finding, gutter, page),
  ];
};

/** Whoever takes the advice by hand meets what the fix run shrank from. */
const leftOutLines = (fix: Fix, finding: Finding, gutter: number, page: Page): readonly string[] => {
  const { leftOut, secrets, paint } = page;
  const left = leftOut.get(fixKey(finding, fix));
  if (left === undefined) return [];
  const { because } = left;
  const error = because.kind === "newError" ? because.error : undefined;
  const why =
    because.kind === "undone"
      ? "another fix would undo it"
      : `it would make a new error${error === undefined ? "" : `, ${error.rule}: ${secrets.maskIn(error.message, error)}`}`;
  return below("note", `: --fix${fix.safety === "safe" ? "" : "-review"} leaves it out, ${why}`, paint.bold, gutter, page);
};

/** What the report does not say, and the sum. */
const ending = (report: Report, page: Page): readonly Block[] => {
  const { paint, sentences } = page;
  if (report.isPart === true) return [];
  const silent = report.project.clusters.filter(
    ({ name, nodes }) => nodes.length > 1 && !report.findings.some(({ cluster }) => cluster === name),
  );
  const peers = silent.map((cluster) => `${cluster.name}: ${[...peersInWords(cluster).slice(0, 1), ...others(cluster)].join("; ")}`);
  const list = (title: string, lines: readonly string[]): readonly Block[] =>
    lines.length === 0 ? [] : [[paint.bold(title), ...lines.flatMap((line) => paragraph(line, 2, sentences, 4))]];
  return [
    ...list(
      "No findings in",
      peers.length > mostClusters ? [...peers.slice(0, mostClusters), `and ${peers.length - mostClusters} more clusters`] : peers,
    ),
    ...list("Not checked", notChecked(report)),
    summaryLines(report, page),
  ];
};

const mostClusters = 10;

/** How much of it kalint can change itself. */
const fixHint = ({ findings, fixable }: Report, { sentences }: Page): readonly string[] => {
  const { safe, review } = fixable ?? offeredFixes(findings);
  const about = fixable === undefined ? "up to " : "";
  const said = [
    ...(safe === 0 ? [] : [`--fix fixes ${about}${safe}`]),
    ...(review === 0 ? [] : [safe === 0 ? `--fix-review fixes ${about}${review}` : `then --fix-review ${about}${review} more`]),
  ];
  const more = said.length === 0 ? [] : [`${said.join(", ")}; --diff shows how`];
  return [...more, ...leftOutInWords(fixable?.leftOut ?? [])].flatMap((line) => wrapped(line, sentences));
};

const summaryLines = (report: Report, page: Page): Block => {
  const { paint, sentences } = page;
  const { files, nodes, clusters, error, warning, info } = summaryOf(report);
  const counts = [
    ...(error === 0 ? [] : [{ text: plural(error, "error"), tint: paint.red }]),
    ...(warning === 0 ? [] : [{ text: plural(warning, "warning"), tint: paint.yellow }]),
    ...(info === 0 ? [] : [{ text: plural(info, "info", "info"), tint: paint.blue }]),
  ];
  const what = counts.length === 0 ? paint.green("nothing found") : counts.map(({ text, tint }) => tint(text)).join(", ");
  const where = `in ${plural(files, "file")} of ${plural(nodes, "node")}${clusters === 0 ? "" : `, ${plural(clusters, "cluster")}`}`;
  const ids = [...new Set(report.findings.map(({ rule }) => rule))];
  const more = report.baselined === undefined || report.baselined === 0 ? "" : `; ${report.baselined} more in the baseline`;
  return [
    `${paint.bold(what)} ${where}${more}`,
    ...(report.changed === undefined ? fixHint(report, page) : wrapped(report.changed, sentences)),
    ...(ids.length === 0
      ? []
      : wrapped(`kalint explain ${ids.length === 1 ? ids[0] : "RULE"} says what a finding means and what to do about it`, sentences).map(
          paint.dim,
        )),
  ];
};
