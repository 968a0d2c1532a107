/**
 * A contradiction of two nodes is one finding and stands on one of them. Who asks only about the other one's file must
 * see it there too, at the place a note names, or the cause would hide in a file not looked at.
 */
import type { Project } from "../model/cluster/project.ts";
import type { Finding } from "./finding.ts";

/** The same finding seen from the first note that lies in another, wanted file; undefined when it concerns one node or no note does. */
export const turned = (finding: Finding, project: Project, wanted: (file: string) => boolean): Finding | undefined => {
  const { at, message, notes, nodes } = finding;
  if (nodes.length < 2) return undefined;
  const other = notes.find((note) => note.at !== undefined && note.at.file !== at.file && wanted(note.at.file));
  if (other?.at === undefined) return undefined;
  const where = nodeOf(at.file, finding, project);
  return {
    ...finding,
    at: other.at,
    message: where === undefined || other.alike === true ? message : `${where}: ${message}`,
    notes: [
      { message: where === undefined ? "the other place" : other.alike === true ? `also on ${where}` : `on ${where}`, at },
      ...notes.filter((note) => note !== other),
    ],
  };
};

/** The node of a place, to say whose value is meant; undefined where several nodes read the file. */
const nodeOf = (file: string, { nodes }: Finding, { clusters }: Project): string | undefined => {
  const readers = clusters
    .flatMap((cluster) => cluster.nodes)
    .filter(({ name, configuration }) => nodes.includes(name) && configuration?.expansion.files.includes(file) === true);
  return readers.length === 1 ? readers[0]!.name : undefined;
};
