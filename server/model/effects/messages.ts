/** Mail, and lines for the system's log. */
import { argument, baseOf, type Interpreter } from "./commands.ts";
import { optionValue, readOptions } from "./options.ts";

/** mail, mailx, sendmail, mutt, msmtp: who gets it. */
export const mail: Interpreter = (call) => {
  const words = readOptions(call.arguments, { valued: "abcFfHhoqrSsuXeix".replace(/[ix]/gu, "") });
  return [{ ...baseOf(call), kind: "mail", recipients: words.operands.map(argument) }];
};

export const logger: Interpreter = (call) => {
  const words = readOptions(call.arguments, {
    valued: "fptnPuS",
    long: ["tag", "priority", "file", "server", "port", "socket", "size", "id", "sd-id", "sd-param", "msgid"],
  });
  const tag = optionValue(words, "-t", "--tag");
  const priority = optionValue(words, "-p", "--priority");
  return [
    {
      ...baseOf(call),
      kind: "log",
      ...(tag === undefined ? {} : { tag: argument(tag) }),
      ...(priority === undefined ? {} : { priority: argument(priority) }),
      message: words.operands.map(argument),
    },
  ];
};
