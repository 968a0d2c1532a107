import { lineIndex, positionAt } from "../../../grammar/text.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import {
  arpJudgement,
  arpSettings,
  directServices,
  isQuiet,
  quietBindings,
  type ArpKey,
  type ArpSetting,
  type QuietBinding,
} from "../../model/cluster/real-servers.ts";
import type { Edit, Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "realserver-arp-not-suppressed",
  summary: "A real server behind direct routing answers ARP for the virtual address and draws the connections to itself.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: with arp_ignore on lo alone the host answers for an address on lo; on all or on the receiving interface alone it keeps silent (1, 2 and 8; 3 answers)",
    "measured: with arp_announce 0 or 1 the host asks in the name of the virtual address, with 2 in its own",
    "Linux Documentation/networking/ip-sysctl.rst, arp_ignore and arp_announce",
  ],
  subject: "node",
  fix: "review",

  *check(node, { cluster }) {
    const services = directServices(cluster);
    const isServed = (address: string | undefined): boolean => address !== undefined && services.addresses.get(address)?.family === 4;
    const bindings = quietBindings(node).filter(({ address }) => isServed(address));
    const [binding] = bindings;
    if (binding === undefined) {
      yield* settingsWithoutBinding(node, services.servers);
      return;
    }
    if (!speaks(node, binding)) return;
    const heard = keys.filter((key) => arpJudgement(node, key, binding) === "heard");
    if (heard.length === 0) return;
    const useless = uselessSettings(node, heard);
    const addresses = [...new Set(bindings.filter(({ file }) => file.file === binding.file.file).map(({ address }) => address!))].join(
      " and ",
    );
    const device = valueOf(binding.effect.label) ?? valueOf(binding.effect.device)!;
    yield {
      at: binding.effect.site,
      message: `${addresses} on ${device} is not hidden: ${why(heard, useless)}`,
      notes: [
        ...useless.map((setting, index) => ({ message: whyUseless(setting, index), at: setting.effect.site })),
        { message: "the service that leaves this address in the packets", at: services.addresses.get(binding.address!)!.site },
      ],
      fixes: fixesFor(binding, heard, useless),
    };
  },
});

const keys: readonly ArpKey[] = ["arp_ignore", "arp_announce"];
const wanted: Readonly<Record<ArpKey, number>> = { arp_ignore: 1, arp_announce: 2 };

/** Where a file of interfaces binds the address, the sysctl files have to be there as well; a script can be judged alone. */
const speaks = (node: NodeModel, { file }: QuietBinding): boolean =>
  file.kind === "script" || node.companions.some(({ kind }) => kind === "sysctl");

const why = (heard: readonly ArpKey[], useless: readonly ArpSetting[]): string => {
  const what = heard.includes("arp_ignore")
    ? "this host answers ARP for it beside the director"
    : "this host asks ARP in its name, and the neighbours learn the wrong place";
  const how = heard.map((key) => `${key} is ${describe(key, useless)}`).join(", ");
  return `${what} (${how})`;
};

const whyUseless = ({ device, key }: ArpSetting, index: number): string => {
  if (device !== "lo")
    return key === "arp_ignore" ? "only 1, 2 and 8 keep the host from answering" : "only 2 keeps the host from asking in its name";
  return index === 0
    ? "questions never come in on lo: the kernel looks at all and at the interface they come in on"
    : "nor does this one count";
};

const describe = (key: ArpKey, useless: readonly ArpSetting[]): string => {
  const found = useless.find((setting) => setting.key === key);
  if (found === undefined) return "not set";
  return found.device === "lo" ? "set on lo only" : `${found.value} on ${found.device}`;
};

/** Settings that were meant to do it and do not. */
const uselessSettings = (node: NodeModel, heard: readonly ArpKey[]): readonly ArpSetting[] =>
  heard.flatMap((key) => {
    const own = arpSettings(node).filter((setting) => setting.key === key && setting.value !== undefined && setting.value > 0);
    const found = own.find(({ device, value }) => device === "lo" && isQuiet(key, value!)) ?? own[0];
    return found === undefined ? [] : [found];
  });

/** A real server of which only the kernel settings are known: values on lo say that it was meant to be silent. */
function* settingsWithoutBinding(
  node: NodeModel,
  servers: ReadonlySet<string>,
): Generator<{ at: ArpSetting["effect"]["site"]; message: string; fixes: readonly Fix[] }> {
  const own = node.addresses.find(({ address }) => servers.has(canonicalAddress(address)) && parseAddress(address)?.family === 4);
  if (own === undefined || node.configuration !== undefined) return;
  const heard = keys.filter((key) => arpJudgement(node, key, undefined) === "heard");
  const useless = uselessSettings(node, heard).filter(({ device }) => device === "lo");
  const [first] = useless;
  if (first === undefined) return;
  yield {
    at: first.effect.site,
    message: `${useless.map(({ key }) => key).join(" and ")} on lo alone ${useless.length === 1 ? "does" : "do"} nothing: the kernel looks at all and at the interface the question comes in on`,
    fixes: [{ title: "Set it on all interfaces", safety: "review", edits: useless.flatMap(onAll) }],
  };
}

const fixesFor = (binding: QuietBinding, heard: readonly ArpKey[], useless: readonly ArpSetting[]): readonly Fix[] => {
  const moved = useless.filter(
    ({ device, key, value, file }) =>
      device === "lo" && isQuiet(key, value!) && (file.kind === "sysctl" || file.file === binding.file.file),
  );
  const raised = useless.flatMap((setting) => (setting.device === "lo" ? [] : newValue(setting)));
  const changed = new Set([...moved, ...useless.filter(({ device }) => device !== "lo")].map(({ key }) => key));
  const edits = [
    ...moved.flatMap(onAll),
    ...raised,
    ...added(
      binding,
      heard.filter((key) => !changed.has(key)),
    ),
  ];
  return edits.length === 0 ? [] : [{ title: "Silence ARP on all interfaces", safety: "review", edits }];
};

/** `lo` in the name of the setting becomes `all`. */
const onAll = ({ effect, file }: ArpSetting): readonly Edit[] => {
  const { name } = effect;
  const { start, end } = name.site.span;
  const written =
    file.script === undefined
      ? name.kind === "known" && name.value.length === end - start
        ? name.value
        : ""
      : file.script.text.slice(start, end);
  return /[./]lo[./]/u.test(written)
    ? [{ at: name.site, replacement: written.replace(/(?<before>[./])lo(?<after>[./])/u, "$<before>all$<after>") }]
    : [];
};

/** The value itself, where it stands as written. */
const newValue = ({ effect: { value }, file, key }: ArpSetting): readonly Edit[] => {
  const { start, end } = value.site.span;
  const written =
    file.script === undefined
      ? value.kind === "known" && value.value.length === end - start
        ? value.value
        : undefined
      : file.script.text.slice(start, end);
  return value.kind === "known" && written === value.value ? [{ at: value.site, replacement: `${wanted[key]}` }] : [];
};

/** New lines before the address appears: before the loop that binds it, if there is one. */
const added = ({ file, effect }: QuietBinding, missing: readonly ArpKey[]): readonly Edit[] => {
  if (file.script === undefined || missing.length === 0) return [];
  const { text } = file.script;
  const loop = effect.path.find(({ kind }) => kind === "round");
  const { start } = (loop ?? effect).site.span;
  const lines = lineIndex(text);
  const line = lines[positionAt(lines, start).line - 1]!;
  const indent = text.slice(line, start);
  if (indent.trim() !== "") return [];
  const shown = missing.map((key) => `echo ${wanted[key]} >/proc/sys/net/ipv4/conf/all/${key}\n${indent}`).join("");
  return [{ at: { file: file.file, span: { start, end: start } }, replacement: shown }];
};
