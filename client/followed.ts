/** The file that somebody works on: the last text editor whose file may belong to a cluster. A view in front of it changes nothing. */
import { EventEmitter, type Event, type ExtensionContext, type TextEditor, type Uri, type ViewColumn, window } from "vscode";

export interface FollowedEditors {
  readonly uri: () => Uri | undefined;
  /** Where that editor stands: what a view jumps to opens there, and not over the view. */
  readonly column: () => ViewColumn | undefined;
  readonly onChange: Event<void>;
}

export const followEditors = (context: ExtensionContext): FollowedEditors => {
  const changed = new EventEmitter<void>();
  let last: { readonly uri: Uri; readonly column: ViewColumn | undefined } | undefined;
  const take = (editor: TextEditor | undefined): void => {
    // No editor: a view has the focus. Another scheme: an output, a page of a rule.
    if (editor === undefined || !["file", "untitled"].includes(editor.document.uri.scheme)) return;
    last = { uri: editor.document.uri, column: editor.viewColumn };
    changed.fire();
  };
  take(window.activeTextEditor);
  context.subscriptions.push(changed, window.onDidChangeActiveTextEditor(take));
  return { uri: () => last?.uri, column: () => last?.column, onChange: changed.event };
};
