/** The worker as the page sees it: texts go in at every change, answers come back for the newest only. */
import type { Answer, Question, ShownCompletion, ShownHover, SourceFile } from "../messages.ts";

export interface Listeners {
  readonly findings: (answer: Extract<Answer, { kind: "findings" }>, milliseconds: number) => void;
  readonly failover: (answer: Extract<Answer, { kind: "failover" }>) => void;
  readonly graph: (answer: Extract<Answer, { kind: "graph" }>) => void;
  readonly failed: (reason: string) => void;
}

export interface Analyst {
  readonly judge: (files: readonly SourceFile[], version: string | undefined) => void;
  readonly hover: (file: string, offset: number) => Promise<ShownHover | undefined>;
  readonly complete: (file: string, offset: number) => Promise<readonly ShownCompletion[]>;
  /** The help of a completion with its explanations. */
  readonly explain: (text: string) => Promise<string>;
}

export const createAnalyst = (listeners: Listeners): Analyst => {
  const worker = new Worker(new URL("analysis.js", import.meta.url), { type: "module" });
  const asked = new Map<number, (answer: Answer) => void>();
  let count = 0;
  let newest = 0;
  let since = 0;

  const ask = (question: (id: number) => Question): Promise<Answer> => {
    const id = ++count;
    return new Promise((resolve) => {
      asked.set(id, resolve);
      worker.postMessage(question(id));
    });
  };

  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    const waiting = asked.get(data.id);
    if (waiting !== undefined) {
      asked.delete(data.id);
      waiting(data);
    } else if (data.id === newest) {
      if (data.kind === "findings") listeners.findings(data, performance.now() - since);
      else if (data.kind === "failover") listeners.failover(data);
      else if (data.kind === "graph") listeners.graph(data);
      else if (data.kind === "failed") listeners.failed(data.reason);
    }
  });
  worker.addEventListener("error", ({ message }) => listeners.failed(message === "" ? "the analysis did not start" : message));

  return {
    judge: (files, version) => {
      newest = ++count;
      since = performance.now();
      worker.postMessage({ kind: "judge", id: newest, files, ...(version === undefined ? {} : { version }) } satisfies Question);
    },
    hover: async (file, offset) => {
      const answer = await ask((id) => ({ kind: "hover", id, file, offset }));
      return answer.kind === "hover" ? answer.hover : undefined;
    },
    complete: async (file, offset) => {
      const answer = await ask((id) => ({ kind: "complete", id, file, offset }));
      return answer.kind === "completions" ? answer.items : [];
    },
    explain: async (text) => {
      const answer = await ask((id) => ({ kind: "explain", id, text }));
      return answer.kind === "explained" ? answer.text : "";
    },
  };
};
