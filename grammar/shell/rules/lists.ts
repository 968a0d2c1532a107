/** Lists of commands: what ends a command, chains of `&&` and `||`, pipelines, and which command a token begins. */
import type { ParserMethod, TokenType } from "chevrotain";
import * as t from "../tokens.ts";
import type { AndOr, Command, Name, Pipeline } from "../tree.ts";
import { SimpleRules } from "./simple.ts";

/** Commands joined by bars. */
type Piped = Pick<Pipeline, "commands" | "operators">;

export abstract class ListRules extends SimpleRules {
  readonly newlines = this.RULE("newlines", () => {
    this.MANY(() => {
      const token = this.CONSUME(t.Newline);
      this.ACTION(() => this.line(token));
    });
  });

  readonly statements = this.RULE("statements", () => {
    if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
    if (this.RECORDING_PHASE) this.MANY(() => this.statementAsGrammar());
    else while (t.startsCommand(this.LA(1)) && this.statement());
  });

  /** One command with what ends it. False when nothing does: then no other follows. */
  private statement(): boolean {
    const start = this.LA(1).startOffset + this.pending.base;
    const command = this.chain();
    const separator = this.LA(1);
    const { tokenType } = separator;
    const separated = tokenType === t.Newline || tokenType === t.Semicolon || tokenType === t.Ampersand;
    if (separated) {
      this.SKIP_TOKEN();
      if (tokenType === t.Newline) this.line(separator);
      if (this.sees(t.Newline)) this.SUBRULE2(this.newlines);
    }
    if (command !== undefined) {
      const span =
        command.span.start === start && command.span.end >= start ? command.span : { start, end: Math.max(command.span.end, start) };
      this.push({ kind: "statement", span, command, background: tokenType === t.Ampersand });
    }
    return separated;
  }

  private statementAsGrammar(): void {
    this.SUBRULE(this.andOr);
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Semicolon) }, { ALT: () => this.CONSUME(t.Ampersand) }, { ALT: () => this.CONSUME(t.Newline) }]);
      this.SUBRULE2(this.newlines);
    });
  }

  /** Most chains are one simple command, and need none of the rules below. */
  private chain(): Command | undefined {
    if (!t.isPlain(this.LA(1)) || this.LA(2).tokenType === t.Open) return this.SUBRULE(this.andOr);
    const first = this.simpleCommand();
    return t.joinsCommands(this.LA(1)) ? this.SUBRULE(this.andOr, { ARGS: [first] }) : first;
  }

  /** `first` has been read already. */
  readonly andOr = this.RULE("andOr", (begun?: Command): Command | undefined => {
    const first = this.SUBRULE(this.pipeline, { ARGS: [begun] });
    if (!this.RECORDING_PHASE && !this.sees(t.AndIf) && !this.sees(t.OrIf)) return first;
    const rest: { operator: "&&" | "||"; command: Command }[] = [];
    this.MANY(() => {
      const { tokenType } = this.OR([{ ALT: () => this.CONSUME(t.AndIf) }, { ALT: () => this.CONSUME(t.OrIf) }]);
      if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
      const command = this.SUBRULE2(this.pipeline);
      if (command !== undefined) rest.push({ operator: tokenType === t.AndIf ? "&&" : "||", command });
    });
    return this.ACTION(() => {
      if (first === undefined || rest.length === 0) return first;
      const node: AndOr = { kind: "and-or", span: { start: first.span.start, end: rest[rest.length - 1]!.command.span.end }, first, rest };
      return node;
    });
  });

  readonly pipeline = this.RULE("pipeline", (begun?: Command): Command | undefined => {
    // Most pipelines are one command and nothing more.
    if (!this.RECORDING_PHASE && (begun !== undefined || (!this.sees(t.Bang) && !this.sees(t.Time)))) {
      const first = begun ?? this.SUBRULE2(this.command);
      return this.sees(t.Pipe) || this.sees(t.PipeBoth) ? this.joined(this.SUBRULE2(this.piped, { ARGS: [first] })) : first;
    }
    const start = this.LA(1).startOffset + this.pending.base;
    let negated = false;
    let prefixed = false;
    let timed = false;
    let piped: Piped = { commands: [], operators: [] };
    this.OR([
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => {
            const token = this.OR2([{ ALT: () => this.CONSUME(t.Bang) }, { ALT: () => this.CONSUME(t.Time) }]);
            this.OPTION({
              GATE: () => token.tokenType === t.Time && this.LA(1).image === "-p",
              DEF: () => this.CONSUME(t.Plain),
            });
            this.ACTION(() => {
              this.took(token);
              prefixed = true;
              if (token.tokenType === t.Bang) negated = !negated;
              else timed = true;
            });
          });
          // `!` and `time` may stand alone.
          this.OPTION2(() => {
            piped = this.SUBRULE(this.piped);
          });
        },
      },
      {
        ALT: () => {
          piped = this.SUBRULE2(this.piped);
        },
      },
    ]);
    return this.ACTION(() => {
      const { commands, operators } = piped;
      if (commands.length === 1 && !prefixed) return commands[0];
      const end = commands[commands.length - 1]?.span.end ?? this.last;
      return { kind: "pipeline", span: { start, end }, negated, timed, commands, operators };
    });
  });

  private joined({ commands, operators }: Piped): Pipeline {
    const span = { start: commands[0]!.span.start, end: commands[commands.length - 1]!.span.end };
    return { kind: "pipeline", span, negated: false, timed: false, commands, operators };
  }

  /** One command or several joined by bars. */
  readonly piped = this.RULE("piped", (begun?: Command): Piped => {
    const commands = [begun !== undefined && !this.RECORDING_PHASE ? begun : this.SUBRULE(this.command)];
    const operators: ("|" | "|&")[] = [];
    this.MANY(() => {
      const { tokenType } = this.OR([{ ALT: () => this.CONSUME(t.Pipe) }, { ALT: () => this.CONSUME(t.PipeBoth) }]);
      operators.push(tokenType === t.Pipe ? "|" : "|&");
      if (this.sees(t.Newline)) this.SUBRULE(this.newlines);
      commands.push(this.SUBRULE2(this.command));
    });
    return { commands, operators };
  });

  /** The rule of a compound command, by the token it begins with. */
  protected abstract readonly compounds: ReadonlyMap<TokenType, ParserMethod<[], Command>>;
  protected abstract readonly functionDefinition: ParserMethod<[], Command>;

  readonly command: ParserMethod<[], Command> = this.RULE("command", (): Command => {
    if (this.RECORDING_PHASE) return this.commandAsGrammar();
    const token = this.LA(1);
    if (t.isPlain(token)) return this.LA(2).tokenType === t.Open ? this.SUBRULE(this.functionDefinition) : this.simpleCommand();
    // Behind a bar `time` is a command like others.
    if (t.startsRedirection(token) || token.tokenType === t.Time) return this.simpleCommand();
    const rule = this.compounds.get(token.tokenType);
    if (rule === undefined) throw this.refusal("a command");
    return this.SUBRULE(rule);
  });

  private commandAsGrammar(): Command {
    const rules = [...new Set(this.compounds.values()), this.functionDefinition, this.simple];
    // The one word that both of the last begin with is told apart by the parenthesis behind it.
    return this.OR<Command>({ DEF: rules.map((rule, i) => ({ ALT: () => this.subrule(i, rule) })), IGNORE_AMBIGUITIES: true });
  }

  readonly coprocCommand = this.RULE("coprocCommand", (): Command => {
    const opener = this.CONSUME(t.Coproc);
    const start = opener.startOffset + this.pending.base;
    let name: Name | undefined;
    // A word before a compound command is the name of the coprocess; before anything else it is the command.
    this.OPTION({
      GATE: () => t.COMPOUND_STARTS.has(this.LA(2).tokenType),
      DEF: () => {
        const token = this.CONSUME(t.Plain);
        name = this.ACTION(() => this.name(token));
      },
    });
    const command = this.SUBRULE(this.command);
    return { kind: "coproc", span: this.spanFrom(start), ...(name === undefined ? {} : { name }), command };
  });
}
