/** Files that commands make, change and remove. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation } from "./commands.ts";
import { optionValue, type OptionTable, readOptions } from "./options.ts";
import type { FileEffect } from "./types.ts";

export const fileEffect = (call: Invocation, action: FileEffect["action"], file: Argument): FileEffect => ({
  ...baseOf(call),
  kind: "file",
  action,
  file: argument(file),
});

/** Commands whose operands are the files. `skip`: operands before them. */
const onOperands =
  (action: FileEffect["action"], table: OptionTable, skip = 0): Interpreter =>
  (call) => {
    const files = readOptions(call.arguments, table).operands.slice(skip);
    return files.length === 0 ? undefined : files.map((file) => fileEffect(call, action, file));
  };

export const touch = onOperands("touch", { valued: "drt", long: ["date", "reference", "time"] });
export const rm = onOperands("remove", { valued: "" });
export const mkdir = onOperands("make-directory", { valued: "mZ", long: ["mode"] });
export const chmod = onOperands("mode", { valued: "" }, 1);
export const chown = onOperands("owner", { valued: "" }, 1);

export const tee: Interpreter = (call) => {
  const words = readOptions(call.arguments, { valued: "" });
  const appends = words.options.some(({ name }) => name === "-a" || name === "--append");
  return words.operands.length === 0
    ? undefined
    : words.operands
        .filter(({ text }) => text?.startsWith("/proc/sys/") !== true && text?.startsWith("/dev/") !== true)
        .map((file) => fileEffect(call, appends ? "append" : "write", file));
};

/** cp, mv, ln, install: the last operand is written. */
export const copy: Interpreter = (call) => {
  const words = readOptions(call.arguments, { valued: "tSmogZ", long: ["target-directory", "suffix", "mode", "owner", "group"] });
  const target =
    optionValue(words, "-t", "--target-directory") ?? (words.operands.length > 1 ? words.operands[words.operands.length - 1] : undefined);
  return target === undefined ? undefined : [fileEffect(call, "write", target)];
};
