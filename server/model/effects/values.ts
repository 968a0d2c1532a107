/** Values of variables while a script is interpreted, and how branches are joined again. */
import type { Statuses } from "./statuses.ts";
import type { BranchStep, PathStep } from "./types.ts";

/** A text and the branches under which a variable holds it. */
export interface Choice {
  readonly text: string;
  readonly under: readonly BranchStep[];
}

/**
 * `texts`: one of the choices. `list`: an array or the positional parameters, an item undefined where it is unknown.
 * `unset`: the variable has been unset, here or in one of the branches before.
 */
export type Value = { readonly unset?: "surely" | "perhaps" } &
  /** `status`: it is the exit status of a command, which may have several. `files`: the path of a file that this pattern fits. */
  (
    | { readonly kind: "unknown"; readonly status?: Statuses; readonly files?: string }
    | { readonly kind: "texts"; readonly choices: readonly Choice[] }
    | { readonly kind: "list"; readonly items: readonly (string | undefined)[] }
  );

/** More alternatives than this are called unknown. */
const MAX_CHOICES = 8;

export const UNKNOWN: Value = { kind: "unknown" };

export const textValue = (text: string): Value => ({ kind: "texts", choices: [{ text, under: [] }] });

/** What `unset` leaves: no text, and what `set -u` and `${name-…}` take for none. */
export const UNSET: Value = { ...textValue(""), unset: "surely" };

/** The one text a value has, whatever the path. */
export const onlyText = (value: Value | undefined): string | undefined => {
  if (value?.kind !== "texts") return undefined;
  const [first, ...rest] = value.choices;
  return first !== undefined && rest.every(({ text }) => text === first.text) ? first.text : undefined;
};

/** Variables: a branch sees those of the state it left, and keeps its own assignments apart until the branches are joined. */
export interface Environment {
  readonly parent: Environment | undefined;
  readonly own: Map<string, Value>;
}

export const newEnvironment = (parent?: Environment): Environment => ({ parent, own: new Map() });

export const lookup = (environment: Environment, name: string): Value | undefined => {
  for (let at: Environment | undefined = environment; at !== undefined; at = at.parent) {
    const value = at.own.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
};

/** Whether the steps can all be taken together with the path. */
export const compatible = (path: readonly PathStep[], under: readonly BranchStep[]): boolean =>
  under.every((step) => path.every((other) => other.kind !== "branch" || other.branch !== step.branch || other.arm === step.arm));

/** Two lists of steps as one without repetition; undefined when they exclude each other. */
export const both = (a: readonly BranchStep[], b: readonly BranchStep[]): readonly BranchStep[] | undefined => {
  if (a.length === 0) return b;
  if (!compatible(a, b)) return undefined;
  return [...a, ...b.filter((step) => !a.some((other) => other.branch === step.branch))];
};

const sameValue = (a: Value | undefined, b: Value | undefined): boolean => {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind || a.unset !== b.unset) return false;
  if (a.kind === "unknown") return true;
  const one = onlyText(a);
  return (
    one !== undefined && one === onlyText(b) && a.kind === "texts" && b.kind === "texts" && a.choices.length === 1 && b.choices.length === 1
  );
};

/** Writes into `into` what its branches, each with its step, leave behind in their variables. */
export const joinVariables = (
  into: Environment,
  branches: readonly { readonly environment: Environment; readonly step: BranchStep }[],
): void => {
  const names = new Set(branches.flatMap(({ environment }) => [...environment.own.keys()]));
  for (const name of names) {
    const values = branches.map(({ environment, step }) => ({ value: lookup(environment, name), step }));
    const first = values[0]!.value;
    if (first !== undefined && values.every(({ value }) => sameValue(value, first))) {
      into.own.set(name, first);
      continue;
    }
    const choices: Choice[] = [];
    let certain = true;
    for (const { value, step } of values) {
      if (value?.kind !== "texts") certain = false;
      else
        for (const { text, under } of value.choices) {
          const together = both(under, [step]);
          if (together !== undefined) choices.push({ text, under: together });
        }
    }
    const unset = values.some(({ value }) => value?.unset !== undefined) ? ({ unset: "perhaps" } as const) : {};
    into.own.set(name, { ...(certain && choices.length <= MAX_CHOICES ? { kind: "texts", choices } : UNKNOWN), ...unset });
  }
};
