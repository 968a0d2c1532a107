/** Scripts with one small mistake in them, the same for the same seed. */

/** Numbers from 0 up to but not including 1 (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const PIECES = ["(", ")", "{", "}", "'", '"', "`", "$(", "${", "((", "))", "[[ ", " ]]", ";", ";;", "&", "|", "&&", "<", ">", "<<", "\\", "\n", " ", "#", "if ", "then ", "fi", "do ", "done", "case ", "esac", " in ", "else", "function ", "!", "="]; // prettier-ignore

/** Takes away, doubles, swaps or puts in a character, a word or a line. */
export const mutant = (text: string, random: () => number): string => {
  const below = (limit: number): number => Math.floor(random() * limit);
  const at = below(text.length);
  switch (below(7)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + PIECES[below(PIECES.length)]! + text.slice(at);
    case 2:
      return text.slice(0, at);
    case 3: {
      const lines = text.split("\n");
      lines.splice(below(lines.length), 1);
      return lines.join("\n");
    }
    case 4: {
      const lines = text.split("\n");
      const line = below(lines.length);
      lines.splice(below(lines.length), 0, lines[line]!);
      return lines.join("\n");
    }
    default: {
      // A word or an operator.
      const tokens = text.split(/(\s+|[;&|()<>{}'"`]+)/u);
      const token = below(tokens.length);
      if (below(2) === 0) tokens.splice(token, 1);
      else {
        const other = below(tokens.length);
        [tokens[token], tokens[other]] = [tokens[other]!, tokens[token]!];
      }
      return tokens.join("");
    }
  }
};
