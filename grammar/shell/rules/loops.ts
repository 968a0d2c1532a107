/** `for` in both forms, `select`, `while` and `until`. */
import type { IToken } from "chevrotain";
import { NONE } from "../build.ts";
import * as t from "../tokens.ts";
import type { ArithmeticFor, Command, Draft, ForCommand, SelectCommand, Statement, WhileCommand, Word } from "../tree.ts";
import { BranchRules } from "./branches.ts";

export abstract class LoopRules extends BranchRules {
  /** `do … done` or `{ … }`, into the list of the current frame. */
  readonly loopBody = this.RULE("loopBody", () => {
    const { list } = this.frame;
    if (!this.sees(t.Do) && !this.sees(t.OpenBrace)) throw this.refusal("`do`");
    this.OR([
      {
        ALT: () => {
          this.closing(t.Do);
          this.SUBRULE(this.statements);
          this.needed(list);
          this.closing(t.Done);
        },
      },
      {
        ALT: () => {
          this.closing(t.OpenBrace);
          this.SUBRULE2(this.statements);
          this.needed(list);
          this.closing(t.CloseBrace);
        },
      },
    ]);
  });

  /** `in WORD … ;` of `for` and `select`; undefined when there is no `in`. */
  readonly inWords = this.RULE("inWords", (): Word[] | undefined => {
    let words: Word[] | undefined;
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.In);
          words = [];
          this.MANY(() => words!.push(this.word(this.CONSUME(t.Word))));
          this.OR2({
            DEF: [{ ALT: () => this.CONSUME(t.Semicolon) }, { ALT: () => this.line(this.CONSUME(t.Newline)) }],
            ERR_MSG: "`;` or a line end",
          });
          if (this.sees(t.Newline)) this.SUBRULE2(this.newlines);
        },
      },
      {
        ALT: () => {
          this.CONSUME2(t.Semicolon);
          if (this.sees(t.Newline)) this.SUBRULE3(this.newlines);
        },
      },
      { ALT: () => undefined },
    ]);
    return words;
  });

  /** `NAME in WORD …` and the body, behind the word that begins the loop. */
  readonly overWords = this.RULE("overWords", (opener: IToken, kind: "for" | "select"): Command => {
    const token = this.CONSUME(t.Word);
    const body: Statement[] = [];
    const node: Draft<ForCommand | SelectCommand> = {
      kind,
      span: this.took(opener),
      variable: this.name(token),
      body,
      redirections: NONE,
    };
    const frame = this.enter(node, body);
    const words = this.SUBRULE(this.inWords);
    if (words !== undefined) node.words = words;
    this.SUBRULE(this.loopBody);
    return this.finish(frame, node);
  });

  readonly forCommand = this.RULE("forCommand", (): Command => {
    const opener = this.CONSUME(t.For);
    return this.OR([
      { ALT: () => this.SUBRULE(this.overNumbers, { ARGS: [opener] }) },
      { ALT: () => this.SUBRULE(this.overWords, { ARGS: [opener, "for"] }) },
    ]);
  });

  /** `((…; …; …))` and the body, behind `for`. */
  readonly overNumbers = this.RULE("overNumbers", (opener: IToken): Command => {
    const token = this.CONSUME(t.Arithmetic);
    const body: Statement[] = [];
    const node: Draft<ArithmeticFor> = {
      kind: "arithmetic-for",
      span: this.took(opener),
      ...this.expression(token),
      body,
      redirections: NONE,
    };
    const frame = this.enter(node, body);
    this.OPTION(() => this.CONSUME(t.Semicolon));
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    this.SUBRULE(this.loopBody);
    return this.finish(frame, node);
  });

  readonly selectCommand = this.RULE("selectCommand", (): Command => {
    const opener = this.CONSUME(t.Select);
    return this.SUBRULE(this.overWords, { ARGS: [opener, "select"] });
  });

  readonly whileCommand = this.RULE("whileCommand", (): Command => {
    const opener = this.OR([{ ALT: () => this.CONSUME(t.While) }, { ALT: () => this.CONSUME(t.Until) }]);
    const condition: Statement[] = [];
    const body: Statement[] = [];
    const until = opener.tokenType === t.Until;
    const node: Draft<WhileCommand> = { kind: "while", span: this.took(opener), until, condition, body, redirections: NONE };
    const frame = this.enter(node, condition);
    this.SUBRULE(this.statements);
    this.needed(condition);
    frame.list = body;
    this.closing(t.Do);
    this.SUBRULE2(this.statements);
    this.needed(body);
    this.closing(t.Done);
    return this.finish(frame, node);
  });
}
