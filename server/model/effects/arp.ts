/** ARP: announcing addresses, and filtering with arptables. */
import { type Argument, argument, baseOf, type Interpreter, read } from "./commands.ts";
import { hasOption, optionValue, readOptions, secondsIn } from "./options.ts";
import { unsigned } from "./numbers.ts";
import type { ArpFilterEffect, Known, Match } from "./types.ts";

/**
 * `arping -U|-A -I DEV ADDRESS` of iputils announces; `-D` asks whether the address is taken, without either it asks who has
 * it. Habets' arping has other letters (-U and -i).
 */
export const arping: Interpreter = (call) => {
  const words = readOptions(call.arguments, { valued: "cwIisSTtpW" });
  const announces = hasOption(words, "-U", "-A", "-P");
  const [target] = words.operands;
  const device = optionValue(words, "-I", "-i");
  const count = optionValue(words, "-c");
  const limit = optionValue(words, "-w", "-W");
  if (target === undefined) return undefined;
  const limits = {
    ...(count === undefined ? {} : { count: read(count, unsigned) }),
    ...(limit === undefined ? {} : { limit: read(limit, secondsIn) }),
  };
  if (!announces) {
    const { limit: totalLimit } = limits;
    return [
      {
        ...baseOf(call),
        kind: "probe",
        client: "arping",
        host: argument(target),
        onlyConnects: true,
        ...(totalLimit === undefined ? {} : { totalLimit }),
      },
    ];
  }
  // `-s VIP GATEWAY` announces the source; without it the target is what is announced.
  const source = optionValue(words, "-s", "-S");
  return [
    {
      ...baseOf(call),
      kind: "announce",
      address: argument(source ?? target),
      ...(device === undefined ? {} : { device: argument(device) }),
      ...limits,
    },
  ];
};

/** heartbeat's `send_arp [-i MS] [-r N] DEVICE ADDRESS MAC …` */
export const sendArp: Interpreter = (call) => {
  const { operands } = readOptions(call.arguments, { valued: "irpT" });
  const [device, address] = operands;
  return device === undefined || address === undefined
    ? undefined
    : [{ ...baseOf(call), kind: "announce", address: argument(address), device: argument(device) }];
};

/** `ndsend ADDRESS DEVICE` */
export const ndsend: Interpreter = (call) => {
  const [address, device] = call.arguments;
  return address === undefined || device === undefined
    ? undefined
    : [{ ...baseOf(call), kind: "announce", address: argument(address), device: argument(device) }];
};

const ACTIONS: Readonly<Record<string, ArpFilterEffect["action"]>> = {
  "-A": "append",
  "--append": "append",
  "-I": "insert",
  "--insert": "insert",
  "-D": "delete",
  "--delete": "delete",
  "-P": "policy",
  "--policy": "policy",
  "-F": "flush",
  "--flush": "flush",
  "-N": "new-chain",
  "-X": "delete-chain",
};

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export const arptables: Interpreter = (call) => {
  const draft: Draft<Omit<ArpFilterEffect, "action">> = { ...baseOf(call), kind: "arp-filter" };
  let action: ArpFilterEffect["action"] | undefined;
  let negated = false;
  const words = call.arguments;
  for (let i = 0; i < words.length; i++) {
    const { text } = words[i]!;
    const next: Argument | undefined = words[i + 1];
    if (text === "!") {
      negated = true;
      continue;
    }
    const value = (): Known<string> | undefined => {
      if (words[i + 1]?.text === "!") {
        negated = true;
        i++;
      }
      const found = words[++i];
      return found === undefined ? undefined : argument(found);
    };
    const match = (): Match<string> | undefined => {
      const found = value();
      return found === undefined ? undefined : { value: found, negated };
    };
    const set = <K extends keyof typeof draft>(key: K, found: (typeof draft)[K] | undefined): void => {
      if (found !== undefined) draft[key] = found;
    };
    if (text !== undefined && Object.hasOwn(ACTIONS, text)) {
      action = ACTIONS[text]!;
      if (next !== undefined && next.text?.startsWith("-") !== true) set("chain", value());
      if (action === "policy") set("target", value());
    } else if (text === "-j" || text === "--jump") set("target", value());
    else if (text === "-s" || text === "--source-ip" || text === "--src-ip") set("source", match());
    else if (text === "-d" || text === "--destination-ip" || text === "--dst-ip") set("destination", match());
    else if (text === "-i" || text === "-o" || text === "--in-interface" || text === "--out-interface") set("device", value());
    else if (text === "--mangle-ip-s") set("mangledSource", value());
    negated = false;
  }
  return action === undefined ? undefined : [{ ...draft, action }];
};
