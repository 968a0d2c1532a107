/** `kalint/changed`: tells a client that shows clusters when to ask for them again. */
import { NotificationType0 } from "vscode-languageserver/node";
import { changedMethod } from "./custom.ts";
import type { Session } from "./session.ts";

/** Milliseconds without a change: pictures follow the pauses of somebody who types, not every letter. */
const quiet = 250;

export const announceChanges = ({ connection, client, onChange }: Session): void => {
  if (!client.notifies) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A client that hangs up is told to nobody.
      connection.sendNotification(new NotificationType0(changedMethod)).catch(() => undefined);
    }, quiet);
  });
};
