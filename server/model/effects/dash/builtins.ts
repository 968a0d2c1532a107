/** Builtins and options of bash that dash lacks. */
import type { SimpleCommand, Word } from "../../../../grammar/shell/tree.ts";
import { type Bashism, differs, fails, stops } from "./bashism.ts";

/** The bash constructs in the words of a command; `functions`: names that the script defines itself. */
export const ofBuiltin = ({ words }: SimpleCommand, functions: ReadonlySet<string>): readonly Bashism[] => {
  const [head, ...args] = words;
  if (head === undefined || functions.has(head.text)) return [];
  const { text: name, span } = head;
  if (Object.hasOwn(MISSING, name))
    return [
      {
        kind: name,
        span,
        name: `\`${name}\``,
        does: "is a command that nobody has (status 127)",
        instead: MISSING[name]!,
        outcome: fails(127),
        ...(name === "source" && args[0]?.text.includes("/") === true ? { replacement: [{ span, text: "." }] } : {}),
      },
    ];
  return Object.hasOwn(READERS, name) ? READERS[name]!(args, head) : [];
};

const MISSING: Readonly<Record<string, string>> = {
  source: "write `. ./FILE`",
  let: "write `name=$((…))`",
  declare: "write `name=value`, or `local name` in a function",
  typeset: "write `name=value`, or `local name` in a function",
  shopt: "sh has no such options",
  pushd: "write `(cd FOLDER && …)`",
  popd: "write `(cd FOLDER && …)`",
  dirs: "use `$PWD`",
  mapfile: "write `while IFS= read -r line`",
  readarray: "write `while IFS= read -r line`",
  caller: "sh does not know who called",
  compgen: "use `command -v`",
  complete: "leave it out",
  disown: "use `nohup` or `setsid`",
  enable: "leave it out",
  builtin: "write `command`",
  history: "leave it out",
  logout: "write `exit`",
  suspend: "write `kill -STOP $$`",
  bind: "leave it out",
  help: "leave it out",
};

type Reader = (args: readonly Word[], head: Word) => readonly Bashism[];

/** The words before the first that is no option. */
const options = (args: readonly Word[]): readonly Word[] => {
  const end = args.findIndex(({ text }) => !/^-[A-Za-z]/u.test(text));
  return end < 0 ? args : args.slice(0, end);
};

const option =
  (letters: RegExp, outcome: Bashism["outcome"], does: string, instead: (letter: string) => string): Reader =>
  (args, head) => {
    const wrong = options(args).find(({ text }) => letters.test(text.slice(1)));
    if (wrong === undefined) return [];
    const letter = letters.exec(wrong.text.slice(1))![0];
    return [
      {
        kind: `${head.text} -${letter}`,
        span: { start: head.span.start, end: wrong.span.end },
        name: `\`${head.text} ${wrong.text}\``,
        does,
        instead: instead(letter),
        outcome,
      },
    ];
  };

const brackets: Reader = (args, head) => {
  const found: Bashism[] = [];
  args.forEach(({ text, span }, i) => {
    if (text === "==" && i > 0 && i < args.length - 1)
      found.push({
        kind: "==",
        span,
        name: `\`==\` in \`${head.text}\``,
        does: "is no operator: status 2, which counts as false",
        instead: "write `=`",
        outcome: fails(2),
        replacement: [{ span, text: "=" }],
      });
    else if (text === "=~" && i > 0)
      found.push({
        kind: "=~",
        span,
        name: `\`=~\` in \`${head.text}\``,
        does: "is no operator: status 2, which counts as false",
        instead: "write `case … in` or `grep -Eq`",
        outcome: fails(2),
      });
    else if (
      (text === "-v" || text === "-a") &&
      (i === 0 || args[i - 1]!.text === "!") &&
      args.length > i + 1 &&
      args[i + 1]!.text !== "=" &&
      args[i + 1]!.text !== "]"
    )
      found.push({
        kind: `[ ${text}`,
        span,
        name: `\`${text}\` in \`${head.text}\``,
        does: "is no operator: status 2, which counts as false",
        instead: text === "-v" ? 'write `[ -n "${name+x}" ]`' : "write `-e`",
        outcome: fails(2),
      });
  });
  return found;
};

const echo: Reader = ([first], head) =>
  first !== undefined && /^-[neE]*[eE][neE]*$/u.test(first.text)
    ? [
        {
          kind: "echo -e",
          span: { start: head.span.start, end: first.span.end },
          name: `\`echo ${first.text}\``,
          does: `prints "${first.text}" as well`,
          instead: "write `printf`",
          outcome: differs,
        },
      ]
    : [];

const OPTIONS =
  /^(?:errexit|noglob|ignoreeof|interactive|monitor|noexec|stdin|xtrace|verbose|vi|emacs|noclobber|allexport|notify|nounset|privileged|nolog|debug)$/u;

const set: Reader = (args, head) => {
  const at = args.findIndex(({ text }) => /^[-+][A-Za-z]*o$/u.test(text));
  const named = at < 0 ? undefined : args[at + 1];
  if (
    named === undefined ||
    !/^[a-z][a-z-]*$/u.test(named.text) ||
    OPTIONS.test(named.text) ||
    args.slice(0, at).some(({ text }) => text === "--")
  )
    return [];
  return [
    {
      kind: `set -o ${named.text}`,
      span: { start: head.span.start, end: named.span.end },
      name: `\`set ${args[at]!.text} ${named.text}\``,
      does: "ends the script with status 2",
      instead: named.text === "pipefail" ? "write to a file between the commands and look at each `$?`" : "leave it out",
      outcome: stops(2),
    },
  ];
};

const trap: Reader = (args, head) =>
  args.slice(1).flatMap(({ text, span }): readonly Bashism[] => {
    const signal = /^SIG([A-Z]+[0-9]*)$/u.exec(text)?.[1];
    if (signal === undefined && !/^(?:ERR|DEBUG|RETURN)$/u.test(text)) return [];
    return [
      {
        kind: signal === undefined ? `trap ${text}` : "trap SIG",
        span,
        name: `\`${text}\` in \`${head.text}\``,
        does: "is no signal: status 1, and no trap is set for it",
        instead: signal === undefined ? "test `$?`, or `|| …` behind the command" : `write \`${signal}\``,
        outcome: fails(1),
        ...(signal === undefined ? {} : { replacement: [{ span, text: signal }] }),
      },
    ];
  });

const kill: Reader = (args, head) => {
  const [first, second] = args;
  const word = first?.text === "-s" ? second : first;
  const signal = word === undefined ? undefined : /^(-?)SIG([A-Z]+[0-9]*)$/u.exec(word.text);
  if (word === undefined || signal === undefined || signal === null || (signal[1] === "") !== (word === second)) return [];
  return [
    {
      kind: "kill SIG",
      span: { start: head.span.start, end: word.span.end },
      name: `\`kill ${first === word ? "" : "-s "}${word.text}\``,
      does: "sends nothing (status 2)",
      instead: `write \`${signal[1]!}${signal[2]!}\``,
      outcome: fails(2),
      replacement: [{ span: word.span, text: `${signal[1]!}${signal[2]!}` }],
    },
  ];
};

const printf: Reader = (args, head) => {
  const [first] = args;
  if (first?.text === "-v")
    return option(/^v/u, fails(2), "prints nothing and sets nothing (status 2)", () => "write `name=$(printf …)`")(args, head);
  const format = first === undefined ? null : /%(?:q|\([^)]*\)T)/u.exec(first.text);
  return format === null
    ? []
    : [
        {
          kind: "printf %",
          span: first!.span,
          name: `\`${format[0]}\` in \`printf\``,
          does: "is no directive: it prints no more (status 2)",
          instead: format[0] === "%q" ? "quote it yourself" : "use `date +…`",
          outcome: fails(2),
        },
      ];
};

const read: Reader = (args, head) => {
  const wrong = option(/[adeinNstu]/u, fails(2), "reads nothing (status 2)", (letter) =>
    letter === "t"
      ? "use `timeout`"
      : letter === "s"
        ? "write `stty -echo`"
        : letter === "a"
          ? "name a variable for each word"
          : "read a whole line",
  )(
    args.filter(({ text }) => text.startsWith("-")),
    head,
  );
  if (wrong.length > 0) return wrong;
  return args.every(({ text }) => /^-r$/u.test(text))
    ? [
        {
          kind: "read",
          span: head.span,
          name: "`read` without a name",
          does: "reads nothing (status 2)",
          instead: "write `read -r REPLY`",
          outcome: fails(2),
        },
      ]
    : [];
};

const negative: Reader = ([first], head) =>
  first !== undefined && /^-[0-9]+$/u.test(first.text)
    ? [
        {
          kind: "exit -1",
          span: first.span,
          name: `\`${head.text} ${first.text}\``,
          does: "is no status: the script ends with 2",
          instead: `write \`${head.text} ${(256 - (Number(first.text.slice(1)) % 256)) % 256}\``,
          outcome: stops(2),
          replacement: [{ span: first.span, text: String((256 - (Number(first.text.slice(1)) % 256)) % 256) }],
        },
      ]
    : [];

const endsIt = "ends the script with status 2";
const READERS: Readonly<Record<string, Reader>> = {
  "[": brackets,
  test: brackets,
  echo,
  set,
  trap,
  kill,
  printf,
  read,
  exit: negative,
  return: negative,
  local: option(/[A-Za-z]/u, stops(2), `${endsIt} (bad variable name)`, () => "write `local name`"),
  export: option(/[fn]/u, stops(2), endsIt, (letter) =>
    letter === "n" ? "use `unset` or `env -u`" : "put the function into a file and read it with `.`",
  ),
  readonly: option(/[aAf]/u, stops(2), endsIt, () => "write `readonly name`"),
  exec: option(/[acl]/u, stops(127), "ends the script with status 127", () => "write `exec COMMAND`"),
  ulimit: option(/[ueiqx]/u, fails(2), "sets nothing (status 2)", () => "set it in the unit of the service"),
  wait: option(/[nfp]/u, fails(2), "waits for nothing (status 2)", () => "write `wait PID`"),
  type: option(/[tpPaf]/u, fails(127), "looks for a command of that name (status 127)", () => "write `command -v`"),
};
