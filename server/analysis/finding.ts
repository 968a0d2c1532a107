/** What kalint says: findings, notes, fixes. Positions are sites; lines and columns are made by the reporters. */
import type { Site } from "../../grammar/text.ts";

export type Severity = "error" | "warning" | "info" | "style";

export const severities: readonly Severity[] = ["error", "warning", "info", "style"];

export interface Note {
  readonly message: string;
  /** The other place; a note without one is an explanation. */
  readonly at?: Site;
  /** The message of the finding is as true of this place as of its own. */
  readonly alike?: true;
}

export interface Edit {
  readonly at: Site;
  readonly replacement: string;
  /** The replacement is a secret: reports show a mask instead. */
  readonly secret?: true;
}

export interface Fix {
  readonly title: string;
  /** `safe` keeps what the daemon does; `review` changes it and is only offered. */
  readonly safety: "safe" | "review";
  readonly edits: readonly Edit[];
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One line, true on its own, in the user's own tokens. */
  readonly message: string;
  readonly at: Site;
  /** Names of the nodes it concerns, sorted. */
  readonly nodes: readonly string[];
  /** Name of the cluster it was found in. */
  readonly cluster: string;
  readonly notes: readonly Note[];
  readonly fixes: readonly Fix[];
}

/** Names a fix in every state of the texts, wherever its line has moved to. */
export const fixKey = ({ rule, at, message }: Finding, { title }: Fix): string => JSON.stringify([rule, at.file, message, title]);
