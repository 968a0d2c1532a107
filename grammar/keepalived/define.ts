/** `$NAME=…`, over one line or several, and the variables of `~SEQ` and `~LST`. */
import type { Site } from "../text.ts";
import type { Definition } from "./expansion.ts";
import { endsInBackslash, sliceLine, trimmed, type Line } from "./lines.ts";
import { replaceUses, type DefinitionPart } from "./replace.ts";
import { readSequence, type SequenceRound } from "./sequence.ts";
import { limits, problem, siteOfLine, type State } from "./state.ts";

const definitionPattern = /^\$([A-Za-z_][A-Za-z0-9_]*)=[ \t]*/u;

/** `$NAME=text`: the value runs to the end of the line, or over several lines that end in `\`. */
export const defineFrom = (state: State, line: Line): boolean => {
  const found = definitionPattern.exec(line.text);
  if (found === null) return false;
  const name = found[1]!;
  const site = siteOfLine(line, { start: 1, end: 1 + name.length });
  const value = sliceLine(line, found[0].length);
  const valueSite = siteOfLine(line, { start: found[0].length, end: line.text.length });
  if (endsInBackslash(value.text)) {
    const first = trimmed(sliceLine(value, 0, value.text.length - 1));
    state.open = { name, site, valueSite, lines: first.text === "" ? [] : [first] };
    // The daemon has forgotten the earlier value by now.
    state.definitions.delete(name);
  } else store(state, { name, value: value.text, site, valueSite, multiline: false }, [value]);
  return true;
};

export const continueDefinition = (state: State, line: Line): void => {
  const more = endsInBackslash(line.text);
  const content = more ? trimmed(sliceLine(line, 0, line.text.length - 1)) : line;
  if (content.text !== "") state.open!.lines.push(content);
  if (!more) closeDefinition(state);
};

export const closeDefinition = (state: State): void => {
  const { open } = state;
  if (open === undefined) return;
  state.open = undefined;
  const { name, site, valueSite, lines } = open;
  store(state, { name, site, valueSite, value: lines.map((line) => line.text).join("\n"), multiline: lines.length > 0 }, lines);
};

const store = (state: State, definition: Definition, lines: readonly Line[]): void => {
  const { name, valueSite } = definition;
  const parts = (lines.length === 0 ? [undefined] : lines).map((line): DefinitionPart => {
    const site = line === undefined || line.text === "" ? valueSite : siteOfLine(line);
    return { text: line?.text ?? "", via: { kind: "definition", name, site } };
  });
  state.definitions.set(name, { ...definition, parts });
  state.allDefinitions.push(definition);
};

/** `~SEQ(…) text` and `~LST(…) text`: the text once for every round, with the variables defined. */
export const startSequence = (state: State, line: Line): void => {
  const resolve = (text: string): string | undefined => {
    const at = line.text.indexOf(text);
    const replaced = replaceUses(state.replacer, sliceLine(line, at, at + text.length), 64);
    return replaced === undefined ? text : replaced.following.length > 0 ? undefined : replaced.line.text;
  };
  const sequence = readSequence(line.text, limits.sequenceRounds, resolve, state.dialect.lists);
  if (sequence.kind === "invalid") {
    if (line.text.startsWith("~LST")) state.miscounted++;
    return problem(state, "sequence-invalid", siteOfLine(line), sequence.reason);
  }
  const site = siteOfLine(line, { start: 0, end: sequence.textStart });
  if (state.miscounted > 0) {
    state.miscounted--;
    problem(state, "sequence-lost", site, line.text.slice(0, 4));
  }
  if (sequence.truncated) problem(state, "sequence-limit", site, String(limits.sequenceRounds));
  const text = trimmed(sliceLine(line, sequence.textStart));
  if (text.text === "") return;
  let index = 0;
  state.pending.push({
    next: () => {
      if (index >= sequence.count) return undefined;
      defineRound(state, sequence.round(index++), site);
      return text;
    },
  });
};

const defineRound = (state: State, round: SequenceRound, site: Site): void => {
  for (const [name, value] of round) {
    const parts: readonly DefinitionPart[] = [{ text: value, via: { kind: "sequence", name, site } }];
    state.definitions.set(name, { name, value, site, valueSite: site, multiline: false, sequence: true, parts });
  }
};
