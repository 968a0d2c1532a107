/** haproxy.cfg as far as it concerns addresses: what is bound, which servers stand behind, which health checks are on. */
import type { Site, Sited } from "../../../grammar/text.ts";
import { linesOf, type PlacedWord, wordsOf } from "./lines.ts";
import { splitAddress } from "./numbers.ts";

export interface HaproxyBind {
  readonly section: string;
  /** "" and "*" mean every address. A name is kept as written. */
  readonly address: Sited<string>;
  readonly port?: Sited<number>;
  /** The last port of a range. */
  readonly lastPort?: number;
  /** The bind is allowed for addresses the host does not have. */
  readonly transparent: boolean;
  readonly site: Site;
}

export interface HaproxyServer {
  readonly section: string;
  readonly name: Sited<string>;
  readonly address: Sited<string>;
  readonly port?: Sited<number>;
  /** The word `check` is among its options. */
  readonly check: boolean;
  readonly site: Site;
}

export interface HaproxyConfig {
  readonly binds: readonly HaproxyBind[];
  readonly servers: readonly HaproxyServer[];
  /** Sections with `option mysql-check`, and the place of it. */
  readonly mysqlChecks: readonly { readonly section: string; readonly user?: Sited<string>; readonly site: Site }[];
  /** `stats …` lines: where the page of statistics is switched on. */
  readonly stats: readonly { readonly section: string; readonly uri?: Sited<string>; readonly site: Site }[];
}

const SECTIONS = new Set([
  "global",
  "defaults",
  "listen",
  "frontend",
  "backend",
  "peers",
  "userlist",
  "resolvers",
  "mailers",
  "program",
  "cache",
  "ring",
  "http-errors",
  "log-forward",
]);

/** Words up to a comment; `\#` and `\ ` belong to a word. */
const significant = (words: readonly PlacedWord[]): readonly PlacedWord[] => {
  const at = words.findIndex(({ text }) => text.startsWith("#"));
  return at < 0 ? words : words.slice(0, at);
};

/** Of several colons the last is the port's, also without brackets: `:::80` is `::` and 80. */
const splitEndpoint = (text: string): { readonly address: string; readonly port?: string } => {
  const last = /^([^[]*:[^[]*):([0-9]+(?:-[0-9]+)?)$/u.exec(text);
  return last === null ? splitAddress(text) : { address: last[1]!, port: last[2]! };
};

/** A word without the quotes that are around all of it. */
const unquoted = (word: PlacedWord): PlacedWord =>
  /^"[^"]*"$|^'[^']*'$/u.test(word.text) ? { text: word.text.slice(1, -1), start: word.start + 1, end: word.end - 1 } : word;

/** Reads a haproxy configuration; lines it does not know are skipped. Environment variables in addresses stay as written. */
export const readHaproxy = (text: string, file: string): HaproxyConfig => {
  const binds: HaproxyBind[] = [];
  const servers: HaproxyServer[] = [];
  const mysqlChecks: { section: string; user?: Sited<string>; site: Site }[] = [];
  const stats: { section: string; uri?: Sited<string>; site: Site }[] = [];
  let section = "";
  let kind = "";
  const at = (start: number, end: number): Site => ({ file, span: { start, end } });
  const sited = (word: PlacedWord): Sited<string> => ({ value: word.text, site: at(word.start, word.end) });
  /** `ADDRESS:PORT` in one word, the port perhaps a range of which the first counts. */
  const endpoint = (word: string, start: number): { address: Sited<string>; port?: Sited<number>; lastPort?: number } => {
    const bare = word.replace(/^(?:ipv4|ipv6|tcp4|tcp6)@/u, "");
    const offset = start + word.length - bare.length;
    const { address, port } = splitEndpoint(bare);
    const from = offset + (bare.startsWith("[") ? 1 : 0);
    const place = { value: address, site: at(from, from + address.length) };
    const [, first, last] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/u.exec(port ?? "") ?? [];
    if (first === undefined) return { address: place };
    const portStart = offset + bare.length - port!.length;
    const found = { address: place, port: { value: Number(first), site: at(portStart, portStart + first.length) } };
    return last === undefined ? found : { ...found, lastPort: Number(last) };
  };
  const bind = (word: PlacedWord, line: Site, options: readonly PlacedWord[]): void => {
    let offset = word.start;
    for (const piece of word.text.split(",")) {
      if (piece !== "" && !piece.startsWith("/") && !piece.startsWith("unix@") && !piece.startsWith("fd@")) {
        binds.push({ section, ...endpoint(piece, offset), transparent: options.some((one) => one.text === "transparent"), site: line });
      }
      offset += piece.length + 1;
    }
  };
  for (const line of linesOf(text)) {
    const words = significant(wordsOf(line)).map(unquoted);
    const [first, second, third] = words;
    if (first === undefined) continue;
    const whole = at(first.start, words[words.length - 1]!.end);
    if (SECTIONS.has(first.text)) {
      kind = first.text;
      section = second?.text ?? first.text;
      // `listen NAME ADDRESS:PORT` is how releases before 1.7 could bind.
      if ((kind === "listen" || kind === "frontend") && third !== undefined && third.text.includes(":")) bind(third, whole, words.slice(3));
    } else if (first.text === "bind" && second !== undefined && (kind === "listen" || kind === "frontend"))
      bind(second, whole, words.slice(2));
    else if (first.text === "server" && second !== undefined && third !== undefined && (kind === "listen" || kind === "backend")) {
      servers.push({
        section,
        name: sited(second),
        ...endpoint(third.text, third.start),
        check: words.slice(3).some((one) => one.text === "check"),
        site: whole,
      });
    } else if (first.text === "option" && second?.text === "mysql-check") {
      const user = third?.text === "user" ? words[3] : undefined;
      mysqlChecks.push({ section, ...(user === undefined ? {} : { user: sited(user) }), site: whole });
    } else if (first.text === "stats" && kind !== "global") {
      const uri = second?.text === "uri" ? third : undefined;
      stats.push({ section, ...(uri === undefined ? {} : { uri: sited(uri) }), site: whole });
    }
  }
  return { binds, servers, mysqlChecks, stats };
};
