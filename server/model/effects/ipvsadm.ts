/** ipvsadm: the table of virtual and real servers, and the connection synchronisation daemon. */
import { type Argument, argument, baseOf, type Interpreter, read } from "./commands.ts";
import { known } from "./known.ts";
import { portNumber, splitAddress, unsigned } from "./numbers.ts";
import type { IpvsAction, IpvsEffect, IpvsServiceName } from "./types.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

const LONG: Readonly<Record<string, string>> = {
  "--add-service": "-A",
  "--edit-service": "-E",
  "--delete-service": "-D",
  "--clear": "-C",
  "--restore": "-R",
  "--save": "-S",
  "--add-server": "-a",
  "--edit-server": "-e",
  "--delete-server": "-d",
  "--list": "-L",
  "--zero": "-Z",
  "--tcp-service": "-t",
  "--udp-service": "-u",
  "--sctp-service": "--sctp",
  "--fwmark-service": "-f",
  "--real-server": "-r",
  "--scheduler": "-s",
  "--persistent": "-p",
  "--netmask": "-M",
  "--weight": "-w",
  "--gatewaying": "-g",
  "--ipip": "-i",
  "--masquerading": "-m",
  "--u-threshold": "-x",
  "--l-threshold": "-y",
  "--ipv6": "-6",
  "--numeric": "-n",
};

const ACTIONS: Readonly<Record<string, IpvsAction>> = {
  "-A": "add-service",
  "-E": "edit-service",
  "-D": "delete-service",
  "-C": "clear",
  "-R": "restore",
  "-a": "add-server",
  "-e": "edit-server",
  "-d": "delete-server",
  "--start-daemon": "start-daemon",
  "--stop-daemon": "stop-daemon",
  "--set": "set-timeouts",
};

const FORWARDING = { "-g": "direct", "-i": "tunnel", "-m": "nat" } as const;

/** `--name=value` in two, long names as short ones, `-at` as `-a -t`. */
const normal = (list: readonly Argument[]): readonly Argument[] =>
  list.flatMap((one) => {
    if (one.text === undefined) return [one];
    const [name, value] =
      one.text.startsWith("--") && one.text.includes("=")
        ? [one.text.slice(0, one.text.indexOf("=")), one.text.slice(one.text.indexOf("=") + 1)]
        : [one.text];
    const short = Object.hasOwn(LONG, name) ? LONG[name]! : name;
    if (/^-[A-Za-z]{2,}$/u.test(short)) return Array.from(short.slice(1)).map((letter) => ({ ...one, text: `-${letter}` }));
    return value === undefined
      ? [{ ...one, text: short }]
      : [
          { ...one, text: short },
          { ...one, text: value },
        ];
  });

const serviceOf = (letter: string, value: Argument): IpvsServiceName => {
  if (letter === "-f") return { kind: "fwmark", mark: read(value, unsigned), site: value.site };
  const protocol = letter === "-u" ? "udp" : letter === "--sctp" ? "sctp" : "tcp";
  const port = read(value, (text) => {
    const written = splitAddress(text).port;
    return written === undefined ? 0 : portNumber(written);
  });
  return { kind: "address", protocol, address: read(value, (text) => splitAddress(text).address), port, site: value.site };
};

const serverOf = (value: Argument): NonNullable<IpvsEffect["server"]> => {
  const address = read(value, (text) => splitAddress(text).address);
  if (value.text === undefined) return { address, port: { kind: "unknown", site: value.site }, site: value.site };
  return splitAddress(value.text).port === undefined
    ? { address, site: value.site }
    : { address, port: read(value, (text) => portNumber(splitAddress(text).port)), site: value.site };
};

export const ipvsadm: Interpreter = (call) => {
  const words = normal(call.arguments);
  let action: IpvsAction | undefined;
  const found: Partial<Draft<IpvsEffect>> = {};
  for (let i = 0; i < words.length; i++) {
    const { text, site } = words[i]!;
    if (text === undefined) continue;
    const next = words[i + 1];
    if (Object.hasOwn(ACTIONS, text)) {
      action ??= ACTIONS[text]!;
      if (text === "--start-daemon" || text === "--stop-daemon") {
        if (next !== undefined) found.role = argument(next);
        i++;
      } else if (text === "--set") {
        found.timeouts = words.slice(i + 1, i + 4).map((one) => read(one, unsigned));
        i += 3;
      }
      continue;
    }
    switch (text) {
      case "-t":
      case "-u":
      case "-f":
      case "--sctp":
        if (next !== undefined) found.service = serviceOf(text, next);
        i++;
        break;
      case "-r":
        if (next !== undefined) found.server = serverOf(next);
        i++;
        break;
      case "-s":
        if (next !== undefined) found.scheduler = argument(next);
        i++;
        break;
      case "-w":
        if (next !== undefined) found.weight = read(next, unsigned);
        i++;
        break;
      case "-p":
        if (next === undefined || next.text?.startsWith("-") === true) found.persistence = known(300, site);
        else {
          found.persistence = read(next, unsigned);
          i++;
        }
        break;
      case "-g":
      case "-i":
      case "-m":
        found.forwarding = known(FORWARDING[text], site);
        break;
      case "-M":
      case "-x":
      case "-y":
      case "--pe":
      case "-o":
        i++;
        break;
    }
  }
  return action === undefined ? undefined : [{ ...found, ...baseOf(call), kind: "ipvs", action }];
};
