/** What the engine itself adds to findings: definitions behind values, and an end to repetition. */
import { describe, expect, test } from "vitest";
import { judge } from "../judge.ts";

const node = (vrid: string, before = ""): string =>
  `${before}vrrp_instance WAN {\n    virtual_router_id ${vrid}\n    virtual_ipaddress {\n        203.0.113.7\n    }\n}\n`;

describe("a finding whose value comes from a definition", () => {
  test("stands where the value is used, and shows where it is defined", () => {
    const texts = { "oslo/keepalived.conf": node("3"), "rome/keepalived.conf": node("$ID", "$ID=4\n") };
    const [finding, ...more] = judge(texts, { only: ["peer-vrid-mismatch"] }).findings;
    expect(more).toEqual([]);
    const { file, span } = finding!.at;
    expect(texts["rome/keepalived.conf"].slice(span.start, span.end)).toBe("$ID");
    expect(file).toBe("rome/keepalived.conf");
    const note = finding!.notes.find(({ message }) => message === "its value is defined here");
    expect(texts["rome/keepalived.conf"].slice(note!.at!.span.start, note!.at!.span.end)).toBe("4");
  });

  test("of a literal value, nothing is said", () => {
    const { findings } = judge({ "oslo/keepalived.conf": node("3"), "rome/keepalived.conf": node("4") }, { only: ["peer-vrid-mismatch"] });
    expect(findings.flatMap(({ notes }) => notes.map(({ message }) => message))).not.toContain("its value is defined here");
  });
});

describe("thousands of findings of one rule in one file", () => {
  const { findings } = judge(
    {
      "keepalived.conf": `vrrp_instance WAN {\n${"    nonsense\n".repeat(1500)}}\n`,
      "other.conf": "vrrp_instance LAN {\n    nonsense\n}\n",
    },
    { only: ["unknown-keyword"] },
  );

  test("are cut, and the last one says how many there are", () => {
    const here = findings.filter(({ at }) => at.file === "keepalived.conf");
    expect(here).toHaveLength(1000);
    expect(here.at(-1)?.notes.at(-1)?.message).toBe("500 more findings of this rule in this file are not listed");
    expect(here.slice(0, -1).flatMap(({ notes }) => notes.filter(({ message }) => message.includes("not listed")))).toEqual([]);
  });

  test("hide none of another file", () => expect(findings.filter(({ at }) => at.file === "other.conf")).toHaveLength(1));
});
