/** The track_* lists, which vrrp_instance and vrrp_sync_group have in common. */
import { type More, networkInterface, refersTo, rowsOf, weight } from "../rows.ts";
import type { Context, ContextId, Keyword, Version } from "../types.ts";

const { option: entryOption } = rowsOf("vrrp/vrrp_track.c");
const { option: fileOption } = rowsOf("trackers/track_file.c");
const { listBlock } = rowsOf("vrrp/vrrp_parser.c");
const process = { since: "2.0.11", buildOption: "_WITH_TRACK_PROCESS_" } as const;
const bfd = { since: "2.0.0", buildOption: "_WITH_BFD_" } as const;
const reversible = ["reverse", "noreverse"];
const entry = { required: true } as const;
const old = (since: Version | undefined): More => (since === undefined ? {} : { since });

/** The track_* blocks; `line` is where track_interface is installed. `since` holds for interfaces and scripts. */
// prettier-ignore
export const trackBlocks = (line: number, whose: string, since?: Version): readonly Keyword[] => [
  listBlock("track_interface", line,
    `Interfaces whose link decides about ${whose}: down is FAULT, or a change of priority where a weight is given.`, old(since)),
  listBlock("track_script", line + 1,
    `Results of vrrp_script blocks that decide about ${whose}; each must be defined further up.`, old(since)),
  listBlock("track_file", line + 2,
    `Numbers read from track_file blocks, added to the priority behind ${whose}; defined further up.`, { since: "2.0.0" }),
  listBlock("track_process", line + 4,
    `Processes that must run for ${whose}; each vrrp_track_process must be defined further up.`, process),
  listBlock("track_bfd", line + 7, `BFD sessions whose loss decides about ${whose}; each bfd_instance must be defined further up.`, bfd),
];

/** The contexts of the track_* blocks within `parent`; `since` as above. */
// prettier-ignore
export const trackContexts = (parent: ContextId, since?: Version): readonly Context[] => [
  {
    id: `${parent}/track_interface`,
    entry: entryOption("<interface>", 88, [networkInterface()],
      "An interface to watch; the instance's own is watched anyway.", { ...entry, ...old(since) }),
    keywords: [
      entryOption("weight", 113, weight(253),
        "Priority added while the link is up (positive) or taken while it is down (negative); 0 means FAULT instead.",
        { default: "0", ...old(since) }),
    ],
  },
  {
    id: `${parent}/track_script`,
    entry: entryOption("<script>", 203, [refersTo("script", "script")],
      "Name of a vrrp_script that stands before this line.", { ...entry, ...old(since) }),
    keywords: [
      entryOption("weight", 113, weight(253, reversible),
        "Replaces the weight of the vrrp_script for this user of it; 0 means FAULT on failure.",
        { default: "weight of the vrrp_script", ...old(since) }),
    ],
  },
  {
    id: `${parent}/track_process`,
    entry: entryOption("<process>", 322, [refersTo("trackProcess", "process")],
      "Name of a vrrp_track_process that stands before this line.", { ...entry, since: "2.0.11" }),
    keywords: [
      entryOption("weight", 113, weight(254, reversible),
        "Replaces the weight of the vrrp_track_process here; 0 means FAULT when the process is missing.",
        { default: "weight of the vrrp_track_process", ...process }),
    ],
  },
  {
    id: `${parent}/track_file`,
    entry: fileOption("<file>", 182, [refersTo("trackFile", "file")],
      "Name of a track_file that stands before this line.", { ...entry, since: "2.0.0" }),
    keywords: [
      fileOption("weight", 212, weight(254, reversible),
        "Factor for the number in the file; with 0 any number other than 0 means FAULT.",
        { default: "weight of the track_file", since: "2.0.0" }),
    ],
  },
  {
    id: `${parent}/track_bfd`,
    entry: entryOption("<bfd>", 471, [refersTo("bfd", "bfd")],
      "Name of a bfd_instance that stands before this line.", { ...entry, since: "2.0.0" }),
    keywords: [
      entryOption("weight", 113, weight(253, reversible),
        "Replaces the weight of the bfd_instance here; 0 means FAULT while the session is down.",
        { default: "weight of the bfd_instance", ...bfd }),
    ],
  },
];
