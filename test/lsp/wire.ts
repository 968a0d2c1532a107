/** The built server at the end of a bare pipe: frames as they go over the wire, also such as no library sends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export interface Reply {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Wire {
  /** Bytes as they are. */
  readonly raw: (bytes: string) => void;
  readonly send: (message: object) => void;
  /** Sends a request and waits for its answer. */
  readonly ask: (method: string, params?: unknown, id?: number | string) => Promise<Reply>;
  /** Waits for a message that satisfies; messages that came before count. */
  readonly got: (when: (reply: Reply) => boolean) => Promise<Reply>;
  readonly exited: Promise<number | null>;
  readonly kill: () => void;
}

export const startWire = (): Wire => {
  const server = spawn(process.execPath, [path.resolve(import.meta.dirname, "../../dist/server.cjs"), "--stdio"], { stdio: "pipe" });
  const exited = once(server, "exit").then(([status]) => status as number | null);
  const replies: Reply[] = [];
  const waiting = new Set<() => void>();
  let buffer = Buffer.alloc(0);
  server.stdout.on("data", (bytes: Buffer) => {
    buffer = Buffer.concat([buffer, bytes]);
    for (;;) {
      const head = /^(?:[^\r\n]+\r\n)*?Content-Length: (?<length>\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/u.exec(buffer.toString("latin1"));
      if (head === null) break;
      const end = head[0].length + Number(head.groups?.["length"]);
      if (buffer.length < end) break;
      replies.push(JSON.parse(buffer.subarray(head[0].length, end).toString()) as Reply);
      buffer = buffer.subarray(end);
    }
    for (const look of waiting) look();
  });
  const raw = (bytes: string): void => void server.stdin.write(bytes);
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const got = (when: (reply: Reply) => boolean): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`no such message; the last ones: ${JSON.stringify(replies.slice(-5))}`));
      }, 20_000);
      const look = (): void => {
        const found = replies.find(when);
        if (found === undefined) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  let next = 1000;
  return {
    raw,
    send,
    ask: (method, params, id = next++) => {
      send({ id, method, params });
      return got((reply) => reply.id === id && reply.method === undefined);
    },
    got,
    exited,
    kill: () => void server.kill(),
  };
};
