/** Where the services of a configuration are reached, and which of them are databases. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Configuration, RealServer, ServiceAddress, VirtualServer } from "./model.ts";

export interface Endpoint {
  /** Canonical. */
  readonly address: string;
  /** Undefined for any port, or one that cannot be known. */
  readonly port: number | undefined;
}

/** The addresses and ports of a virtual server, those of its group included. Services by fwmark have none. */
export const endpointsOf = (configuration: Configuration, { service }: VirtualServer): readonly Endpoint[] => {
  if (service.kind === "address") return endpoint(service);
  return configuration.groupOf(service)?.entries.flatMap(endpoint) ?? [];
};

const endpoint = (service: ServiceAddress): readonly Endpoint[] =>
  service.kind === "address" && service.address.value !== undefined
    ? [{ address: canonicalAddress(service.address.value), port: service.port?.value }]
    : [];

const databasePorts: ReadonlyMap<number, string> = new Map([
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [3306, "MySQL"],
  [3307, "MySQL"],
  [3308, "MySQL"],
  [33060, "MySQL"],
  [5432, "PostgreSQL"],
  [6379, "Redis"],
  [27017, "MongoDB"],
]);

const databaseNames: readonly (readonly [RegExp, string])[] = [
  [/mysql|maria|galera|percona|pxc|mycat/iu, "MySQL"],
  [/postgres|pgsql|(?:^|[^a-z])pg[_-]|patroni/iu, "PostgreSQL"],
  [/redis/iu, "Redis"],
  [/mongo/iu, "MongoDB"],
  [/oracle|(?:^|[^a-z])ora[_-]/iu, "Oracle"],
];

const databaseNamed = (text: string): string | undefined => databaseNames.find(([pattern]) => pattern.test(text))?.[1];

/** Whether a name, a command or a script speaks of a database or of its port. */
export const mentionsDatabase = (text: string): boolean =>
  databaseNamed(text) !== undefined ||
  /(?:^|[^a-z])(?:db|database|sql)(?:[^a-z]|$)/iu.test(text) ||
  [...databasePorts.keys()].some((port) => hasNumber(text, port));

const hasNumber = (text: string, wanted: number): boolean => [...text.matchAll(/\d+/gu)].some(([digits]) => digits === String(wanted));

/** The kind of database behind a virtual server, by its ports and by the scripts that check it; undefined for anything else. */
export const databaseBehind = (configuration: Configuration, virtualServer: VirtualServer, server: RealServer): string | undefined => {
  const ports = [...endpointsOf(configuration, virtualServer).map(({ port }) => port), server.port?.value];
  for (const port of ports) {
    const found = port === undefined ? undefined : databasePorts.get(port);
    if (found !== undefined) return found;
  }
  for (const { command } of server.checkers) {
    const found = command === undefined ? undefined : databaseNamed(command.text);
    if (found !== undefined) return found;
  }
  return undefined;
};
