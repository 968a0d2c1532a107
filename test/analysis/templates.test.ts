/** What is said of templates: what is true around their marks, and nothing that a mark brings about. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseKeepalived } from "../../grammar/keepalived/parse.ts";
import type { Item } from "../../grammar/keepalived/tree.ts";
import { looksLikeConfiguration } from "../../server/model/cluster/discover.ts";
import type { Finding } from "../../server/analysis/finding.ts";
import { fixAll, judge } from "../judge.ts";

/** Rule and line of every finding but that there are marks. */
const told = (contents: Readonly<Record<string, string>>): readonly string[] =>
  judge(contents).findings.flatMap((finding) =>
    finding.rule === "template-region-skipped" ? [] : `${finding.rule} ${lineOf(contents[finding.at.file]!, finding)}`,
  );

const lineOf = (text: string, { at }: Finding): number => text.slice(0, at.span.start).split("\n").length;

const whole = `global_defs {
    router_id {{ inventory_hostname }}
}
vrrp_instance VI_1 {
    state {{ state }}
    interface {{ interface }}
    virtual_router_id {{ vrid }}
    priority {{ priority }}
    advert_int 1
    virtual_ipaddress {
        10.0.0.{{ id }}/24
    }
}
`;
const jinja = (text: string): readonly string[] => told({ "keepalived.conf.j2": text });
/** The template with lines before its last brace. */
const withLines = (...lines: readonly string[]): string => `${whole.slice(0, -2)}${lines.join("\n")}\n}\n`;

describe("around the marks", () => {
  test("a template in which nothing is wrong", () => expect(jinja(whole)).toEqual([]));

  test("what is wrong is told, at its place in the template", () => {
    expect(jinja(whole.replace("advert_int 1", "advert_itn 1"))).toEqual(["unknown-keyword 9"]);
    expect(jinja(whole.replace("{{ priority }}", "300"))).toEqual(["out-of-range 8"]);
    expect(jinja(whole.replace("10.0.0.{{ id }}/24", "10.0.0.300/24"))).toEqual(["invalid-ip 11"]);
  });

  test("a message names the marks as they are written", () => {
    const [finding] = judge({
      "keepalived.conf.j2": `vrrp_instance VI_{{ name }} {\n    interface eth0\n    priority 100\n}\n`,
    }).findings.filter(({ rule }) => rule === "missing-virtual-router-id");
    expect(finding?.message).toContain("VI_{{ name }}");
  });
});

describe("branches", () => {
  const both = ["{% if master %}", "    nopreempt", "    preempt_delay 5", "{% else %}", "    preempt_delay 5", "{% endif %}"];

  test("one keyword in both is no second one", () => {
    expect(jinja(withLines("{% if a %}", "    preempt_delay 5", "{% else %}", "    preempt_delay 9", "{% endif %}"))).toEqual([]);
  });

  test("what is wrong within a branch is told there", () => {
    expect(
      jinja(
        whole
          .replace("{{ state }}", "BACKUP")
          .replace("{{ priority }}", "100")
          .replace(/\}\n$/u, `${both.join("\n")}\n}\n`),
      ),
    ).toEqual(["preempt-delay-with-nopreempt 15"]);
  });

  test("what two conditions bring together, which may exclude each other, is not", () => {
    const text = whole.replace("    state {{ state }}", "{% if master %}\n    state MASTER\n{% else %}\n    state BACKUP\n{% endif %}");
    expect(jinja(text.replace("    advert_int 1", "{% if not master %}\n    nopreempt\n{% endif %}"))).toEqual([]);
    expect(jinja(text.replace("    advert_int 1", "    nopreempt"))).toEqual([]);
    // Without a choice it is.
    expect(jinja(whole.replace("{{ state }}", "MASTER").replace("    advert_int 1", "    nopreempt"))).toEqual([
      "nopreempt-with-master-state 9",
    ]);
  });

  test("what a branch may bring is not missing", () => {
    for (const [open, close] of [
      ["{% if a %}", "{% endif %}"],
      ["{% for a in b %}", "{% endfor %}"],
    ])
      expect(jinja(whole.replace("    virtual_router_id {{ vrid }}", `${open}\n    virtual_router_id {{ vrid }}\n${close}`))).toEqual([]);
    expect(jinja(whole.replace("    virtual_router_id {{ vrid }}", "    {{ more }}"))).toEqual([]);
    expect(jinja(whole.replace("    virtual_router_id {{ vrid }}", "    {% include 'more.j2' %}"))).toEqual([]);
    expect(jinja(whole.replace("    virtual_router_id {{ vrid }}\n", ""))).toEqual(["missing-virtual-router-id 4"]);
  });

  test("a block that a loop repeats, and one that is opened in two ways", () => {
    const server = ["real_server {{ s }} 80 {", "TCP_CHECK {", "connect_timeout 3", "}", "}"];
    const service = `virtual_server 10.0.0.1 80 {\nlb_algo rr\nlb_kind DR\nprotocol TCP\nquorum 2\n{% for s in servers %}\n${server.join("\n")}\n{% endfor %}\n}\n`;
    expect(jinja(service).filter((one) => !one.startsWith("virtual-server-not-a-vip"))).toEqual([]);
    expect(
      jinja(whole.replace("vrrp_instance VI_1 {", "{% if a %}\nvrrp_instance VI_1 {\n{% else %}\nvrrp_instance VI_2 {\n{% endif %}")),
    ).toEqual([]);
  });

  test("of marks that do not close one another nothing is said but that", () => {
    const found = judge({ "keepalived.conf.j2": withLines("{% if a %}", "nonsense") }).findings;
    expect(found.map(({ rule }) => rule)).toEqual(["template-region-skipped"]);
    expect(found[0]?.message).toContain("do not close one another");
  });
});

describe("who is a template", () => {
  const node = (priority: string, vrid: string): string =>
    whole
      .replace("{{ state }}", "BACKUP")
      .replace("{{ interface }}", "eth0")
      .replace("{{ vrid }}", vrid)
      .replace("{{ priority }}", priority)
      .replace("{{ id }}", "7")
      .replace("{{ inventory_hostname }}", "x");

  test("it is nobody's peer", () => {
    const { project } = judge({
      "a/keepalived.conf": node("100", "61"),
      "b/keepalived.conf": node("90", "61"),
      "keepalived.conf.j2": node("{{ p }}", "62"),
    });
    expect(project.clusters.map(({ nodes }) => nodes.length).toSorted((a, b) => a - b)).toEqual([1, 2]);
    // Beside these two, which agree, it would be a third that contradicts them.
    const nodes = { "a/keepalived.conf": node("100", "61"), "b/keepalived.conf": node("90", "61") };
    const among = judge({ ...nodes, "keepalived.conf.j2": node("100", "{{ v }}") }).findings.filter(({ at }) => at.file in nodes);
    expect(among.map(({ rule }) => rule)).toEqual(judge(nodes).findings.map(({ rule }) => rule));
  });

  test("one that writes a part only, of which others write the rest", () => {
    expect(told({ "keepalived/templates/server.erb": "virtual_server <%= @ip %> 80 {\n" })).toEqual([]);
    expect(told({ "keepalived/templates/keepalived.conf.erb": "virtual_server <%= @ip %> 80 {\n" })).toContain("unbalanced-brace 1");
  });

  test("of a template nobody says what only machines can do to each other", () => {
    const cluster = (folder: string, address: string): Readonly<Record<string, string>> => ({
      [`${folder}/a/keepalived.conf`]: node("100", "61").replace("10.0.0.7", address),
      [`${folder}/b/keepalived.conf`]: node("90", "61").replace("10.0.0.7", address),
    });
    const reused = (contents: Readonly<Record<string, string>>): boolean =>
      judge(contents).findings.some(
        ({ rule, at, notes }) =>
          rule === "vrid-reused-by-other-cluster" && [at, ...notes.map((note) => note.at)].some((site) => site?.file.endsWith(".j2")),
      );
    expect(reused({ ...cluster("one", "10.0.0.7"), "keepalived.conf.j2": node("{{ p }}", "61").replace("10.0.0.7", "10.0.0.8") })).toBe(
      false,
    );
    const unicast = node("{{ p }}", "61").replace(/\}\n$/u, "unicast_peer {\n10.0.0.99\n{{ peer }}\n}\n}\n");
    expect(
      told({ ...cluster("one", "10.0.0.7"), "keepalived.conf.j2": unicast }).filter((one) => one.startsWith("unicast-peer-unknown")),
    ).toEqual([]);
  });

  test("a configuration that includes one", () => {
    const contents = { "keepalived.conf": "include vrrp.conf\n", "vrrp.conf": whole.replace("advert_int", "advert_itn") };
    expect(told(contents)).toEqual(["unknown-keyword 9"]);
  });
});

describe("scripts", () => {
  const tracked = `global_defs {\nenable_script_security\nscript_user root\n}\nvrrp_script chk {\nscript "/etc/keepalived/check.sh"\ninterval 2\nfall 2\n}\n${withLines("track_script {", "chk", "}")}`;
  const script = (text: string): readonly string[] =>
    told({ "templates/keepalived.conf.j2": tracked, "templates/check.sh.j2": text }).filter((one) => !one.startsWith("script-user-root"));

  test("a script is read around its marks", () => {
    expect(script("#!/bin/sh\n{% if x %}\necho {{ y }}\n{% endif %}\nsystemctl stop keepalived\nexit 1\n")).toEqual([
      "check-stops-keepalived 5",
    ]);
  });

  test("no mark is wrong in it", () => {
    expect(
      script(
        `#!/bin/sh\n{# $( #}\nif [ "{{ a }}" = '{{ b }}' ]; then\n  {{ c }} {{ d | default('(') }}\nfi\nping -c 1 -W 1 {{ host }} || exit 1\n{% for s in t %}test -f {{ s }} || exit 1\n{% endfor %}\n`,
      ),
    ).toEqual([]);
  });
});

describe("fixes", () => {
  test("leave every mark as it is", () => {
    const text = whole.replace("advert_int 1", "advert_itn 1").replace("{{ priority }}", "100{# main #}");
    const fixed = fixAll(judge({ "keepalived.conf.j2": text })).get("keepalived.conf.j2");
    expect(fixed).toBe(text.replace("advert_itn", "advert_int"));
    const removed = withLines("    preempt_delay 5 {{ x }}", "    nopreempt")
      .replace("{{ state }}", "BACKUP")
      .replace("{{ priority }}", "100");
    expect(fixAll(judge({ "keepalived.conf.j2": removed })).get("keepalived.conf.j2")).toBe(removed);
  });
});

/** Values replaced by marks: nothing is found that was not found before. */
describe("no finding is caused by a mark", () => {
  const files = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
    );
  // One line of them is too long to be read: what a mark makes of its length is not known.
  const texts = [
    ...new Set(
      ["fixtures/clusters", "fixtures/demo", "fixtures/broken"]
        .flatMap(files)
        .filter((file) => !file.includes("long-line"))
        .map((file) => readFileSync(file, "latin1")),
    ),
  ].filter((text) => looksLikeConfiguration(text) && !/\{\{|\{%|<%|\$/u.test(text));
  const marks = [
    ["keepalived.conf.j2", "{{ some.value }}"],
    ["keepalived.conf.j2", "{{x}}"],
    ["keepalived.conf.erb", "<%= @value %>"],
    ["keepalived.conf.tmpl", "{{ .Value }}"],
    ["keepalived.conf", "${VALUE:-x}"],
  ] as const;
  /** What gives way to another rule where that one can see the value. */
  const instead = new Map([["script-single-strike", "script-shell-metacharacters"]]);

  test.each(texts.map((text, index) => [index, text] as const))("text %i", (index, text) => {
    let seed = index + 1;
    const below = (limit: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    const before = judge({ "keepalived.conf": text }).findings;
    const known = new Set(before.map((finding) => `${finding.rule} ${lineOf(text, finding)}`));
    const count = (list: readonly Finding[], rule: string): number => list.filter((finding) => finding.rule === rule).length;
    const values = valuesIn(text);
    if (values.length === 0) return;
    for (let round = 0; round < 5; round++) {
      const [name, mark] = marks[below(marks.length)]!;
      const wanted = round === 4 ? values.length : 1 + below(4);
      const chosen = [...new Set(Array.from({ length: wanted }, () => values[below(values.length)]!))].toSorted(
        (a, b) => b.start - a.start,
      );
      const marked = chosen.reduce((made, { start, end }) => {
        const half = below(3) === 0 && end - start > 3 && text[start] !== '"' ? text.slice(start, start + ((end - start) >> 1)) : "";
        return made.slice(0, start) + half + mark + made.slice(end);
      }, text);
      const after = judge({ [name]: marked }).findings.filter(({ rule }) => rule !== "template-region-skipped");
      // Of several alike one is told: when that one is a mark, the next.
      const added = after.filter(
        (finding) =>
          !known.has(`${finding.rule} ${lineOf(marked, finding)}`) &&
          count(after, finding.rule) > count(before, finding.rule) &&
          count(before, instead.get(finding.rule) ?? "") === 0,
      );
      expect(
        added.map(
          ({ rule, message }) => `${rule}: ${message} in
${marked}`,
        ),
      ).toEqual([]);
    }
  });
});

/** Words that somebody may fill in: arguments, and entries that are addresses, paths or quoted. */
const valuesIn = (text: string): readonly { readonly start: number; readonly end: number }[] => {
  const found: { readonly start: number; readonly end: number }[] = [];
  const visit = (items: readonly Item[]): void => {
    for (const item of items) {
      const [first, ...rest] = item.words;
      // `fwmark` and `group` are no values: they say what the next word is.
      for (const { text: word, span } of rest)
        if (!/^(?:fwmark|group|[{}"\\]+)$/u.test(word) && text[span.start - 1] !== "{") found.push(span);
      if (item.kind === "block") visit(item.body);
      else if (first !== undefined && rest.length === 0 && /^[0-9"/]/u.test(first.text)) found.push(first.span);
    }
  };
  visit(parseKeepalived(text).items);
  return found;
};
