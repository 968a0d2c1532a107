/**
 * The status bar: the cluster of the file in the editor and the keepalived it is judged for; a click shows the cluster. When the
 * server does not run, that: no finding would mean nothing.
 */
import { MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import type { ClusterFacts } from "../server/lsp/custom.ts";
import { askForCluster } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";
import { versionSaid } from "./versions.ts";

export const showStatus = ({ context, server, editors }: Surroundings): void => {
  const item = window.createStatusBarItem("kalint.cluster", StatusBarAlignment.Right, 90);
  item.name = "keepalived cluster";
  let asked = 0;
  const update = async (): Promise<void> => {
    const own = ++asked;
    const uri = editors.uri();
    if (uri === undefined) return;
    if (server.isStopped()) {
      // A server that ended is started again at once, unless it ends too often.
      await new Promise((resolve) => void setTimeout(resolve, patience));
      if (own === asked && server.isStopped()) tellStopped(item);
      return;
    }
    const answer = await askForCluster(server, { uri: uri.toString() }).catch(() => undefined);
    // Another file came to the front meanwhile.
    if (own !== asked) return;
    if (answer?.kind === "cluster" && answer.belongs) tell(item, answer);
    else item.hide();
  };
  const updateSoon = (): void => void update();
  context.subscriptions.push(item, editors.onChange(updateSoon), server.onChange(updateSoon));
};

/** Milliseconds in which a server comes back unnoticed. */
const patience = 1500;

const tellStopped = (item: StatusBarItem): void => {
  item.text = "$(error) kalint does not run";
  item.tooltip = "The language server does not run, and nothing is checked. Its output says why. Click to start it again.";
  item.command = "kalint.restart";
  item.backgroundColor = new ThemeColor("statusBarItem.errorBackground");
  item.show();
};

const tell = (item: StatusBarItem, { cluster, nodes }: ClusterFacts): void => {
  const versions = [...new Set(nodes.flatMap(({ version }) => version ?? []))];
  const daemons = nodes.filter(({ version }) => version !== undefined);
  const size = daemons.length === 1 ? "1 node" : `${daemons.length} nodes`;
  item.command = "kalint.showCluster";
  item.backgroundColor = undefined;
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
