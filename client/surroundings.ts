/** What the parts of the extension are given. */
import type { ExtensionContext } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { FollowedEditors } from "./followed.ts";

export interface Surroundings {
  readonly context: ExtensionContext;
  readonly server: LanguageClient;
  readonly editors: FollowedEditors;
}
