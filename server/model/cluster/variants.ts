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
  if (a.shape.copy !== b.shape.copy || a.shape.documentation !== b.shape.documentation) return true;
  const paired = pairedShapes(a.shape, b.shape);
  const alike = likeness(a, b);
  // Two nodes that claim one address, when their names and their roles say that they are two: a mistake, not a copy.
  if (sharesOwnAddress(a, b)) return paired === undefined || alike !== "differs";
  if (isKeptCopy(a, b, alike) || isKeptCopy(b, a, alike)) return true;
  if (paired === "role") return false;
  const beside = folderOf(a.entry.file) === folderOf(b.entry.file);
  if (a.routerId !== undefined && a.routerId === b.routerId && (alike === "same" || (paired === undefined && !standAlike(a, b))))
    return true;
  if (beside && (a.shape.copy || (paired === undefined && alike === "same" && claimsMaster(a)))) return true;
  return paired === undefined && sameMachineName(a, b);
};

/**
 * keepalived.conf.backup beside keepalived.conf: the BACKUP node as often as what was saved before a change. The text decides:
 * a copy says the same of its place in the cluster, or that it is the master.
 */
const isKeptCopy = (original: Signature, other: Signature, alike: "same" | "differs" | "none"): boolean => {
  const name = other.entry.file.toLowerCase();
  if (!name.startsWith(original.entry.file.toLowerCase()) || !/^[-_.]backup\d*$/u.test(name.slice(original.entry.file.length)))
    return false;
  return (alike === "same" && original.routerId === other.routerId) || [...other.vrids.values()].every(({ state }) => state === "MASTER");
};

/** Files of one folder, or of one name in folders of one depth: the places that nodes of a cluster have. */
const standAlike = ({ entry: a }: Signature, { entry: b }: Signature): boolean => {
  const [left, right] = [folderOf(a.file), folderOf(b.file)];
  return left === right || (baseName(a.file) === baseName(b.file) && left.split("/").length === right.split("/").length);
};

/** Two files of a folder that both are the master with one priority: the setup with and without something, not two nodes. */
const claimsMaster = ({ vrids }: Signature): boolean =>
  [...vrids.values()].some(({ state, priority }) => state === "MASTER" || priority === 255);

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
