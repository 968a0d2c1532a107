/** curl and wget. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { hasOption, optionValue, readOptions, secondsIn } from "./options.ts";
import type { Known, ProbeEffect } from "./types.ts";

/** Host and port of a URL; a scheme and a path may be missing. */
const authority = (url: Argument): { readonly host?: Known<string>; readonly port?: Known<number> } => {
  if (url.text === undefined) return {};
  const hit = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/@?#]*@)?(\[[^\]]*\]|[^/:?#]*)(?::([0-9]{1,5}))?(?:[/?#]|$)/iu.exec(url.text);
  if (hit === null || hit[2] === "") return {};
  const port = hit[3] === undefined ? { http: 80, https: 443, ftp: 21 }[hit[1]?.toLowerCase() ?? "http"] : Number(hit[3]);
  return {
    host: { kind: "known", value: hit[2]!.replace(/^\[|\]$/gu, ""), site: url.site },
    ...(port === undefined ? {} : { port: { kind: "known", value: port, site: url.site } as const }),
  };
};

const request = (
  call: Invocation,
  url: Argument,
  limits: { readonly connect?: Argument | undefined; readonly total?: Argument | undefined },
  more: Partial<ProbeEffect>,
): ProbeEffect => ({
  ...baseOf(call),
  kind: "probe",
  client: call.name,
  url: argument(url),
  ...authority(url),
  onlyConnects: false,
  ...(limits.connect === undefined ? {} : { connectLimit: read(limits.connect, secondsIn) }),
  ...(limits.total === undefined ? {} : { totalLimit: read(limits.total, secondsIn) }),
  ...more,
});

/** The word that carries `user:password`. */
const login = (from: Argument | undefined): Partial<ProbeEffect> =>
  from === undefined
    ? {}
    : { login: read(from, (text) => text.split(":")[0]!), ...(from.text?.includes(":") === false ? {} : { password: from.site }) };

const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/@?#:]*:[^/@?#]+@/iu;

const inUrl = (url: Argument): Partial<ProbeEffect> => (URL_PASSWORD.test(url.text ?? "") ? { password: url.site } : {});

export const curl: Interpreter = (call) => {
  const words = readOptions(call.arguments, {
    valued: "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
    long: CURL_LONG,
  });
  if (hasOption(words, "--version", "-V", "--help", "--manual")) return undefined;
  const urls = [...words.options.flatMap(({ name, value }) => (name === "--url" && value !== undefined ? [value] : [])), ...words.operands];
  const limits = { connect: optionValue(words, "--connect-timeout"), total: optionValue(words, "-m", "--max-time") };
  const fails = hasOption(words, "-f", "--fail", "--fail-with-body", "--fail-early");
  const more = { ...login(optionValue(words, "-u", "--user")), ...(fails ? {} : { ignoresErrors: true }) };
  return urls.length === 0 ? undefined : urls.map((url) => request(call, url, limits, { ...inUrl(url), ...more }));
};

const CURL_LONG = [
  "url",
  "connect-timeout",
  "max-time",
  "user",
  "output",
  "header",
  "data",
  "data-binary",
  "data-raw",
  "data-urlencode",
  "request",
  "write-out",
  "user-agent",
  "cookie",
  "referer",
  "form",
  "proxy",
  "resolve",
  "interface",
  "cacert",
  "capath",
  "cert",
  "key",
  "retry",
  "retry-delay",
  "retry-max-time",
  "unix-socket",
  "limit-rate",
  "speed-limit",
  "speed-time",
  "max-redirs",
  "config",
  "noproxy",
  "proxy-user",
  "upload-file",
  "range",
  "ciphers",
  "connect-to",
  "dns-servers",
  "netrc-file",
  "keepalive-time",
];

/** wget tries twenty times unless told otherwise; each limit is for one try. */
export const wget: Interpreter = (call) => {
  const words = readOptions(call.arguments, {
    valued: "OoaTtUQPwiBeADIRXl",
    long: [
      "timeout",
      "connect-timeout",
      "dns-timeout",
      "read-timeout",
      "tries",
      "output-document",
      "user",
      "password",
      "header",
      "post-data",
    ],
  });
  if (hasOption(words, "--version", "-V", "--help")) return undefined;
  const whole = optionValue(words, "-T", "--timeout");
  const tries = optionValue(words, "-t", "--tries")?.text;
  const limits = { connect: optionValue(words, "--connect-timeout") ?? whole, total: tries === "1" ? whole : undefined };
  const user = optionValue(words, "--user", "--http-user");
  const password = optionValue(words, "--password", "--http-password");
  const more = { ...(user === undefined ? {} : { login: argument(user) }), ...(password === undefined ? {} : { password: password.site }) };
  return words.operands.length === 0 ? undefined : words.operands.map((url) => request(call, url, limits, { ...inUrl(url), ...more }));
};
