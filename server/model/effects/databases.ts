/** Database clients as questions to a host: where, as whom, what is asked, and how long they wait. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { hasOption, optionValue, type Options, type OptionTable, readOptions, secondsIn } from "./options.ts";
import { unsigned } from "./numbers.ts";
import type { Known, ProbeEffect } from "./types.ts";

interface Asked {
  readonly host?: Argument | undefined;
  readonly port?: Argument | undefined;
  readonly socket?: Argument | undefined;
  readonly login?: Argument | undefined;
  readonly password?: Argument | undefined;
  readonly question?: Argument | undefined;
  readonly connectLimit?: Argument | undefined;
  readonly totalLimit?: Argument | undefined;
}

export const probe = (call: Invocation, asked: Asked, onlyConnects: boolean): ProbeEffect => {
  const field = <Name extends string, T>(name: Name, from: Argument | undefined, reading: (one: Argument) => T): { [K in Name]?: T } =>
    (from === undefined ? {} : { [name]: reading(from) }) as { [K in Name]?: T };
  const seconds = (from: Argument): Known<number> => read(from, secondsIn);
  return {
    ...baseOf(call),
    kind: "probe",
    client: call.name,
    onlyConnects,
    ...field("host", asked.host, argument),
    ...field("port", asked.port, (from) => read(from, unsigned)),
    ...field("socket", asked.socket, argument),
    ...field("login", asked.login, argument),
    ...field("password", asked.password, ({ site }) => site),
    ...field("question", asked.question, argument),
    ...field("connectLimit", asked.connectLimit, seconds),
    ...field("totalLimit", asked.totalLimit, seconds),
  };
};

const MYSQL: OptionTable = {
  valued: "hPuSeD",
  glued: "p",
  long: ["host", "port", "user", "socket", "execute", "database", "connect-timeout", "connect_timeout", "protocol", "defaults-file"],
};

const mysqlAsked = (words: Options): Asked => ({
  host: optionValue(words, "-h", "--host"),
  port: optionValue(words, "-P", "--port"),
  socket: optionValue(words, "-S", "--socket"),
  login: optionValue(words, "-u", "--user"),
  password: optionValue(words, "-p", "--password"),
  connectLimit: optionValue(words, "--connect-timeout", "--connect_timeout"),
});

const asksNothing = (words: Options): boolean => hasOption(words, "--version", "-V", "--help", "-?", "-I");

/** `mysql … -e "SQL"`; the SQL may also come through a pipe. */
export const mysql: Interpreter = (call) => {
  const words = readOptions(call.arguments, MYSQL);
  if (asksNothing(words)) return undefined;
  return [probe(call, { ...mysqlAsked(words), question: optionValue(words, "-e", "--execute") ?? fromInput(call) }, false)];
};

/** What a pipe or a heredoc brings, as one word. */
const fromInput = (call: Invocation): Argument | undefined => {
  const { input } = call;
  if (input === undefined) return undefined;
  const text = input.text.trim();
  return { text: text.includes("\uFFFF") ? undefined : text, site: input.siteOf(0, text.length) };
};

/** `mysqladmin … ping|status|shutdown|…` */
export const mysqladmin: Interpreter = (call) => {
  const words = readOptions(call.arguments, {
    ...MYSQL,
    valued: "hPuSiwc",
    glued: "p",
    long: [...(MYSQL.long ?? []), "wait", "sleep", "count"],
  });
  const [command] = words.operands;
  return asksNothing(words) || command === undefined ? undefined : [probe(call, { ...mysqlAsked(words), question: command }, false)];
};

export const psql: Interpreter = (call) => {
  const isReady = call.name === "pg_isready";
  const words = readOptions(call.arguments, {
    // -t of psql leaves out the headings, that of pg_isready is its limit.
    valued: isReady ? "hpUdt" : "hpUdcfFPRTvLo",
    long: ["host", "port", "username", "dbname", "command", "file", "variable", "set", "output", ...(isReady ? ["timeout"] : [])],
  });
  if (hasOption(words, "--version", "-V", "--help", "-?")) return undefined;
  const dbname = optionValue(words, "-d", "--dbname") ?? words.operands[0];
  const said = connectionString(dbname);
  const from = (key: string, variable: string): Argument | undefined => said(key) ?? call.environment?.(variable);
  const host = said("host") ?? said("hostaddr") ?? optionValue(words, "-h", "--host") ?? call.environment?.("PGHOST");
  const isSocket = host?.text?.startsWith("/") === true;
  const asked: Asked = {
    ...(isSocket ? { socket: host } : { host }),
    port: said("port") ?? optionValue(words, "-p", "--port") ?? call.environment?.("PGPORT"),
    login: said("user") ?? optionValue(words, "-U", "--username") ?? call.environment?.("PGUSER"),
    password: said("password"),
    // pg_isready asks nothing but whether connections are taken.
    question: isReady ? undefined : (optionValue(words, "-c", "--command") ?? fromInput(call)),
    connectLimit: isReady ? optionValue(words, "-t", "--timeout") : from("connect_timeout", "PGCONNECT_TIMEOUT"),
  };
  return [probe(call, asked, isReady)];
};

/** The parts of `host=… port=…` and of `postgresql://USER:PASSWORD@HOST:PORT/DATABASE?key=value`. */
const connectionString = (word: Argument | undefined): ((key: string) => Argument | undefined) => {
  const parts = new Map<string, string>();
  const text = word?.text ?? "";
  const url = /^postgres(?:ql)?:\/\/(?:([^@/?:]*)(?::([^@/?]*))?@)?(\[[^\]/?]*\]|[^:/?,]*)(?::([0-9]*))?(?=[/?]|$)/u.exec(text);
  if (url !== null) {
    for (const [index, key] of ["user", "password", "host", "port"].entries()) {
      const value = url[index + 1];
      if (value !== undefined && value !== "") parts.set(key, value.replace(/^\[|\]$/gu, ""));
    }
  }
  const settings = url === null ? text : text.slice(text.includes("?") ? text.indexOf("?") : text.length);
  for (const hit of settings.matchAll(/(?:^|[\s?&])([a-z_]+)=([^\s&']+)/gu)) parts.set(hit[1]!, hit[2]!);
  return (key) => {
    const value = parts.get(key);
    return value === undefined ? undefined : { ...word!, text: value };
  };
};

export const redisCli: Interpreter = (call) => {
  // What stands behind the first operand is the command, options of redis-cli or not.
  const words = readOptions(call.arguments, { valued: "hpasnriut", long: ["user", "pass"] });
  if (hasOption(words, "--version", "-v", "--help")) return undefined;
  const [first] = words.operands;
  const question = first === undefined ? fromInput(call) : { ...first, text: joined(words.operands) };
  return [
    probe(
      call,
      {
        host: optionValue(words, "-h"),
        port: optionValue(words, "-p"),
        socket: optionValue(words, "-s"),
        login: optionValue(words, "--user"),
        password: optionValue(words, "-a", "--pass"),
        connectLimit: optionValue(words, "-t"),
        question,
      },
      false,
    ),
  ];
};

const joined = (words: readonly Argument[]): string | undefined =>
  words.some(({ text }) => text === undefined) ? undefined : words.map(({ text }) => text).join(" ");
