/** What a kalint.toml says, and what is wrong with one: always with the line. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { describe, expect, test } from "vitest";
import { jsonSchema, keyTable } from "../../server/analysis/settings/json-schema.ts";
import { readSettings } from "../../server/analysis/settings/read.ts";
import { tomlSites } from "../../server/analysis/settings/sites.ts";

const known = { rules: new Set(["default-vrid", "script-not-found", "removed-keyword"]) };

const wrong = (text: string): readonly string[] =>
  readSettings(text, "kalint.toml", known).problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);

const read = (text: string) => {
  const { settings, problems } = readSettings(text, "kalint.toml", known);
  expect(problems).toEqual([]);
  return settings!;
};

test("a group stands for its rules, and a rule that is named beside it for itself", () => {
  const groups = new Map([["script", ["script-not-found", "removed-keyword"]]]);
  const { settings } = readSettings('[rules]\nscript-not-found = "info"\nscript = "off"\n', "kalint.toml", { ...known, groups });
  expect([...settings!.rules]).toEqual([
    ["script-not-found", "info"],
    ["removed-keyword", "off"],
  ]);
  const { problems } = readSettings('[rules]\nscirpt = "off"\n', "kalint.toml", { ...known, groups });
  expect(problems.map(({ message }) => message)).toEqual(['there is no rule "scirpt", did you mean script?']);
});

describe("what it says", () => {
  const text = `keepalived-version = "2.2.8"
[rules]
default-vrid = "off"
[paths]
"/usr/local/keepalived_script/" = "scripts"
[[cluster]]
name = "mysql"
[[cluster.node]]
name = "db1"
config = "db1/keepalived.conf"
config-id = "one"
root = "db1/rootfs"
interfaces = { eth0 = { addresses = ["10.0.0.69/24"], mac = "aa:aa:aa:b5:7b:88", segment = "lan" }, "eth0.5" = ["fe80::1/64"] }
files = ["db1/iptables.rules", "db1/*.sh"]
keepalived-version = "2.4.3"
[[cluster.node]]
config = "db2/keepalived.conf"
[[override]]
paths = ["legacy/**"]
rules = { removed-keyword = "info" }
`;
  const settings = read(text);

  test("every key of the design", () => {
    expect(settings.version).toBe("2.2.8");
    expect([...settings.rules]).toEqual([["default-vrid", "off"]]);
    expect(settings.paths.map(({ from, to }) => [from, to.value])).toEqual([["/usr/local/keepalived_script", "scripts"]]);
    expect(settings.overrides.map(({ paths, rules }) => [paths.map(({ value }) => value), [...rules]])).toEqual([
      [["legacy/**"], [["removed-keyword", "info"]]],
    ]);
    const [cluster] = settings.clusters;
    expect(cluster?.name).toBe("mysql");
    const [db1, db2] = cluster!.nodes;
    expect(db1).toMatchObject({ name: "db1", configId: "one", version: "2.4.3" });
    expect(db1?.config?.value).toBe("db1/keepalived.conf");
    expect(db1?.root?.value).toBe("db1/rootfs");
    expect(db1?.files.map(({ value }) => value)).toEqual(["db1/iptables.rules", "db1/*.sh"]);
    expect(db2).not.toHaveProperty("name");
  });

  test("interfaces in full and in short", () => {
    const { interfaces } = settings.clusters[0]!.nodes[0]!;
    const eth0 = interfaces?.get("eth0");
    expect(eth0).toMatchObject({ mac: "aa:aa:aa:b5:7b:88", segment: "lan" });
    expect(eth0?.addresses[0]?.value).toBe("10.0.0.69/24");
    expect(interfaces?.get("eth0.5")?.addresses[0]?.value).toBe("fe80::1/64");
  });

  test("every value knows where it stands", () => {
    const node = settings.clusters[0]!.nodes[0]!;
    for (const { value, site } of [
      node.config!,
      node.root!,
      ...node.files,
      ...[...node.interfaces!.values()].flatMap((each) => each.addresses),
    ])
      expect(text.slice(site.span.start, site.span.end)).toBe(value);
  });

  test("a distribution is its version", () => {
    expect(read('distro = "debian12"').version).toBe("2.2.7");
  });

  test("nothing at all", () => {
    expect(read("")).toMatchObject({ clusters: [], paths: [], overrides: [] });
  });
});

describe("what is wrong", () => {
  test.each([
    ['\n\nkeepalivd-version = "2.2.8"', 'kalint.toml:3: there is no key "keepalivd-version", did you mean keepalived-version?'],
    ['keepalived_version = "2.2.8"', 'kalint.toml:1: there is no key "keepalived_version", did you mean keepalived-version?'],
    ["[[clusters]]", 'kalint.toml:1: there is no key "clusters", did you mean cluster?'],
    [
      "nothing-like-it = 1",
      'kalint.toml:1: there is no key "nothing-like-it"; there are keepalived-version, distro, rules, paths, cluster, override',
    ],
    ["keepalived-version = 2.2", 'kalint.toml:1: keepalived-version wants a version in quotes, such as "2.2.8", not a number'],
    ["keepalived-version = 2022-01-01", 'kalint.toml:1: keepalived-version wants a version in quotes, such as "2.2.8", not a date'],
    ['keepalived-version = "new"', 'kalint.toml:1: "new" is no version of keepalived; write it like "2.2.8"'],
    ['[rules]\ndefault-vird = "off"', 'kalint.toml:2: there is no rule "default-vird", did you mean default-vrid?'],
    ['rules.default-vrid = "warn"', 'kalint.toml:1: "warn" is not a severity; there are off, style, info, warning, error'],
    ['rules = "off"', "kalint.toml:1: rules wants a table of rules and severities, not a text"],
    ['[paths]\nscripts = "x"', 'kalint.toml:2: paths: "scripts" is no absolute path of a host; it begins with /'],
    ['[paths]\n"/x" = "a\\\\b"', 'kalint.toml:2: paths./x: "a\\b" has a backslash; folders are separated by /'],
    ["cluster = 1", "kalint.toml:1: cluster wants [[cluster]], not a number"],
    ["[[cluster]]", "kalint.toml:1: cluster: node is missing"],
    ['[[cluster]]\n[[cluster.node]]\nname = "a"', "kalint.toml:1: this cluster has no node with a config"],
    ['[[cluster]]\n[[cluster.node]]\nconfg = "a"', 'kalint.toml:3: there is no key "confg" in cluster.node, did you mean config?'],
    [
      "[[cluster]]\n[[cluster.node]]\nconfig = 1",
      "kalint.toml:3: cluster.node.config wants a file in quotes, not a number".replace("cluster.node", "node"),
    ],
    [
      '[[cluster]]\n[[cluster.node]]\nconfig = "a"\ninterfaces = { eth0 = ["10.0.0.0.1"] }',
      'kalint.toml:4: "10.0.0.0.1" is no address; write it like "10.0.0.69/24"',
    ],
    [
      '[[cluster]]\n[[cluster.node]]\nconfig = "a"\n[cluster.node.interfaces.eth0]\nadresses = []',
      'kalint.toml:5: there is no key "adresses" in interfaces.eth0, did you mean addresses?',
    ],
    [
      '[[cluster]]\n[[cluster.node]]\nname = "a"\nconfig = "x"\n[[cluster.node]]\nname = "a"\nconfig = "y"',
      "kalint.toml:6: two nodes of one cluster are called a",
    ],
    ['[[override]]\npaths = ["x"]', "kalint.toml:1: override: rules is missing"],
    // A key that is misspelled is not missing as well.
    ['[[override]]\npath = ["x"]\nrules = {}', 'kalint.toml:2: there is no key "path" in override, did you mean paths?'],
  ])("%j", (text, line) => {
    expect(wrong(text)).toEqual([line]);
  });

  test("a distribution nobody knows, with the nearest and the list", () => {
    expect(wrong('distro = "debain12"')[0]).toMatch(
      /^kalint\.toml:1: "debain12" is not a distribution, did you mean debian12\? There are debian11, /u,
    );
    expect(wrong('distro = "centos"')[0]).toMatch(/^kalint\.toml:1: "centos" is not a distribution; there are debian11, /u);
  });

  test("two statements of the version", () => {
    expect(wrong('keepalived-version = "2.2.8"\ndistro = "el9"')).toEqual([
      "kalint.toml:2: keepalived-version and distro both say which version is meant; keep one",
    ]);
  });

  test("what is no TOML, on the line where it ends to be", () => {
    expect(wrong("[rules]\ndefault-vrid = off\n")[0]).toMatch(/^kalint\.toml:2: this is no TOML: /u);
    expect(wrong("a = 1\na = 2")[0]).toMatch(/^kalint\.toml:2: this is no TOML: /u);
  });

  test("each thing once, in the order of the lines", () => {
    expect(wrong('nam = 1\n[rules]\nx = "off"\n[[override]]\n')).toHaveLength(4);
    expect(wrong('nam = 1\n[rules]\nx = "off"\n').map((line) => line.split(":")[1])).toEqual(["1", "3"]);
  });

  test("keys that JavaScript's objects have by themselves", () => {
    expect(wrong("toString = 1\n__proto__ = 2\nconstructor.x = 3")).toHaveLength(3);
  });
});

describe("hostile texts", () => {
  const words = fc.constantFrom(
    ...'[[cluster]] [cluster.node] [[cluster.node]] = \n " \' """ \'\'\' { } [ ] , . # name config interfaces eth0 rules "off" 1 é \\ \\u00e9 \u0000 \r\n'.split(
      " ",
    ),
    "\n",
    " ",
  );

  test("never throw, and are told on a line of the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 60 }).map((list) => list.join("")),
        ),
        (text) => {
          const { settings, problems } = readSettings(text, "kalint.toml", known);
          expect(settings === undefined).toBe(problems.length > 0);
          for (const { line } of problems) expect(line).toBeLessThanOrEqual(text.split("\n").length);
          const { start, end } = tomlSites(text).at(["cluster", 0, "node"]);
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("nested without end", () => {
    expect(wrong(`a = ${"[".repeat(100_000)}`)).toHaveLength(1);
    expect(wrong(`a${".a".repeat(20_000)} = 1`)).toHaveLength(1);
  });
});

test("places agree with what smol-toml reads, however it is written", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9 .-]{0,8}$/u);
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer({ min: 0, max: 99 }),
      fc.array(word, { maxLength: 3 }),
      fc.dictionary(word, tie("value"), { maxKeys: 3, noNullPrototype: true }),
      fc.array(fc.dictionary(word, tie("value"), { maxKeys: 2, noNullPrototype: true }), { maxLength: 3 }),
    ),
  })).value;
  const check = (text: string, here: unknown, at: (string | number)[]): void => {
    if (typeof here === "object" && here !== null) {
      for (const [name, inner] of Object.entries(here)) check(text, inner, [...at, Array.isArray(here) ? Number(name) : name]);
      return;
    }
    const { start, end } = tomlSites(text).valueAt(at);
    expect(text.slice(start, end)).toBe(String(here));
  };
  fc.assert(
    fc.property(fc.dictionary(word, value, { maxKeys: 4, noNullPrototype: true }), (object) => {
      const text = `# "a" = [1]\n${stringify(object).replaceAll("\n", " # [x]\n")}`;
      check(text, parse(text), []);
    }),
    { numRuns: 300 },
  );
  const odd = 'a.b . "c d" = \'x\' # y\n[t]\nu = [ # c\n  """p"q""""", { v = 1, w.x = 2 } ]\r\n[[l]]\n[l.m]\nn = true\n[[l]]\nn = false\n';
  check(odd, parse(odd), []);
});

describe("the JSON schema", () => {
  const document = JSON.parse(JSON.stringify(jsonSchema([{ id: "default-vrid", summary: "`a` rule" }]))) as Json;

  test("has every key that is read, and no reference that leads nowhere", () => {
    const listed = [...keysOf(document)];
    const table = keyTable();
    for (const name of [
      "keepalived-version",
      "distro",
      "rules",
      "paths",
      "cluster",
      "node",
      "config-id",
      "interfaces",
      "segment",
      "override",
    ]) {
      expect(listed).toContain(name);
      expect(table).toContain(name);
    }
    expect(document).toMatchObject({ definitions: { rules: { properties: { "default-vrid": { description: "a rule" } } } } });
    for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"#\/definitions\/(\w+)"/gu))
      expect(document).toHaveProperty(["definitions", name!]);
  });

  test("is what the package carries, but for the rules", () => {
    const carried = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../../schemas/kalint.schema.json"), "utf8")) as Json;
    const plain = (json: Json): unknown => ({ ...(json as object), definitions: undefined });
    expect(plain(carried)).toEqual(plain(document));
  });
});

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The names of all `properties` in a schema. */
function* keysOf(json: Json): Generator<string> {
  if (typeof json !== "object" || json === null) return;
  for (const [name, value] of Object.entries(json)) {
    if (name === "properties") yield* Object.keys(value as object);
    yield* keysOf(value);
  }
}

test("every example in docs/configuration.md is read without complaint", () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/configuration.md"), "utf8");
  const fences = [...page.matchAll(/^```toml\n([^]*?)^```$/gmu)].map((match) => match[1]!);
  expect(fences.length).toBeGreaterThan(3);
  expect(fences.flatMap((text) => wrong(text))).toEqual([]);
});
