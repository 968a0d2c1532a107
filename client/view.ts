/** A view beside the editor: a page that shows an answer of the server, follows what is typed, and jumps to the source. */
import { commands, type Disposable, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { ClusterHead, NoCluster, SourcePlace } from "../server/lsp/custom.ts";
import { failed, reading } from "./empty.ts";
import { jumpTo } from "./jump.ts";
import { pageOptions, pageText } from "./page.ts";
import type { Ask } from "./requests.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Content, FromPage, PageAction } from "./webview/messages.ts";

export interface View<Answer> {
  readonly type: string;
  readonly command: string;
  readonly title: string;
  /** In dist/webview/. */
  readonly script: string;
  readonly ask: Ask<Answer>;
  readonly show: (answer: Answer) => Shown;
}

export interface Shown {
  readonly body: Content["body"];
  /** Where the parts of the page are written, by key. */
  readonly places: ReadonlyMap<string, readonly SourcePlace[]>;
}

/** One panel of a kind: the command brings it to the front; a reload of the window brings it back. */
export const registerView = <Answer extends ClusterHead | NoCluster>(surroundings: Surroundings, view: View<Answer>): void => {
  const { context } = surroundings;
  let open: WebviewPanel | undefined;
  const take = (panel: WebviewPanel): void => {
    open?.dispose();
    open = panel;
    const parts = fill(panel, surroundings, view);
    panel.onDidDispose(() => {
      if (open === panel) open = undefined;
      for (const part of parts) part.dispose();
    });
  };
  const reveal = (): void => {
    if (open !== undefined) {
      open.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    take(window.createWebviewPanel(view.type, view.title, place, pageOptions(context)));
  };
  context.subscriptions.push(
    commands.registerCommand(view.command, reveal),
    window.registerWebviewPanelSerializer(view.type, {
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = pageOptions(context);
        take(panel);
      },
    }),
  );
};

const fill = <Answer extends ClusterHead | NoCluster>(
  panel: WebviewPanel,
  { context, server, editors }: Surroundings,
  view: View<Answer>,
): readonly Disposable[] => {
  let chosen: string | undefined;
  let shown = reading;
  let head: ClusterHead | undefined;
  let asked = 0;

  const post = (): void => {
    const content: Content = {
      clusters: head?.clusters ?? [],
      chosen: chosen !== undefined,
      ...(head === undefined ? {} : { cluster: head.cluster }),
      body: shown.body,
    };
    panel.title = head === undefined ? view.title : `${view.title}: ${head.cluster}`;
    void panel.webview.postMessage(content);
  };

  const update = async (): Promise<void> => {
    // What nobody sees is not computed; when it comes to the front, it asks.
    if (!panel.visible) return;
    const own = ++asked;
    const uri = editors.uri()?.toString();
    const params = { ...(uri === undefined ? {} : { uri }), ...(chosen === undefined ? {} : { cluster: chosen }) };
    try {
      const answer = await view.ask(server, params);
      if (own !== asked) return;
      head = "cluster" in answer ? answer : undefined;
      shown = view.show(answer);
    } catch (error) {
      if (own !== asked) return;
      head = undefined;
      shown = failed(error, server.isRunning());
    }
    post();
  };
  const updateSoon = (): void => void update();

  const hear = (message: FromPage): void => {
    switch (message.kind) {
      case "ready":
        post();
        updateSoon();
        return;
      case "jump":
        void jumpTo(shown.places.get(message.part) ?? [], editors.column());
        return;
      case "explain":
        void commands.executeCommand("kalint.explain", message.rule);
        return;
      case "choose":
        chosen = message.cluster;
        updateSoon();
        return;
      case "action":
        void act(message.name).then(updateSoon);
    }
  };

  const parts = [panel.webview.onDidReceiveMessage(hear), editors.onChange(updateSoon), server.onChange(updateSoon)];
  panel.iconPath = Uri.joinPath(context.extensionUri, "icon.png");
  panel.webview.html = pageText(panel.webview, context, view);
  return parts;
};

const act = async (name: PageAction): Promise<void> => {
  const known: Readonly<Record<PageAction, string>> = {
    openFolder: "workbench.action.files.openFolder",
    restart: "kalint.restart",
    output: "kalint.showOutput",
  };
  await commands.executeCommand(known[name]);
};
