/** What a record is, and what the records share. */
import type { Site } from "../../../grammar/text.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import type { Checker, Configuration } from "../../model/node/model.ts";

export interface VersionChange {
  readonly id: string;
  /** The first version that does it as `now` says. */
  readonly since: Version;
  /** The first version that does it as `before` says, where that is not all of them: from an older one nothing is told. */
  readonly beforeSince?: Version;
  /** Where a configuration meets it; nowhere when it is not concerned. */
  readonly where: (configuration: Configuration) => readonly Site[];
  readonly before: string;
  readonly now: string;
  readonly todo: string;
  /** Where in keepalived's source it stands; "measured" names the versions that were run. */
  readonly source: string;
}

export const checkersOf = ({ virtualServers }: Configuration): readonly Checker[] =>
  virtualServers.flatMap(({ realServers }) => realServers.flatMap(({ checkers }) => checkers));
