/** ifcfg-* files of Red Hat's network scripts: shell assignments, of which only constant ones count. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Site, Sited } from "../../../grammar/text.ts";
import { onlyText } from "./values.ts";
import { assignedValue } from "./expand.ts";
import { prefixOfNetmask } from "./numbers.ts";

export interface InterfaceConfig {
  /** DEVICE as written: "eth0", "lo:0". */
  readonly device?: Sited<string>;
  /** IPADDR, IPADDR0, IPADDR1, … with the PREFIX or NETMASK of the same number, the addresses of a range, and those of IPv6. */
  readonly addresses: readonly { readonly address: Sited<string>; readonly prefix?: Sited<number> }[];
  readonly gateway?: Sited<string>;
  /** ONBOOT is yes, or not written. */
  readonly onBoot: boolean;
  readonly site: Site;
}

/** What an ifcfg file says; values that need a running shell are left out. */
export const readIfcfg = (text: string, file: string): InterfaceConfig => {
  const values = new Map<string, Sited<string>>();
  const source = { variable: () => undefined, assign: () => undefined, substitute: () => ({ kind: "unknown" }) as const };
  for (const { command } of parseShell(text).body) {
    if (command.kind !== "simple" || command.words.length > 0) continue;
    for (const { name, value } of command.assignments) {
      const known = value.kind === "word" ? onlyText(assignedValue(value, source)) : undefined;
      if (known !== undefined) values.set(name.text, { value: known.trim(), site: { file, span: value.span } });
    }
  }
  const addresses: { address: Sited<string>; prefix?: Sited<number> }[] = [];
  for (const suffix of ["", ...Array.from({ length: 100 }, (_, i) => String(i))]) {
    const address = values.get(`IPADDR${suffix}`);
    if (address === undefined || address.value === "") continue;
    const written = values.get(`PREFIX${suffix}`) ?? values.get(`NETMASK${suffix}`);
    const length = prefixOfNetmask(written?.value);
    addresses.push(
      written === undefined || length === undefined ? { address } : { address, prefix: { value: length, site: written.site } },
    );
  }
  addresses.push(...rangeIn(values), ...sixthIn(values));
  const device = values.get("DEVICE");
  const gateway = values.get("GATEWAY");
  return {
    ...(device === undefined ? {} : { device }),
    addresses,
    ...(gateway === undefined || gateway.value === "" ? {} : { gateway }),
    onBoot: values.get("ONBOOT")?.value.toLowerCase() !== "no",
    site: { file, span: { start: 0, end: text.length } },
  };
};

type Addresses = readonly { readonly address: Sited<string>; readonly prefix?: Sited<number> }[];

const MAX_RANGE = 256;

/** IPADDR_START and IPADDR_END of `ifcfg-lo-range0`: every address from the one to the other. */
const rangeIn = (values: ReadonlyMap<string, Sited<string>>): Addresses => {
  const [start, end] = ["IPADDR_START", "IPADDR_END"].map((name) => values.get(name));
  const [first, last] = [start, end].map((one) => /^(?<net>(?:[0-9]{1,3}\.){3})(?<host>[0-9]{1,3})$/u.exec(one?.value ?? "")?.groups);
  if (start === undefined || first === undefined || last === undefined || first["net"] !== last["net"]) return [];
  const count = Number(last["host"]) - Number(first["host"]) + 1;
  const written = values.get("PREFIX") ?? values.get("NETMASK");
  const length = prefixOfNetmask(written?.value);
  const prefix = written === undefined || length === undefined ? {} : { prefix: { value: length, site: written.site } };
  return Array.from({ length: Math.min(Math.max(count, 0), MAX_RANGE) }, (_, i) => ({
    address: { value: `${first["net"]}${Number(first["host"]) + i}`, site: start.site },
    ...prefix,
  }));
};

/** IPV6ADDR and IPV6ADDR_SECONDARIES. */
const sixthIn = (values: ReadonlyMap<string, Sited<string>>): Addresses =>
  ["IPV6ADDR", "IPV6ADDR_SECONDARIES"].flatMap((name) => {
    const found = values.get(name);
    if (found === undefined || values.get("IPV6INIT")?.value.toLowerCase() === "no") return [];
    const { site } = found;
    return found.value
      .split(/[ \t\n]+/u)
      .filter((one) => one.includes(":"))
      .map((one) => {
        const [address, length] = one.split("/");
        const prefix = prefixOfNetmask(length);
        return { address: { value: address!, site }, ...(prefix === undefined ? {} : { prefix: { value: prefix, site } }) };
      });
  });
