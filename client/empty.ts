/** What a view says when there is nothing to show, and what to do then. */
import type { EmptyBody } from "./webview/messages.ts";
import type { Shown } from "./view.ts";

export const nothing = (body: Omit<EmptyBody, "kind">): Shown => ({ body: { kind: "empty", ...body }, places: new Map() });

export const noCluster = nothing({
  title: "No keepalived configuration here",
  help: "Open the folder that holds the configurations of all nodes, such as db1/etc/keepalived/keepalived.conf and db2/etc/keepalived/keepalived.conf. A single open configuration is shown as well.",
  action: { label: "Open Folder", name: "openFolder" },
});

export const reading = nothing({ title: "Reading the configurations…", help: "" });

export const failed = (error: unknown, running: boolean): Shown =>
  running
    ? nothing({
        title: "The language server failed",
        help: `It said: ${error instanceof Error ? error.message : String(error)}. This is a defect of kalint; the output has more.`,
        action: { label: "Show the Output", name: "output" },
      })
    : nothing({
        title: "The language server is not running",
        help: "Start it again; when it stops once more, its output says why.",
        action: { label: "Restart the Language Server", name: "restart" },
      });
