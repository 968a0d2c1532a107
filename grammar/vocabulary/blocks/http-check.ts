/** HTTP_GET and SSL_GET with their url blocks: the same words, but for TLS. */
import { arg, int, rowsOf, str, U32, words } from "../rows.ts";
import type { Context, ContextId, Keyword } from "../types.ts";

const { statement, flag, toggle, block } = rowsOf("check/check_http.c");
const hostName = { onRepeat: "last-error", missingArgument: "reported", since: "1.3.6" } as const;
const regex = { since: "2.0.7", buildOption: "_WITH_REGEX_CHECK_" };
// prettier-ignore
const REGEX_OPTIONS = [
  "allow_empty_class", "alt_bsux", "auto_callout", "caseless", "dollar_endonly", "dotall", "dupnames", "extended", "firstline",
  "match_unset_backref", "multiline", "never_ucp", "never_utf", "no_auto_capture", "no_auto_possess", "no_dotstar_anchor",
  "no_start_optimize", "ucp", "ungreedy", "utf", "never_backslash_c", "alt_circumflex", "alt_verbnames", "use_offset_limit",
];

// prettier-ignore
const checkRows = (): readonly Keyword[] => [
  statement("nb_get_retry", 952, [int("count", 0, U32)],
    "Early spelling of retry: still works in HTTP_GET and SSL_GET, and only there, but is always reported.",
    { default: "retry", aliasOf: "retry", deprecated: { by: "retry", note: "always reported" } }),
  statement("virtualhost", 953, [str("host")],
    "Host header of the requests, where the server tells sites apart by it.", { default: "of the real server", ...hostName }),
  statement("http_protocol", 954, [words("version", ["1.0", "1.1", "1.0C", "1.0c"])],
    "HTTP version of the request; 1.0C also sends `Connection: close`. Some servers want 1.1 and a virtualhost.",
    { default: "1.0", since: "2.0.17", missingArgument: "reported" }),
  toggle("enable_sni", 956,
    "Names the virtualhost in the TLS handshake, so that the server picks the right certificate.",
    { since: "1.4.3", buildOption: "_HAVE_SSL_SET_TLSEXT_HOST_NAME_" }),
  toggle("fast_recovery", 958, "The server is up again after one good page instead of after all of them.", { since: "2.0.17" }),
];

const tls = (line: number, fallback: string): Keyword =>
  toggle("tls_compliant", line, "A server that closes without the TLS goodbye counts as failed.", { default: fallback, since: "2.2.8" });

const url = () =>
  block("url", 961, "One page to fetch; all url blocks of a checker must succeed, one after the other.", { required: true });

// prettier-ignore
const urlRows = (): readonly Keyword[] => [
  statement("path", 963, [str("path")],
    "Path of the request, beginning with a slash; a query may follow.", { required: true, onRepeat: "last-error" }),
  statement("digest", 964, [arg("md5", "hex", { digits: 32 })],
    "MD5 sum of the page as genhash prints it: any change of the page takes the server down.", { onRepeat: "first-error" }),
  statement("status_code", 965, [arg("code", "integer-range", { min: 100, max: 599, repeated: true })],
    "Codes that count as success, single or as ranges; redirects are not followed.",
    { default: "200-299", onRepeat: "merge", missingArgument: "ignored" }),
  statement("virtualhost", 966, [str("host")], "Host header of this one request.", { default: "of the checker", ...hostName }),
  statement("regex", 968, [arg("pattern", "regex")],
    "Perl-like pattern the page must contain; backslash escapes are taken out before it is compiled, and a wrong one goes unreported.",
    { onRepeat: "last-error", ...regex }),
  flag("regex_no_match", 969, "Turns the pattern round: a page that contains it is a failure.", regex),
  statement("regex_options", 970, [words("option", REGEX_OPTIONS, { repeated: true })],
    "PCRE2 options for the pattern; words that are none are ignored without a report.",
    { onRepeat: "merge", missingArgument: "ignored", ...regex }),
  statement("regex_min_offset", 971, [arg("offset", "integer", { min: 0 })],
    "The match may not begin before this byte of the page.", { default: "0", missingArgument: "reported", ...regex }),
  statement("regex_max_offset", 972, [arg("offset", "integer", { min: 0 })],
    "The match may not begin behind this byte of the page.", { missingArgument: "reported", ...regex }),
  statement("regex_stack", 974, [arg("start", "integer", { min: 0 }), arg("max", "integer", { min: 0 })],
    "Bytes of stack for the compiled pattern, at first and at most; the largest of all patterns counts.",
    { onRepeat: "largest", missingArgument: "reported", ...regex, buildOption: "_WITH_REGEX_CHECK_ && !PCRE2_DONT_USE_JIT" }),
];

/** The contexts of one of the two checkers; `shared` are the words all connecting checkers know. */
export const httpContexts = (id: ContextId, shared: readonly Keyword[], secure: boolean): readonly Context[] => [
  { id, keywords: [...shared, ...checkRows(), ...(secure ? [tls(960, "false")] : []), url()] },
  { id: `${id}/url`, keywords: [...urlRows(), ...(secure ? [tls(978, "of the checker")] : [])] },
];
