/** What `kalint collect` found on a machine beside its files: a folder in the machine's root. */
import type { Site } from "../../../grammar/text.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { parseVersion } from "../../../grammar/vocabulary/version.ts";
import { effectsOfIpAddr } from "../effects/ip-addr.ts";
import { valueOf } from "../effects/known.ts";
import { linesOf, wordsOf } from "../effects/lines.ts";
import type { Configuration } from "../node/model.ts";
import { folderOf, joinPath, type ProjectFiles } from "./files.ts";
import type { StatedInterface } from "./stated.ts";

export const collectedFolder = "kalint-facts";

export const isCollected = (path: string): boolean => path.split("/").at(-2) === collectedFolder;

/** The nearest folder above a file that `kalint collect` made. */
export const collectedRoot = (files: ProjectFiles, file: string): string | undefined => {
  for (let folder = folderOf(file); folder !== "" && folder !== "/"; folder = folderOf(folder))
    if (files.list(folder).some(({ name, kind }) => name === collectedFolder && kind === "folder")) return folder;
  return file.startsWith("/") || !files.list("").some(({ name }) => name === collectedFolder) ? undefined : "";
};

/** One path that the configuration or a script names, as the machine had it. */
export type CollectedPath = { readonly kind: "missing" } | { readonly kind: "there"; readonly mode?: number; readonly isFile: boolean };

export interface Collected {
  readonly version?: Version;
  /** By name, from the list of links; the addresses of each as they were, those that keepalived held included. */
  readonly interfaces?: ReadonlyMap<string, StatedInterface>;
  readonly paths: ReadonlyMap<string, CollectedPath>;
}

const nothing: Collected = { paths: new Map() };

/** Undefined fields are those that the machine did not tell: without root some commands fail. */
export const readCollected = (files: ProjectFiles, root: string | undefined): Collected => {
  if (root === undefined || root === "/" || !files.list(root).some(({ name }) => name === collectedFolder)) return nothing;
  const textOf = (name: string): { readonly file: string; readonly text: string } => {
    const file = joinPath(joinPath(root, collectedFolder), name);
    const got = files.read(file);
    return { file, text: got.kind === "text" ? got.text : "" };
  };
  const version = parseVersion(/\bv([0-9]+\.[0-9]+\.[0-9]+)/u.exec(textOf("version").text)?.[1] ?? "");
  const interfaces = readInterfaces(textOf("links").text, textOf("addresses"));
  return {
    ...(version === undefined ? {} : { version }),
    ...(interfaces.size === 0 ? {} : { interfaces }),
    paths: readPaths(textOf("paths").text),
  };
};

/** `2: eth0@if3: <BROADCAST,UP> … link/ether aa:bb:cc:dd:ee:ff …`, a line for each device. */
const readInterfaces = (
  links: string,
  { text, file }: { readonly text: string; readonly file: string },
): ReadonlyMap<string, StatedInterface> => {
  const found = new Map<string, { addresses: OwnPart[]; sites: Site[]; mac?: string; segment: string }>();
  for (const line of linesOf(links)) {
    const words = wordsOf(line).map(({ text: word }) => word);
    const name = words[1]?.replace(/@.*$/u, "").replace(/:$/u, "");
    if (name === undefined || name === "lo" || !/^[0-9]+:$/u.test(words[0]!)) continue;
    const mac = words[words.indexOf("link/ether") + 1];
    found.set(name, { addresses: [], sites: [], segment: name, ...(words.includes("link/ether") && mac !== undefined ? { mac } : {}) });
  }
  for (const { device, address, prefix, site } of effectsOfIpAddr(text, file)) {
    const held = found.get(valueOf(device) ?? "");
    const known = valueOf(address);
    if (held === undefined || known === undefined || /^fe80:/iu.test(known)) continue;
    const length = valueOf(prefix);
    held.addresses.push({ address: canonicalAddress(known), ...(length === undefined ? {} : { prefix: length }) });
    held.sites.push(site);
  }
  return found;
};

interface OwnPart {
  readonly address: string;
  readonly prefix?: number;
}

/** Lines of `ls -ldn`: `-rwxr-xr-x 1 0 0 120 Nov 28 09:00 /etc/keepalived/check.sh`; `missing PATH` for what is not there. */
const readPaths = (text: string): ReadonlyMap<string, CollectedPath> => {
  const found = new Map<string, CollectedPath>();
  for (const line of linesOf(text)) {
    const slash = line.text.indexOf(" /");
    if (slash < 0) continue;
    const [path] = line.text.slice(slash + 1).split(" -> ");
    const [first = ""] = line.text.split(" ", 1);
    if (first === "missing") found.set(path!, { kind: "missing" });
    else {
      const mode = modeOf(first);
      found.set(path!, { kind: "there", isFile: first.startsWith("-") || first.startsWith("l"), ...(mode === undefined ? {} : { mode }) });
    }
  }
  return found;
};

/** The mode bits of `-rwsr-xr-t`; of a link nothing is known. */
const modeOf = (shown: string): number | undefined => {
  if (!/^[-d][-r][-w][-xsS][-r][-w][-xsS][-r][-w][-xtT]/u.test(shown)) return undefined;
  let mode = 0;
  for (let i = 0; i < 9; i++) if (/[rwxst]/u.test(shown[i + 1]!)) mode |= 1 << (8 - i);
  if (/s/iu.test(shown[3]!)) mode |= 0o4000;
  if (/s/iu.test(shown[6]!)) mode |= 0o2000;
  if (/t/iu.test(shown[9]!)) mode |= 0o1000;
  return mode;
};

/** The addresses of the machine itself: without those that keepalived moves, which it may have held at that moment. */
export const ownInterfaces = (
  { interfaces }: Collected,
  configuration: Configuration | undefined,
): ReadonlyMap<string, StatedInterface> | undefined => {
  const moved = new Set(
    (configuration?.instances ?? []).flatMap(({ virtualAddresses, excludedAddresses }) =>
      [...virtualAddresses, ...excludedAddresses].flatMap(({ address }) => address ?? []),
    ),
  );
  if (interfaces === undefined) return undefined;
  return new Map(
    [...interfaces].map(([name, facts]) => {
      const kept = facts.addresses.flatMap((one, index) => (moved.has(one.address) ? [] : [{ one, site: facts.sites[index]! }]));
      return [name, { ...facts, addresses: kept.map(({ one }) => one), sites: kept.map(({ site }) => site) }];
    }),
  );
};
