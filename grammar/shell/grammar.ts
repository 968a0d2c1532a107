/**
 * The grammar of commands as a Chevrotain parser with embedded actions: it builds the tree directly. The words it leaves
 * without parts, to be filled by parse.ts, which also decides what to do about an error. The rules are in rules/, a subject a
 * file; a Chevrotain parser is one object, so each file adds its rules to the class of the one before.
 */
import type { ParserMethod, TokenType } from "chevrotain";
import { GroupRules } from "./rules/groups.ts";
import * as t from "./tokens.ts";
import type { Command } from "./tree.ts";

export class ShellParser extends GroupRules {
  protected readonly compounds: ReadonlyMap<TokenType, ParserMethod<[], Command>> = new Map([
    [t.If, this.ifCommand],
    [t.Case, this.caseCommand],
    [t.For, this.forCommand],
    [t.While, this.whileCommand],
    [t.Until, this.whileCommand],
    [t.Select, this.selectCommand],
    [t.OpenBrace, this.group],
    [t.Open, this.subshell],
    [t.Test, this.test],
    [t.Arithmetic, this.arithmetic],
    [t.Function, this.keywordFunction],
    [t.Coproc, this.coprocCommand],
  ]);

  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }

  readonly script = this.RULE("script", () => {
    this.SUBRULE(this.statements);
  });
}
