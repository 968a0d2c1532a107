/** A second thread of kalint's own program: it gets plain data, and hands over plain data once. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { threadWord } from "./thread-word.ts";

const program = join(import.meta.dirname, "kalint.js");

/**
 * Starts the thread. What it hands over; undefined when it died before. No thread where it would only cost time, on one
 * core, nor without a program that it could run.
 */
export const startThread = (given: unknown): { readonly answer: Promise<unknown> } | undefined => {
  if (availableParallelism() < 2 || !existsSync(program)) return undefined;
  const worker = new Worker(program, { argv: [threadWord], workerData: given });
  const answer = new Promise<unknown>((resolve) => {
    worker.once("message", resolve);
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
  return { answer };
};

/** What the thread was given. */
export const givenToThread = (): unknown => workerData as unknown;

/** Hands over what the thread has found. */
export const handOver = (answer: unknown): void => {
  const first = parentPort;
  // oxlint-disable-next-line require-post-message-target-origin -- a port of Node's, not a window
  first?.postMessage(answer);
};
