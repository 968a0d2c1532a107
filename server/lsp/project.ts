/** One project as the server holds it: a place, the open texts in it, and the last judgement with what it is worth. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { overlay } from "../host/memory.ts";
import { type Shown, shownFindings } from "../features/shown.ts";
import { gatherSettings } from "../analysis/settings/gather.ts";
import { withFormats } from "../model/cluster/formats.ts";
import { type Secrets, secretsOf } from "../reporters/secrets.ts";
import { rules } from "../rules/index.ts";
import { createWorkspace, type OpenFile, type Reading, type Snapshot, type Workspace } from "../workspace.ts";
import { type PositionEncoding, type Positions, positionsIn } from "./convert.ts";
import type { Place } from "./places.ts";
import type { Settings } from "./settings.ts";

/** What was read, with the texts it was read from. */
export interface Sight {
  readonly place: Place;
  readonly reading: Reading;
  readonly textOf: (name: string) => string | undefined;
  readonly positions: (name: string) => Positions;
  readonly uriOf: (name: string) => string;
  /** Documents that were open, by name, with the version that was read. */
  readonly open: ReadonlyMap<string, { readonly uri: string; readonly version: number }>;
}

/** What was found in it. */
export interface Judgement extends Sight {
  readonly snapshot: Snapshot;
  /** What every file shows, by name. */
  readonly shown: ReadonlyMap<string, readonly Shown[]>;
  /** What no message may show, though the file is open beside it: problems are copied and photographed. */
  readonly secrets: Secrets;
}

export interface Project {
  readonly place: Place;
  /** Something it depends on is different now. */
  readonly changed: () => void;
  /** What is there now, read when it was not yet; undefined when reading failed. */
  readonly seen: () => Promise<Sight | undefined>;
  /** The judgement of what is there now, made when there is none yet; undefined when judging failed. */
  readonly current: () => Promise<Judgement | undefined>;
}

export interface ProjectSurroundings {
  readonly documents: () => readonly TextDocument[];
  readonly settings: () => Settings;
  readonly encoding: PositionEncoding;
  /** Told of everything that may take long. */
  readonly busy: (work: Promise<void>) => void;
  /** A defect of kalint that costs one rule. */
  readonly report: (problem: string) => void;
  /** A defect of kalint that costs everything: no finding then means nothing, so it must be seen. */
  readonly fail: (error: unknown) => void;
}

export const createProject = (place: Place, { documents, settings, encoding, busy, report, fail }: ProjectSurroundings): Project => {
  const workspace = createWorkspace(rules);
  const crashed = new Set<string>();
  let revision = 0;
  let read = -1;
  let judged = -1;
  let sight: Sight | undefined;
  let judgement: Judgement | undefined;
  let running: { readonly wanted: number; readonly reading: Promise<void>; readonly all: Promise<void> } | undefined;

  /** Runs to the end unless something changes: then what comes of it is of no use. */
  const attempt = async <T>(wanted: number, steps: () => Generator<undefined, T, undefined>): Promise<T | "given up" | "failed"> => {
    try {
      return (await drive(steps(), () => revision !== wanted)) ?? "given up";
    } catch (error) {
      fail(error);
      return "failed";
    }
  };

  const look = async (wanted: number): Promise<void> => {
    const open = new Map(documents().flatMap((document) => openIn(place, document)));
    const texts = new Map([...open].map(([name, document]) => [name, document.getText()]));
    // Copied: a document changes in place when its next version arrives.
    const versions = new Map([...open].map(([name, { uri, version }]) => [name, { uri, version }]));
    const files = await withFormats(overlay(place.files, texts), place.folders);
    const stated = settings();
    const made = await attempt(wanted, () =>
      workspace.read({
        files,
        folders: place.folders,
        settings: gatherSettings,
        open: [...open].map(([name, document]): OpenFile => ({ name, language: languageOf(document) })),
        rules: stated.rules,
        ...(place.allow === undefined ? {} : { allow: place.allow }),
        ...(stated.version === undefined ? {} : { version: stated.version }),
      }),
    );
    if (made === "given up") return;
    read = wanted;
    sight = made === "failed" ? undefined : sightOf(made, versions);
  };

  const sightOf = (reading: Reading, open: Sight["open"]): Sight => {
    const { files } = reading.request;
    const positions = new Map<string, Positions>();
    const textOf = (name: string): string | undefined => {
      const got = files.read(name);
      return got.kind === "text" ? got.text : undefined;
    };
    return {
      place,
      reading,
      textOf,
      positions: (name) => {
        const made = positions.get(name) ?? positionsIn(textOf(name) ?? "", encoding);
        positions.set(name, made);
        return made;
      },
      uriOf: (name) => open.get(name)?.uri ?? place.uriOf(name),
      open,
    };
  };

  const judge = async (wanted: number): Promise<void> => {
    if (read !== wanted) return;
    const seen = sight;
    const made = seen === undefined ? "failed" : await attempt(wanted, () => judgementSteps(workspace, seen));
    if (made === "given up") return;
    judged = wanted;
    judgement = made === "failed" ? undefined : made;
    for (const { rule, error } of judgement?.snapshot.analysis.crashes.filter((crash) => !crashed.has(crash.rule)) ?? []) {
      crashed.add(rule);
      report(`the rule ${rule} failed and is left out: ${error}`);
    }
  };

  const start = (): NonNullable<typeof running> => {
    const wanted = revision;
    const reading = look(wanted);
    const all = reading.then(() => judge(wanted)).finally(() => (running = undefined));
    busy(all);
    return { wanted, reading, all };
  };

  const isUnread = (): boolean => read !== revision;
  const isUnjudged = (): boolean => judged !== revision;

  return {
    place,
    changed: () => void revision++,
    seen: async () => {
      while (isUnread()) {
        running ??= start();
        // An outdated run gives up soon.
        // oxlint-disable-next-line no-await-in-loop -- one at a time: what changed meanwhile is read next
        await (running.wanted === revision ? running.reading : running.all);
      }
      return sight;
    },
    current: async () => {
      while (isUnjudged()) {
        running ??= start();
        // oxlint-disable-next-line no-await-in-loop -- one at a time: what changed meanwhile is judged next
        await running.all;
      }
      return judgement;
    },
  };
};

function* judgementSteps(workspace: Workspace, sight: Sight): Generator<undefined, Judgement, undefined> {
  const snapshot = yield* workspace.ask(sight.reading);
  const shown = shownFindings(snapshot, (name) => sight.open.has(name));
  return { ...sight, snapshot, shown: withProblems(shown, snapshot), secrets: secretsOf(snapshot.project, sight.textOf) };
}

/** What is wrong in a kalint.toml shows there. */
const withProblems = (shown: ReadonlyMap<string, readonly Shown[]>, { problems }: Snapshot): ReadonlyMap<string, readonly Shown[]> => {
  const all = new Map(shown);
  for (const { file, site: at, message } of problems) {
    const finding = { rule: "kalint.toml", severity: "error", message, at, nodes: [], cluster: "", notes: [], fixes: [] } as const;
    all.set(file, [...(all.get(file) ?? []), { finding, at, message, notes: [] }]);
  }
  return all;
};

const openIn = (place: Place, document: TextDocument): [string, TextDocument][] => {
  const name = place.nameOf(document.uri);
  return name === undefined ? [] : [[name, document]];
};

const languageOf = ({ languageId }: TextDocument): OpenFile["language"] =>
  languageId === "keepalived" ? "keepalived" : /^(?:shellscript|sh|bash|ksh|zsh)$/u.test(languageId) ? "shell" : "other";

/** How long the server is deaf at most, in milliseconds. */
const patience = 10;

/** Runs to the end with pauses in which messages are read; undefined when it was given up. */
const drive = async <T>(steps: Generator<undefined, T, undefined>, givenUp: () => boolean): Promise<T | undefined> => {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < patience) continue;
    // oxlint-disable-next-line no-await-in-loop -- the pause is the purpose
    await new Promise((resolve) => void setImmediate(resolve));
    if (givenUp()) return undefined;
    since = performance.now();
  }
};
