/** What a command of a script does, in a sentence for an editor. Nothing for effects that the command's own name tells. */
import type { Effect, PacketMatch } from "../model/effects/types.ts";
import { valueOf } from "../model/effects/known.ts";
import type { Known } from "../model/effects/path.ts";

export const effectWords = (effect: Effect): string | undefined => {
  switch (effect.kind) {
    case "mark":
      return `${verbs[effect.action]} a rule in ${code(effect.chain)} of ${code(effect.table)} that sets mark ${hex(effect.mark)}${packets(effect.match)}.`;
    case "connection-mark":
      return `${verbs[effect.action]} a rule in ${code(effect.chain)} of ${code(effect.table)} that ${
        effect.does === "set"
          ? `sets the connection's mark ${hex(effect.mark)}`
          : effect.does === "save"
            ? "keeps the packet's mark for its connection"
            : "gives the packet the mark of its connection"
      }${packets(effect.match)}.`;
    case "firewall":
      return effect.action === "append" || effect.action === "insert" || effect.action === "delete"
        ? `${verbs[effect.action]} a rule in ${chainOf(effect.chain)}${to(" with the verdict ", effect.target)}${packets(effect.match)}.`
        : effect.action === "policy"
          ? `Sets the policy of ${chainOf(effect.chain)}${to(" to ", effect.target)}.`
          : effect.action === "flush"
            ? `Removes every rule of ${chainOf(effect.chain)}.`
            : undefined;
    case "address":
      return effect.action === "bind"
        ? `Puts ${code(effect.address)}${prefixOf(effect.prefix)} on ${code(effect.label ?? effect.device)}.`
        : `Takes ${effect.address === undefined ? "the addresses" : code(effect.address)} off ${code(effect.label ?? effect.device)}.`;
    case "link":
      return effect.action === "up" || effect.action === "down" ? `Sets ${code(effect.device)} ${effect.action}.` : undefined;
    case "route":
      return effect.action === "flush"
        ? undefined
        : `${effect.action === "add" ? "Adds" : "Removes"} a route to ${code(effect.destination)}${to(" via ", effect.gateway)}${to(" on ", effect.device)}.`;
    case "announce":
      return `Announces ${code(effect.address)} to the neighbours${to(" on ", effect.device)}.`;
    case "sysctl":
      return `Sets the kernel's ${code(effect.name)} to ${code(effect.value)}.`;
    case "ipvs":
      return ipvsWords(effect);
    case "load":
      return effect.replaces
        ? `Replaces what ${effect.what} had by ${code(effect.file)}.`
        : `Adds to ${effect.what} what ${code(effect.file)} says.`;
    case "service":
      return `${effect.action[0]!.toUpperCase()}${effect.action.slice(1)}s the service ${code(effect.unit)}.`;
    case "kill":
      return valueOf(effect.signal) === "0"
        ? `Asks whether ${code(effect.process)} runs.`
        : `Sends ${code(effect.signal)} to ${code(effect.process)}.`;
    case "lookup":
      return `Asks whether ${code(effect.process)} runs${effect.wholeLine && effect.excludesItself !== true ? "; the search sees this script's own command line too" : ""}.`;
    case "probe":
      return probeWords(effect);
    case "wait":
      return effect.seconds === undefined ? "Waits, as long as it takes." : `Waits ${seconds(effect.seconds)}.`;
    case "exit":
      return `Ends ${effect.how === "return" ? "the function" : "the script"} with ${effect.status.kind === "known" ? `\`${effect.status.value}\`` : "a status that cannot be known"}.`;
    case "file":
      return fileWords[effect.action]?.replace("FILE", code(effect.file));
    case "routing-rule":
    case "arp-filter":
    case "mail":
    case "log":
    case "trap":
    case "option":
    case "run":
    case "source":
      return undefined;
  }
};

const verbs = { append: "Appends", insert: "Inserts", delete: "Deletes" } as const;

const fileWords: Readonly<Record<string, string>> = { write: "Writes FILE.", append: "Appends to FILE.", remove: "Removes FILE." };

const code = (field: Known<string> | undefined): string => {
  const value = valueOf(field);
  return value === undefined ? "what cannot be known" : `\`${value}\``;
};

const to = (before: string, field: Known<string> | undefined): string => (field === undefined ? "" : `${before}${code(field)}`);

const hex = (field: Known<number>): string => (field.kind === "known" ? `\`0x${field.value.toString(16)}\`` : "that cannot be known");

const prefixOf = (field: Known<number> | undefined): string => (valueOf(field) === undefined ? "" : `/${valueOf(field)}`);

const seconds = (field: Known<number>): string => (field.kind === "known" ? `${field.value} s` : "for a time that cannot be known");

const chainOf = (field: Known<string> | undefined): string => (field === undefined ? "all chains" : code(field));

const packets = ({ destination, source, protocol, destinationPorts }: PacketMatch): string => {
  const part = (word: string, values: readonly string[] | undefined): string =>
    values === undefined || values.length === 0 ? "" : ` ${word} ${values.map((value) => `\`${value}\``).join(", ")}`;
  const ports = valueOf(destinationPorts?.value)?.map(({ from, to: last }) => (from === last ? `${from}` : `${from}–${last}`));
  const told = `${part("of", one(valueOf(protocol?.value)))}${part("from", valueOf(source?.value))}${part("to", valueOf(destination?.value))}${part("port", ports)}`;
  return told === "" ? "" : ` on packets${told}`;
};

const one = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value]);

const ipvsWords = ({ action, service, server, scheduler, forwarding }: Extract<Effect, { kind: "ipvs" }>): string | undefined => {
  const name =
    service === undefined
      ? undefined
      : service.kind === "fwmark"
        ? `the service of mark ${hex(service.mark)}`
        : `the service ${code(service.address)} port ${valueOf(service.port) ?? "unknown"}`;
  switch (action) {
    case "clear":
      return "Empties the IPVS table, keepalived's services included.";
    case "add-service":
    case "edit-service":
      return `${action === "add-service" ? "Adds" : "Changes"} ${name}${to(", scheduler ", scheduler)}.`;
    case "delete-service":
      return `Deletes ${name}.`;
    case "add-server":
    case "edit-server":
    case "delete-server":
      return `${{ "add-server": "Adds", "edit-server": "Changes", "delete-server": "Deletes" }[action]} the server ${code(server?.address)} of ${name}${to(", forwarding ", forwarding)}.`;
    default:
      return undefined;
  }
};

const probeWords = ({ client, host, port, connectLimit, totalLimit, timeLimit }: Extract<Effect, { kind: "probe" }>): string => {
  const where = host === undefined ? "" : ` ${code(host)}`;
  const limit = valueOf(totalLimit) ?? valueOf(timeLimit);
  const until =
    limit === undefined
      ? valueOf(connectLimit) === undefined
        ? "; nothing limits how long it takes"
        : `; gives up connecting after ${valueOf(connectLimit)} s`
      : `; gives up after ${limit} s`;
  return `Asks${where}${valueOf(port) === undefined ? "" : ` port ${valueOf(port)}`} with ${client}${until}.`;
};
