/**
 * Files in the fragment of an address, which browsers do not send to any server: JSON, deflated, as base64 of the kind
 * that addresses may hold. What comes out of a fragment was written by anybody, so it is bounded and checked.
 */
import { nameProblem } from "./files.ts";
import type { SourceFile } from "./messages.ts";

/** Characters of all files together that are taken from an address. */
export const mostText = 1_000_000;
const mostFiles = 200;

export interface Shared {
  readonly files: readonly SourceFile[];
  /** The keepalived they are judged for; absent for the newest. */
  readonly version?: string;
}

export const fragmentOf = async (shared: Shared): Promise<string> => {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  return `files=${base64Of(await through(bytes, new CompressionStream("deflate-raw")))}`;
};

/** What a fragment says, without its `#`; undefined when it says nothing that can be used. Never throws. */
export const sharedIn = async (fragment: string): Promise<Shared | undefined> => {
  const [, coded] = /^files=([\w-]+)$/u.exec(fragment) ?? [];
  if (coded === undefined) return undefined;
  try {
    const bytes = await through(bytesOf(coded), new DecompressionStream("deflate-raw"), mostText * 2);
    return checked(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
};

const checked = (value: unknown): Shared | undefined => {
  const { files, version } = (value ?? {}) as { readonly files?: unknown; readonly version?: unknown };
  if (!Array.isArray(files) || files.length === 0 || files.length > mostFiles) return undefined;
  const taken: SourceFile[] = [];
  for (const each of files as readonly unknown[]) {
    const { name, text } = (each ?? {}) as { readonly name?: unknown; readonly text?: unknown };
    if (typeof name !== "string" || typeof text !== "string" || nameProblem(name, taken) !== undefined) return undefined;
    taken.push({ name, text });
  }
  if (taken.reduce((sum, { text }) => sum + text.length, 0) > mostText) return undefined;
  return { files: taken, ...(typeof version === "string" && /^\d{1,2}(?:\.\d{1,2}){2}$/u.test(version) ? { version } : {}) };
};

/** Everything that comes out of a stream; an error when it is more than `most` bytes: a small address may hold a huge text. */
const through = async (bytes: Uint8Array, stream: CompressionStream | DecompressionStream, most = Number.POSITIVE_INFINITY) => {
  const writer = stream.writable.getWriter();
  // Errors of the writer come out of the reader as well.
  writer.write(new Uint8Array(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what a stream is
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      // oxlint-disable-next-line no-await-in-loop -- the last thing that is done
      await reader.cancel();
      throw new RangeError("too much text");
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
};

const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const bytesOf = (coded: string): Uint8Array =>
  Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
