/** kalint.toml and the files it speaks of: paths, severities by place, folders that add to those above. */
import { describe, expect, test } from "vitest";
import { readSettingsFiles, resolveSettings, settingsBelow, statedFolders } from "../../server/analysis/settings/project.ts";
import { settingsText } from "../../server/analysis/settings/write.ts";
import { isActive, statedSeverity } from "../../server/analysis/severities.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject, type Project } from "../../server/model/cluster/project.ts";

const known = { rules: new Set(["default-vrid", "removed-keyword"]) };

const open = (contents: Readonly<Record<string, string>>) => {
  const files = memoryFiles(contents);
  const { settings: read, problems } = readSettingsFiles(files, settingsBelow(files, ""), known);
  expect(problems).toEqual([]);
  return { files, read, ...resolveSettings(read, files) };
};

const lines = (contents: Readonly<Record<string, string>>): readonly string[] =>
  open(contents).problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);

const instance = "vrrp_instance VI_1 {\n  interface eth0\n  virtual_router_id 7\n  virtual_ipaddress {\n    10.0.0.9/24\n  }\n}\n";

describe("paths", () => {
  test("that are not there, with what is nearly called so", () => {
    const node = (text: string): string => `[[cluster]]\n[[cluster.node]]\nname = "a"\nconfig = "db1/keepalived.conf"\n${text}`;
    const there = { "db1/keepalived.conf": instance, "db1/check.sh": "", "scripts/x.sh": "" };
    expect(lines({ ...there, "kalint.toml": node("") })).toEqual([]);
    expect(lines({ ...there, "kalint.toml": node('files = ["db1/*.sh", "db1/chek.sh"]') })).toEqual([
      "kalint.toml:5: files: db1/chek.sh: there is no such file, did you mean db1/check.sh?",
    ]);
    expect(lines({ ...there, "kalint.toml": node('root = "db2"') })).toEqual([
      "kalint.toml:5: root: there is no folder db2 with files in it, did you mean db1?",
    ]);
    expect(lines({ ...there, "kalint.toml": '[paths]\n"/opt/x" = "script"' })).toEqual([
      "kalint.toml:2: paths: there is no folder script with files in it, did you mean scripts?",
    ]);
    expect(lines({ ...there, "kalint.toml": '[[cluster]]\n[[cluster.node]]\nconfig = "db1/keepalivd.conf"' })).toEqual([
      "kalint.toml:3: config: db1/keepalivd.conf: there is no such file, did you mean db1/keepalived.conf?",
    ]);
    expect(
      lines({
        "build/db1.example.org/keepalived.conf": instance,
        "kalint.toml": '[[cluster]]\n[[cluster.node]]\nconfig = "buld/db1.exmple.org/keepalived.conf"',
      }),
    ).toEqual([
      "kalint.toml:3: config: buld/db1.exmple.org/keepalived.conf: there is no such file, did you mean build/db1.example.org/keepalived.conf?",
    ]);
  });

  test("only roots and [paths] lead out of the folder", () => {
    const files = {
      "lab/kalint.toml": '[[cluster]]\n[[cluster.node]]\nconfig = "../a/keepalived.conf"\nfiles = ["../*.sh"]',
      "a/keepalived.conf": instance,
    };
    expect(lines(files)).toEqual([
      "lab/kalint.toml:3: config: ../a/keepalived.conf lies outside the folder of kalint.toml; only root and paths may lead there",
      "lab/kalint.toml:4: files: ../*.sh lies outside the folder of kalint.toml; only root and paths may lead there",
    ]);
    const rooted = '[[cluster]]\n[[cluster.node]]\nconfig = "../a/keepalived.conf"\nroot = "../a"';
    expect(lines({ ...files, "lab/kalint.toml": rooted })).toEqual([]);
  });

  test("the folders that may be read are known before anything is looked up", () => {
    const { settings } = readSettingsFiles(
      memoryFiles({ "x/kalint.toml": '[paths]\n"/opt" = "../opt"\n[[cluster]]\n[[cluster.node]]\nconfig = "a"\nroot = "/srv/a"' }),
      ["x/kalint.toml"],
      known,
    );
    expect(statedFolders(settings)).toEqual(["/srv/a", "opt"]);
  });

  test("a configuration is a node of one cluster", () => {
    const cluster = (name: string): string => `[[cluster]]\nname = "${name}"\n[[cluster.node]]\nconfig = "keepalived.conf"\n`;
    expect(lines({ "keepalived.conf": instance, "kalint.toml": cluster("a") + cluster("b") })).toEqual([
      "kalint.toml:8: keepalived.conf is a node of a already",
    ]);
  });
});

describe("severities", () => {
  const { settings } = open({
    "kalint.toml": `[rules]
default-vrid = "off"
[[override]]
paths = ["legacy/**", "old.conf"]
rules = { default-vrid = "warning", removed-keyword = "info" }
[[override]]
paths = ["legacy/new"]
rules = { default-vrid = "error" }
`,
    "team/kalint.toml": '[rules]\ndefault-vrid = "info"\n[[override]]\npaths = ["*.conf"]\nrules = { default-vrid = "style" }',
  });
  const of = (file: string, id = "default-vrid", rules?: ReadonlyMap<string, "off" | "error">) =>
    statedSeverity({ id }, file, { settings: settings.rules, ...(rules === undefined ? {} : { rules }) });

  test("the most specific counts", () => {
    expect(of("keepalived.conf")).toBe("off");
    expect(of("old.conf")).toBe("warning");
    expect(of("legacy/a/b.conf")).toBe("warning");
    expect(of("legacy/new/b.conf")).toBe("error");
    expect(of("legacyx/b.conf")).toBe("off");
    expect(of("keepalived.conf", "removed-keyword")).toBeUndefined();
  });

  test("a kalint.toml further down adds to the one above, for its folder", () => {
    expect(of("team/db1/x.conf")).toBe("info");
    expect(of("team/x.conf")).toBe("style");
    expect(of("team/x.conf", "removed-keyword")).toBeUndefined();
  });

  test("the command line goes before all of them", () => {
    expect(of("legacy/a.conf", "default-vrid", new Map([["default-vrid", "error"]]))).toBe("error");
  });

  test("a rule that is on in one folder only is asked, and silent elsewhere", () => {
    const stated = { settings: [{ rules: new Map([["quiet", "info"]] as const), covers: (file: string) => file.startsWith("a/") }] };
    const quiet = { id: "quiet", off: true } as const;
    expect(isActive(quiet, stated)).toBe(true);
    expect(isActive(quiet, {})).toBe(false);
    expect(statedSeverity(quiet, "a/x", stated)).toBe("info");
    expect(statedSeverity(quiet, "b/x", stated)).toBe("off");
    expect(isActive({ id: "default-vrid" }, { settings: [{ rules: new Map([["default-vrid", "off"]]) }] })).toBe(false);
    expect(isActive({ id: "default-vrid" }, { settings: settings.rules })).toBe(true);
  });
});

describe("versions", () => {
  test("of the top for the project, of a folder for its configurations", () => {
    const { settings } = open({
      "kalint.toml": 'distro = "el9"',
      "a/b/kalint.toml": 'keepalived-version = "2.0.1"',
      "a/kalint.toml": 'distro = "el7"',
    });
    expect(settings.version).toBe("2.2.8");
    expect(settings.stated.versions).toEqual([
      { folder: "a/b", version: "2.0.1" },
      { folder: "a", version: "1.3.5" },
    ]);
  });
});

test("a distribution says what /bin/sh is on the machines of its folder", () => {
  const { files, settings } = open({
    "kalint.toml": 'distro = "el9"',
    "a/kalint.toml": 'distro = "debian12"',
    "a/keepalived.conf": instance,
    "b/keepalived.conf": instance.replace("10.0.0.9", "10.0.0.8"),
  });
  const { clusters } = readProject({ files, paths: [""], stated: settings.stated });
  const shells = clusters.flatMap(({ nodes }) => nodes.map(({ name, systemShell }) => [name, systemShell]));
  expect(Object.fromEntries(shells)).toEqual({ a: "dash", b: "bash" });
});

describe("what kalint init writes", () => {
  const contents: Readonly<Record<string, string>> = {
    "a/etc/keepalived/keepalived.conf": instance,
    "b/etc/keepalived/keepalived.conf": instance.replace("{", "{\n  priority 90"),
    "flat/one.conf": instance.replace("10.0.0.9", "10.0.0.8").replace("{", '{\n  notify "/opt/lb/n.sh"'),
    "flat/two.conf": instance.replace("10.0.0.9", "10.0.0.8").replace("{", "{\n  priority 90"),
    "tools/n.sh": "#!/bin/sh\n",
    "lonely/keepalived.conf": instance.replace("10.0.0.9", "10.0.0.7").replace("id 7", "id 8"),
    'odd "name"\n/x/keepalived.conf': instance.replace("10.0.0.9", "10.0.0.6").replace("id 7", "id 9"),
  };
  const shape = ({ clusters }: Project): unknown =>
    clusters
      .map(({ name, nodes }) => ({ name, nodes: nodes.map(({ name: node, root, configuration }) => [node, root, configuration?.file]) }))
      .toSorted((x, y) => (x.name < y.name ? -1 : 1));
  const found = readProject({ files: memoryFiles(contents), paths: [""] });

  test("is read without complaint and groups the nodes as they were found", () => {
    const text = settingsText(found, { key: "distro", value: "debian12" });
    const { settings, problems } = open({ ...contents, "kalint.toml": text });
    expect(problems).toEqual([]);
    expect(settings.version).toBe("2.2.7");
    const again = readProject({ files: memoryFiles(contents), paths: [""], stated: settings.stated });
    expect(shape(again)).toEqual(shape(found));
    expect(again.clusters.flatMap(({ links }) => links.map(({ reason }) => reason.kind))).toEqual(["stated", "stated"]);
  });

  test("states the folders that scripts were found in, and no node that is alone", () => {
    const text = settingsText(found);
    expect(text).toContain('\n"/opt/lb" = "tools"\n');
    expect(text).toContain("\n#   lonely: lonely/keepalived.conf\n");
    expect(text).not.toContain('config = "lonely');
  });
});
