/** What changes a host: services, processes, addresses, routes, the packet filter, the IPVS table. */
import { valueOf } from "./known.ts";
import type { Effect, RunEffect } from "./types.ts";

/** Programs that are started by their name, with the arguments that only ask. */
const DAEMONS: Readonly<Record<string, RegExp>> = {
  nginx: /^-[tTvV]$/u,
  httpd: /^-(?:t|v|V|S|M|l|L)$/u,
  haproxy: /^-(?:c|v|vv)$/u,
  mysqld: /^--(?:version|help)$/u,
  mysqld_safe: /^--(?:version|help)$/u,
  "redis-server": /^(?:-v|--version|--help)$/u,
  "redis-sentinel": /^(?:-v|--version|--help)$/u,
  "php-fpm": /^-[tvm]$/u,
  pimd: /^-[a-z]*[rhv]$/u,
};

/** Programs whose first words say what they do. */
const MANAGERS: Readonly<Record<string, RegExp>> = {
  apachectl: /^(?:start|stop|restart|graceful|graceful-stop)$/u,
  apache2ctl: /^(?:start|stop|restart|graceful|graceful-stop)$/u,
  docker: /^(?:start|stop|restart|run|kill|rm)$/u,
  podman: /^(?:start|stop|restart|run|kill|rm)$/u,
  "docker-compose": /^(?:up|down|start|stop|restart|kill)$/u,
  supervisorctl: /^(?:start|stop|restart|reload)$/u,
  pg_ctl: /^(?:start|stop|restart|promote|reload)$/u,
  pm2: /^(?:start|stop|restart|reload)$/u,
  initctl: /^(?:start|stop|restart)$/u,
  reboot: /^/u,
  poweroff: /^/u,
  halt: /^/u,
};

/** What an effect changes on the host, as a clause ("restarts nginx"); undefined for what only asks, prints or writes files. */
export const changeIn = (effect: Effect): string | undefined => {
  switch (effect.kind) {
    case "service":
      return effect.action === "enable" || effect.action === "disable"
        ? undefined
        : `${verbs[effect.action]} ${valueOf(effect.unit) ?? "a service"}`;
    case "kill":
      return isQuestion(effect.signal) ? undefined : `kills ${valueOf(effect.process) ?? "a process"}`;
    case "address":
      return `${effect.action === "bind" ? "adds" : "removes"} ${valueOf(effect.address) ?? "an address"}`;
    case "route":
      return `${effect.action === "add" ? "adds" : "removes"} a route`;
    case "routing-rule":
      return `${effect.action === "add" ? "adds" : "removes"} a routing rule`;
    case "link":
      return `sets ${valueOf(effect.device) ?? "a device"} ${effect.action}`;
    case "ipvs":
      return "changes the IPVS table";
    case "firewall":
    case "mark":
    case "connection-mark":
    case "arp-filter":
      return "changes the packet filter";
    case "load":
      return effect.what === "sysctl" ? "sets kernel settings" : "loads rules";
    case "probe":
      return effect.client === "mysqladmin" && valueOf(effect.question) === "shutdown" ? "shuts the database down" : undefined;
    case "sysctl":
      return `sets ${valueOf(effect.name) ?? "a kernel setting"}`;
    case "run":
      return started(effect);
    default:
      return undefined;
  }
};

const verbs = { start: "starts", stop: "stops", restart: "restarts", reload: "reloads" } as const;

/** Signal 0 only asks whether a process lives; an unknown one may be it. */
const isQuestion = (signal: Parameters<typeof valueOf<string>>[0]): boolean => {
  const value = valueOf(signal);
  return value === undefined || value === "0";
};

const started = ({ name, arguments: args }: RunEffect): string | undefined => {
  const written = valueOf(name) ?? "";
  const program = written.replace(/^.*\//u, "");
  const words = args.map(valueOf);
  // An init script without a verb only says how it is used.
  if (/\/init\.d\//u.test(written)) return undefined;
  if (Object.hasOwn(DAEMONS, program)) {
    if (words.some((word) => word === undefined || DAEMONS[program]!.test(word))) return undefined;
    const signal = words[words.indexOf("-s") + 1];
    return words.includes("-s") && signal !== undefined ? `sends ${program} ${signal}` : `starts ${program}`;
  }
  if (!Object.hasOwn(MANAGERS, program)) return undefined;
  const verb = words.find((word) => word !== undefined && !word.startsWith("-") && word !== "compose");
  if (words.length === 0) return MANAGERS[program]!.source === "^" ? `runs ${program}` : undefined;
  return verb !== undefined && MANAGERS[program]!.test(verb) ? `runs ${program} ${verb}` : undefined;
};

/** How an effect ends or interrupts keepalived: "stops", "restarts", "kills"; undefined when it does not. */
export const endsKeepalived = (effect: Effect): "stops" | "restarts" | "kills" | undefined => {
  if (effect.kind === "service" && valueOf(effect.unit) === "keepalived")
    return effect.action === "stop" ? "stops" : effect.action === "restart" ? "restarts" : undefined;
  if (effect.kind !== "kill" || valueOf(effect.process) !== "keepalived") return undefined;
  return /^(?:TERM|KILL|INT|QUIT|ABRT)$/u.test(valueOf(effect.signal) ?? "") ? "kills" : undefined;
};
