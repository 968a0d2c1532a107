import { describe, expect, test } from "vitest";
import { folds } from "../../server/features/folding.ts";
import { linksIn } from "../../server/features/links.ts";
import { callersOf, definitionsAt, referencesAt, renameAt } from "../../server/features/names.ts";
import { selections } from "../../server/features/selection.ts";
import { workspaceSymbols } from "../../server/features/workspace-symbols.ts";
import { editing, type Editing } from "./editing.ts";

const sited = (
  { textOf }: Editing,
  { file, span }: { readonly file: string; readonly span: { readonly start: number; readonly end: number } },
): string => {
  const text = textOf(file)!;
  return `${file}:${text.slice(0, span.start).split("\n").length} ${text.slice(span.start, span.end)}`;
};

const script = 'vrrp_script chk {\n    script "/bin/true"\n}\n';
const tracking = (name: string): string => `vrrp_instance V {\n    track_script {\n        ${name}\n    }\n}\n`;

describe("names", () => {
  test("lead to their definition and to all their uses", () => {
    const it = editing(`${script}${tracking("c|hk")}`);
    expect(definitionsAt(it.project, it.file, it.offset).map((site) => sited(it, site))).toEqual(["keepalived.conf:1 chk"]);
    expect(referencesAt(it.project, it.file, it.offset).map(({ site, defines }) => [sited(it, site), defines])).toEqual([
      ["keepalived.conf:1 chk", true],
      ["keepalived.conf:6 chk", false],
    ]);
  });

  test("lead through included files", () => {
    const it = editing({ "keepalived.conf": `include scripts.inc\n${tracking("c|hk")}`, "scripts.inc": script });
    expect(definitionsAt(it.project, it.file, it.offset).map((site) => sited(it, site))).toEqual(["scripts.inc:1 chk"]);
  });

  test("of definitions lead from use to value", () => {
    const it = editing("$VIP=10.0.0.1\nvrrp_instance V {\n    mcast_src_ip $V|IP\n}\n");
    expect(definitionsAt(it.project, it.file, it.offset).map((site) => sited(it, site))).toEqual(["keepalived.conf:1 VIP"]);
  });

  test("of scripts lead to the file, and from the file to the lines that run it", () => {
    const it = editing({
      "db1/etc/keepalived/keepalived.conf": 'vrrp_script c {\n    script "/opt/ch|eck.sh"\n}\n',
      "db1/opt/check.sh": "#!/bin/sh\nexit 0\n",
    });
    expect(definitionsAt(it.project, it.file, it.offset)).toEqual([{ file: "db1/opt/check.sh", span: { start: 0, end: 0 } }]);
    expect(callersOf(it.project, "db1/opt/check.sh").map(({ site }) => sited(it, site))).toEqual([
      "db1/etc/keepalived/keepalived.conf:2 /opt/check.sh",
    ]);
    expect(linksIn(it.project, it.file)).toMatchObject([{ file: "db1/opt/check.sh" }]);
  });
});

describe("rename", () => {
  const renamed = (contents: Parameters<typeof editing>[0], to: string) => {
    const it = editing(contents);
    const made = renameAt(it.project, it.file, it.offset, it.textOf, to);
    if (made.kind === "refused") return made.reason;
    const texts = new Map<string, string>();
    for (const { at, text } of made.edits.toSorted((a, b) => b.at.span.start - a.at.span.start)) {
      const before = texts.get(at.file) ?? it.textOf(at.file)!;
      texts.set(at.file, before.slice(0, at.span.start) + text + before.slice(at.span.end));
    }
    return Object.fromEntries(texts);
  };

  test("changes the definition and every use, quotes kept", () => {
    expect(renamed(`${script}${tracking('"chk|"')}`, "check_db")).toEqual({
      "keepalived.conf": `${script.replace("chk", "check_db")}${tracking('"check_db"')}`,
    });
  });

  test("of a name in a file that two nodes include changes both nodes", () => {
    const contents = {
      "scripts.inc": script.replace("chk", "c|hk"),
      "a/keepalived.conf": `include ../scripts.inc\n${tracking("chk")}`,
      "b/keepalived.conf": `include ../scripts.inc\n${tracking("chk")}`,
    };
    expect(renamed(contents, "x")).toEqual({
      "scripts.inc": script.replace("chk", "x"),
      "a/keepalived.conf": `include ../scripts.inc\n${tracking("x")}`,
      "b/keepalived.conf": `include ../scripts.inc\n${tracking("x")}`,
    });
  });

  test("of a definition keeps its form", () => {
    expect(renamed("$VI|P=10.0.0.1\nvrrp_instance V {\n    mcast_src_ip $VIP\n    unicast_src_ip ${VIP}\n}\n", "ADDRESS")).toEqual({
      "keepalived.conf": "$ADDRESS=10.0.0.1\nvrrp_instance V {\n    mcast_src_ip $ADDRESS\n    unicast_src_ip ${ADDRESS}\n}\n",
    });
  });

  test("is refused with the reason", () => {
    expect(renamed(`${script}${tracking("c|hk")}`, "two words")).toContain("would not read it as one word");
    expect(renamed(`${script}vrrp_script other {\n}\n${tracking("c|hk")}`, "other")).toBe(
      "there is a track_script other already".replace("track_script", "chk"),
    );
    expect(renamed("vrrp_instance V {\n    prior|ity 100\n}\n", "x")).toContain("no name here");
    expect(renamed(`$N=k\nvrrp_script ch\${N} {\n    script "/bin/true"\n}\n${tracking("c|hk")}`, "x")).toContain(
      "put together from a definition",
    );
  });
});

describe("structure", () => {
  const text = "# one\n# two\nvrrp_instance V {\n    virtual_ipaddress {\n        10.0.0.1\n    }\n}\n";

  test("folds blocks and runs of comments", () => {
    expect(folds(text).map(({ span, kind }) => [kind, text.slice(span.start, span.end).split("\n").length])).toEqual([
      ["block", 5],
      ["block", 3],
      ["comment", 2],
    ]);
  });

  test("selections grow from the word to the file", () => {
    const spans = selections(text, text.indexOf("10.0.0.1") + 2);
    expect(spans.map(({ start, end }) => text.slice(start, end).trim().split("\n")[0])).toEqual([
      "10.0.0.1",
      "10.0.0.1",
      "virtual_ipaddress {",
      "virtual_ipaddress {",
      "vrrp_instance V {",
      "# one",
    ]);
  });

  test("symbols are found by some of their letters", () => {
    const it = editing(`${script}${tracking("|chk")}`);
    expect(workspaceSymbols(it.project, "ck").map(({ name }) => name)).toEqual(["chk"]);
    expect(workspaceSymbols(it.project, "").map(({ name }) => name)).toEqual(["chk", "V"]);
  });
});
