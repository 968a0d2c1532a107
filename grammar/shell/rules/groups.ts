/** `{ }`, `( )`, `[[ ]]`, `(( ))`, and functions in both forms. */
import type { IToken } from "chevrotain";
import { NONE } from "../build.ts";
import type { Span } from "../../text.ts";
import { checkTest } from "../test-command.ts";
import * as t from "../tokens.ts";
import type {
  ArithmeticCommand,
  Command,
  Draft,
  FunctionDefinition,
  Group,
  Name,
  Statement,
  Subshell,
  TestCommand,
  Word,
} from "../tree.ts";
import { LoopRules } from "./loops.ts";

export abstract class GroupRules extends LoopRules {
  readonly group = this.RULE("group", (): Command => {
    const opener = this.CONSUME(t.OpenBrace);
    const body: Statement[] = [];
    const node: Draft<Group> = { kind: "group", span: this.took(opener), body, redirections: NONE };
    const frame = this.enter(node, body);
    this.SUBRULE(this.statements);
    this.needed(body);
    this.closing(t.CloseBrace);
    return this.finish(frame, node);
  });

  readonly subshell = this.RULE("subshell", (): Command => {
    const opener = this.CONSUME(t.Open);
    const body: Statement[] = [];
    const node: Draft<Subshell> = { kind: "subshell", span: this.took(opener), body, redirections: NONE };
    const frame = this.enter(node, body);
    this.SUBRULE(this.statements);
    this.needed(body);
    this.closing(t.Close);
    return this.finish(frame, node);
  });

  readonly test = this.RULE("test", (): Command => {
    const token = this.CONSUME(t.Test);
    const span = this.took(token);
    const node: Draft<TestCommand> = { kind: "test", span, words: this.condition(token, span.start), redirections: NONE };
    this.redirected(node);
    node.span = this.spanFrom(span.start);
    return node;
  });

  /** The words of the `[[ … ]]` that stands at `at`. */
  private condition({ image }: IToken, at: number): Word[] {
    if (this.RECORDING_PHASE) return [];
    const inside = ({ start, end }: Span): Span => ({ start: at + start, end: at + end });
    const { words, problem } = checkTest(image);
    if (problem !== undefined) this.problem(inside(problem.span), problem.detail);
    return words.map((word) => this.wordAt(inside(word), image.slice(word.start, word.end)));
  }

  readonly arithmetic = this.RULE("arithmetic", (): Command => {
    const token = this.CONSUME(t.Arithmetic);
    const span = this.took(token);
    const node: Draft<ArithmeticCommand> = { kind: "arithmetic-command", span, ...this.expression(token), redirections: NONE };
    this.redirected(node);
    node.span = this.spanFrom(span.start);
    return node;
  });

  readonly functionDefinition = this.RULE("functionDefinition", (): Command => {
    const name = this.name(this.CONSUME(t.Plain));
    this.CONSUME(t.Open);
    this.CONSUME(t.Close);
    return this.SUBRULE(this.functionBody, { ARGS: [name] });
  });

  readonly keywordFunction = this.RULE("keywordFunction", (): Command => {
    const keyword = this.took(this.CONSUME(t.Function));
    const name = this.name(this.CONSUME(t.Word));
    this.OPTION(() => {
      this.CONSUME(t.Open);
      this.CONSUME(t.Close);
    });
    return this.SUBRULE(this.functionBody, { ARGS: [name, keyword] });
  });

  readonly functionBody = this.RULE("functionBody", (name: Name, keyword?: Span): Command => {
    const at = this.RECORDING_PHASE ? { start: 0, end: 0 } : (keyword ?? name.span);
    const list: Statement[] = [];
    const unfinished: Draft<Group> = { kind: "group", span: at, body: list, redirections: NONE };
    const node: Draft<FunctionDefinition> = { kind: "function", span: at, name, body: unfinished, redirections: NONE };
    if (keyword !== undefined) node.keyword = keyword;
    const frame = this.enter(node, list);
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    if (!this.RECORDING_PHASE && !t.COMPOUND_STARTS.has(this.LA(1).tokenType)) throw this.refusal("a function's body in `{ }`");
    node.body = this.SUBRULE(this.command);
    return this.leave(frame, node);
  });
}
