/** Kernel settings of a machine as its files leave them at boot, and those that scripts change. */
import { valueOf } from "../effects/known.ts";
import type { SysctlEffect } from "../effects/types.ts";
import { isCollected } from "./collected.ts";
import { factFiles, isComplete, type FactFile } from "./facts.ts";
import { baseName } from "./files.ts";
import { remembered } from "../node/remembered.ts";
import type { NodeModel } from "./model.ts";

export interface KernelSetting {
  readonly file: FactFile;
  readonly effect: SysctlEffect;
  /** Dotted, as written in the file; a pattern such as net.ipv4.conf.*.rp_filter counts for each of its names. */
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * The settings of one name in the order in which they happen: the files of sysctl.d by their names, sysctl.conf behind
 * them (procps, sysctl --system), then what was found on the running machine; scripts come last.
 */
export const kernelSettings = (node: NodeModel, name: string): readonly KernelSetting[] =>
  allSettings(node).filter((setting) => covers(setting.name, name));

const allSettings = remembered((node: NodeModel): readonly KernelSetting[] =>
  factFiles(node)
    .toSorted((a, b) => rank(a) - rank(b) || (baseName(a.file) < baseName(b.file) ? -1 : baseName(a.file) > baseName(b.file) ? 1 : 0))
    .flatMap((file) =>
      file.effects.flatMap((effect): KernelSetting[] => {
        const written = effect.kind === "sysctl" ? valueOf(effect.name) : undefined;
        if (effect.kind !== "sysctl" || written === undefined) return [];
        return [{ file, effect, name: written, value: valueOf(effect.value)?.trim() }];
      }),
    ),
);

const rank = ({ kind, file }: FactFile): number => {
  if (kind !== "sysctl") return 3;
  if (isCollected(file)) return 2;
  return baseName(file) === "sysctl.conf" ? 1 : 0;
};

const covers = (written: string, name: string): boolean => {
  if (written === name) return true;
  if (!written.includes("*")) return false;
  const parts = written.split(".");
  const wanted = name.split(".");
  return parts.length === wanted.length && parts.every((part, index) => part === "*" || part === wanted[index]);
};

/** Whether the machine's files say anything about kernel settings at all; without a sysctl file nothing is known of them. */
export const saysKernelSettings = ({ companions }: NodeModel): boolean =>
  companions.some(({ kind, shared }) => kind === "sysctl" && !shared);

/** The last setting of the files; undefined when none sets it. "unknown": a script may set it otherwise. */
export const settled = (node: NodeModel, name: string): KernelSetting | "unknown" | undefined => {
  const all = kernelSettings(node, name);
  const last = all.findLast(({ file }) => file.kind === "sysctl");
  const later = all.filter(({ file }) => file.kind !== "sysctl");
  if (later.some(({ value }) => value !== last?.value)) return "unknown";
  if (factFiles(node).some(({ script }) => script !== undefined && !isComplete(script) && script.text.includes(name.split(".").at(-1)!)))
    return "unknown";
  return last;
};
