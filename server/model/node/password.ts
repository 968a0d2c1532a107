/** Comparing `auth_pass` values as the daemon does: by their first eight bytes, whatever the characters are. */

const compared = 8;

/** Whether two passwords are the same to the daemon (observed: auth-pass-same-first-8). */
export const samePassword = (a: string, b: string): boolean => comparedPart(a) === comparedPart(b);

/** What is compared of a password: equal for passwords that are the same to the daemon. As secret as the password. */
export const comparedPart = (password: string): string => firstBytes(password).join(" ");

/** The bytes of a password that count, at most eight. A byte that is no UTF-8 stands in the text as U+DC80–U+DCFF and is one byte. */
const firstBytes = (text: string): readonly number[] => {
  const bytes: number[] = [];
  for (const character of text) {
    if (bytes.length >= compared) break;
    bytes.push(...bytesOf(character.codePointAt(0)!));
  }
  return bytes.slice(0, compared);
};

const bytesOf = (code: number): readonly number[] => {
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code >= 0xdc80 && code <= 0xdcff) return [code - 0xdc00];
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
};

/** Words of examples, tutorials and default installations. */
const examples: ReadonlySet<string> = new Set([
  "password",
  "passwd",
  "pass",
  "secret",
  "mypass",
  "mysecret",
  "keepalived",
  "keepaliv",
  "vrrp",
  "admin",
  "root",
  "test",
  "changeme",
  "letmein",
  "qwerty",
  "abc123",
  "1qaz2wsx",
  "k8s",
]);

const longExamples = new Set([...examples].filter(({ length }) => length >= compared).map(comparedPart));

/** Whether a password is in every tutorial: one character repeated, a row of digits, an example's word. Only eight bytes count. */
export const isTrivialPassword = (password: string): boolean => {
  const word = password.toLowerCase();
  if (/^(.)\1*$/u.test(word) || "0123456789".includes(word) || "1234567890".startsWith(word)) return true;
  if ("9876543210".includes(word)) return true;
  return examples.has(word) || longExamples.has(comparedPart(word));
};
