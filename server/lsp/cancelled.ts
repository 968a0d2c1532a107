import { LSPErrorCodes, ResponseError } from "vscode-languageserver/node";

/** The answer to a request that nobody waits for any more. */
export const cancelled = (): ResponseError => new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
