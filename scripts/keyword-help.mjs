/** Takes the explanations of keywords out of the vocabulary's sources, and leaves marks in their place. */
import { parseSync } from "rolldown/utils";
import { nodesBelow } from "./nodes.mjs";

/** The makers of rows (grammar/vocabulary/rows.ts), and which of their arguments is the explanation. */
const places = { flag: 2, toggle: 2, script: 2, block: 2, listBlock: 2, statement: 3, namedBlock: 3, option: 3 };

/** `const { option: peerOption } = rowsOf(…)`: what a file calls the makers. */
const makersIn = (program) => {
  const makers = new Map();
  for (const { type, id, init } of nodesBelow(program))
    if (type === "VariableDeclarator" && init?.callee?.name === "rowsOf" && id.type === "ObjectPattern")
      for (const { key, value } of id.properties) makers.set(value.name, key.name);
  return makers;
};

/** A constant text; one with `${…}` in it stays where it is. */
const textOf = (node) =>
  node?.type === "Literal" && typeof node.value === "string"
    ? node.value
    : node?.type === "TemplateLiteral" && node.expressions.length === 0
      ? node.quasis[0].value.cooked
      : undefined;

/** The source with `mark(explanation)` in place of every explanation. */
export const withoutHelp = (file, source, mark) => {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const makers = makersIn(program);
  const found = [...nodesBelow(program)]
    .filter(({ type }) => type === "CallExpression")
    .flatMap(({ callee, arguments: args }) => {
      const maker = callee.type === "MemberExpression" ? callee.property.name : makers.get(callee.name);
      const argument = maker in places ? args[places[maker]] : undefined;
      const text = textOf(argument);
      return text === undefined ? [] : [{ start: argument.start, end: argument.end, text }];
    });
  return found
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, text }) => `${rest.slice(0, start)}${JSON.stringify(mark(text))}${rest.slice(end)}`, source);
};
