/** Digests of texts. */
import { createHash } from "node:crypto";

/** One for all of these texts in this order. */
export const digestOf = (texts: Iterable<string>): string => {
  const digest = createHash("sha256");
  for (const text of texts) digest.update(`${text.length}\n${text}`);
  return digest.digest("base64");
};
