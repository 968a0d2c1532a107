/**
 * The grammar of commands as a Chevrotain parser with embedded actions: it builds the tree directly. The words it leaves
 * without parts, to be filled by parse.ts, which also decides what to do about an error.
 */
import type { IToken, ParserMethod } from "chevrotain";
import { type Draft, TreeBuilder } from "./build.ts";
import { checkTest } from "./test-command.ts";
import type { Span } from "../text.ts";
import * as t from "./tokens.ts";
import type {
  AndOr,
  ArithmeticCommand,
  ArithmeticFor,
  Assignment,
  CaseArm,
  CaseCommand,
  Command,
  ForCommand,
  FunctionDefinition,
  Group,
  IfCommand,
  Name,
  Pipeline,
  Redirection,
  RedirectionOperator,
  SelectCommand,
  Statement,
  Subshell,
  TestCommand,
  WhileCommand,
  Word,
} from "./tree.ts";

/** Commands joined by bars. */
type Piped = Pick<Pipeline, "commands" | "operators">;

const joined = ({ commands, operators }: Piped): Command => {
  const [first] = commands;
  if (commands.length === 1) return first!;
  const span = { start: first!.span.start, end: commands[commands.length - 1]!.span.end };
  return { kind: "pipeline", span, negated: false, timed: false, commands, operators };
};

const inner = (token: IToken): string => (token.image as string | undefined)?.slice(2, -2) ?? "";

export class ShellParser extends TreeBuilder {
  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }

  readonly script = this.RULE("script", () => {
    this.SUBRULE(this.statements);
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
      redirections: [],
    };
    const frame = this.ACTION(() => this.enter(node, at, []));
    this.SUBRULE(this.arms);
    this.OPTION(() => this.closing(t.Esac));
    this.ACTION(() => this.push({ kind: "statement", span: this.spanFrom(start), command: this.leave(frame, node), background: false }));
  });

  readonly newlines = this.RULE("newlines", () => {
    this.MANY(() => {
      const token = this.CONSUME(t.Newline);
      this.ACTION(() => this.line(token));
    });
  });

  private readonly separators = [
    { ALT: (): unknown => this.CONSUME(t.Semicolon) },
    { ALT: (): unknown => this.CONSUME(t.Ampersand) },
    {
      ALT: (): unknown => {
        const token = this.CONSUME(t.Newline);
        return this.ACTION(() => this.line(token));
      },
    },
  ];

  readonly statements = this.RULE("statements", () => {
    this.SUBRULE(this.newlines);
    let separated = true;
    this.MANY({
      GATE: () => separated,
      DEF: () => {
        separated = false;
        const start = this.LA(1).startOffset + this.pending.base;
        const command = this.SUBRULE(this.andOr);
        let background = false;
        this.OPTION(() => {
          background = this.LA(1).tokenType === t.Ampersand;
          this.OR(this.separators);
          separated = true;
          this.SUBRULE2(this.newlines);
        });
        this.ACTION(() => {
          if (command !== undefined)
            this.push({ kind: "statement", span: { start, end: Math.max(command.span.end, start) }, command, background });
        });
      },
    });
  });

  readonly andOr = this.RULE("andOr", (): Command | undefined => {
    const first = this.SUBRULE(this.pipeline);
    const { tokenType } = this.LA(1);
    if (!this.RECORDING_PHASE && tokenType !== t.AndIf && tokenType !== t.OrIf) return first;
    let rest: { operator: "&&" | "||"; command: Command }[] | undefined;
    this.MANY(() => {
      let operator: "&&" | "||" = "&&";
      this.OR([
        { ALT: () => this.CONSUME(t.AndIf) },
        {
          ALT: () => {
            this.CONSUME(t.OrIf);
            operator = "||";
          },
        },
      ]);
      this.SUBRULE(this.newlines);
      const command = this.SUBRULE2(this.pipeline);
      if (command !== undefined) (rest ??= []).push({ operator, command });
    });
    return this.ACTION(() => {
      if (first === undefined || rest === undefined) return first;
      const node: AndOr = { kind: "and-or", span: { start: first.span.start, end: rest[rest.length - 1]!.command.span.end }, first, rest };
      return node;
    });
  });

  readonly pipeline = this.RULE("pipeline", (): Command | undefined => {
    const { tokenType } = this.LA(1);
    // Most pipelines are one command and nothing more.
    if (!this.RECORDING_PHASE && tokenType !== t.Bang && tokenType !== t.Time) return joined(this.SUBRULE2(this.piped));
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

  /** One command or several joined by bars. */
  readonly piped = this.RULE("piped", (): Piped => {
    const first = this.SUBRULE(this.command);
    const commands = [first];
    const { tokenType } = this.LA(1);
    if (!this.RECORDING_PHASE && tokenType !== t.Pipe && tokenType !== t.PipeBoth) return { commands, operators: [] };
    const operators: ("|" | "|&")[] = [];
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Pipe);
            operators.push("|");
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.PipeBoth);
            operators.push("|&");
          },
        },
      ]);
      this.SUBRULE(this.newlines);
      const next = this.SUBRULE2(this.command);
      commands.push(next);
    });
    return { commands, operators };
  });

  /** Made once: a rule makes the alternatives it is written with anew at each call. */
  private readonly commands = [
    { ALT: (): Command => this.SUBRULE(this.ifCommand) },
    { ALT: (): Command => this.SUBRULE(this.forCommand) },
    { ALT: (): Command => this.SUBRULE(this.whileCommand) },
    { ALT: (): Command => this.SUBRULE(this.caseCommand) },
    { ALT: (): Command => this.SUBRULE(this.selectCommand) },
    { ALT: (): Command => this.SUBRULE(this.group) },
    { ALT: (): Command => this.SUBRULE(this.subshell) },
    { ALT: (): Command => this.SUBRULE(this.test) },
    { ALT: (): Command => this.SUBRULE(this.arithmetic) },
    { ALT: (): Command => this.SUBRULE(this.keywordFunction) },
    { ALT: (): Command => this.SUBRULE(this.coprocCommand) },
    { GATE: (): boolean => this.LA(2).tokenType === t.Open, ALT: (): Command => this.SUBRULE(this.functionDefinition) },
    { ALT: (): Command => this.SUBRULE(this.simple) },
  ];

  readonly command: ParserMethod<[], Command> = this.RULE("command", (): Command => {
    // Nine of ten commands are simple ones.
    if (!this.RECORDING_PHASE && this.LA(1).tokenType === t.Plain && this.LA(2).tokenType !== t.Open) return this.SUBRULE(this.simple);
    return this.OR<Command>(this.commands);
  });

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

  /** The simple command that is being read; one never lies in another, for words are cut into parts later. */
  private reading: { assignments: Assignment[]; words: Word[]; redirections: Redirection[] } = {
    assignments: [],
    words: [],
    redirections: [],
  };

  private take(token: IToken): void {
    const { assignments, words } = this.reading;
    const prefix = words.length > 0 ? 0 : (token.payload as t.WordPayload).prefix;
    if (prefix > 0) assignments.push(this.assignment(token, prefix));
    else words.push(this.word(token));
  }

  private readonly firstOfSimple = [
    {
      ALT: (): void => {
        const token = this.CONSUME(t.Plain);
        this.ACTION(() => this.take(token));
      },
    },
    {
      ALT: (): void => {
        this.reading.redirections.push(this.SUBRULE(this.redirection));
      },
    },
  ];

  private readonly moreOfSimple = [
    {
      ALT: (): void => {
        const token = this.CONSUME(t.Word);
        this.ACTION(() => this.take(token));
      },
    },
    {
      ALT: (): void => {
        this.reading.redirections.push(this.SUBRULE2(this.redirection));
      },
    },
  ];

  private readonly restOfSimple = (): void => {
    this.OR2(this.moreOfSimple);
  };

  readonly simple = this.RULE("simple", (): Command => {
    const start = this.LA(1).startOffset + this.pending.base;
    const { assignments, words, redirections } = (this.reading = { assignments: [], words: [], redirections: [] });
    this.OR(this.firstOfSimple);
    this.MANY(this.restOfSimple);
    return { kind: "simple", span: this.spanFrom(start), assignments, words, redirections };
  });

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

  readonly ifCommand = this.RULE("ifCommand", (): Command => {
    const opener = this.CONSUME(t.If);
    const node: Draft<IfCommand> = { kind: "if", span: this.at(opener), arms: [], redirections: [] };
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
    node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  /** `do … done` or `{ … }`, into the list of the current frame. */
  readonly loopBody = this.RULE("loopBody", () => {
    const list = this.ACTION(() => this.frames[this.frames.length - 1]!.list);
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
    this.SUBRULE(this.newlines);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.In);
          words = [];
          this.MANY(() => {
            const token = this.CONSUME(t.Word);
            this.ACTION(() => words!.push(this.word(token)));
          });
          this.OR2([
            { ALT: () => this.CONSUME(t.Semicolon) },
            {
              ALT: () => {
                const token = this.CONSUME(t.Newline);
                this.ACTION(() => this.line(token));
              },
            },
          ]);
          this.SUBRULE2(this.newlines);
        },
      },
      {
        ALT: () => {
          this.CONSUME2(t.Semicolon);
          this.SUBRULE3(this.newlines);
        },
      },
      { ALT: () => undefined },
    ]);
    return words;
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
            expression: inner(token),
            body,
            redirections: [],
          };
          const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
          this.OPTION(() => this.CONSUME(t.Semicolon));
          this.SUBRULE(this.newlines);
          this.SUBRULE(this.loopBody);
          node.redirections = this.SUBRULE(this.redirections);
          return this.ACTION(() => this.leave<Draft<Command>>(frame, node));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.Word);
          const body: Statement[] = [];
          const node: Draft<ForCommand> = {
            kind: "for",
            span: this.at(opener),
            variable: { span: this.at(token), text: "" },
            body,
            redirections: [],
          };
          const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
          node.variable = this.ACTION(() => this.name(token));
          const words = this.SUBRULE(this.inWords);
          if (words !== undefined) node.words = words;
          this.SUBRULE2(this.loopBody);
          node.redirections = this.SUBRULE2(this.redirections);
          return this.ACTION(() => this.leave<Draft<Command>>(frame, node));
        },
      },
    ]);
  });

  readonly selectCommand = this.RULE("selectCommand", (): Command => {
    const opener = this.CONSUME(t.Select);
    const token = this.CONSUME(t.Word);
    const body: Statement[] = [];
    const node: Draft<SelectCommand> = {
      kind: "select",
      span: this.at(opener),
      variable: { span: this.at(token), text: "" },
      body,
      redirections: [],
    };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
    node.variable = this.ACTION(() => this.name(token));
    const words = this.SUBRULE(this.inWords);
    if (words !== undefined) node.words = words;
    this.SUBRULE(this.loopBody);
    node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly whileCommand = this.RULE("whileCommand", (): Command => {
    const opener = this.OR([{ ALT: () => this.CONSUME(t.While) }, { ALT: () => this.CONSUME(t.Until) }]);
    const condition: Statement[] = [];
    const body: Statement[] = [];
    const until = opener.tokenType === t.Until;
    const node: Draft<WhileCommand> = { kind: "while", span: this.at(opener), until, condition, body, redirections: [] };
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
    node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly caseCommand = this.RULE("caseCommand", (): Command => {
    const opener = this.CONSUME(t.Case);
    const token = this.CONSUME(t.Word);
    const subject = this.ACTION(() => this.word(token));
    const node: Draft<CaseCommand> = { kind: "case", span: this.at(opener), subject, arms: [], redirections: [] };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), []));
    this.SUBRULE(this.newlines);
    this.CONSUME(t.In);
    this.SUBRULE2(this.newlines);
    this.SUBRULE(this.arms);
    this.closing(t.Esac);
    node.redirections = this.SUBRULE(this.redirections);
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
          this.SUBRULE2(this.newlines);
        });
        this.ACTION(() => {
          arm.span = this.spanFrom(start);
        });
      },
    });
  });

  readonly group = this.RULE("group", (): Command => {
    const opener = this.CONSUME(t.OpenBrace);
    const body: Statement[] = [];
    const node: Draft<Group> = { kind: "group", span: this.at(opener), body, redirections: [] };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
    this.SUBRULE(this.statements);
    this.ACTION(() => this.needed(body));
    this.closing(t.CloseBrace);
    node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly subshell = this.RULE("subshell", (): Command => {
    const opener = this.CONSUME(t.Open);
    const body: Statement[] = [];
    const node: Draft<Subshell> = { kind: "subshell", span: this.at(opener), body, redirections: [] };
    const frame = this.ACTION(() => this.enter(node, this.took(opener), body));
    this.SUBRULE(this.statements);
    this.ACTION(() => this.needed(body));
    this.closing(t.Close);
    node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => this.leave(frame, node));
  });

  readonly test = this.RULE("test", (): Command => {
    const token = this.CONSUME(t.Test);
    const node: Draft<TestCommand> = { kind: "test", span: this.at(token), words: [], redirections: [] };
    this.ACTION(() => {
      node.span = this.took(token);
      const { words, problem } = checkTest(token.image);
      node.words = words.map(({ start, end }) =>
        this.wordAt({ start: node.span.start + start, end: node.span.start + end }, token.image.slice(start, end)),
      );
      if (problem !== undefined)
        this.problem({ start: node.span.start + problem.span.start, end: node.span.start + problem.span.end }, problem.detail);
    });
    node.redirections = this.SUBRULE(this.redirections);
    return this.ACTION(() => {
      node.span = this.spanFrom(node.span.start);
      return node;
    });
  });

  readonly arithmetic = this.RULE("arithmetic", (): Command => {
    const token = this.CONSUME(t.Arithmetic);
    const node: Draft<ArithmeticCommand> = { kind: "arithmetic-command", span: this.at(token), expression: inner(token), redirections: [] };
    this.ACTION(() => this.took(token));
    node.redirections = this.SUBRULE(this.redirections);
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
    const unfinished: Draft<Group> = { kind: "group", span: at, body: list, redirections: [] };
    const node: Draft<FunctionDefinition> = { kind: "function", span: at, name, body: unfinished, redirections: [] };
    if (keyword !== undefined) node.keyword = keyword;
    const frame = this.ACTION(() => this.enter(node, at, list));
    this.SUBRULE(this.newlines);
    this.ACTION(() => {
      if (!t.COMPOUND_STARTS.has(this.LA(1).tokenType)) throw this.refusal();
    });
    node.body = this.SUBRULE(this.command);
    return this.ACTION(() => this.leave(frame, node));
  });
}
