/** Where output goes: streams, colour, width, progress. With main.ts the only user of `process`. */
import { mayBeTerminal, writeOut } from "../host/output.ts";
import { printable, wrapped } from "../reporters/cells.ts";
import { type Colours, noColours } from "../reporters/style.ts";

export interface Terminal {
  /** Whole lines to standard output; bytes where they may be no UTF-8. */
  readonly print: (text: string | Uint8Array) => void;
  /** One line to standard error, with the name of the program. */
  readonly complain: (line: string) => void;
  /** From now on an interruption waits until what is being done is done: files are about to be put into place. */
  readonly finishFirst: () => void;
}

/** A pipe that somebody made non-blocking may be full: Node's stream waits for it, and takes what follows as well. */
let output: "direct" | "stream" | "lost" = "direct";

export const terminal: Terminal = {
  print: (text) => {
    if (output === "lost") return;
    if (output === "stream") return writeTo(process.stdout, text);
    const left = writeOut(typeof text === "string" ? new TextEncoder().encode(text) : text);
    if (left === undefined) return;
    if (left.code === "EAGAIN") {
      output = "stream";
      writeTo(process.stdout, left.rest);
    } else {
      output = "lost";
      outputFailed(left.code);
    }
  },
  complain: (line) => writeTo(process.stderr, `${onStderr(`kalint: ${printable(line)}`)}\n`),
  finishFirst: () => {
    // A listener is called when the work that holds the process has come to an end. The status is the shell's own for a signal.
    process.once("SIGINT", () => process.exit(130));
    process.once("SIGTERM", () => process.exit(143));
  },
};

/** One line for programs; people get it broken between words. */
const onStderr = (line: string): string => (process.stderr.isTTY ? wrapped(line, process.stderr.columns ?? 80).join("\n") : line);

const writeTo = (stream: NodeJS.WriteStream, text: string | Uint8Array): void => {
  if (stream.listenerCount("error") === 0)
    stream.on("error", ({ code }: NodeJS.ErrnoException) => outputFailed(code ?? "unknown reason", stream === process.stderr));
  stream.write(text);
};

/** A reader that closes the pipe (`kalint | head`) has seen enough; anything else (a full disk) has cost it the report. */
const outputFailed = (code: string, isStderr = false): void => {
  if (code === "EPIPE") return;
  process.once("exit", () => {
    process.exitCode = 2;
  });
  const reason = code === "ENOSPC" ? "no space is left" : code;
  if (!isStderr) terminal.complain(`standard output cannot be written (${reason})`);
};

const isTerminal = (): boolean => mayBeTerminal() && process.stdout.isTTY;

/** Whether output is coloured: what was asked for on the command line, else FORCE_COLOR, NO_COLOR, else a terminal is. */
export const wantsColour = (asked: boolean | undefined): boolean => {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = process.env;
  if (asked !== undefined) return asked;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return term !== "dumb" && isTerminal();
};

export const colours = async (asked: boolean | undefined): Promise<Colours> => {
  if (!wantsColour(asked)) return noColours;
  const { createColors } = await import("picocolors").then((module) => module.default);
  return createColors(true);
};

/** Columns of the terminal; undefined when output goes elsewhere. */
export const terminalWidth = (): number | undefined => (isTerminal() ? Math.max(process.stdout.columns ?? 80, 40) : undefined);

export interface Progress {
  /** Called often; what is done stands in the line when it is time. */
  readonly tick: (doing: () => string) => void;
  readonly end: () => void;
}

/** A line on standard error once a run takes longer than a second; only on a terminal. */
export const progress = (): Progress => {
  // Not performance.now(): the first use of it loads twenty of Node's modules.
  let next = Date.now() + 1000;
  let shown = false;
  return {
    tick: (doing) => {
      const now = Date.now();
      if (now < next) return;
      next = now + 100;
      // Asked late: what Node loads to answer costs a short run more than all of kalint's own output.
      if (!process.stderr.isTTY) return;
      shown = true;
      const width = (process.stderr.columns ?? 80) - 1;
      process.stderr.write(`\r\u001b[K${printable(doing()).slice(0, width)}`);
    },
    end: () => {
      if (shown) process.stderr.write("\r\u001b[K");
    },
  };
};

/** All of standard input, at most `limit` bytes; undefined when there is more. */
export const readInput = async (limit: number): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
