/** Walking a shell tree without running it: which names are assigned anywhere, which are used as a command's argument. */
import type { Span } from "../../../grammar/text.ts";
import type { Command, Redirection, Statement, Word, WordPart } from "../../../grammar/shell/tree.ts";

interface Visitor {
  readonly command: (command: Command) => void;
  /** `argument`: the word is an argument of a command, behind its name. */
  readonly word: (word: Word, argument: boolean) => void;
}

/** The tree is walked this deep; the parser bounds each kind of nesting, this their sum. */
const MAX_DEPTH = 150;

const visitStatements = (statements: readonly Statement[], visitor: Visitor, depth: number): void => {
  if (depth > MAX_DEPTH) return;
  for (const { command } of statements) visitCommand(command, visitor, depth + 1);
};

/** Everything in some commands, outermost first. */
export const visit = (statements: readonly Statement[], visitor: Visitor): void => visitStatements(statements, visitor, 0);

const visitWord = (word: Word, argument: boolean, visitor: Visitor, depth: number): void => {
  visitor.word(word, argument);
  for (const part of word.parts) visitPart(part, visitor, depth + 1);
};

const visitPart = (part: WordPart, visitor: Visitor, depth: number): void => {
  if (depth > MAX_DEPTH) return;
  if (part.kind === "double-quoted" || part.kind === "arithmetic") for (const inner of part.parts) visitPart(inner, visitor, depth + 1);
  else if (part.kind === "command-substitution" || part.kind === "process-substitution") visitStatements(part.body, visitor, depth + 1);
  else if (part.kind === "parameter") {
    for (const inner of part.indexParts ?? []) visitPart(inner, visitor, depth + 1);
    if (part.argument !== undefined) visitWord(part.argument, false, visitor, depth + 1);
  }
};

const visitRedirections = (redirections: readonly Redirection[], visitor: Visitor, depth: number): void => {
  for (const { target, heredoc } of redirections) {
    visitWord(target, false, visitor, depth);
    for (const part of heredoc?.parts ?? []) visitPart(part, visitor, depth);
  }
};

const visitCommand = (command: Command, visitor: Visitor, depth: number): void => {
  if (depth > MAX_DEPTH) return;
  visitor.command(command);
  const inside = (statements: readonly Statement[]): void => visitStatements(statements, visitor, depth + 1);
  const words = (list: readonly Word[] | undefined): void => {
    for (const word of list ?? []) visitWord(word, false, visitor, depth + 1);
  };
  const parts = (list: readonly WordPart[] | undefined): void => {
    for (const part of list ?? []) visitPart(part, visitor, depth + 1);
  };
  if ("redirections" in command) visitRedirections(command.redirections, visitor, depth + 1);
  switch (command.kind) {
    case "simple":
      for (const { value, indexParts } of command.assignments) {
        parts(indexParts);
        words(value.kind === "array" ? value.elements : [value]);
      }
      command.words.forEach((word, index) => visitWord(word, index > 0, visitor, depth + 1));
      return;
    case "pipeline":
      for (const one of command.commands) visitCommand(one, visitor, depth + 1);
      return;
    case "and-or":
      visitCommand(command.first, visitor, depth + 1);
      for (const one of command.rest) visitCommand(one.command, visitor, depth + 1);
      return;
    case "if":
      for (const { condition, body } of command.arms) {
        inside(condition);
        inside(body);
      }
      inside(command.otherwise ?? []);
      return;
    case "for":
    case "select":
      words(command.words);
      inside(command.body);
      return;
    case "while":
      inside(command.condition);
      inside(command.body);
      return;
    case "case":
      words([command.subject]);
      for (const { patterns, body } of command.arms) {
        words(patterns);
        inside(body);
      }
      return;
    case "coproc":
      visitCommand(command.command, visitor, depth + 1);
      return;
    case "function":
      visitCommand(command.body, visitor, depth + 1);
      return;
    case "arithmetic-for":
      parts(command.parts);
      inside(command.body);
      return;
    case "group":
    case "subshell":
      inside(command.body);
      return;
    case "test":
      words(command.words);
      return;
    case "arithmetic-command":
      parts(command.parts);
      return;
  }
};

/** Commands whose arguments are names they set, or `name=value`. */
const SETTERS = new Set([
  "read",
  "local",
  "declare",
  "typeset",
  "export",
  "readonly",
  "unset",
  "getopts",
  "mapfile",
  "readarray",
  "printf",
  "let",
  "eval",
  "env",
]);

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/u;

const namesOf = (command: Command, add: (name: string) => void): void => {
  if (command.kind === "for" || command.kind === "select") add(command.variable.text);
  else if (command.kind === "arithmetic-for" || command.kind === "arithmetic-command") {
    for (const [name] of command.expression.matchAll(/[A-Za-z_][A-Za-z0-9_]*/gu)) add(name);
  } else if (command.kind === "simple") {
    for (const { name } of command.assignments) add(name.text);
    if (SETTERS.has(command.words[0]?.text ?? "")) {
      for (const { text } of command.words.slice(1)) {
        const name = NAME.exec(text.replace(/^["']/u, ""))?.[0];
        if (name !== undefined) add(name);
      }
    }
  }
};

/** The names that anything in these commands may set; without `defaults` those that only `${NAME:=…}` sets are left out. */
export const assignedNames = (statements: readonly Statement[], defaults = true): ReadonlySet<string> => {
  const names = new Set<string>();
  const part = (one: WordPart): void => {
    if (one.kind === "double-quoted") one.parts.forEach(part);
    else if (defaults && one.kind === "parameter" && (one.operator === ":=" || one.operator === "=")) names.add(one.name);
    else if (one.kind === "arithmetic")
      for (const hit of one.expression.matchAll(/([A-Za-z_][A-Za-z0-9_]*)\s*(?:\+\+|--|[-+*/%]?=(?!=))/gu)) names.add(hit[1]!);
  };
  visitStatements(
    statements,
    { command: (command) => namesOf(command, (name) => names.add(name)), word: (word) => word.parts.forEach(part) },
    0,
  );
  return names;
};

/** The names that some command (`unset`, `readonly`) is given anywhere in these. */
export const argumentsOf = (statements: readonly Statement[], called: RegExp): ReadonlySet<string> => {
  const names = new Set<string>();
  const command = (one: Command): void => {
    if (one.kind !== "simple" || !called.test(one.words[0]?.text ?? "")) return;
    for (const { text } of one.words.slice(1)) {
      const name = NAME.exec(text)?.[0];
      if (name !== undefined) names.add(name);
    }
  };
  visitStatements(statements, { command, word: () => undefined }, 0);
  return names;
};

/** Variables that the shell or the usual environment sets. */
const ENVIRONMENT = new Set([
  "HOME",
  "PATH",
  "USER",
  "LOGNAME",
  "SHELL",
  "PWD",
  "OLDPWD",
  "LANG",
  "LC_ALL",
  "TERM",
  "IFS",
  "HOSTNAME",
  "UID",
  "EUID",
  "PPID",
  "RANDOM",
  "SECONDS",
  "LINENO",
  "OPTARG",
  "OPTIND",
  "REPLY",
  "FUNCNAME",
  "BASH",
  "BASH_SOURCE",
  "BASH_VERSION",
  "BASHPID",
  "PIPESTATUS",
  "TMPDIR",
  "MAIL",
  "EDITOR",
  "DISPLAY",
  "SHLVL",
  "HOSTTYPE",
  "OSTYPE",
  "MACHTYPE",
  "EPOCHSECONDS",
  "BASH_REMATCH",
  "BASH_LINENO",
  "COLUMNS",
  "LINES",
  "PS1",
  "PS2",
  "PS4",
  "GROUPS",
  "DIRSTACK",
  "SUDO_USER",
  "COMP_WORDS",
  "COMP_CWORD",
  "INSTANCE",
  "VRRP_SCRIPT",
  "_",
]);

/** Uses of a name in arguments of commands, without an operator that says what to take when it is unset. */
export const unassignedUses = (statements: readonly Statement[]): readonly { readonly name: string; readonly span: Span }[] => {
  const assigned = assignedNames(statements);
  const uses: { name: string; span: Span }[] = [];
  const part = (one: WordPart): void => {
    if (one.kind === "double-quoted") one.parts.forEach(part);
    else if (
      one.kind === "parameter" &&
      (one.operator === undefined || (/^(?:##?|%%?|\/|:|\^|,)/u.test(one.operator) && !/^:[-=?+]/u.test(one.operator))) &&
      one.prefix !== "!"
    ) {
      if (NAME.test(one.name) && !assigned.has(one.name) && !ENVIRONMENT.has(one.name)) uses.push({ name: one.name, span: one.span });
    }
  };
  visitStatements(statements, { command: () => undefined, word: (word, argument) => argument && word.parts.forEach(part) }, 0);
  return uses;
};
