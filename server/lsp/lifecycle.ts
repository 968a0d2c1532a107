/**
 * What the protocol says about messages out of season, and the library leaves to its users: a request before `initialize` or
 * behind `shutdown` is answered with an error, a notification is dropped, and `initialize` comes once.
 */
import { type Connection, ErrorCodes, type Message, type MessageStrategy, ResponseError } from "vscode-languageserver/node";

/** A request that is refused is handled as this one, which no client sends. */
const refused = "$kalint/refused";

interface Refusal {
  readonly code: number;
  readonly message: string;
}

type Anything = Message & { readonly id?: unknown; readonly method?: unknown; readonly result?: unknown; readonly error?: unknown };

export const createLifecycle = (): { readonly strategy: MessageStrategy; readonly answerRefused: (connection: Connection) => void } => {
  let stage: "new" | "running" | "down" = "new";

  const refusal = ({ method }: Anything): Refusal | undefined => {
    if (typeof method !== "string") return { code: ErrorCodes.InvalidRequest, message: "a request has a method" };
    if (stage === "down") return { code: ErrorCodes.InvalidRequest, message: `${method} came after shutdown` };
    if (stage === "new" && method !== "initialize")
      return { code: ErrorCodes.ServerNotInitialized, message: `${method} came before initialize` };
    if (stage === "running" && method === "initialize") return { code: ErrorCodes.InvalidRequest, message: "initialize came twice" };
    return undefined;
  };

  const handleMessage: MessageStrategy["handleMessage"] = (message, next) => {
    const one: Anything = message;
    const isResponse = one.method === undefined && (one.result !== undefined || one.error !== undefined);
    if (isResponse) return next(message);
    if (one.id === undefined || one.id === null) {
      // What is no message at all the library tells of by itself.
      const outOfSeason = typeof one.method === "string" && one.method !== "exit" && stage !== "running";
      return outOfSeason ? undefined : next(message);
    }
    const why = refusal(one);
    if (why !== undefined) {
      const replaced: Anything & { readonly params: Refusal } = { jsonrpc: message.jsonrpc, id: one.id, method: refused, params: why };
      return next(replaced);
    }
    if (one.method === "initialize") stage = "running";
    if (one.method === "shutdown") stage = "down";
    return next(message);
  };

  return {
    strategy: { handleMessage },
    answerRefused: (connection) =>
      void connection.onRequest(refused, ({ code, message }: Refusal) => {
        throw new ResponseError(code, message);
      }),
  };
};
