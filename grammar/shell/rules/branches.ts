/** `if` and `case`. */
import { NONE } from "../build.ts";
import { joined } from "../characters.ts";
import * as t from "../tokens.ts";
import type { CaseArm, CaseCommand, Command, Draft, IfArm, IfCommand, Statement, Word } from "../tree.ts";
import { ListRules } from "./lists.ts";

export abstract class BranchRules extends ListRules {
  readonly ifCommand = this.RULE("ifCommand", (): Command => {
    const opener = this.took(this.CONSUME(t.If));
    const arms: IfArm[] = [];
    const node: Draft<IfCommand> = { kind: "if", span: opener, arms, redirections: NONE };
    const frame = this.enter(node, []);
    this.SUBRULE(this.ifArm, { ARGS: [arms] });
    this.MANY(() => {
      this.closing(t.Elif);
      this.SUBRULE2(this.ifArm, { ARGS: [arms] });
    });
    this.OPTION(() => {
      this.CONSUME(t.Else);
      const otherwise: Statement[] = [];
      node.otherwise = otherwise;
      frame.list = otherwise;
      this.SUBRULE(this.statements);
      this.needed(otherwise);
    });
    this.closing(t.Fi);
    return this.finish(frame, node);
  });

  /** Behind `if` or `elif`: the condition, `then`, and what is done when it holds. */
  readonly ifArm = this.RULE("ifArm", (arms: IfArm[] = []): void => {
    const { frame } = this;
    const start = this.LA(0).startOffset + this.pending.base;
    const condition: Statement[] = [];
    const body: Statement[] = [];
    const arm: Draft<IfArm> = { span: { start, end: start }, condition, body };
    arms.push(arm);
    frame.list = condition;
    this.SUBRULE(this.statements);
    this.needed(condition);
    this.closing(t.Then);
    frame.list = body;
    this.SUBRULE2(this.statements);
    this.needed(body);
    arm.span = this.spanFrom(start);
  });

  readonly caseCommand = this.RULE("caseCommand", (): Command => {
    const opener = this.CONSUME(t.Case);
    const subject = this.word(this.CONSUME(t.Word));
    const arms: CaseArm[] = [];
    const node: Draft<CaseCommand> = { kind: "case", span: this.took(opener), subject, arms, redirections: NONE };
    const frame = this.enter(node, []);
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    this.CONSUME(t.In);
    if (this.sees(t.Newline)) this.SUBRULE2(this.newlines);
    this.SUBRULE(this.arms, { ARGS: [arms] });
    this.closing(t.Esac);
    return this.finish(frame, node);
  });

  /** The arms of the `case` of the current frame. Only the last may lack its `;;`. */
  readonly arms = this.RULE("arms", (arms: CaseArm[] = []) => {
    let ended = true;
    this.MANY({
      GATE: () => ended && this.LA(1).tokenType !== t.Esac,
      DEF: () => {
        ended = this.SUBRULE(this.caseArm, { ARGS: [arms] });
      },
    });
  });

  /** False when nothing ends the arm. */
  readonly caseArm = this.RULE("caseArm", (arms: CaseArm[] = []): boolean => {
    const start = this.LA(1).startOffset + this.pending.base;
    const patterns: Word[] = [];
    const body: Statement[] = [];
    const arm: Draft<CaseArm> = { span: { start, end: start }, patterns, body, end: ";;" };
    this.OPTION(() => this.CONSUME(t.Open));
    this.AT_LEAST_ONE_SEP({ SEP: t.Pipe, DEF: () => patterns.push(this.word(this.CONSUME(t.Word))) });
    this.closing(t.Close);
    arms.push(arm);
    this.frame.list = body;
    this.SUBRULE(this.statements);
    const ended = this.OPTION2(() => {
      const token = this.CONSUME(t.CaseEnd);
      this.took(token);
      arm.end = joined(token.image) as CaseArm["end"];
      if (this.sees(t.Newline)) this.SUBRULE2(this.newlines);
      return true;
    });
    arm.span = this.spanFrom(start);
    return ended === true;
  });

  /** Arms of a `case` whose head could not be read: what parse.ts makes of `pattern)` at the start of a line. */
  readonly orphanArms = this.RULE("orphanArms", () => {
    const start = this.LA(1).startOffset + this.pending.base;
    const at = { start, end: start };
    const arms: CaseArm[] = [];
    const subject: Word = { kind: "word", span: at, text: "", parts: [] };
    const node: Draft<CaseCommand> = { kind: "case", span: at, subject, arms, redirections: NONE };
    const frame = this.enter(node, []);
    this.SUBRULE(this.arms, { ARGS: [arms] });
    this.OPTION(() => this.closing(t.Esac));
    this.push({ kind: "statement", span: this.spanFrom(start), command: this.leave(frame, node), background: false });
  });
}
