/** The checkers of a real_server: what they have in common, and each one's own words. */
import {
  address,
  arg,
  bool,
  command,
  checkTime,
  int,
  MAX_LONG_SECONDS,
  MAX_SECONDS,
  type More,
  networkInterface,
  port,
  refersTo,
  rowsOf,
  seconds,
  str,
  U32,
  userAndGroup,
  words,
} from "../rows.ts";
import type { Context, Keyword, Version } from "../types.ts";
import { httpContexts } from "./http-check.ts";

const { statement, toggle } = rowsOf("check/check_api.c");

/** Since when a checker knows the shared words; what is not named is as old as the vocabulary, or as `all`. */
interface Ages {
  readonly all?: Version;
  readonly since?: Readonly<Record<string, Version>>;
  readonly buildOption?: string;
  readonly defaultRetry?: string;
  readonly defaultDelay?: string;
}

const more = (name: string, ages: Ages, rest: More): More => {
  const since = ages.since?.[name] ?? ages.all;
  const build = [ages.buildOption, rest.buildOption].filter((option) => option !== undefined).join(" && ");
  return { ...rest, ...(since === undefined ? {} : { since }), ...(build === "" ? {} : { buildOption: build }) };
};

const inherited = { default: "of the real server" };

/** What checkers that connect somewhere have in common. */
// prettier-ignore
const connectionRows = (ages: Ages): readonly Keyword[] => [
  statement("connect_ip", 425, [address()],
    "Asks another address than the server's, for instance one that only the checks use.", more("connect_ip", ages, inherited)),
  statement("connect_port", 426, [port()],
    "Asks another port than the served one; needed where the service has no port of its own.", more("connect_port", ages, inherited)),
  statement("bindto", 427, [address()],
    "Source address of the checks, for servers that accept only certain ones.", more("bindto", ages, { default: "any" })),
  statement("bind_port", 428, [port()],
    "Source port of the checks; a fixed one can still be busy when the next check starts.", more("bind_port", ages, { default: "any" })),
  statement("bind_if", 429, [networkInterface({ dependsOnHost: true })],
    "Interface the checks leave through; link-local addresses cannot be reached without it.", more("bind_if", ages, {})),
  statement("connect_timeout", 430, [checkTime(1e-6, MAX_SECONDS)],
    "How long this checker waits for the connection before the attempt counts as failed.", more("connect_timeout", ages, inherited)),
  statement("fwmark", 432, [int("mark", 0, U32)],
    "Firewall mark on the check's own packets, to route them apart.",
    more("fwmark", ages, { default: "0", buildOption: "_WITH_SO_MARK_" })),
];

/** What every checker understands that looks again and again. */
// prettier-ignore
const repetitionRows = (ages: Ages): readonly Keyword[] => [
  statement("retry", 435, [int("count", 0, U32)],
    "Failed attempts beyond the first before the server counts as down; 0 is allowed here.",
    more("retry", ages, { default: `of the real server, else ${ages.defaultRetry ?? "1"}` })),
  statement("delay_before_retry", 436, [checkTime(0, MAX_LONG_SECONDS)],
    "Pause before this checker tries again after a failure.",
    more("delay_before_retry", ages, { default: `of the real server, else ${ages.defaultDelay ?? "1"}` })),
  statement("warmup", 437, [checkTime(0, MAX_LONG_SECONDS)],
    "This checker's first look waits a random time up to this.", more("warmup", ages, { default: "of the real server, else delay_loop" })),
  statement("delay_loop", 438, [checkTime(1e-6, MAX_LONG_SECONDS)],
    "Time between two looks of this checker.", more("delay_loop", ages, inherited)),
  toggle("alpha", 439, "The server counts as down until this checker has succeeded once.", more("alpha", ages, inherited)),
  toggle("log_all_failures", 440,
    "Logs failed attempts even when they change nothing.", more("log_all_failures", ages, { default: "false" })),
];

const all = (ages: Ages): readonly Keyword[] => [...connectionRows(ages), ...repetitionRows(ages)];
/** Words that came to the old checkers one by one. */
const later = { bind_if: "1.3.7", delay_loop: "1.3.7", alpha: "1.3.7", log_all_failures: "2.0.11", warmup: "1.2.13" };
const young = { all: "2.1.0" };

const misc = rowsOf("check/check_misc.c");
// prettier-ignore
const miscRows = (): readonly Keyword[] => [
  ...repetitionRows({ since: { ...later, retry: "1.3.7", delay_before_retry: "1.3.7" }, defaultRetry: "0" }),
  misc.statement("misc_path", 212, [command],
    "The script's exit status decides: 0 is alive. Only the first word counts, so quote the command with its arguments.",
    { required: true, missingArgument: "ignored" }),
  misc.statement("misc_timeout", 213, [seconds(0, 4294)],
    "The script is killed and counts as failed after this time.", { default: "delay_loop of the virtual server" }),
  misc.flag("misc_dynamic", 214, "Exit status 2 to 255 sets the weight to two less than itself, 0 leaves it, 1 is failure."),
  misc.statement("user", 215, [arg("user", "user", { dependsOnHost: true }), ...userAndGroup.slice(1)],
    "Who runs the script; an unknown user takes the whole checker away.",
    { default: "script_user", since: "1.3.0", missingArgument: "reported" }),
];

const smtp = rowsOf("check/check_smtp.c");
// prettier-ignore
const smtpRows = (): readonly Keyword[] => [
  smtp.statement("helo_name", 298, [str("name")],
    "What the check calls itself in HELO; servers may refuse the default.",
    { default: "smtpchecker.keepalived.org", onRepeat: "last-error", missingArgument: "reported" }),
  ...all({ since: { ...later, connect_ip: "1.2.17", connect_port: "1.2.17", bindto: "1.2.17", bind_port: "1.2.17", fwmark: "1.2.17" } }),
  smtp.block("host", 310,
    "Early way to check several addresses in one checker.",
    { deprecated: { note: "write several SMTP_CHECK blocks" }, buildOption: "WITH_HOST_ENTRIES" }),
];
const hostRows = () =>
  all({
    since: {
      ...later,
      bind_port: "1.2.13",
      connect_timeout: "1.2.13",
      fwmark: "1.2.13",
      retry: "1.3.7",
      delay_before_retry: "1.3.7",
      warmup: "1.3.7",
    },
    buildOption: "WITH_HOST_ENTRIES",
  });

const middle = { ...later, connect_ip: "1.2.13", bind_port: "1.2.13", fwmark: "1.2.13" };
const tcp = () => all({ since: { ...middle, retry: "1.2.20", delay_before_retry: "1.2.20" } });

const udp = rowsOf("check/check_udp.c");
// prettier-ignore
const udpRows = (): readonly Keyword[] => [
  ...all(young),
  udp.statement("payload", 193, [arg("bytes", "hex", { repeated: true })],
    "Hex digits of the datagram to send, for services that answer nothing else. Without it a text of keepalived's own is sent.", { since: "2.2.0", missingArgument: "reported" }),
  udp.statement("require_reply", 194, [arg("bytes", "hex", { optional: true, repeated: true, wildcards: true })],
    "Silence is failure; hex digits behind it say what the answer must begin with, x being any digit.", { default: "off", since: "2.1.0" }),
  udp.statement("min_reply_length", 195, [int("bytes", 0, 65535, { unit: "bytes" })],
    "Shorter answers count as failure.", { default: "0", since: "2.2.0" }),
  udp.statement("max_reply_length", 196, [int("bytes", 0, 65535, { unit: "bytes" })],
    "Longer answers count as failure.", { default: "255", since: "2.2.0" }),
];

const DNS_TYPES = ["A", "NS", "CNAME", "SOA", "MX", "TXT", "AAAA", "RRSIG", "DNSKEY"];
const dns = rowsOf("check/check_dns.c");
const dnsAges: Ages = {
  all: "1.3.0",
  since: { ...later, delay_before_retry: "1.3.7", warmup: "1.3.7" },
  defaultRetry: "3",
  defaultDelay: "delay_loop",
};
// prettier-ignore
const dnsRows = (): readonly Keyword[] => [
  ...all(dnsAges),
  dns.statement("type", 554, [words("type", DNS_TYPES, { ignoreCase: true })],
    "Record type that is asked for; any answer without an error will do.", { default: "SOA", since: "1.3.0" }),
  dns.statement("name", 555, [str("name")],
    "Name that is asked for, the root when left out: choose one the server must know.",
    { default: "the root", onRepeat: "first-error", since: "1.3.0" }),
];

const file = rowsOf("check/check_file.c");
// prettier-ignore
const fileRows = (): readonly Keyword[] => [
  file.statement("track_file", 137, [refersTo("trackFile", "name")],
    "A track_file that stands before this line; its number becomes part of the server's weight.", { required: true, since: "2.1.0" }),
  file.statement("weight", 138, [int("weight", -2147483647, 2147483647), words("reverse", ["reverse", "noreverse"], { optional: true })],
    "Factor for the number in the file; with 0, a number other than 0 takes the server down.",
    { default: "weight of the track_file", since: "2.1.0", missingArgument: "reported" }),
];

const bfd = rowsOf("check/check_bfd.c");
// prettier-ignore
const bfdRows = (): readonly Keyword[] => [
  bfd.statement("name", 257, [refersTo("bfd", "name")],
    "A bfd_instance that stands before this line and serves the checkers; its session state is the server's.",
    { required: true, onRepeat: "first-error", since: "2.0.0", buildOption: "_WITH_BFD_", missingArgument: "reported" }),
  bfd.statement("alpha", 258, [bool],
    "The server counts as down until the BFD session comes up.",
    { default: "of the real server", since: "2.0.0", buildOption: "_WITH_BFD_" }),
];

const http = rowsOf("check/check_http.c");
// prettier-ignore
export const checkerBlocks = (): readonly Keyword[] => [
  misc.block("MISC_CHECK", 209, "Runs a script that says whether the server lives; it runs on the director, not on the server."),
  smtp.block("SMTP_CHECK", 296, "Talks SMTP up to HELO, and so notices a mail server that accepts connections without answering."),
  rowsOf("check/check_tcp.c").block("TCP_CHECK", 88,
    "Opens a TCP connection and closes it again: the port answers, whatever the service behind it does."),
  rowsOf("check/check_ping.c").block("PING_CHECK", 174,
    "Sends an ICMP echo: the machine answers, whatever its services do.", { since: "2.1.0" }),
  udp.block("UDP_CHECK", 190, "Sends a UDP packet; without require_reply only an ICMP error counts as failure.", { since: "2.1.0" }),
  http.block("HTTP_GET", 949, "Fetches pages over HTTP and compares status, digest or text."),
  http.block("SSL_GET", 949,
    "Fetches pages over HTTPS and compares status, digest or text; who the certificate was made for is not checked."),
  dns.block("DNS_CHECK", 551, "Asks the server a DNS question over UDP.", { since: "1.3.0" }),
  file.block("FILE_CHECK", 135, "Lets a number in a file on the director decide about the server's weight.", { since: "2.1.0" }),
  bfd.block("BFD_CHECK", 255,
    "Takes the state of a BFD session for the server's; the fastest way to notice a dead machine.",
    { since: "2.0.0", buildOption: "_WITH_BFD_" }),
];

const HTTP_AGES: Ages = { since: { ...middle, retry: "1.3.7" }, defaultDelay: "3" };
const real = "virtual_server/real_server";

export const checkers = (): readonly Context[] => [
  { id: `${real}/MISC_CHECK`, keywords: miscRows() },
  { id: `${real}/SMTP_CHECK`, keywords: smtpRows() },
  { id: `${real}/SMTP_CHECK/host`, keywords: hostRows() },
  { id: `${real}/TCP_CHECK`, keywords: tcp() },
  { id: `${real}/PING_CHECK`, keywords: all(young) },
  { id: `${real}/UDP_CHECK`, keywords: udpRows() },
  ...httpContexts(`${real}/HTTP_GET`, all(HTTP_AGES), false),
  ...httpContexts(`${real}/SSL_GET`, all(HTTP_AGES), true),
  { id: `${real}/DNS_CHECK`, keywords: dnsRows() },
  { id: `${real}/FILE_CHECK`, keywords: fileRows() },
  { id: `${real}/BFD_CHECK`, keywords: bfdRows() },
];
