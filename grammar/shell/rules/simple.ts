/** Simple commands: assignments, words and redirections in a row. */
import type { IToken } from "chevrotain";
import { NONE, TreeBuilder } from "../build.ts";
import * as t from "../tokens.ts";
import type { Assignment, Command, Redirection, RedirectionOperator, Word } from "../tree.ts";

export abstract class SimpleRules extends TreeBuilder {
  /** The words of the command that is being read, used again for each: one never lies in another, for words are cut into parts later. */
  private readonly words: Word[] = [];

  readonly simple = this.RULE("simple", (): Command => (this.RECORDING_PHASE ? this.simpleAsGrammar() : this.simpleCommand()));

  /** Most of a script: words are taken without asking Chevrotain at each of them. */
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
      } else if (t.startsRedirection(token)) (redirections ??= []).push(this.SUBRULE(this.redirection));
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
    this.OR([{ ALT: () => this.CONSUME(t.Plain) }, { ALT: () => this.SUBRULE(this.redirection) }]);
    this.MANY(() => {
      this.OR2([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.SUBRULE2(this.redirection) }]);
    });
    return { kind: "simple", span: { start: 0, end: 0 }, assignments: NONE, words: NONE, redirections: NONE };
  }

  readonly redirection = this.RULE("redirection", (): Redirection => {
    let descriptor: IToken | undefined;
    this.OPTION(() => {
      descriptor = this.CONSUME(t.Descriptor);
    });
    return this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(t.HeredocOperator);
          return this.ACTION(() => {
            const span = this.took(token);
            const { delimiter, tabs } = token.payload as t.HeredocPayload;
            const at = { start: delimiter.start + this.pending.base, end: delimiter.end + this.pending.base };
            const node = this.redirect(
              descriptor,
              span,
              tabs ? "<<-" : "<<",
              this.wordAt(at, this.pending.text.slice(delimiter.start, delimiter.end)),
            );
            node.heredoc = { span: { start: span.end, end: span.end }, quoted: delimiter.quoted, text: "", parts: [] };
            this.open.set(token.startOffset, node);
            return node;
          });
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.RedirectOperator);
          const target = this.CONSUME2(t.Word);
          return this.ACTION(() => {
            const span = this.took(token);
            return this.redirect(descriptor, span, token.image as RedirectionOperator, this.word(target));
          });
        },
      },
    ]);
  });

  readonly redirections = this.RULE("redirections", (): Redirection[] => {
    const list: Redirection[] = [];
    this.MANY(() => {
      const one = this.SUBRULE(this.redirection);
      list.push(one);
    });
    return list;
  });

  protected seesRedirection(): boolean {
    return this.RECORDING_PHASE || t.startsRedirection(this.LA(1));
  }
}
