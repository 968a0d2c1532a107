/**
 * The syntax tree of a shell script: what `parseShell` returns. Every span counts in the text that was given to it,
 * also inside `$( … )`; ends are exclusive.
 */
import type { Problem, Span } from "../text.ts";

/** A node that is being made. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface ShellScript {
  readonly kind: "script";
  readonly span: Span;
  readonly shebang?: Shebang;
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly problems: readonly ShellProblem[];
}

/**
 * `syntax`: the shell would refuse the script. `depth`: nested deeper than kalint follows; nothing is said about what lies inside.
 * `length`: the text is so long that none of it was read. `detail` is a clause for a message: "`fi` expected, `done` found".
 */
export type ShellProblem = Problem<"syntax" | "depth" | "length">;

/** The first line `#!INTERPRETER ARGUMENT`; `interpreter` is what the kernel would start, without a carriage return. */
export interface Shebang {
  readonly span: Span;
  readonly interpreter: string;
  readonly argument?: string;
}

/** A comment from `#` to the end of the line; `text` includes the `#`. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** A command and what ends it: a line end, `;`, or `&`, which puts it into the background. */
export interface Statement {
  readonly kind: "statement";
  readonly span: Span;
  readonly command: Command;
  readonly background: boolean;
}

export type Command =
  | SimpleCommand
  | Pipeline
  | AndOr
  | IfCommand
  | ForCommand
  | ArithmeticFor
  | WhileCommand
  | CaseCommand
  | SelectCommand
  | FunctionDefinition
  | Group
  | Subshell
  | TestCommand
  | ArithmeticCommand
  | Coproc;

/** `NAME=value … WORD … <redirections`: a command without words only assigns or redirects. */
export interface SimpleCommand {
  readonly kind: "simple";
  readonly span: Span;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

/** Two or more commands joined by `|` or `|&`, or a single one (or none) behind `!` or `time`. */
export interface Pipeline {
  readonly kind: "pipeline";
  readonly span: Span;
  /** An odd number of `!`. */
  readonly negated: boolean;
  readonly timed: boolean;
  readonly commands: readonly Command[];
  /** What joins them: one fewer than commands. `|&` passes the errors on as well. */
  readonly operators: readonly ("|" | "|&")[];
}

/** `first && second || third`, judged from left to right. */
export interface AndOr {
  readonly kind: "and-or";
  readonly span: Span;
  readonly first: Command;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly command: Command }[];
}

/** What every compound command carries. */
interface Compound {
  readonly span: Span;
  readonly redirections: readonly Redirection[];
}

export interface IfCommand extends Compound {
  readonly kind: "if";
  /** The `if` and each `elif`. */
  readonly arms: readonly IfArm[];
  readonly otherwise?: readonly Statement[];
}

export interface IfArm {
  readonly span: Span;
  readonly condition: readonly Statement[];
  readonly body: readonly Statement[];
}

export interface ForCommand extends Compound {
  readonly kind: "for";
  readonly variable: Name;
  /** undefined: `for x; do` walks the positional parameters. */
  readonly words?: readonly Word[];
  readonly body: readonly Statement[];
}

/** `for ((a; b; c)); do … done` */
export interface ArithmeticFor extends Compound {
  readonly kind: "arithmetic-for";
  readonly expression: string;
  /** The same text with its parameters and substitutions. */
  readonly parts: readonly WordPart[];
  readonly body: readonly Statement[];
}

export interface WhileCommand extends Compound {
  readonly kind: "while";
  /** `until` instead of `while`. */
  readonly until: boolean;
  readonly condition: readonly Statement[];
  readonly body: readonly Statement[];
}

export interface CaseCommand extends Compound {
  readonly kind: "case";
  readonly subject: Word;
  readonly arms: readonly CaseArm[];
}

export interface CaseArm {
  readonly span: Span;
  readonly patterns: readonly Word[];
  readonly body: readonly Statement[];
  /** `;;` ends the case, `;&` falls into the next arm, `;;&` goes on testing. */
  readonly end: ";;" | ";&" | ";;&";
}

export interface SelectCommand extends Compound {
  readonly kind: "select";
  readonly variable: Name;
  readonly words?: readonly Word[];
  readonly body: readonly Statement[];
}

/** `name() command` or `function name command`. */
export interface FunctionDefinition extends Compound {
  readonly kind: "function";
  readonly name: Name;
  /** Where `function` stands, for the form of bash. */
  readonly keyword?: Span;
  readonly body: Command;
}

/** `{ …; }` */
export interface Group extends Compound {
  readonly kind: "group";
  readonly body: readonly Statement[];
}

/** `( … )` */
export interface Subshell extends Compound {
  readonly kind: "subshell";
  readonly body: readonly Statement[];
}

/** `[[ … ]]`; the words between the brackets, operators included, in order. */
export interface TestCommand extends Compound {
  readonly kind: "test";
  readonly words: readonly Word[];
}

/** `(( … ))` */
export interface ArithmeticCommand extends Compound {
  readonly kind: "arithmetic-command";
  readonly expression: string;
  /** The same text with its parameters and substitutions. */
  readonly parts: readonly WordPart[];
}

/** `coproc [NAME] command` */
export interface Coproc {
  readonly kind: "coproc";
  readonly span: Span;
  readonly name?: Name;
  readonly command: Command;
}

export interface Name {
  readonly span: Span;
  readonly text: string;
}

export interface Assignment {
  readonly kind: "assignment";
  readonly span: Span;
  readonly name: Name;
  /** The text between the brackets of `name[index]=`, and its parts. */
  readonly index?: string;
  readonly indexParts?: readonly WordPart[];
  /** `+=` */
  readonly append: boolean;
  /** A word (empty when nothing stands behind the `=`), or the elements of `( … )`. */
  readonly value: Word | ArrayValue;
}

export interface ArrayValue {
  readonly kind: "array";
  readonly span: Span;
  readonly elements: readonly Word[];
}

export type RedirectionOperator = "<" | ">" | ">>" | ">|" | "<>" | "<&" | ">&" | "&>" | "&>>" | "<<" | "<<-" | "<<<";

export interface Redirection {
  readonly kind: "redirection";
  readonly span: Span;
  /** The number or `{name}` before the operator. */
  readonly descriptor?: string;
  readonly operator: RedirectionOperator;
  /** The file, descriptor, here-string, or the delimiter of a heredoc as written. */
  readonly target: Word;
  readonly heredoc?: Heredoc;
}

export interface Heredoc {
  /** The lines of the body, without the line of the delimiter. */
  readonly span: Span;
  /** A quoted delimiter: nothing in the body is expanded. */
  readonly quoted: boolean;
  /** The body as written. */
  readonly text: string;
  /** The body as parts, leading tabs still in it for `<<-`. */
  readonly parts: readonly WordPart[];
}

/** One word of a command. `text` is what is written, quotes included; `parts` say what it means. */
export interface Word {
  readonly kind: "word";
  readonly span: Span;
  readonly text: string;
  readonly parts: readonly WordPart[];
}

export type WordPart =
  Literal | SingleQuoted | DoubleQuoted | Parameter | CommandSubstitution | ArithmeticExpansion | ProcessSubstitution | Glob | Braces;

/** Plain characters; `value` has lost its backslashes and continued lines. */
export interface Literal {
  readonly kind: "literal";
  readonly span: Span;
  readonly value: string;
}

/** `'…'` or `$'…'`; the escapes of the latter are resolved in `value`. */
export interface SingleQuoted {
  readonly kind: "single-quoted";
  readonly span: Span;
  readonly value: string;
}

/** `"…"` or `$"…"`. */
export interface DoubleQuoted {
  readonly kind: "double-quoted";
  readonly span: Span;
  readonly parts: readonly WordPart[];
}

/** `$NAME`, `${NAME}`, `${NAME:-argument}`, `${#NAME}`, `${!NAME}`, `$1`, `$@`. */
export interface Parameter {
  readonly kind: "parameter";
  readonly span: Span;
  /** Name, digits or one of `@ * # ? - $ ! 0`; empty when the text between the braces is no parameter. */
  readonly name: string;
  /** The text between the brackets of `${NAME[index]}`, and its parts. */
  readonly index?: string;
  readonly indexParts?: readonly WordPart[];
  /** `${#NAME}` is a length, `${!NAME}` the parameter that NAME names. */
  readonly prefix?: "#" | "!";
  /** `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, `/`, `//`, `/#`, `/%`, `:`, `^`, `^^`, `,`, `,,`, `@`. */
  readonly operator?: string;
  /** What follows the operator, as one word. */
  readonly argument?: Word;
}

/** `$( … )` or `` ` … ` ``. The inside of backquotes is read as well as it can be; what is wrong in it is no problem before it runs. */
export interface CommandSubstitution {
  readonly kind: "command-substitution";
  readonly span: Span;
  readonly backquoted: boolean;
  readonly body: readonly Statement[];
}

/** `$(( … ))` or `$[ … ]`. */
export interface ArithmeticExpansion {
  readonly kind: "arithmetic";
  readonly span: Span;
  readonly expression: string;
  /** The same text with its parameters and substitutions, which the shell expands before it counts. */
  readonly parts: readonly WordPart[];
}

/** `<( … )` or `>( … )` */
export interface ProcessSubstitution {
  readonly kind: "process-substitution";
  readonly span: Span;
  readonly direction: "<" | ">";
  readonly body: readonly Statement[];
}

/** `*`, `?`, `[…]` or `@(…)` outside quotes; `text` as written. */
export interface Glob {
  readonly kind: "glob";
  readonly span: Span;
  readonly text: string;
}

/** `{a,b}` or `{1..3}` outside quotes; `text` as written, braces included. */
export interface Braces {
  readonly kind: "braces";
  readonly span: Span;
  readonly text: string;
}
