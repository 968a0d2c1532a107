/**
 * How the programs get the rules. A rule is written as a generator, and asked about everything of its kind: most of these
 * questions end at its first line, and a generator that is made for nothing costs ten times what a call of a function does
 * (a seventh of a check of 2,000 nodes). So the builds turn `check` into the function that returns its findings as a list.
 */
import { parseSync } from "rolldown/utils";
import { readFile } from "node:fs/promises";

/** `fields` are left out: they are for those who read the source, the page or a test of a rule, and a program has no question that they answer. */
export const rulesCompiled = (fields) => ({
  name: "rules-compiled",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]server[\\/]rules[\\/][^\\/]+[\\/][^\\/]+\.ts$/ }, async ({ path: file }) => ({
      contents: compiled(file, await readFile(file, "utf8"), fields),
      loader: "ts",
    })),
});

export const compiled = (file, source, fields) => {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const rule = program.body.find(({ type }) => type === "ExportDefaultDeclaration")?.declaration.arguments?.[0];
  const properties = rule?.properties ?? [];
  const left = properties.filter(({ key }) => fields.includes(key?.name)).map((property) => leftOut(source, property));
  const check = properties.find(({ key, value }) => key?.name === "check" && value.generator === true);
  return edited(source, [...left, ...(check === undefined ? [] : asFunction(file, source, check))]);
};

const leftOut = (source, { start, end }) => ({ start, end: end + (/^\s*,/u.exec(source.slice(end))?.[0].length ?? 0), text: "" });

/** A name that no rule uses. */
const LIST = "$found";

/** What makes a list of what a generator yields. It is an error where a rule uses `yield` otherwise than as a statement. */
const asFunction = (file, source, { start, key, value }) => {
  const edits = [];
  const replaced = (node, text) => edits.push({ start: node.start, end: node.end, text });
  const visit = (node) => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node?.type !== "string" || functions.has(node.type)) return;
    if (node.type === "ReturnStatement" && node.argument === null) replaced(node, `return ${LIST};`);
    else if (node.type === "ExpressionStatement" && node.expression.type === "YieldExpression") {
      const { argument, delegate } = node.expression;
      const opening = delegate ? `for (const $each of ` : `${LIST}.push(`;
      edits.push({ start: node.start, end: argument.start, text: opening });
      edits.push({ start: argument.end, end: node.end, text: delegate ? `) ${LIST}.push($each);` : ");" });
      visit(argument);
    } else if (node.type === "ReturnStatement" || node.type === "YieldExpression")
      throw new Error(`${file}: ${source.slice(node.start, node.end)} has no counterpart in a function that returns a list`);
    else Object.values(node).forEach(visit);
  };
  visit(value.body.body);
  const { start: opened, end: closed } = value.body;
  edits.push({ start, end: key.start, text: "" });
  edits.push({ start: opened + 1, end: opened + 1, text: `const ${LIST} = [];` });
  edits.push({ start: closed - 1, end: closed - 1, text: `return ${LIST};` });
  return edits;
};

const functions = new Set(["ArrowFunctionExpression", "FunctionExpression", "FunctionDeclaration"]);

const edited = (source, edits) =>
  edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), source);
