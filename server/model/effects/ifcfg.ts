/** ifcfg-* files of Red Hat's network scripts: shell assignments, of which only constant ones count. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Site, Sited } from "../../../grammar/text.ts";
import { onlyText } from "./values.ts";
import { assignedValue } from "./expand.ts";
import { prefixOfNetmask } from "./numbers.ts";

export interface InterfaceConfig {
  /** DEVICE as written: "eth0", "lo:0". */
  readonly device?: Sited<string>;
  /** IPADDR, IPADDR0, IPADDR1, … with the PREFIX or NETMASK of the same number. */
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
