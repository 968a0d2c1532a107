/** `{ }`, `( )`, `[[ ]]`, `(( ))`, and functions in both forms. */
import { NONE } from "../build.ts";
import type { Span } from "../../text.ts";
import { checkTest } from "../test-command.ts";
import * as t from "../tokens.ts";
import type { ArithmeticCommand, Command, Draft, FunctionDefinition, Group, Name, Statement, Subshell, TestCommand } from "../tree.ts";
import { LoopRules } from "./loops.ts";

export abstract class GroupRules extends LoopRules {
  readonly group = this.RULE("group", (): Command => {
    const opener = this.CONSUME(t.OpenBrace);
    const body: Statement[] = [];
    const node: Draft<Group> = { kind: "group", span: this.at(opener), body, redirections: NONE };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
    this.SUBRULE(this.statements);
    this.ACTION(() => this.needed(body));
    this.closing(t.CloseBrace);
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly subshell = this.RULE("subshell", (): Command => {
    const opener = this.CONSUME(t.Open);
    const body: Statement[] = [];
    const node: Draft<Subshell> = { kind: "subshell", span: this.at(opener), body, redirections: NONE };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
    this.SUBRULE(this.statements);
    this.ACTION(() => this.needed(body));
    this.closing(t.Close);
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly test = this.RULE("test", (): Command => {
    const token = this.CONSUME(t.Test);
    const node: Draft<TestCommand> = { kind: "test", span: this.at(token), words: [], redirections: NONE };
    this.ACTION(() => {
      node.span = this.took(token);
      const { words, problem } = checkTest(token.image);
      node.words = words.map(({ start, end }) =>
        this.wordAt({ start: node.span.start + start, end: node.span.start + end }, token.image.slice(start, end)),
      );
      if (problem !== undefined)
        this.problem({ start: node.span.start + problem.span.start, end: node.span.start + problem.span.end }, problem.detail);
    });
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => {
      node.span = this.spanFrom(node.span.start);
      return node;
    });
  });

  readonly arithmetic = this.RULE("arithmetic", (): Command => {
    const token = this.CONSUME(t.Arithmetic);
    const node: Draft<ArithmeticCommand> = {
      kind: "arithmetic-command",
      span: this.at(token),
      ...this.expression(token),
      redirections: NONE,
    };
    this.ACTION(() => this.took(token));
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => {
      node.span = this.spanFrom(node.span.start);
      return node;
    });
  });

  readonly functionDefinition = this.RULE("functionDefinition", (): Command => {
    const token = this.CONSUME(t.Plain);
    const name = this.ACTION(() => this.name(token));
    this.CONSUME(t.Open);
    this.CONSUME(t.Close);
    return this.SUBRULE(this.functionBody, { ARGS: [name] });
  });

  readonly keywordFunction = this.RULE("keywordFunction", (): Command => {
    const opener = this.CONSUME(t.Function);
    const keyword = this.ACTION(() => this.took(opener));
    const token = this.CONSUME(t.Word);
    const name = this.ACTION(() => this.name(token));
    this.OPTION(() => {
      this.CONSUME(t.Open);
      this.CONSUME(t.Close);
    });
    return this.SUBRULE(this.functionBody, { ARGS: [name, keyword] });
  });

  readonly functionBody = this.RULE("functionBody", (name: Name, keyword?: Span): Command => {
    const at = this.ACTION(() => keyword ?? name.span);
    const list: Statement[] = [];
    const unfinished: Draft<Group> = { kind: "group", span: at, body: list, redirections: NONE };
    const node: Draft<FunctionDefinition> = { kind: "function", span: at, name, body: unfinished, redirections: NONE };
    if (keyword !== undefined) node.keyword = keyword;
    const frame = this.ACTION(() => this.enter(node, at, list));
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    this.ACTION(() => {
      if (!t.COMPOUND_STARTS.has(this.LA(1).tokenType)) throw this.refusal("a function's body in `{ }`");
    });
    node.body = this.SUBRULE(this.command);
    return this.ACTION(() => this.leave(frame, node));
  });
}
