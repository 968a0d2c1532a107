/** Checks that look at a database from outside: its process, its port. */
import { valueOf } from "../effects/known.ts";
import type { Effect } from "../effects/types.ts";
import { databaseBehind } from "./databases.ts";
import type { Checker, Configuration, RealServer, VirtualServer } from "./model.ts";

const processes = /^(?:mysqld(?:_safe)?|mariadbd?|postgres|postmaster|redis-server|mongod|ora_pmon.*)$/u;
const units = /^(?:mysqld?|mariadb|postgresql.*|redis.*|mongod)$/u;
const ports = new Set([1433, 1521, 3306, 3307, 5432, 6379, 27_017]);
/** Programs that neither ask a database nor call something that may. */
const harmless =
  /^(?:\[|test|echo|printf|date|true|false|:|grep|egrep|fgrep|awk|wc|cut|sed|head|tail|tr|cat|ps|netstat|ss|lsof|seq|expr|local|export|set|systemctl|service|hostname|ip|read|sh|bash)$/u;

interface Seen {
  /** "the process mysqld", "port 3306". */
  readonly what: string;
  readonly effect: Effect;
}

/** What a check looks at when it is no more than a process or a port; undefined when it may do more. */
export const outsideOnly = (effects: readonly Effect[]): Seen | undefined => {
  let found: Seen | undefined;
  for (const effect of effects) {
    if (asksMore(effect)) return undefined;
    const what = seenBy(effect);
    if (what !== undefined) found ??= { what, effect };
  }
  return found;
};

const asksMore = (effect: Effect): boolean => {
  if (effect.kind === "source") return true;
  // pg_isready asks the server whether it takes connections.
  if (effect.kind === "probe") return !effect.onlyConnects || effect.client === "pg_isready" || effect.port?.kind === "unknown";
  return effect.kind === "run" && !harmless.test(valueOf(effect.name)?.replace(/^.*\//u, "") ?? "");
};

const seenBy = (effect: Effect): string | undefined => {
  switch (effect.kind) {
    case "kill":
    case "lookup": {
      if (effect.kind === "kill" && valueOf(effect.signal) !== "0") return undefined;
      const name = valueOf(effect.process)?.replace(/\.service$/u, "") ?? "";
      const unit = effect.kind === "lookup" && effect.how === "status";
      return (unit ? units : processes).test(name) ? `the ${unit ? "unit" : "process"} ${name}` : undefined;
    }
    case "probe": {
      const port = valueOf(effect.port);
      return port !== undefined && ports.has(port) ? `port ${port}` : undefined;
    }
    default:
      return undefined;
  }
};

/** TCP_CHECKs on MySQL's own port, which its server takes for handshakes that fail. */
export const bareMysqlChecks = (
  configuration: Configuration,
  service: VirtualServer,
): readonly { readonly server: RealServer; readonly checker: Checker }[] =>
  service.realServers.flatMap((server) =>
    databaseBehind(configuration, service, server) !== "MySQL"
      ? []
      : server.checkers.flatMap((checker) =>
          checker.type.value === "TCP_CHECK" && (checker.connectPort === undefined || checker.connectPort.value === server.port?.value)
            ? [{ server, checker }]
            : [],
        ),
  );

/** Whether a process is a database's. */
export const isDatabaseProcess = (name: string): boolean => processes.test(name);
