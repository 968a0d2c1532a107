/** Passwords that stand in a script. Only their places are told. */
import type { ShellScript, SimpleCommand, Word } from "../../../grammar/shell/tree.ts";
import type { Span } from "../../../grammar/text.ts";
import { visit } from "./walk.ts";
import { literal } from "./literal.ts";

export interface ScriptSecret {
  /** The option with the password, or the assignment. */
  readonly span: Span;
  /** Without the password: "-p of mysql", "PGPASSWORD". */
  readonly what: string;
  readonly tool: string;
  readonly onCommandLine: boolean;
}

/** Options that a password follows, glued or as the next word. */
const OPTIONS: Readonly<Record<string, { readonly glued: readonly string[]; readonly next: readonly string[] }>> = {
  mysql: { glued: ["-p", "--password="], next: [] },
  mysqladmin: { glued: ["-p", "--password="], next: [] },
  mysqldump: { glued: ["-p", "--password="], next: [] },
  mysqlcheck: { glued: ["-p", "--password="], next: [] },
  mariadb: { glued: ["-p", "--password="], next: [] },
  "mariadb-admin": { glued: ["-p", "--password="], next: [] },
  "redis-cli": { glued: ["--pass=", "-a"], next: ["-a", "--pass"] },
  sshpass: { glued: ["-p"], next: ["-p"] },
  ldapsearch: { glued: [], next: ["-w"] },
  mongo: { glued: ["-p", "--password="], next: ["-p", "--password"] },
};

const VARIABLES = /^(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS|[A-Za-z0-9_]*(?:PASSWORD|PASSWD|_PASS|_PWD)|PASS(?:WORD|WD)?)$/iu;

export const secretsInScript = ({ body }: ShellScript, text: string): readonly ScriptSecret[] => {
  if (/\{\{|<%/u.test(text)) return [];
  const found: ScriptSecret[] = [];
  visit(body, {
    command: (command) => {
      if (command.kind !== "simple") return;
      found.push(...assigned(command), ...given(command));
    },
    word: () => undefined,
  });
  return found.toSorted((a, b) => a.span.start - b.span.start);
};

const assigned = ({ assignments, words }: SimpleCommand): readonly ScriptSecret[] => {
  const tool = (literal(words[0]) ?? "").replace(/^.*\//u, "");
  const plain = assignments.flatMap(({ name, value, span }): readonly ScriptSecret[] => {
    const secret = value.kind === "word" ? literal(value) : undefined;
    return secret !== undefined && VARIABLES.test(name.text) && isSecret(secret)
      ? [{ span, what: name.text, tool: tool === "" ? toolOf(name.text) : tool, onCommandLine: false }]
      : [];
  });
  if (tool !== "export" && tool !== "local" && tool !== "readonly" && tool !== "declare") return plain;
  const exported = words.slice(1).flatMap((word): readonly ScriptSecret[] => {
    const parts = /^(?<name>[A-Za-z_]\w*)=(?<value>.*)$/su.exec(literal(word) ?? "")?.groups;
    return parts !== undefined && VARIABLES.test(parts["name"]!) && isSecret(parts["value"]!)
      ? [{ span: word.span, what: parts["name"]!, tool: toolOf(parts["name"]!), onCommandLine: false }]
      : [];
  });
  return [...plain, ...exported];
};

const toolOf = (name: string): string =>
  name === "PGPASSWORD" ? "psql" : name === "MYSQL_PWD" ? "mysql" : name === "REDISCLI_AUTH" ? "redis-cli" : "";

const given = ({ words }: SimpleCommand): readonly ScriptSecret[] => {
  const at = words.findIndex((word) => Object.hasOwn(OPTIONS, baseOf(word)));
  // Behind `timeout 2`, `sudo -u x`, `/usr/bin/`; not as an argument of something else.
  if (at < 0 || at > 4 || (at > 0 && !/^(?:timeout|sudo|nice|env|exec|command)$/u.test(baseOf(words[0])))) return curlUser(words);
  const tool = baseOf(words[at]);
  const { glued, next } = OPTIONS[tool]!;
  return words.slice(at + 1).flatMap((word, index, rest): readonly ScriptSecret[] => {
    const text = literal(word);
    if (text === undefined) return [];
    const follower = rest[index + 1];
    if (next.includes(text) && follower !== undefined) return isSecret(literal(follower) ?? "") ? [secret(follower.span, text, tool)] : [];
    const option = glued.find((each) => text.startsWith(each) && text.length > each.length);
    return option === undefined ||
      text.startsWith("--port") ||
      text.startsWith("--pro") ||
      text.startsWith("--plugin") ||
      !isSecret(text.slice(option.length))
      ? []
      : [secret(word.span, option.replace(/=$/u, ""), tool)];
  });
};

const secret = (span: Span, option: string, tool: string): ScriptSecret => ({
  span,
  what: `${option} of ${tool}`,
  tool,
  onCommandLine: true,
});

/** `curl -u user:password` */
const curlUser = (words: readonly Word[]): readonly ScriptSecret[] => {
  if (baseOf(words[0]) !== "curl") return [];
  return words.flatMap((word, index): readonly ScriptSecret[] => {
    const before = literal(words[index - 1]);
    const text = literal(word);
    return (before === "-u" || before === "--user") && text !== undefined && /^[^:]+:./u.test(text)
      ? [secret(word.span, before, "curl")]
      : [];
  });
};

const baseOf = (word: Word | undefined): string => (literal(word) ?? "").replace(/^.*\//u, "");

/** Something that may be a password: no path, no empty word, no placeholder. */
const isSecret = (text: string): boolean =>
  text !== "" && !text.startsWith("/") && !/^(?:x{3,}|\*+|<.*>|\[.*\]|your.*|change.?me|password_?here|\$.*)$/iu.test(text);
