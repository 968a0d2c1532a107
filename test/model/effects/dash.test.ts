/** The bash constructs that kalint knows, against what dash did with them (test/observed/bashisms-in-dash). */
import { describe, expect, test } from "vitest";
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Outcome } from "../../../server/model/effects/dash/bashism.ts";
import { bashismsIn } from "../../../server/model/effects/dash/find.ts";
import observed from "../../observed/bashisms-in-dash/observed.json" with { type: "json" };

interface Row {
  readonly script: string;
  readonly kind: string | null;
  readonly stdout: string;
  readonly said: string;
  readonly status: number;
}

/** What was seen, in the words of an outcome. */
const seen = ({ stdout, said, status }: Row): Outcome => {
  if (status !== 0) return said.startsWith("Syntax error") ? { kind: "refused" } : { kind: "stops", status };
  const printed = /^status (\d+)$/mu.exec(stdout.replace(/^(\d+)\nstatus 0/mu, "status $1"));
  return { kind: "fails", status: Number(printed![1]) };
};

describe("what dash was seen to do", () => {
  test.each((observed as readonly Row[]).filter(({ kind }) => kind !== null))("$script", (row) => {
    const [first] = bashismsIn(parseShell(row.script), row.script);
    expect(first?.kind).toBe(row.kind);
    // What only differs goes on with any status.
    if (first!.outcome.kind === "differs") expect(row.status).toBe(0);
    else expect(first!.outcome).toEqual(seen(row));
  });

  test.each((observed as readonly Row[]).filter(({ kind }) => kind === null))("dash has it: $script", ({ script }) => {
    expect(bashismsIn(parseShell(script), script)).toEqual([]);
  });
});
