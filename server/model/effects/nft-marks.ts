/** What nft computes for a mark: `0x10`, `mark and 0xffffff00 or 0x10`, `ct mark`. */
import { unsigned } from "./numbers.ts";

/** Bits of `from`, of which `and` stay, with those of `xor` changed. Every expression of and, or and xor comes to this. */
export interface MarkValue {
  /** The packet's mark, the connection's, or none: a number. */
  readonly from: "packet" | "connection" | "number";
  readonly and: number;
  readonly xor: number;
}

/** How tightly nft binds them: `xor 1 and 2` is `xor (1 and 2)`. */
const operators: Readonly<Record<string, { readonly does: "and" | "or" | "xor"; readonly binds: number }>> = {
  and: { does: "and", binds: 3 },
  "&": { does: "and", binds: 3 },
  xor: { does: "xor", binds: 2 },
  "^": { does: "xor", binds: 2 },
  or: { does: "or", binds: 1 },
  "|": { does: "or", binds: 1 },
};

/** The words behind `mark set`; undefined when one of them is unknown or none that is read here. */
export const markValue = (words: readonly (string | undefined)[]): MarkValue | undefined => {
  const rest = words[0] === "meta" ? words.slice(1) : words;
  const number = rest.length === 1 ? unsigned(rest[0]) : undefined;
  if (number !== undefined) return { from: "number", and: 0, xor: number };
  const from = rest[0] === "mark" ? "packet" : rest[0] === "ct" && rest[1] === "mark" ? "connection" : undefined;
  if (from === undefined) return undefined;
  let and = 0xffffffff;
  let xor = 0;
  let binds = Number.POSITIVE_INFINITY;
  for (let i = from === "packet" ? 1 : 2; i < rest.length; i += 2) {
    const operator = operators[rest[i] ?? ""];
    const value = unsigned(rest[i + 1]);
    // What binds tighter than the operator before it belongs to the number there.
    if (operator === undefined || value === undefined || operator.binds > binds) return undefined;
    binds = operator.binds;
    if (operator.does === "xor") xor ^= value;
    else if (operator.does === "and") {
      and &= value;
      xor &= value;
    } else {
      and &= ~value;
      xor = (xor & ~value) | value;
    }
  }
  return { from, and: and >>> 0, xor: xor >>> 0 };
};

/** The bits that differ from the mark that was there. */
export const touchedBits = ({ and, xor }: MarkValue): number => (~and | xor) >>> 0;
