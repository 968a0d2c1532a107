/** The status bar: the cluster of the file in the editor and the keepalived it is judged for. A click shows the cluster. */
import { MarkdownString, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import type { ClusterFacts } from "../server/lsp/custom.ts";
import { askForCluster } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";
import { versionSaid } from "./versions.ts";

export const showStatus = ({ context, server, editors }: Surroundings): void => {
  const item = window.createStatusBarItem("kalint.cluster", StatusBarAlignment.Right, 90);
  item.name = "keepalived cluster";
  item.command = "kalint.showCluster";
  let asked = 0;
  const update = async (): Promise<void> => {
    const own = ++asked;
    const uri = editors.uri();
    if (uri === undefined) return;
    const answer = await askForCluster(server, { uri: uri.toString() }).catch(() => undefined);
    // Another file came to the front meanwhile.
    if (own !== asked) return;
    if (answer?.kind === "cluster" && answer.belongs) tell(item, answer);
    else item.hide();
  };
  const updateSoon = (): void => void update();
  context.subscriptions.push(item, editors.onChange(updateSoon), server.onChange(updateSoon));
};

const tell = (item: StatusBarItem, { cluster, nodes }: ClusterFacts): void => {
  const versions = [...new Set(nodes.flatMap(({ version }) => version ?? []))];
  const daemons = nodes.filter(({ version }) => version !== undefined);
  const size = daemons.length === 1 ? "1 node" : `${daemons.length} nodes`;
  item.text = `$(server-environment) ${cluster}: ${size} · keepalived ${versions.join(", ")}`;
  const lines = nodes.map(({ name, version, source }) =>
    version === undefined || source === undefined ? `- ${name}: without keepalived` : `- ${name}: ${versionSaid(version, source)}`,
  );
  const tooltip = new MarkdownString();
  tooltip.appendText(`The cluster ${cluster}`);
  tooltip.appendMarkdown(
    `\n\n${lines.map((line) => line.replaceAll(/[\\`*_[\]<>]/gu, String.raw`\$&`)).join("\n")}\n\nClick to see it as a picture.`,
  );
  item.tooltip = tooltip;
  item.show();
};
