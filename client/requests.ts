/** kalint's own requests, with their types. */
import type { LanguageClient } from "vscode-languageclient/node";
import {
  changedMethod,
  type ClusterAnswer,
  clusterMethod,
  type ClusterParams,
  type FailoverAnswer,
  failoverMethod,
  type GraphAnswer,
  graphMethod,
} from "../server/lsp/custom.ts";

export type Ask<Answer> = (server: LanguageClient, params: ClusterParams) => Promise<Answer>;

export const askForCluster: Ask<ClusterAnswer> = (server, params) => server.sendRequest(clusterMethod, params);
export const askForGraph: Ask<GraphAnswer> = (server, params) => server.sendRequest(graphMethod, params);
export const askForFailover: Ask<FailoverAnswer> = (server, params) => server.sendRequest(failoverMethod, params);

/** Calls back when the answers may be others now. */
export const onChanged = (server: LanguageClient, listener: () => void): { dispose: () => void } =>
  server.onNotification(changedMethod, listener);
