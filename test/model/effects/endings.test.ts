/** How scripts end that come to a failure, a variable or a file that the shell cannot use. */
import { describe, expect, test } from "vitest";
import { ENDINGS } from "./endings.ts";
import { read } from "./reading.ts";

describe.each([
  ["bash", "#!/bin/bash"],
  ["dash", "#!/bin/sh"],
] as const)("%s", (shell, shebang) => {
  test.each(ENDINGS.filter((one) => one[shell] !== undefined))("$text", (one) => {
    const { endings, complete } = read(`${shebang}\n${one.text}`, ["a"]);
    expect(complete).toBe(true);
    expect([...new Set(endings.map(({ status }) => status))].toSorted((a, b) => Number(a) - Number(b))).toEqual(one[shell]);
  });
});
