/**
 * The documentation is true: what stands under a command is what the command prints, a command and an option that are
 * named exist, a link leads somewhere, a table of the FAQ is what the daemons did.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { removeFolder } from "./folders.ts";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const markdownIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join(folder, name));

const pages = [...markdownIn("."), ...markdownIn("docs"), "test/observed/README.md", "fixtures/README.md"];
const rulePages = markdownIn("docs/rules");

const kalint = (words: readonly string[]): { readonly stdout: string; readonly status: number | null } =>
  spawnSync(process.execPath, ["dist/kalint.js", ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    timeout: 60_000,
  });

interface Fence {
  readonly page: string;
  readonly language: string;
  readonly body: string;
}

const fencesOf = (page: string): readonly Fence[] =>
  [...read(page).matchAll(/^```(?<language>[a-z]*)[^\n]*\n(?<body>[^]*?)^```$/gmu)].map(({ groups }) => ({
    page,
    language: groups!["language"]!,
    body: groups!["body"]!,
  }));

const fences = pages.flatMap(fencesOf);

describe("what a command prints", () => {
  const shown = fences.flatMap(({ page, language, body }) => {
    const [, words, output] = /^\$ npx kalint (?<words>[^\n]*)\n(?<output>[^]*)$/u.exec(body) ?? [];
    return language === "console" && words !== undefined && output !== undefined ? [{ page, words, output }] : [];
  });

  test("is shown", () => {
    expect(shown.length).toBeGreaterThan(3);
    expect(shown).toHaveLength(fences.filter(({ language }) => language === "console").length);
  });

  test.each(shown)("$page: npx kalint $words", ({ words, output }) => {
    expect(kalint(words.split(" ")).stdout).toBe(output);
  });

  test("as a picture", () => {
    expect(read("docs/images/demo.svg")).toBe(kalint(["graph", "fixtures/demo"]).stdout);
  });

  test("the scenario is the one that is played", () => {
    const scenario = fencesOf("docs/failover.md").find(({ language }) => language === "json");
    expect(scenario?.body).toBe(read("docs/examples/two-failures.json"));
  });
});

describe("a command that is named", () => {
  const helps = new Map<string, string>();
  const helpOf = (command: string): string => {
    const known = helps.get(command) ?? kalint([command, "--help"]).stdout;
    helps.set(command, known);
    return known;
  };
  const commands = new Set(
    [...kalint(["--help"]).stdout.matchAll(/^ {2}(?<name>[a-z]+) /gmu)]
      .map(({ groups }) => groups!["name"]!)
      .filter((name) => name !== "help"),
  );

  /** `kalint … | other` and `ssh host sh <script` are several commands; what stands behind a comment sign is none. */
  const lines = fences
    .filter(({ language }) => ["", "sh", "yaml", "console"].includes(language))
    .flatMap(({ page, body }) =>
      [...body.matchAll(/(?:^|[ $])kalint (?<words>[^#|<>\n]*)/gmu)].map(({ groups }) => ({ page, words: groups!["words"]!.trim() })),
    );

  test("is one of many", () => {
    expect(lines.length).toBeGreaterThan(15);
    expect(commands.size).toBeGreaterThan(8);
  });

  test.each(lines)("$page: kalint $words", ({ words }) => {
    const [first = "", ...rest] = words.split(/\s+/u);
    const command = commands.has(first) ? first : "check";
    const options = (commands.has(first) ? rest : [first, ...rest]).flatMap((word) => /^--[a-z-]+/u.exec(word)?.[0] ?? []);
    const known: readonly string[] = helpOf(command).match(/--[a-z-]+/gu) ?? [];
    expect(options.filter((option) => !known.includes(option))).toEqual([]);
  });
});

describe("what is typed", () => {
  /** Lines of a fence without a language: what is piped, or needs a host, is tested with the host. */
  const typed = [
    ["README.md", "## Use it"],
    ["docs/ci.md", "# kalint in a pipeline"],
  ].flatMap(([page = "", title = ""]) => {
    const text = read(page);
    const bodies = [...text.slice(text.indexOf(title)).matchAll(/^```\n(?<body>[^]*?)^```$/gmu)].map(({ groups }) => groups!["body"]!);
    return bodies
      .flatMap((body) => body.split("\n"))
      .flatMap((line) => /^kalint(?<words>(?: [^#|<>]*)?)(?=$|[#|<>])/u.exec(line)?.groups?.["words"]?.trim() ?? []);
  });

  test("is one of many", () => {
    expect(typed.length).toBeGreaterThan(20);
  });

  test("works as it stands, one after the other, in a folder with two nodes", { timeout: 120_000 }, () => {
    const folder = mkdtempSync(path.join(tmpdir(), "kalint-typed-"));
    onTestFinished(() => removeFolder(folder));
    cpSync(path.join(root, "fixtures/demo"), folder, { recursive: true });
    cpSync(path.join(root, "fixtures/demo"), path.join(folder, "inventory"), { recursive: true });
    const refused = typed.flatMap((words) => {
      const run = spawnSync(process.execPath, [path.join(root, "dist/kalint.js"), ...words.split(/\s+/u).filter(Boolean)], {
        cwd: folder,
        encoding: "utf8",
        timeout: 60_000,
      });
      return run.status === 0 || run.status === 1 ? [] : [`kalint ${words}: ${run.status} ${run.stderr}`];
    });
    expect(refused).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(
      ["a.svg", "cluster.svg", "db1", "db2", "inventory", "kalint-baseline.json", "kalint.sarif", "kalint.toml"].toSorted(),
    );
  });
});

describe("links", () => {
  /** As platforms make them of headings. */
  const anchorOf = (title: string): string =>
    title
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/gu, "$1")
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
  const anchorsIn = (file: string): ReadonlySet<string> =>
    new Set([...read(file).matchAll(/^#+ (.*)$/gmu)].map(([, title]) => anchorOf(title ?? "")));

  const linksIn = (page: string): readonly string[] => {
    const prose = read(page)
      .replace(/^```[^]*?^```$/gmu, "")
      .replace(/`[^`\n]*`/gu, "");
    return [...prose.matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map(({ groups }) => groups!["target"]!);
  };

  test.each([...pages, ...rulePages])("of %s lead somewhere", (page) => {
    const lost = linksIn(page).filter((link) => {
      if (link.startsWith("https://")) return false;
      const [target = "", anchor] = link.split("#");
      const file = target === "" ? page : path.posix.join(path.posix.dirname(page), decodeURI(target));
      if (!existsSync(path.join(root, file))) return true;
      return anchor !== undefined && !statSync(path.join(root, file)).isDirectory() && !anchorsIn(file).has(anchor);
    });
    expect(lost).toEqual([]);
  });

  test("reach every page from the index", () => {
    const linked = new Set(linksIn("docs/README.md"));
    const named = readdirSync(path.join(root, "docs")).filter((name) => name.endsWith(".md") && name !== "README.md");
    expect(named.filter((name) => !linked.has(name))).toEqual([]);
  });
});

describe("the FAQ", () => {
  const sections = read("docs/faq.md")
    .split(/^## /mu)
    .slice(1)
    .map((text) => ({ title: text.slice(0, text.indexOf("\n")), text }));

  interface Observed {
    readonly steps: readonly { readonly step: string; readonly holders: Readonly<Record<string, readonly string[]>> }[];
  }

  test("has fifteen answers", () => {
    expect(sections).toHaveLength(15);
  });

  test.each(sections)("$title", ({ text }) => {
    const [, name = ""] = /^Seen in \[[^\]]*\]\(\.\.\/test\/observed\/([\w-]+)\)/mu.exec(text) ?? [];
    const observed = JSON.parse(read(`test/observed/${name}/observed.json`)) as Readonly<Record<string, Observed>>;
    const rows = [...text.matchAll(/^\| (?<step>[^|]+) \| (?<old>[^|]+) \| (?<young>[^|]+) \|$/gmu)]
      .map(({ groups }) => [groups!["step"]!, groups!["old"]!, groups!["young"]!])
      .filter(([step]) => step !== "step" && step !== "---");
    const held = (version: string, at: number): string =>
      Object.entries(observed[version]!.steps[at]!.holders)
        .map(([address, nodes]) => `${address}: ${nodes.length === 0 ? "nobody" : nodes.join(" and ")}`)
        .join("; ");
    const steps = observed["2.4.3"]!.steps.map(({ step }, at) => [step, held("2.2.7", at), held("2.4.3", at)]);
    expect(rows).toEqual(steps);
    expect(text).toMatch(/Found by \[[\w-]+\]\(rules\//u);
  });
});
