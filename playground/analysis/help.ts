/** Fills the explanations of keywords into what is going to be shown. */
import { filledIn, hasMarks } from "../help.ts";

let loading: Promise<readonly string[]> | undefined;

/** Without a connection there is nothing to read, and the next time is another try. */
const explanations = (): Promise<readonly string[]> =>
  (loading ??= fetch(new URL("keywords.json", import.meta.url))
    .then((response) => response.json() as Promise<readonly string[]>)
    .catch(() => {
      loading = undefined;
      return [];
    }));

export const explained = async (text: string): Promise<string> => (hasMarks(text) ? filledIn(text, await explanations()) : text);
