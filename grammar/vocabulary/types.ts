/**
 * The vocabulary is data, not grammar: one row per keyword and context feeds validation, completion, hover,
 * highlighting and docs. These are the shapes of its rows.
 */

/** A keepalived version such as "2.2.7"; compared with `compareVersions`. */
export type Version = string;

/**
 * A place in the configuration where a set of keywords is valid, named by its block path:
 * "" is the top level, "vrrp_instance", "vrrp_instance/track_script", "virtual_server/real_server/HTTP_GET/url".
 */
export type ContextId = string;

export type ArgumentType =
  | "integer"
  /** Decimal number, unit in `unit`. */
  | "decimal"
  | "boolean"
  | "enum"
  | "enum-or-number"
  /** Two integers as `FIRST-LAST`; a single one will do unless `bothEnds`. */
  | "integer-range"
  | "string"
  /** A secret: never shown. */
  | "password"
  /** Hexadecimal digits, blanks between them allowed; `x` is a wildcard digit where `wildcards`. */
  | "hex"
  | "address"
  /** Address with optional prefix length. */
  | "address-prefix"
  /** What a virtual_server_group entry may say: A, A-LAST, A-B or A/PREFIX. */
  | "address-range"
  /** Dotted IPv4 mask, or IPv6 prefix length. */
  | "netmask"
  /** Ethernet address of six octets, or five where the daemon adds the VRID. */
  | "mac"
  | "port"
  | "interface"
  | "path"
  /** A command with its arguments, re-split as grammar.md 4.2 says. */
  | "script"
  | "user"
  | "group"
  | "regex"
  | "email"
  | "url"
  /** The name of something defined elsewhere in the configuration; what, says `refersTo`. */
  | "reference"
  /** The name that this block or statement defines; what, says `defines`. */
  | "name"
  /** Several words up to the end of the line. */
  | "words";

/** What a name in the configuration can stand for. */
export type SymbolKind =
  "instance" | "syncGroup" | "script" | "trackFile" | "trackProcess" | "trackGroup" | "bfd" | "virtualServerGroup" | "garpGroup";

export interface Argument {
  readonly name: string;
  readonly type: ArgumentType;
  readonly optional?: true;
  /** May occur any number of times, up to the end of the line. */
  readonly repeated?: true;
  /** A literal word that stands before the value: `inst` of `lvs_sync_daemon eth0 inst VI_1`. Such arguments come in any order. */
  readonly introducedBy?: string;
  readonly min?: number;
  readonly max?: number;
  /** C number bases: 0x… is hexadecimal, a leading 0 octal. Elsewhere numbers are decimal only. */
  readonly anyBase?: true;
  /** An "integer-range" must name both ends. */
  readonly bothEnds?: true;
  /** "hex" must have exactly so many digits. */
  readonly digits?: number;
  /** "hex" may hold `x` for any digit. */
  readonly wildcards?: true;
  /** Decimals the daemon keeps. */
  readonly decimals?: number;
  /** First version that takes a fraction; before it, a value with a point is refused. */
  readonly decimalsSince?: Version;
  /** 0 is reported and replaced by this. */
  readonly zeroBecomes?: number;
  readonly unit?: "seconds" | "milliseconds" | "microseconds" | "bytes" | "hops";
  readonly maxLength?: number;
  /** The words of an enum. For other types: words that are accepted in place of a value (`default`, `forever`, `+`). */
  readonly values?: readonly string[];
  /** Case does not matter for `values`. */
  readonly ignoreCase?: true;
  /** What the daemon takes when an optional argument is not written. */
  readonly valueIfOmitted?: string;
  readonly refersTo?: SymbolKind;
  readonly defines?: SymbolKind;
  /** What a text of a shape of its own looks like: `test` tells whether a word has it, `what` ends the sentence "is not …". */
  readonly form?: { readonly test: (word: string) => boolean; readonly what: string };
  /** Only the host can tell whether the value is right. */
  readonly dependsOnHost?: true;
  /** Family the address must have. */
  readonly family?: 4 | 6;
  /** A plain address with `/len` or `-end` behind it is refused; without this the daemon cuts that off silently. */
  readonly exact?: true;
}

export type KeywordKind =
  /** A block of keywords. */
  | "block"
  /** A block of keywords whose header carries a name or address. */
  | "named-block"
  /** A block of free lines (addresses, names, routes). */
  | "list-block"
  | "statement"
  /** A word inside a line of a list block (`dev`, `label`, `weight`). */
  | "entry-option";

/** What the daemon does when a keyword comes twice in one block. */
export type OnRepeat =
  | "last"
  | "first"
  /** Keeps the first and reports the second. */
  | "first-error"
  | "last-error"
  | "append"
  /** The settings of both are used. */
  | "merge"
  /** The larger value wins. */
  | "largest"
  /** A second block of the same name is reported and skipped. */
  | "duplicate-error";

export interface Keyword {
  readonly name: string;
  readonly kind: KeywordKind;
  readonly args: readonly Argument[];
  /** Each argument is optional, but one of them must be there. */
  readonly needsArgument?: true;
  /** Of a word in a list block: it stands at the beginning of its line, in place of the entry. */
  readonly isEntry?: true;
  /** The arguments may stand in any order. */
  readonly anyOrder?: true;
  /** One line in our own words that tells something the word does not. */
  readonly help: string;
  readonly default?: string;
  readonly required?: true;
  readonly onRepeat: OnRepeat;
  /** First version that knows the keyword; absent when it is as old as 1.2.1. */
  readonly since?: Version;
  /** First version that no longer knows it. */
  readonly removed?: Version;
  /** Known under this first word, but the daemon advises against it: what to write instead, or why. */
  readonly deprecated?: { readonly by?: string; readonly note: string };
  readonly aliasOf?: string;
  /** The configure option without which the daemon does not know the keyword, such as "_WITH_BFD_". */
  readonly buildOption?: string;
  /** What happens without the first argument. */
  readonly missingArgument?: "exit" | "reported" | "crash" | "ignored";
  /** keepalived file:line at v2.4.3. */
  readonly source: string;
  /** How far the row is known: "full" the handler was read, "partial" the arguments are a guess and are not checked. */
  readonly understood: "full" | "partial";
}

export interface Context {
  readonly id: ContextId;
  readonly keywords: readonly Keyword[];
  /**
   * For list blocks: the shape of a line. The first word is an entry of this form, the rest are entry options. In routes
   * the destination may stand anywhere on the line.
   */
  readonly entry?: Keyword;
  /**
   * Words with a meaning at one place only: behind the block's own word (`virtual_server fwmark 1`), or the value that one
   * kind of encapsulation wants. They are not keywords of the block's lines, so `lookup` does not find them.
   */
  readonly forms?: readonly Keyword[];
  /** A pure word list: every word of a line is an entry of its own (group, notification_email, interfaces). */
  readonly wordList?: true;
}
