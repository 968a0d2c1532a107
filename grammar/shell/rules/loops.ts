/** `for` in both forms, `select`, `while` and `until`. */
import type { IToken } from "chevrotain";
import { NONE } from "../build.ts";
import * as t from "../tokens.ts";
import type { ArithmeticFor, Command, Draft, ForCommand, SelectCommand, Statement, WhileCommand, Word } from "../tree.ts";
import { BranchRules } from "./branches.ts";

export abstract class LoopRules extends BranchRules {
  /** `do … done` or `{ … }`, into the list of the current frame. */
  readonly loopBody = this.RULE("loopBody", () => {
    const list = this.ACTION(() => this.frames[this.frames.length - 1]!.list);
    if (!this.sees(t.Do) && !this.sees(t.OpenBrace)) throw this.refusal("`do`");
    this.OR([
      {
        ALT: () => {
          this.closing(t.Do);
          this.SUBRULE(this.statements);
          this.ACTION(() => this.needed(list));
          this.closing(t.Done);
        },
      },
      {
        ALT: () => {
          this.closing(t.OpenBrace);
          this.SUBRULE2(this.statements);
          this.ACTION(() => this.needed(list));
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
          this.MANY(() => {
            const token = this.CONSUME(t.Word);
            this.ACTION(() => words!.push(this.word(token)));
          });
          this.OR2({
            DEF: [
              { ALT: () => this.CONSUME(t.Semicolon) },
              {
                ALT: () => {
                  const token = this.CONSUME(t.Newline);
                  this.ACTION(() => this.line(token));
                },
              },
            ],
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
    const variable = { span: this.at(token), text: "" };
    const node = this.ACTION((): Draft<ForCommand | SelectCommand> => ({
      kind,
      span: this.at(opener),
      variable,
      body,
      redirections: NONE,
    }));
    const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
    this.ACTION(() => (node.variable = this.name(token)));
    const words = this.SUBRULE(this.inWords);
    this.ACTION(() => words !== undefined && (node.words = words));
    this.SUBRULE(this.loopBody);
    if (this.seesRedirection()) {
      const redirections = this.SUBRULE(this.redirections);
      this.ACTION(() => (node.redirections = redirections));
    }
    return this.ACTION(() => this.leave<Draft<Command>>(frame, node));
  });

  readonly forCommand = this.RULE("forCommand", (): Command => {
    const opener = this.CONSUME(t.For);
    return this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(t.Arithmetic);
          const body: Statement[] = [];
          const node: Draft<ArithmeticFor> = {
            kind: "arithmetic-for",
            span: this.at(opener),
            ...this.expression(token),
            body,
            redirections: NONE,
          };
          const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
          this.OPTION(() => this.CONSUME(t.Semicolon));
          if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
          this.SUBRULE(this.loopBody);
          if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
          return this.ACTION(() => this.leave<Draft<Command>>(frame, node));
        },
      },
      { ALT: () => this.SUBRULE(this.overWords, { ARGS: [opener, "for"] }) },
    ]);
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
    const node: Draft<WhileCommand> = { kind: "while", span: this.at(opener), until, condition, body, redirections: NONE };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), condition));
    this.SUBRULE(this.statements);
    this.ACTION(() => {
      this.needed(condition);
      frame.list = body;
    });
    this.closing(t.Do);
    this.SUBRULE2(this.statements);
    this.ACTION(() => this.needed(body));
    this.closing(t.Done);
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });
}
