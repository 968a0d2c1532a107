/** Whether an open document is a configuration: scripts and other files of a machine have servers of their own. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { looksLikeConfiguration } from "../model/cluster/discover.ts";

export const isConfigurationText = (document: TextDocument): boolean =>
  document.languageId === "keepalived" || looksLikeConfiguration(document.getText());
