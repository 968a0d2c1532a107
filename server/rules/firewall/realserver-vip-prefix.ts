import type { Site } from "../../../grammar/text.ts";
import { fixWith } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { directServices, quietBindings, type QuietBinding } from "../../model/cluster/real-servers.ts";
import { valueOf } from "../../model/effects/known.ts";

export default defineRule({
  id: "realserver-vip-prefix",
  summary: "A real server binds the virtual address on lo with a whole network: it takes the network's addresses for its own.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "Linux net/ipv4/fib_frontend.c, fib_add_ifaddr: the network of an address on lo is local",
    "measured: with 192.0.2.100/24 on lo every address of 192.0.2.0/24 answers from the host itself",
  ],
  subject: "node",
  fix: "review",

  *check(node, { cluster }) {
    const services = directServices(cluster);
    const told = new Set<string>();
    for (const binding of quietBindings(node)) {
      const { effect, address } = binding;
      const device = valueOf(effect.device);
      if (address === undefined || device === undefined || services.addresses.get(address)?.family !== 4) continue;
      const prefix = prefixOf(binding);
      if (prefix === undefined || prefix.length === 32) continue;
      const key = `${effect.site.file} ${effect.site.span.start}`;
      if (told.has(key)) continue;
      told.add(key);
      yield {
        at: prefix.site,
        message:
          device === "lo"
            ? `${address} on lo with ${prefix.words}: this host takes the whole network for its own addresses and reaches nobody in it; /32 (255.255.255.255) is right`
            : `${address} on ${device} with ${prefix.words}: this host looks for the whole network on ${device}; /32 (255.255.255.255) is right`,
        fixes: hostOnly(binding, prefix.site),
        notes: [{ message: "the service that leaves this address in the packets", at: services.addresses.get(address)!.site }],
      };
    }
  },
});

/** The length that holds, with the words for it; ifconfig and ifcfg files without a mask take that of the address's class. */
const prefixOf = ({
  effect,
  address,
  file,
}: QuietBinding): { readonly length: number; readonly words: string; readonly site: QuietBinding["effect"]["site"] } | undefined => {
  if (effect.prefix !== undefined) {
    const length = valueOf(effect.prefix);
    return length === undefined ? undefined : { length, words: `/${length}`, site: effect.prefix.site };
  }
  const isIfconfig =
    file.script !== undefined && file.script.text.slice(effect.command.span.start, effect.command.span.end).endsWith("ifconfig");
  if (!isIfconfig || effect.label === undefined) return undefined;
  const first = Number(address!.split(".")[0]);
  const length = first < 128 ? 8 : first < 192 ? 16 : 24;
  return { length, words: `no netmask, for which ifconfig takes /${length}`, site: effect.site };
};

/** Where address and prefix, or the netmask, stand in the script as they are read. */
const hostOnly = ({ file: { script } }: QuietBinding, at: Site): readonly Fix[] => {
  const written = script?.file === at.file ? script.text.slice(at.span.start, at.span.end) : "";
  const [replacement] = [
    ...(/^[\d.]+\/\d+$/u.test(written) ? [written.replace(/\d+$/u, "32")] : []),
    ...(/^255(?:\.\d{1,3}){3}$/u.test(written) ? ["255.255.255.255"] : []),
  ];
  return replacement === undefined ? [] : fixWith(`Write ${replacement}`, "review", [{ at, replacement }]);
};
