/** Nodes of which nobody knows the peers: what they would do together cannot be worked out. */
import type { ClusterModel, NodeModel } from "./model.ts";

export const hasPeers = (cluster: ClusterModel, node: NodeModel): boolean => cluster.links.some(({ nodes }) => nodes.includes(node));
