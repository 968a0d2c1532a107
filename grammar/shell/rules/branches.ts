/** `if` and `case`. */
import { NONE } from "../build.ts";
import * as t from "../tokens.ts";
import type { CaseArm, CaseCommand, Command, Draft, IfCommand, Statement, Word } from "../tree.ts";
import { ListRules } from "./lists.ts";

export abstract class BranchRules extends ListRules {
  readonly ifCommand = this.RULE("ifCommand", (): Command => {
    const opener = this.CONSUME(t.If);
    const node: Draft<IfCommand> = { kind: "if", span: this.at(opener), arms: [], redirections: NONE };
    const arms: Draft<IfCommand["arms"][number]>[] = [];
    node.arms = arms;
    const frame = this.ACTION(() => this.enter(node, this.took(opener), []));
    const arm = (start: number): Statement[] => {
      const condition: Statement[] = [];
      const body: Statement[] = [];
      arms.push({ span: { start, end: start }, condition, body });
      frame.list = condition;
      return body;
    };
    let body = this.ACTION(() => arm(opener.startOffset + this.pending.base));
    const close = (): void => {
      this.needed(body);
      const current = arms[arms.length - 1]!;
      current.span = this.spanFrom(current.span.start);
    };
    const then = (): void => {
      this.needed(frame.list);
      frame.list = body;
    };
    this.SUBRULE(this.statements);
    this.ACTION(then);
    this.closing(t.Then);
    this.SUBRULE2(this.statements);
    this.ACTION(close);
    this.MANY(() => {
      const token = this.CONSUME(t.Elif);
      this.ACTION(() => {
        body = arm(this.took(token).start);
      });
      this.SUBRULE3(this.statements);
      this.ACTION(then);
      this.CONSUME2(t.Then);
      this.SUBRULE4(this.statements);
      this.ACTION(close);
    });
    this.OPTION(() => {
      this.CONSUME(t.Else);
      const otherwise: Statement[] = [];
      this.ACTION(() => {
        node.otherwise = otherwise;
        frame.list = otherwise;
      });
      this.SUBRULE5(this.statements);
      this.ACTION(() => this.needed(otherwise));
    });
    this.closing(t.Fi);
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly caseCommand = this.RULE("caseCommand", (): Command => {
    const opener = this.CONSUME(t.Case);
    const token = this.CONSUME(t.Word);
    const subject = this.ACTION(() => this.word(token));
    const node: Draft<CaseCommand> = { kind: "case", span: this.at(opener), subject, arms: [], redirections: NONE };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), []));
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    this.CONSUME(t.In);
    if (this.sees(t.Newline)) this.SUBRULE2(this.newlines);
    this.SUBRULE(this.arms);
    this.closing(t.Esac);
    if (this.seesRedirection()) node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  /** The arms of the `case` of the current frame. Only the last may lack its `;;`. */
  readonly arms = this.RULE("arms", () => {
    const frame = this.ACTION(() => this.frames[this.frames.length - 1]!);
    let ended = true;
    this.MANY({
      GATE: () => ended && this.LA(1).tokenType !== t.Esac,
      DEF: () => {
        const start = this.LA(1).startOffset + this.pending.base;
        const patterns: Word[] = [];
        const body: Statement[] = [];
        this.OPTION(() => this.CONSUME(t.Open));
        this.AT_LEAST_ONE_SEP({
          SEP: t.Pipe,
          DEF: () => {
            const token = this.CONSUME(t.Word);
            this.ACTION(() => patterns.push(this.word(token)));
          },
        });
        this.CONSUME(t.Close);
        const arm: Draft<CaseArm> = { span: { start, end: start }, patterns, body, end: ";;" };
        this.ACTION(() => {
          this.last = Math.max(this.last, this.at(this.LA(0)).end);
          (frame.node as unknown as { arms: CaseArm[] }).arms.push(arm);
          frame.list = body;
        });
        this.SUBRULE(this.statements);
        ended = false;
        this.OPTION2(() => {
          const token = this.CONSUME(t.CaseEnd);
          this.ACTION(() => {
            this.took(token);
            arm.end = token.image as CaseArm["end"];
          });
          ended = true;
          if (this.sees(t.Newline)) this.SUBRULE2(this.newlines);
        });
        this.ACTION(() => {
          arm.span = this.spanFrom(start);
        });
      },
    });
  });

  /** Arms of a `case` whose head could not be read: what parse.ts makes of `pattern)` at the start of a line. */
  readonly orphanArms = this.RULE("orphanArms", () => {
    const start = this.LA(1).startOffset + this.pending.base;
    const at = { start, end: start };
    const node: Draft<CaseCommand> = {
      kind: "case",
      span: at,
      subject: { kind: "word", span: at, text: "", parts: [] },
      arms: [],
      redirections: NONE,
    };
    const frame = this.ACTION(() => this.enter(node, at, []));
    this.SUBRULE(this.arms);
    this.OPTION(() => this.closing(t.Esac));
    this.ACTION(() => this.push({ kind: "statement", span: this.spanFrom(start), command: this.leave(frame, node), background: false }));
  });
}
