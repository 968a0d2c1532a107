/**
 * Machines for the daemon to run on: a network namespace each, wired to one bridge per segment with veth pairs. They
 * have the host's files but interfaces of their own, and leave nothing behind.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { whereIs } from "./needs.ts";

export interface Machine {
  readonly name: string;
  readonly namespace: string;
  readonly folder: string;
  /** Interface of the machine → its other end, on the bridge. */
  readonly ports: ReadonlyMap<string, string>;
  daemon: ChildProcess | undefined;
}

export interface Network {
  readonly folder: string;
  /** The namespace of the bridges. */
  readonly hub: string;
  readonly machines: ReadonlyMap<string, Machine>;
}

const prefix = "kalint-";
const mark = `${prefix}${process.pid}-`;
let opened = 0;

/** Runs `ip`; fails with what it said. */
const ip = (...args: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(whereIs("ip")!, args, { encoding: "utf8", timeout: 20_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr.trim()}`);
  return stdout;
};

/** Why no namespace can be made here; undefined where it works. */
export const namespaceProblem = (): string | undefined => {
  if (process.getuid?.() !== 0) return "root";
  const name = `${mark}probe`;
  try {
    ip("netns", "add", name);
    ip("-n", name, "link", "add", "probe0", "type", "veth", "peer", "name", "probe1");
    return undefined;
  } catch (error) {
    return `network namespaces with veth (${error instanceof Error ? error.message : String(error)})`;
  } finally {
    spawnSync(whereIs("ip") ?? "ip", ["netns", "del", name]);
  }
};

const namespaces = (): readonly string[] =>
  ip("netns", "list")
    .split("\n")
    .flatMap((line) => line.split(" ")[0] ?? [])
    .filter((name) => name.startsWith(prefix));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Ends what runs in a namespace, and the namespace. */
const remove = (namespace: string): void => {
  for (const pid of processesIn(namespace)) signal(pid, "SIGKILL");
  spawnSync(whereIs("ip")!, ["netns", "del", namespace]);
};

/** Of runs that were killed themselves. */
const removeLeftovers = (): void => {
  for (const name of namespaces()) if (!isAlive(Number(name.slice(prefix.length).split("-")[0]))) remove(name);
};

/** The daemon's processes; one that ended meanwhile is none. */
const processesIn = (namespace: string): readonly number[] =>
  spawnSync(whereIs("ip")!, ["netns", "pids", namespace], { encoding: "utf8" }).stdout.split("\n").filter(Boolean).map(Number);

const signal = (pid: number, name: "SIGTERM" | "SIGKILL" | "SIGSTOP"): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
};

/** Wires the machines up. `configurations`: the text of each machine's keepalived.conf; `interfaces`: what all of them have, with the network's first three numbers. */
export const openNetwork = (
  folder: string,
  configurations: Readonly<Record<string, string>>,
  interfaces: Readonly<Record<string, string>>,
): Network => {
  if (opened === 0) removeLeftovers();
  const number = opened++;
  const hub = `${mark}${number}-hub`;
  ip("netns", "add", hub);
  for (const segment of Object.keys(interfaces)) {
    ip("-n", hub, "link", "add", `br-${segment}`, "type", "bridge", "forward_delay", "0", "mcast_snooping", "0");
    ip("-n", hub, "link", "set", `br-${segment}`, "up");
  }
  const machines = Object.entries(configurations).map(([name, text], index): readonly [string, Machine] => {
    const namespace = `${mark}${number}-${index}`;
    const own = path.join(folder, name);
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, "keepalived.conf"), text.replaceAll("FOLDER", own));
    ip("netns", "add", namespace);
    ip("-n", namespace, "link", "set", "lo", "up");
    const ports = new Map(
      Object.entries(interfaces).map(([device, net]): readonly [string, string] => {
        const port = `p${index}-${device}`;
        ip("-n", hub, "link", "add", port, "type", "veth", "peer", "name", device, "netns", namespace);
        ip("-n", hub, "link", "set", port, "master", `br-${device}`, "up");
        ip("-n", namespace, "address", "add", `${net}.${index + 1}/24`, "dev", device);
        ip("-n", namespace, "link", "set", device, "up");
        return [device, port];
      }),
    );
    return [name, { name, namespace, folder: own, ports, daemon: undefined }];
  });
  return { folder, hub, machines: new Map(machines) };
};

/** Everything the tests of this process made. */
export const closeNetworks = (): void => {
  for (const name of namespaces()) if (name.startsWith(mark)) remove(name);
};

process.on("exit", () => {
  if (opened > 0) closeNetworks();
});

/** Starts the daemon in the foreground; what it says goes to keepalived.log. */
export const startDaemon = (machine: Machine): void => {
  const file = (name: string): string => path.join(machine.folder, name);
  const log = openSync(file("keepalived.log"), "a");
  const flags = ["--vrrp", "--dont-fork", "--log-console", "--log-detail"];
  const places = ["--use-file", file("keepalived.conf"), "--pid", file("pid"), "--vrrp_pid", file("vrrp.pid")];
  machine.daemon = spawn(whereIs("ip")!, ["netns", "exec", machine.namespace, whereIs("keepalived")!, ...flags, ...places], {
    stdio: ["ignore", log, log],
  });
  closeSync(log);
};

/** An orderly end, waited for. */
export const stopDaemon = async (machine: Machine): Promise<void> => {
  const { daemon } = machine;
  machine.daemon = undefined;
  if (daemon === undefined || daemon.exitCode !== null) return;
  const ended = new Promise((done) => daemon.once("exit", done));
  daemon.kill("SIGTERM");
  await Promise.race([ended, new Promise((done) => setTimeout(done, 10_000))]);
  for (const pid of processesIn(machine.namespace)) signal(pid, "SIGKILL");
};

/** Power cut: nobody gets to tidy up, the cables are dead, the addresses are gone. */
export const crashMachine = (network: Network, machine: Machine): void => {
  for (const port of machine.ports.values()) ip("-n", network.hub, "link", "set", port, "down");
  const pids = processesIn(machine.namespace);
  for (const pid of pids) signal(pid, "SIGSTOP");
  for (const pid of pids) signal(pid, "SIGKILL");
  machine.daemon = undefined;
  for (const device of machine.ports.keys())
    ip("-n", machine.namespace, "address", "flush", "dev", device, "to", "0.0.0.0/0", "label", device);
};

/** Cables in, own addresses back, and the daemon started. */
export const bootMachine = (network: Network, machine: Machine, addresses: Readonly<Record<string, string>>): void => {
  for (const [device, port] of machine.ports) {
    ip("-n", machine.namespace, "address", "replace", addresses[device]!, "dev", device);
    ip("-n", network.hub, "link", "set", port, "up");
  }
  startDaemon(machine);
};

/** Pulls the cable of an interface, or plugs it in. */
export const setCable = (network: Network, machine: Machine, device: string, plugged: boolean): void => {
  ip("-n", network.hub, "link", "set", machine.ports.get(device)!, plugged ? "up" : "down");
};

/** Addresses on the machine's interfaces, without prefix. */
export const addressesOf = ({ namespace }: Machine): ReadonlySet<string> => {
  const links = JSON.parse(ip("-n", namespace, "-json", "address", "show")) as readonly {
    readonly addr_info?: readonly { readonly local?: string }[];
  }[];
  return new Set(links.flatMap(({ addr_info = [] }) => addr_info.flatMap(({ local }) => local ?? [])));
};

/** The state every instance last told of in the log. */
export const statesOf = (machine: Machine): Readonly<Record<string, string>> => {
  const states: Record<string, string> = {};
  for (const [, name, state] of logOf(machine).matchAll(/\(([^()\s]+)\) Entering (MASTER|BACKUP|FAULT) STATE/gu)) states[name!] = state!;
  return states;
};

export const logOf = ({ folder }: Machine): string => readFileSync(path.join(folder, "keepalived.log"), "utf8");

/** What `keepalived --version` calls itself: "2.2.7". */
export const daemonVersion = (): string => {
  const { stdout, stderr } = spawnSync(whereIs("keepalived")!, ["--version"], { encoding: "utf8" });
  return /v(\d+\.\d+\.\d+)/u.exec(stdout + stderr)![1]!;
};
