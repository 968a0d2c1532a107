import { describe, expect, it } from "vitest";
import { byNode, edited, nameProblem, nextNode, renamed, withCopyOf, withFile, without, withText } from "../../playground/files.ts";

const file = (name: string, text = ""): { readonly name: string; readonly text: string } => ({ name, text });
const names = (files: readonly { readonly name: string }[]): readonly string[] => files.map(({ name }) => name);
const two = [file("db1/etc/check.sh"), file("db1/etc/keepalived/keepalived.conf"), file("db2/etc/keepalived/keepalived.conf")];

describe("files of a page", () => {
  it("are grouped by node, the configuration first, then the scripts", () => {
    expect(byNode([file("db1/etc/hosts"), file("db1/a.sh", "#!/bin/sh")]).flatMap(({ files }) => names(files))).toEqual([
      "db1/a.sh",
      "db1/etc/hosts",
    ]);
    expect(byNode([...two, file("notes")]).map(({ node, files }) => [node, ...names(files)])).toEqual([
      ["db1", "db1/etc/keepalived/keepalived.conf", "db1/etc/check.sh"],
      ["db2", "db2/etc/keepalived/keepalived.conf"],
      ["", "notes"],
    ]);
  });

  it("are added beside those of their node", () => {
    expect(names(withFile(two, file("db1/b")))).toEqual(["db1/etc/check.sh", "db1/etc/keepalived/keepalived.conf", "db1/b", two[2]!.name]);
    expect(names(withFile(two, file("db3/b")))).toEqual([...names(two), "db3/b"]);
  });

  it("are changed, renamed and removed without changing what was there", () => {
    expect(withText(two, "db1/etc/check.sh", "x")[0]).toEqual(file("db1/etc/check.sh", "x"));
    expect(names(renamed(two, "db1/etc/check.sh", "db2/check.sh"))).toEqual(["db2/check.sh", two[1]!.name, two[2]!.name]);
    expect(names(without(two, two[2]!.name))).toEqual(names(two.slice(0, 2)));
    expect(two[0]).toEqual(file("db1/etc/check.sh"));
  });

  it("of a new node are a copy of another's", () => {
    expect(names(withCopyOf(two, "db1", "db3")).slice(3)).toEqual(["db3/etc/check.sh", "db3/etc/keepalived/keepalived.conf"]);
    expect(nextNode(two)).toBe("db3");
    expect(nextNode([file("master/a"), file("backup/a")])).toBe("backup2");
    expect(nextNode([file("db2/a"), file("db1/a")])).toBe("db3");
  });

  it.each([
    ["", "missing"],
    ["db1//a", "missing"],
    ["../a", "elsewhere"],
    ["db1/./a", "elsewhere"],
    ["db1/etc/check.sh", "such a file"],
    ["db1/etc", "folder"],
    ["db1/etc/check.sh/a", "folder"],
  ])("may not be called %j", (name, problem) => {
    expect(nameProblem(name, two)).toContain(problem);
  });

  it("may keep its own name", () => {
    expect(nameProblem("db1/etc/check.sh", two, "db1/etc/check.sh")).toBeUndefined();
  });

  it("takes several edits of one text", () => {
    const edits = [
      { start: 0, end: 1, replacement: "xy" },
      { start: 2, end: 2, replacement: "!" },
    ];
    expect(edited("abc", edits)).toBe("xyb!c");
  });
});
