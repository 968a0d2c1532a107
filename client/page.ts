/** The HTML of a view: a style sheet and a script of the extension, and nothing else may be loaded or run. */
import { type ExtensionContext, Uri, type Webview, type WebviewOptions, type WebviewPanelOptions } from "vscode";

const folderOf = (context: ExtensionContext): Uri => Uri.joinPath(context.extensionUri, "dist", "webview");

export const pageOptions = (context: ExtensionContext): WebviewOptions & WebviewPanelOptions => ({
  enableScripts: true,
  enableFindWidget: true,
  localResourceRoots: [folderOf(context)],
});

export const pageText = (
  webview: Webview,
  context: ExtensionContext,
  { title, script }: { readonly title: string; readonly script: string },
): string => {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(folderOf(context), name)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${file("page.css")}">
</head>
<body>
<div id="page"></div>
<script nonce="${nonce}" src="${file(script)}"></script>
</body>
</html>`;
};
