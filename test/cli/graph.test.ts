import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { folder, kalint, root, splitPair } from "./kalint.ts";
import { all, type Element, readXml } from "./xml.ts";

const marks = "fixtures/clusters/mysql-readwrite-fwmark/as-written";

const drawn = (paths: readonly string[], format: string, cwd?: string): string => {
  const run = kalint(["graph", ...paths, "--format", format], cwd === undefined ? {} : { cwd });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  return run.stdout;
};

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** The classes of its frame. */
  readonly frame: string;
  readonly places: readonly string[];
}

/** The boxes of an SVG, by their groups. */
const boxesOf = (svg: Element): readonly Shown[] =>
  all(svg, "g")
    .filter(({ attributes }) => attributes["id"] !== undefined)
    .map((group) => {
      const [title = "", ...places] = group.children.find(({ name }) => name === "title")!.text.split("\n");
      const texts = group.children.filter(({ name, attributes }) => name === "text" && attributes["text-anchor"] === undefined);
      const frame = group.children.find(({ name }) => name === "rect")!.attributes["class"]!;
      return { id: group.attributes["id"]!, title, lines: texts.slice(2).map(({ text }) => text), frame, places };
    });

/** A flowchart read by the grammar of what kalint writes; any other line fails. */
const readMermaid = (text: string): { readonly boxes: ReadonlyMap<string, string>; readonly ways: ReadonlySet<string> } => {
  const boxes = new Map<string, string>();
  const ways = new Set<string>();
  const label = String.raw`"(?<label>(?:[\p{L}\p{N} .,:/_()+=@…≠−–-]|#\d+;|<br/>|</?[bi]>)*)"`;
  const shape = String.raw`(?:\[${label}\]|\{\{${label.replaceAll("label", "l2")}\}\}|\(\[${label.replaceAll("label", "l3")}\]\)|>${label.replaceAll("label", "l4")}\]|\[/${label.replaceAll("label", "l5")}/\]|\[\(${label.replaceAll("label", "l6")}\)\])`;
  const box = new RegExp(`^ +(?<id>[a-z0-9_]+)${shape}(?::::(?:error|warning))?$`, "u");
  const way = new RegExp(String.raw`^ +(?<from>[a-z0-9_]+) (?:-->|==>|-\.->)(?:\|${label}\|)? (?<to>[a-z0-9_]+)$`, "u");
  const other = /^(?:flowchart LR|classDef \w+ [\w:#,-]+|linkStyle [\d,]+ [\w:#,-]+| {4}subgraph c\d+\["[^"]*"\]| {4}end|%% .*)$/u;
  const decoded = (found: string): string => found.replace(/#(\d+);/gu, (_all, code: string) => String.fromCodePoint(Number(code)));
  for (const line of text.trimEnd().split("\n")) {
    const isBox = box.exec(line)?.groups;
    const isWay = way.exec(line)?.groups;
    if (isBox !== undefined) {
      const found = ["label", "l2", "l3", "l4", "l5", "l6"].map((name) => isBox[name]).find((one) => one !== undefined)!;
      boxes.set(isBox["id"]!, decoded(found).replace(/<\/?[bi]>/gu, ""));
    } else if (isWay !== undefined) ways.add(`${isWay["from"]} ${isWay["to"]}`);
    else if (!other.test(line)) throw new Error(`no line of a flowchart: ${line}`);
  }
  return { boxes, ways };
};

describe("kalint graph", () => {
  it("draws nodes, the virtual router with both VRIDs, the address, and what is wrong in colour and in words", () => {
    const svg = readXml(drawn(["fixtures/demo"], "svg"));
    const boxes = boxesOf(svg);
    expect(boxes.map(({ title }) => title)).toEqual(["db1", "db2", "mysql: VRID 60 ≠ 70", "10.0.0.68/24"]);
    expect(boxes[2]!.frame).toContain("k-b-error");
    expect(boxes[0]!.frame).not.toContain("k-b-error");
    expect(all(svg, "text").map(({ text }) => text)).toEqual(
      expect.arrayContaining(["MASTER 150", "BACKUP 100", "peer-vrid-mismatch", "db2/keepalived.conf:4"]),
    );
    expect(svg.text).toContain("they never hear each other");
  });

  it("names a place for every box, and the place exists", () => {
    for (const { places } of boxesOf(readXml(drawn(["fixtures/clusters"], "svg")))) {
      expect(places).not.toEqual([]);
      for (const place of places) {
        const [, file = "", line = ""] = /^(.+):(\d+)$/u.exec(place) ?? [];
        expect(readFileSync(path.resolve(file), "utf8").split("\n").length).toBeGreaterThanOrEqual(Number(line));
      }
    }
  });

  it("leads packets from the address over the mark to the fwmark service and its real servers", () => {
    const { boxes, ways } = readMermaid(drawn([marks], "mermaid"));
    const id = (start: string): string => [...boxes].find(([, text]) => text === start || text.startsWith(`${start}<br/>`))![0];
    const servers = [...boxes].filter(([name]) => name.startsWith("server"));
    expect(servers.map(([, text]) => text.split("<br/>")[1])).toEqual(["10.0.0.69", "10.0.0.70"]);
    for (const [from, to] of [
      ["10.0.0.140", "mark 1"],
      ["mark 1", "fwmark 1"],
      ["mark 2", "fwmark 2"],
      ["10.0.0.68", "10.0.0.68:3306 tcp"],
    ])
      expect(ways).toContain(`${id(from!)} ${id(to!)}`);
    for (const [server] of servers) expect(ways).toContain(`${id("fwmark 1")} ${server}`);
    expect(ways).not.toContain(`${id("mark 1")} ${id("fwmark 2")}`);
  });

  it("shows who is master once all have started: one where all is well, both in a split brain", () => {
    const thick = (text: string): number => text.split("==>").length - 1;
    expect(thick(drawn(["fixtures/clusters/mysql-dual-master/corrected"], "mermaid"))).toBe(1);
    expect(thick(drawn([], "mermaid", folder(splitPair)))).toBe(2);
  });

  it("names tracked scripts with what their failure does, and those that are missing", () => {
    const lines = (where: string): string => JSON.stringify(boxesOf(readXml(drawn([where], "svg"))).map((box) => box.lines));
    expect(lines("fixtures/clusters/mysql-readwrite-fwmark/corrected")).toContain("chk_mysql (check_mysql.sh), FAULT on failure");
    expect(lines(marks)).toContain("keepalived_notify.sh (missing): backup,");
  });

  it("is the same, byte for byte, every time", () => {
    for (const format of ["svg", "mermaid", "dot"])
      expect(drawn(["fixtures/clusters/web-dr-directors"], format)).toBe(drawn(["./fixtures/clusters/web-dr-directors/"], format));
  });

  it("has a dark set for every colour, and nothing from elsewhere", () => {
    const text = drawn([marks], "svg");
    const used = new Set([...text.matchAll(/class="([^"]+)"/gu)].flatMap(([, names = ""]) => names.split(" ")));
    const style = readXml(text).children.find(({ name }) => name === "style")!.text;
    expect(style).toMatch(/^@media \(prefers-color-scheme: dark\) \{/u);
    for (const name of used) expect(style).toContain(`.${name} {`);
    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|<script|<image|@import|url\(|href/u);
  });

  it("collapses a thousand real servers into one box", () => {
    const servers = Array.from(
      { length: 1000 },
      (_, index) => `  real_server 10.9.${index >> 8}.${index & 255} 80 {\n    TCP_CHECK {\n    }\n  }\n`,
    );
    const cwd = folder({
      "keepalived.conf": `virtual_server 10.1.0.100 80 {\n  lb_algo rr\n  lb_kind DR\n  protocol TCP\n${servers.join("")}}\n`,
    });
    for (const format of ["svg", "mermaid", "dot"]) {
      const text = drawn([], format, cwd);
      expect(text).toContain("1000 real servers");
      expect(text.length).toBeLessThan(30_000);
    }
  });

  it("shows hostile names as text", () => {
    const name = `</text><script>alert(1)</script>]|;end`;
    const cwd = folder({
      "keepalived.conf": `vrrp_instance "${name}" {\n  interface eth0\n  virtual_router_id 9\n  virtual_ipaddress {\n    10.1.0.1\n  }\n}\n`,
      "kalint.toml": `[[cluster]]\nname = 'c"\\ &'\n[[cluster.node]]\nname = 'a"]:::error\\u001b'\nconfig = "keepalived.conf"\n`,
    });
    const svg = readXml(drawn([], "svg", cwd));
    expect(all(svg, "script")).toEqual([]);
    expect(boxesOf(svg).map(({ title }) => title)).toContain(`${name}: VRID 9`);
    expect([...readMermaid(drawn([], "mermaid", cwd)).boxes.values()].join("\n")).toContain(name);
    expect(drawn([], "dot", cwd)).toContain("&lt;/text&gt;&lt;script&gt;");
  });

  it("shows no secret: passwords, arguments of commands", () => {
    const cwd = folder({
      "keepalived.conf": `vrrp_script chk {
  script "/usr/bin/mysqladmin -uroot -pS3CRET ping"
}
vrrp_instance VI_1 {
  interface eth0
  virtual_router_id 51
  authentication {
    auth_type PASS
    auth_pass S3CRET1 S3CRET2
  }
  track_script {
    chk
  }
  virtual_ipaddress {
    10.1.0.1
  }
  notify_master "/usr/bin/env DB_PASSWORD=S3CRET /opt/up.sh S3CRET"
}
`,
    });
    for (const format of ["svg", "mermaid", "dot"]) {
      const text = drawn([], format, cwd);
      expect(text).toContain("mysqladmin");
      expect(text).not.toContain("S3CRET");
    }
  });

  it("writes to a file", () => {
    const cwd = folder(splitPair);
    expect(kalint(["graph", "--format", "svg=picture.svg"], { cwd })).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(readXml(readFileSync(path.join(cwd, "picture.svg"), "utf8")).name).toBe("svg");
  });

  it("is 2 for wrong use", () => {
    expect(kalint(["graph", "--format", "png"])).toMatchObject({ status: 2, stderr: expect.stringContaining("svg, mermaid, dot") });
    expect(kalint(["graph"], { cwd: folder({ "notes.txt": "x" }) })).toMatchObject({ status: 2, stdout: "" });
  });

  it("costs nothing where no picture is asked for: only the writer of SVG loads the layout", () => {
    const text = (file: string): string => readFileSync(path.join(root, "dist", file), "utf8");
    const loadedBy = (start: string): string => {
      const files = new Set([readdirSync(path.join(root, "dist")).find((name) => name.startsWith(start))!]);
      for (const file of files) for (const [, next] of text(file).matchAll(/=require\("\.\/(.+?)"\)/gu)) files.add(next!);
      return [...files].map(text).join("\n");
    };
    expect(loadedBy("svg-")).toContain("_dagre");
    expect(loadedBy("check-").length).toBeGreaterThan(
      text(readdirSync(path.join(root, "dist")).find((name) => name.startsWith("check-"))!).length,
    );
    for (const start of ["main.js", "check-", "graph-", "mermaid-", "dot-"]) expect(loadedBy(start)).not.toContain("_dagre");
  });
});
