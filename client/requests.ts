/** kalint's own requests, with their types. */
import {
  type ClusterAnswer,
  clusterMethod,
  type ClusterParams,
  type FailoverAnswer,
  failoverMethod,
  type GraphAnswer,
  graphMethod,
} from "../server/lsp/custom.ts";
import type { Server } from "./server.ts";

export type Ask<Answer> = (server: Server, params: ClusterParams) => Promise<Answer>;

export const askForCluster: Ask<ClusterAnswer> = (server, params) => server.request(clusterMethod, params);
export const askForGraph: Ask<GraphAnswer> = (server, params) => server.request(graphMethod, params);
export const askForFailover: Ask<FailoverAnswer> = (server, params) => server.request(failoverMethod, params);
