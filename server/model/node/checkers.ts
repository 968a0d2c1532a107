/** Questions about checkers: what they connect to and how often, inherited settings included. */
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { ConfigItem } from "./items.ts";
import type { Checker, RealServer, VirtualServer } from "./model.ts";
import { numberSetting, one, type Setting } from "./settings.ts";

/** Blocks of a real_server that look after it. */
export const checkerNames = [
  "TCP_CHECK",
  "HTTP_GET",
  "SSL_GET",
  "SMTP_CHECK",
  "DNS_CHECK",
  "UDP_CHECK",
  "PING_CHECK",
  "MISC_CHECK",
  "FILE_CHECK",
  "BFD_CHECK",
] as const;

const unconnected: ReadonlySet<string> = new Set(["MISC_CHECK", "FILE_CHECK", "BFD_CHECK"]);

/** Whether a checker opens a connection or sends packets itself. */
export const connects = ({ type }: Checker): boolean => !unconnected.has(type.value);

const portless: ReadonlySet<string> = new Set([...unconnected, "PING_CHECK"]);

/**
 * The checkers of a server that ask the port that is written behind its address: those that connect to a port and state none of
 * their own. They take it while the file is read, before keepalived puts another one in its place (v2.4.3 check_api.c:133).
 */
export const askingServerPort = ({ checkers }: RealServer): readonly Checker[] =>
  checkers.filter(({ connectPort, type }) => connectPort === undefined && !portless.has(type.value));

/** Whether a server has an address: without one the daemon skips its whole block. One that cannot be known may have. */
export const isKept = ({ address: { value } }: RealServer): boolean => value === undefined || parseAddress(value) !== undefined;

export interface Rhythm {
  /** Seconds an attempt may take. */
  readonly timeout: number;
  /** Further attempts before the server counts as down. */
  readonly retries: number;
  /** Seconds between two attempts. */
  readonly pause: number;
  /** Seconds between two looks. */
  readonly loop: number;
}

/**
 * How often a connecting checker looks and how long it waits: its own settings, else those of the server, else those of the
 * service, else the defaults (keepalived v2.4.3 check_data.c:827, 1201, 1351). Undefined when one cannot be known.
 */
export const rhythmReader = (virtualServer: VirtualServer): ((server: RealServer, checker: Checker) => Rhythm | undefined) => {
  // A service may have thousands of servers: what it says itself is looked up once.
  const common = [["connect_timeout"], ["retry", "nb_get_retry"], ["delay_loop"], ["delay_before_retry"]].map((names) =>
    written(virtualServer.item, names),
  );
  return (server, checker) => {
    const levels = [checker.item, server.item];
    const timeout = inherited(levels, ["connect_timeout"], common[0], 5);
    const retries = inherited(levels, ["retry", "nb_get_retry"], common[1], checker.type.value === "DNS_CHECK" ? 3 : 1);
    const loop = inherited(levels, ["delay_loop"], common[2], 60);
    // keepalived v2.4.3 check_api.c:153, check_http.c:476, check_dns.c:481.
    const pauses: Readonly<Record<string, number | undefined>> = { HTTP_GET: 3, SSL_GET: 3, DNS_CHECK: loop };
    const pause = inherited(levels, ["delay_before_retry"], common[3], pauses[checker.type.value] ?? 1);
    return timeout === undefined || retries === undefined || loop === undefined || pause === undefined
      ? undefined
      : { timeout, retries, loop, pause };
  };
};

/** A valid setting of a block. */
const written = (block: ConfigItem, names: readonly string[]): Setting<number> | undefined => {
  const line = one(block, ...names);
  return line?.entry === undefined ? undefined : numberSetting(line);
};

/** The nearest valid setting; undefined when it is written and cannot be known. */
const inherited = (
  levels: readonly ConfigItem[],
  names: readonly string[],
  common: Setting<number> | undefined,
  usual: number,
): number | undefined => {
  for (const level of levels) {
    const setting = written(level, names);
    if (setting !== undefined) return setting.value;
  }
  return common === undefined ? usual : common.value;
};
