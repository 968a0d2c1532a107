/**
 * `npm run -s show-tree -- FILE` prints what the grammar sees: the tree of a configuration or of a shell script with its
 * spans, and the problems.
 *
 *   --shell, --keepalived   as what the file is read; without either, by its name and first line
 *   --expanded              a configuration with its includes and definitions, every line with the place it comes from
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { expand } from "../grammar/keepalived/expand.ts";
import { parseKeepalived } from "../grammar/keepalived/parse.ts";
import type { Item, Word } from "../grammar/keepalived/tree.ts";
import { parseShell } from "../grammar/shell/parse.ts";
import { lineIndex, positionAt, siteOf, type Span } from "../grammar/text.ts";
import { openDisk } from "../server/host/disk.ts";
import { configFiles } from "../server/model/cluster/discover.ts";
import { isShell } from "../server/model/cluster/scripts.ts";
import { printable } from "../server/reporters/cells.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { shell: { type: "boolean" }, keepalived: { type: "boolean" }, expanded: { type: "boolean" }, "config-id": { type: "string" } },
});
const [given] = positionals;

const out = (depth: number, text: string, where = ""): void => console.log(`${where.padEnd(18)}${"  ".repeat(depth)}${printable(text)}`);

const showItems = (items: readonly Item[], where: (span: Span) => string, depth = 0): void => {
  for (const item of items) {
    const words = item.words.map((word: Word) => (word.quoted ? JSON.stringify(word.text) : word.text)).join(" ");
    if (item.kind === "statement") out(depth, words, where(item.span));
    else {
      out(depth, `${words === "" ? "(no keyword)" : words} ${item.open === undefined ? "(no brace)" : "{"}`, where(item.span));
      showItems(item.body, where, depth + 1);
      out(depth, item.close === undefined ? "(never closed)" : "}");
    }
  }
};

/** Any tree of objects with `kind` and `span`, by their fields. */
const showNode = (node: unknown, label: string, where: (span: Span) => string, depth: number): void => {
  if (Array.isArray(node)) {
    for (const [index, child] of node.entries()) showNode(child, `${label}[${index}]`, where, depth);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { kind, span, ...fields } = node as { readonly kind?: string; readonly span?: Span } & Readonly<Record<string, unknown>>;
  const plain = Object.entries(fields).filter(([, value]) => typeof value !== "object");
  const said = plain.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(" ");
  out(depth, [`${label}:`, kind, said].filter(Boolean).join(" "), span === undefined ? "" : where(span));
  for (const [name, value] of Object.entries(fields)) showNode(value, name, where, depth + 1);
};

const show = (file: string): void => {
  const disk = openDisk({ cwd: process.cwd(), allow: [path.dirname(file)] });
  const name = disk.nameOf(file);
  const got = disk.read(name);
  if (got.kind === "unreadable") {
    console.error(`show-tree: ${file}: ${got.reason}`);
    process.exitCode = 2;
    return;
  }
  const { text } = got;
  const lines = lineIndex(text);
  const place = (offset: number): string => {
    const { line, column } = positionAt(lines, offset);
    return `${line}:${column}`;
  };
  const where = ({ start, end }: Span): string => `${place(start)}-${place(end)}`;

  if (values.shell === true || (values.keepalived !== true && isShell(name, text))) {
    const { body, shebang, comments, problems } = parseShell(text);
    if (shebang !== undefined) out(0, `shebang: ${shebang.interpreter} ${shebang.argument ?? ""}`, where(shebang.span));
    showNode(body, "statement", where, 0);
    out(0, `${comments.length} comments, ${problems.length} problems`);
    for (const { kind, span, detail } of problems) out(0, `${kind}: ${detail}`, where(span));
    return;
  }
  if (values.expanded !== true) {
    const { items, problems } = parseKeepalived(text);
    showItems(items, where);
    out(0, `${problems.length} problems`);
    for (const { kind, span, detail } of problems) out(0, `${kind}: ${detail}`, where(span));
    return;
  }
  const expansion = expand(name, configFiles(disk, name), values["config-id"]);
  const expanded = expansion.text;
  const starts = lineIndex(expanded.text);
  for (const [index, start] of starts.entries()) {
    const end = (starts[index + 1] ?? expanded.text.length + 1) - 1;
    if (end <= start) continue;
    const site = siteOf(expanded, { start, end });
    const origin = disk.read(site.file);
    const line = origin.kind === "text" ? positionAt(lineIndex(origin.text), site.span.start).line : "?";
    const via = site.via === undefined ? "" : ` via ${site.via.kind} ${site.via.name}`;
    console.log(`${printable(expanded.text.slice(start, end)).padEnd(60)} ${printable(site.file)}:${line}${via}`);
  }
  for (const { kind, detail, site } of expansion.problems) out(0, `${kind}: ${detail} (${site.file})`);
  for (const { kind, detail } of parseKeepalived(expanded.text).problems) out(0, `${kind}: ${detail}`);
};

if (given === undefined || positionals.length > 1) {
  console.error("usage: npm run -s show-tree -- [--shell | --keepalived | --expanded [--config-id ID]] FILE");
  process.exitCode = 2;
} else show(given);
