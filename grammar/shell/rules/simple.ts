/** Simple commands: assignments, words and redirections in a row. What most of a script is takes its tokens without asking Chevrotain. */
import type { IToken } from "chevrotain";
import { type CompoundDraft, type Frame, NONE, TreeBuilder } from "../build.ts";
import { joined } from "../characters.ts";
import * as t from "../tokens.ts";
import type { Assignment, Command, Redirection, RedirectionOperator, Word } from "../tree.ts";

export abstract class SimpleRules extends TreeBuilder {
  /** The words of the command that is being read, used again for each: one never lies in another, for words are cut into parts later. */
  private readonly words: Word[] = [];

  readonly simple = this.RULE("simple", (): Command => (this.RECORDING_PHASE ? this.simpleAsGrammar() : this.simpleCommand()));

  protected simpleCommand(): Command {
    const start = this.LA(1).startOffset + this.pending.base;
    let assignments: Assignment[] | undefined;
    let redirections: Redirection[] | undefined;
    let count = 0;
    for (;;) {
      const token = this.LA(1);
      if (t.isWord(token)) {
        this.SKIP_TOKEN();
        const prefix = count > 0 ? 0 : (token.payload as t.WordPayload).prefix;
        if (prefix > 0) (assignments ??= []).push(this.assignment(token, prefix));
        else this.words[count++] = this.word(token);
      } else if (t.startsRedirection(token)) (redirections ??= []).push(this.redirection());
      else break;
    }
    return {
      kind: "simple",
      span: this.spanFrom(start),
      assignments: assignments ?? NONE,
      words: count > 0 ? this.words.slice(0, count) : NONE,
      redirections: redirections ?? NONE,
    };
  }

  /** The same for Chevrotain, which learns from it what may begin a command and what may follow one. */
  private simpleAsGrammar(): Command {
    this.OR([{ ALT: () => this.CONSUME(t.Plain) }, { ALT: () => this.redirectionAsGrammar() }]);
    this.MANY(() => {
      this.OR2([{ ALT: () => this.CONSUME2(t.Word) }, { ALT: () => this.SUBRULE(this.redirections) }]);
    });
    return { kind: "simple", span: { start: 0, end: 0 }, assignments: NONE, words: NONE, redirections: NONE };
  }

  /** Where a redirection begins. */
  private redirection(): Redirection {
    let operator = this.LA(1);
    let descriptor: IToken | undefined;
    if (operator.tokenType === t.Descriptor) {
      descriptor = operator;
      this.SKIP_TOKEN();
      operator = this.LA(1);
    }
    this.SKIP_TOKEN();
    if (operator.tokenType === t.HeredocOperator) return this.heredoc(descriptor, operator);
    const target = this.LA(1);
    if (!t.isWord(target)) throw this.refusal("a word");
    this.SKIP_TOKEN();
    const span = this.took(operator);
    return this.redirect(
      descriptor,
      span,
      (operator.image.length > 3 ? joined(operator.image) : operator.image) as RedirectionOperator,
      this.word(target),
    );
  }

  private heredoc(descriptor: IToken | undefined, operator: IToken): Redirection {
    const span = this.took(operator);
    const { base, text } = this.pending;
    const { delimiter, tabs } = operator.payload as t.HeredocPayload;
    const target = this.wordAt({ start: delimiter.start + base, end: delimiter.end + base }, text.slice(delimiter.start, delimiter.end));
    const node = this.redirect(descriptor, span, tabs ? "<<-" : "<<", target);
    node.heredoc = { span: { start: span.end, end: span.end }, quoted: delimiter.quoted, text: "", parts: [] };
    this.open.set(operator.startOffset, node);
    return node;
  }

  private redirectionAsGrammar(): void {
    this.OPTION(() => this.CONSUME(t.Descriptor));
    this.OR3([
      { ALT: () => this.CONSUME(t.HeredocOperator) },
      {
        ALT: () => {
          this.CONSUME(t.RedirectOperator);
          this.CONSUME(t.Word);
        },
      },
    ]);
  }

  readonly redirections = this.RULE("redirections", (): Redirection[] => {
    const list: Redirection[] = [];
    if (this.RECORDING_PHASE) this.AT_LEAST_ONE(() => this.redirectionAsGrammar());
    else while (t.startsRedirection(this.LA(1))) list.push(this.redirection());
    return list;
  });

  /** The redirections behind a compound command. */
  protected redirected(node: CompoundDraft): void {
    if (this.RECORDING_PHASE) this.OPTION9(() => this.SUBRULE9(this.redirections));
    else if (t.startsRedirection(this.LA(1))) node.redirections = this.SUBRULE(this.redirections);
  }

  /** Ends a compound command behind its last word. */
  protected finish(frame: Frame, node: CompoundDraft): Command {
    this.redirected(node);
    return this.leave(frame, node);
  }
}
