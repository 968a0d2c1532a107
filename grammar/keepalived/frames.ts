/** The files that are being read, and those that includes add to them. */
import { includeFailures, unreadableFailure, type readInclude } from "./include.ts";
import type { Line } from "./lines.ts";
import { directiveSearch, hasLongLine } from "./physical.ts";
import { limits, problem, siteOfLine, type Frame, type OpenInclude, type State } from "./state.ts";

export const openFile = (state: State, file: string, text: string, including: OpenInclude | undefined): void => {
  state.read.add(file);
  state.reads++;
  state.budget += text.length * limits.copiedPerCharacter;
  state.frames.push({
    file,
    text,
    at: 0,
    search: directiveSearch(state.dialect),
    nextDirective: -1,
    long: hasLongLine(text),
    including,
    strictness: state.strictness,
  });
};

export const endFile = (state: State, frame: Frame): void => {
  state.frames.pop();
  state.strictness = frame.strictness;
  if (frame.including !== undefined) nextIncluded(state, frame.including);
};

/** Opens the files that an include names; they are read when no lines of definitions and sequences are left. */
export const include = (state: State, line: Line, found: NonNullable<ReturnType<typeof readInclude>>, plain: boolean): void => {
  const span = { start: found.start, end: line.text.length };
  const site = siteOfLine(line, span);
  const pattern = line.text.slice(span.start);
  const matches = state.files.find(pattern, state.frames.at(-1)?.file ?? "");
  const failures = includeFailures(found.variant, pattern, matches, state.strictness);
  const unreadable: { file: string; reason: string }[] = [];
  const { variant } = found;
  state.includes.push({ variant, pattern, matches, unreadable, failures, site, readTwice: !plain && state.dialect.copied });
  // An alternative that must exist and does not keeps the others from being read.
  if (failures.some(({ kind, enforced }) => kind === "alternative-missing" && enforced)) return;
  if (state.frames.length >= limits.includeDepth) return problem(state, "include-depth", site, String(limits.includeDepth));
  nextIncluded(state, { variant, site, rest: matches.files.toReversed(), unreadable, failures, strictness: state.strictness });
};

const nextIncluded = (state: State, including: OpenInclude): void => {
  const { site, rest, unreadable, failures, strictness, variant } = including;
  for (let file = rest.pop(); file !== undefined; file = rest.pop()) {
    const from = state.frames.findIndex((frame) => frame.file === file);
    if (from >= 0) {
      const files = state.frames.slice(from).map((frame) => frame.file);
      state.problems.push({ kind: "include-cycle", site, detail: file, files });
      continue;
    }
    if (state.reads >= limits.files || state.out.length() >= limits.length) return problem(state, "file-limit", site, String(limits.files));
    const got = state.files.read(file);
    const reason = got.kind === "unreadable" ? got.reason : state.files.executable?.(file) === true ? "it is executable" : undefined;
    if (reason !== undefined) {
      unreadable.push({ file, reason });
      failures.push(unreadableFailure(variant, strictness, file));
    }
    if (got.kind === "text") return openFile(state, file, got.text, including);
  }
};
