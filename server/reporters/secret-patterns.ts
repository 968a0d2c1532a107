/** Secrets told by their surroundings in one line of text. Every pattern is linear: bounded or over disjoint characters. */
import type { Span } from "../../grammar/text.ts";

interface Pattern {
  /** A line that has none of these, in small letters, need not be searched: compiling the expression takes longer. */
  readonly within: readonly string[];
  /** Finds a secret in its group `s`, with the `d` flag for the place. */
  readonly pattern: RegExp;
}

const settings: readonly Pattern[] = [
  // auth_pass and what it is misspelt as: all that follows on the line; the daemon reads eight characters of one word.
  { within: ["auth"], pattern: /\bauth[-_]?pa?s{1,2}(?:w(?:or)?d)?[ \t:=]+(?<s>[^\s}][^}]*)/dgiu },
  // auht_pass, autn_pasw: transposed in both halves.
  { within: ["au"], pattern: /\bau[a-z]{1,4}[-_]p[a-z]{1,8}[ \t:=]+(?<s>[^\s}][^}]*)/dgiu },
  // A setting that is named after a password in whatever way: smtp_password, auth_passs, mypwd.
  {
    within: ["pass", "pwd", "secret"],
    pattern: /^[ \t]*(?:@\S+[ \t]+)?[\w-]{0,40}(?:pass(?!ive)|pwd|secret)[\w-]{0,20}[ \t]+(?<s>[^\s=}{(][^}]*)/dgiu,
  },
  { within: ["password"], pattern: /\bpassword[ \t]+(?<s>[^\s=}{][^}]*)/dgiu },
  // auth_hmac: key ID VALUE
  { within: ["key"], pattern: /\bkey[ \t]+\d{1,3}[ \t]+(?<s>[^\s}][^}]*)/dgiu },
  // password: …
  {
    within: [":"],
    pattern: /(?:passw(?:or)?d|passphrase|secret|token)["']?[ \t]{0,8}:[ \t]{0,8}(?<s>"[^"$][^"]*"|'[^']+'|[^\s"'$;&|]+)/dgiu,
  },
];

/** These are told from prose too. */
const anywhere: readonly Pattern[] = [
  // PASSWORD=…, --password=…, MYSQL_PWD=…; not what is only a variable.
  {
    within: ["="],
    pattern:
      /(?:passw(?:or)?d|passwd|passphrase|pass|pwd|secret|token|api[-_]?key)\w{0,20}["']?[ \t]{0,8}=[ \t]{0,8}(?<s>"[^"$][^"]*"|'[^']+'|[^\s"'$;&|]+)/dgiu,
  },
  { within: ["identified"], pattern: /\bidentified[ \t]{1,8}by[ \t]{1,8}(?:password[ \t]{1,8})?(?<s>"[^"$][^"]*"|'[^']+')/dgiu },
  // scheme://user:password@host
  { within: ["://"], pattern: /:\/\/[^\s/:@]{1,100}:(?<s>[^\s/@$]{1,200})@/dgu },
  // haproxy: stats auth user:password
  { within: ["stats"], pattern: /\bstats[ \t]+auth[ \t]+[^\s:]{1,100}:(?<s>\S+)/dgiu },
  // curl -u user:password, --user user:password
  { within: ["-u"], pattern: /[ \t](?:-u|--user)[ \t=]*["']?[^\s:"']{1,100}:(?<s>[^\s"'$]+)/dgu },
];

/** `-pSECRET` of the mysql programs, which may stand on a continued line without them. */
const attachedP = /(?:^|[ \t"'])-p(?<s>"[^"$][^"]*"|'[^']+'|[^\s"'$-][^\s"'|;&]*)/dgu;
const otherP = /^(?:rint0?|rintf|ath|erm|rune|ort|roto\w*|assword\b.*|asswd\b.*|id|ipe|arents|ersistent|tcp|udp|icmp|vrrp|all|ah)$/u;

/** `-p SECRET` and `-a SECRET` of programs that want them in a word of their own. */
const separate = /[ \t](?:-p|-a|--pass)[ \t]+(?<s>"[^"$][^"]*"|'[^']+'|[^\s"'$-]\S*)/dgu;
const separatePrograms = /\b(?:sshpass|redis-cli|mongo|mongosh|ldap\w+)\b/u;

const hints = /pass|au[a-z]{1,4}[-_]p|pwd|secret|token|key|auth|identified|:\/\/|-p|-u|-a|--user/iu;

/** The secret parts of a line of a file, not sorted. */
export const secretsInLine = (line: string): readonly Span[] => {
  if (!hints.test(line)) return [];
  const found = search(line, [...settings, ...anywhere]);
  const mysql = /mysql|mariadb|\bmha/iu.test(line);
  found.push(...spansOf(line, attachedP).filter(({ start, end }) => mysql || !otherP.test(line.slice(start, end))));
  if (separatePrograms.test(line)) found.push(...spansOf(line, separate));
  return found;
};

/** The secret parts of a sentence that quotes a file: there "auth_pass is …" is no setting. */
export const secretsInProse = (text: string): readonly Span[] => {
  if (!hints.test(text)) return [];
  const found = search(text, anywhere);
  return /mysql|mariadb/iu.test(text) ? [...found, ...spansOf(text, attachedP)] : found;
};

const search = (line: string, patterns: readonly Pattern[]): Span[] => {
  const small = line.toLowerCase();
  return patterns.flatMap(({ within, pattern }) => (within.some((part) => small.includes(part)) ? spansOf(line, pattern) : []));
};

const spansOf = (line: string, pattern: RegExp): Span[] =>
  [...line.matchAll(pattern)].flatMap(({ indices }) => {
    const place = indices?.groups?.["s"];
    return place === undefined ? [] : [{ start: place[0], end: place[1] }];
  });
