/** What the parts of the extension are given. */
import type { ExtensionContext } from "vscode";
import type { FollowedEditors } from "./followed.ts";
import type { Server } from "./server.ts";

export interface Surroundings {
  readonly context: ExtensionContext;
  readonly server: Server;
  readonly editors: FollowedEditors;
}
