/** What the page and the worker say to each other. Offsets are UTF-16 units from 0 with exclusive ends, as everywhere. */
import type { Severity } from "../server/analysis/finding.ts";

export interface SourceFile {
  /** `node/path/on/the/host`. */
  readonly name: string;
  readonly text: string;
}

export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

export interface ShownNote {
  readonly message: string;
  readonly at?: Place;
}

export interface ShownEdit extends Omit<Place, "line"> {
  readonly replacement: string;
}

export interface ShownFix {
  readonly title: string;
  readonly safety: "safe" | "review";
  readonly edits: readonly ShownEdit[];
}

export interface ShownFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Place;
  readonly nodes: readonly string[];
  readonly notes: readonly ShownNote[];
  readonly fixes: readonly ShownFix[];
}

/** Where a finding shows in a text: at its own place, and where it points into another node's file. */
export interface Mark {
  readonly at: Place;
  readonly message: string;
  /** Its number in the list of findings. */
  readonly finding: number;
}

export interface FailoverRow {
  readonly step: string;
  readonly held: string;
  readonly meanwhile: string;
  readonly afterwards: string;
  readonly verdict: "fine" | "wrong" | "inherent";
  readonly remarks: readonly string[];
}

export interface FailoverTable {
  readonly cluster: string;
  readonly nodes: readonly string[];
  readonly courses: readonly { readonly addresses: readonly string[]; readonly rows: readonly FailoverRow[] }[];
}

export interface ShownCompletion {
  readonly label: string;
  readonly role: string;
  /** With placeholders `${1:name}` where `snippet`. */
  readonly text: string;
  readonly snippet: boolean;
  readonly start: number;
  readonly end: number;
  readonly rank: number;
  readonly detail?: string;
  /** Markdown, with marks of explanations in it (help.ts): asked for when it is read. */
  readonly help?: string;
}

export interface ShownHover {
  /** Markdown. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Every answer names the request it belongs to; who asks again is not interested in earlier answers. */
export type Question =
  | { readonly kind: "judge"; readonly id: number; readonly files: readonly SourceFile[]; readonly version?: string }
  | { readonly kind: "hover"; readonly id: number; readonly file: string; readonly offset: number }
  | { readonly kind: "complete"; readonly id: number; readonly file: string; readonly offset: number }
  | { readonly kind: "explain"; readonly id: number; readonly text: string };

export type Answer =
  | {
      readonly kind: "findings";
      readonly id: number;
      readonly findings: readonly ShownFinding[];
      readonly marks: readonly Mark[];
      /** Rules that failed and were left out. */
      readonly crashes: readonly string[];
      readonly nodes: number;
    }
  | { readonly kind: "failover"; readonly id: number; readonly tables: readonly FailoverTable[] }
  | { readonly kind: "graph"; readonly id: number; readonly svg: string }
  | { readonly kind: "hover"; readonly id: number; readonly hover?: ShownHover }
  | { readonly kind: "completions"; readonly id: number; readonly items: readonly ShownCompletion[] }
  | { readonly kind: "explained"; readonly id: number; readonly text: string }
  /** A defect of kalint: nothing was found out. */
  | { readonly kind: "failed"; readonly id: number; readonly reason: string };
