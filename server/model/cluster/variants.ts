/**
 * Versions of one node's configuration: a backup copy, an example, the same machine before and after. They share
 * everything with each other, would look like the worst of split brains, and never run at the same time.
 */
import { baseName, folderOf } from "./files.ts";
import { folderParts, pairedShapes } from "./names.ts";
import type { Signature } from "./signature.ts";

/** Whether two configurations are versions of one node's. */
export const areVariants = (a: Signature, b: Signature): boolean => {
  if (a.entry.file === b.entry.file) return a.entry.configId === b.entry.configId;
  if (a.shape.copy !== b.shape.copy) return true;
  const paired = pairedShapes(a.shape, b.shape);
  const alike = likeness(a, b);
  // Two nodes that claim one address, when their names and their roles say that they are two: a mistake, not a copy.
  if (sharesOwnAddress(a, b)) return paired === undefined || alike !== "differs";
  if (paired === "role") return false;
  if (a.routerId !== undefined && a.routerId === b.routerId && alike === "same") return true;
  if (a.shape.copy && folderOf(a.entry.file) === folderOf(b.entry.file)) return true;
  return paired === undefined && sameMachineName(a, b);
};

const sharesOwnAddress = (a: Signature, b: Signature): boolean => {
  for (const own of a.ownAddresses) if (b.ownAddresses.has(own)) return true;
  return false;
};

/** Whether the virtual routers that both have carry the same priority and state; "none" when they have none in common. */
const likeness = (a: Signature, b: Signature): "same" | "differs" | "none" => {
  let found: "same" | "none" = "none";
  for (const [vrid, mine] of a.vrids) {
    const theirs = b.vrids.get(vrid);
    if (theirs === undefined) continue;
    if (theirs.priority !== mine.priority || theirs.state !== mine.state) return "differs";
    found = "same";
  }
  return found;
};

/** Folders named after a service say what runs there, not where: lb-east/haproxy and lb-west/haproxy are two machines. */
const serviceFolder =
  /^(?:haproxy|nginx|mysql|mariadb|redis|postgres(?:ql)?|pgsql|lb|proxy|loadbalancer|docker|services?|ansible|app|web)$/iu;

/** The same machine in two trees: before/db1 and after/db1. */
const sameMachineName = (a: Signature, b: Signature): boolean => {
  if (a.entry.configId !== b.entry.configId || baseName(a.entry.file) !== baseName(b.entry.file)) return false;
  const left = machineName(a);
  return left !== undefined && left === machineName(b);
};

const machineName = ({ entry }: Signature): string | undefined => folderParts(entry).findLast((part) => !serviceFolder.test(part));
