/** What kalint brings for other programs, run by them: completions of zsh and fish, the manual page, the jobs of CI services. */
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { folder, goodPair, kalint, root, splitPair } from "../cli/kalint.ts";
import { describeWith } from "./needs.ts";

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (
  program: string,
  args: readonly string[],
  options: { readonly input?: string; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Ran => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: 60_000, ...options });
  return { status, stdout, stderr };
};

const described = (line: string): readonly [string, string] => line.split(/[\t:](.*)/su, 2) as [string, string];

describeWith(["fish"], "completion in fish", () => {
  const complete = (typed: string): readonly (readonly [string, string])[] => {
    const cwd = folder({ "completions/kalint.fish": kalint(["completion", "fish"]).stdout, "here/none": "" });
    const { stdout, stderr } = run("fish", ["--no-config", "-c", `source ../completions/kalint.fish; complete -C '${typed}'`], {
      cwd: path.join(cwd, "here"),
    });
    expect(stderr).toBe("");
    return stdout.trimEnd().split("\n").map(described);
  };

  test("of commands, with what they do", () => {
    expect(complete("kalint f").map(([name]) => name)).toEqual(["failover", "fmt"]);
    expect(complete("kalint exp")).toEqual([["explain", expect.stringContaining("the daemon's log")]]);
  });

  test("of options and values", () => {
    expect(complete("kalint fmt --ch").map(([name]) => name)).toEqual(["--check"]);
    expect(complete("kalint --fail-on ").map(([name]) => name)).toEqual(["error", "info", "never", "warning"]);
    expect(complete("kalint fmt --indent ").map(([name]) => name)).toContain("tab");
  });
});

describeWith(["zsh"], "completion in zsh", () => {
  /** What the script hands to zsh's own helpers when this was typed. */
  const offered = (...words: readonly string[]): readonly string[] => {
    const script = `compdef() { : }
_describe() { print -rl -- "\${(@P)2}" }
_arguments() { print -rl -- "$@" }
eval "$(cat)"
words=(kalint "$@") CURRENT=$(( $# + 1 ))
_kalint`;
    const { stdout, stderr } = run("zsh", ["-fuc", script, "zsh", ...words], { input: kalint(["completion", "zsh"]).stdout });
    expect(stderr).toBe("");
    return stdout.trimEnd().split("\n");
  };

  test("of commands, with what they do", () => {
    const commands = new Map(offered("").map(described));
    expect(commands.get("explain")).toContain("the daemon's log");
    expect([...commands.keys()]).toEqual(expect.arrayContaining(["check", "failover", "fmt", "lsp"]));
  });

  test("of the options of a command", () => {
    const options = offered("fmt", "--");
    expect(options.some((option) => /^\*--check\[[^\]]{10,}\]$/u.test(option))).toBe(true);
    expect(options.some((option) => option.startsWith("*--fail-on["))).toBe(false);
  });
});

describeWith(["mandoc"], "the manual page", () => {
  const page = path.join(root, "man/kalint.1");

  test("has nothing that mandoc calls an error", () => {
    expect(run("mandoc", ["-T", "lint", "-W", "error", page])).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("shows every command and option that --help has", () => {
    // Bold is a letter, a step back and the letter again.
    const printed = run("mandoc", ["-T", "ascii", page]).stdout.split("\b");
    const shown = printed.map((part, index) => (index < printed.length - 1 ? part.slice(0, -1) : part)).join("");
    const { stdout } = kalint(["check", "--help"]);
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gmu)].map(([, name]) => name!);
    expect(options.length).toBeGreaterThan(10);
    for (const option of options.filter((each) => each !== "--version" && each !== "--help")) expect(shown).toContain(option);
  });
});

describe("jobs of CI services", () => {
  const yaml = (file: string): unknown => load(readFileSync(path.join(root, file), "utf8"));

  /** A folder for PATH in which `name` is this script. */
  const withProgram = (name: string, script: string): NodeJS.ProcessEnv => {
    const programs = folder({ [name]: `#!/bin/sh\n${script}\n` });
    chmodSync(path.join(programs, name), 0o755);
    return { ...process.env, PATH: `${programs}:${process.env["PATH"]}` };
  };

  interface Action {
    readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
    readonly runs: {
      readonly using: string;
      readonly steps: readonly { readonly shell: string; readonly run: string; readonly env?: Readonly<Record<string, string>> }[];
    };
  }

  test("the GitHub action builds, and annotates what it finds in the folders it was given", () => {
    const { inputs, runs } = yaml("action.yml") as Action;
    expect(runs.using).toBe("composite");
    const act = (cwd: string, given: Readonly<Record<string, string>>): Ran => {
      let last: Ran = { status: null, stdout: "", stderr: "" };
      for (const step of runs.steps) {
        const env = Object.entries(step.env ?? {}).map(([name, value]) => [
          name,
          value.replaceAll(/\$\{\{ *inputs\.(\w+) *\}\}/gu, (_, input: string) => given[input] ?? inputs[input]!.default),
        ]);
        expect(step.shell).toBe("bash");
        last = run("bash", ["-eo", "pipefail", "-c", step.run], {
          cwd,
          // dist/ of this folder is what is tested; building it anew is the test of the npm package.
          env: { ...withProgram("npm", 'test "$1 $6" = "ci $GITHUB_ACTION_PATH"'), GITHUB_ACTION_PATH: root, ...Object.fromEntries(env) },
        });
        if (last.status !== 0) break;
      }
      return last;
    };
    expect(act(folder(goodPair), {})).toEqual({ status: 0, stdout: "", stderr: "" });
    const cwd = folder({ ...splitPair, "a b; exit 9": "" });
    const found = act(cwd, {});
    expect(found.status).toBe(1);
    expect(found.stdout).toMatch(/^::error file=db2\/keepalived\.conf,line=7,.*title=kalint%3A peer-vrid-mismatch::/mu);
    expect(act(cwd, { paths: "db1 db2", arguments: "--fail-on never" })).toMatchObject({ status: 0, stdout: found.stdout });
    // What comes from outside is words, not a program.
    expect(act(cwd, { paths: "$(touch made); db1" }).stderr).toContain("$(touch");
  });

  test("the job of GitLab leaves the report that it declares", () => {
    const { kalint: job } = yaml("templates/kalint.gitlab-ci.yml") as {
      readonly kalint: {
        readonly script: readonly string[];
        readonly artifacts: { readonly when: string; readonly reports: { readonly codequality: string } };
      };
    };
    const cwd = folder(splitPair);
    const env = withProgram(
      "npx",
      `test "$1 $2" = "--yes kalint" || exit 9; shift 2; exec "${process.execPath}" "${root}/dist/kalint.js" "$@"`,
    );
    const { status, stdout } = run("sh", ["-ec", job.script.join("\n")], { cwd, env });
    expect(status).toBe(1);
    expect(stdout).toContain("error[peer-vrid-mismatch]");
    expect(job.artifacts.when).toBe("always");
    const report = JSON.parse(readFileSync(path.join(cwd, job.artifacts.reports.codequality), "utf8")) as readonly {
      readonly check_name: string;
    }[];
    expect(report.map(({ check_name: rule }) => rule)).toContain("peer-vrid-mismatch");
  });

  test("the problem matcher reads the lines of gcc", () => {
    const { problemMatcher } = JSON.parse(readFileSync(path.join(root, ".github/kalint-problem-matcher.json"), "utf8")) as {
      readonly problemMatcher: readonly [
        { readonly pattern: readonly [{ readonly regexp: string; readonly file: number; readonly code: number }] },
      ];
    };
    const [{ regexp, file, code }] = problemMatcher[0].pattern;
    const read = kalint(["--format", "gcc"], { cwd: folder(splitPair) })
      .stdout.split("\n")
      .flatMap((line) => new RegExp(regexp, "u").exec(line) ?? []);
    expect([read[file], read[code]]).toEqual(["db2/keepalived.conf", "peer-vrid-mismatch"]);
  });

  test("Ansible's validate gives a file of any name, by itself", () => {
    const cwd = folder({ ".ansible_tmp_x1source": splitPair["db2/keepalived.conf"], broken: "vrrp_instance VI_1 {\n    state NONSENSE\n" });
    expect(kalint(["check", "--fail-on", "error", path.join(cwd, ".ansible_tmp_x1source")], { cwd: root }).status).toBe(0);
    expect(kalint(["check", "--fail-on", "error", path.join(cwd, "broken")], { cwd: root }).status).toBe(1);
  });
});

/** A folder for PATH in which kalint is the one of dist/. */
const withKalint = (programs: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => {
  const files = { kalint: `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, "dist/kalint.js")}' "$@"\n`, ...programs };
  const bin = folder(files);
  for (const name of Object.keys(files)) chmodSync(path.join(bin, name), 0o755);
  return { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, NO_COLOR: "1" };
};

describeWith(["jq"], "the recipe for Salt, from what Salt prints on", () => {
  const [, recipe = ""] = /^## Salt\n\n```\n([^]*?)^```$/mu.exec(readFileSync(path.join(root, "docs/templates.md"), "utf8")) ?? [];

  /** `salt --static --out json` prints one object: what each minion made, by its name. */
  const deploy = (pair: Readonly<Record<string, string>>): Ran => {
    const made = Object.fromEntries(Object.entries(pair).map(([file, text]) => [path.dirname(file), text]));
    const cwd = folder({ "answer.json": JSON.stringify(made) });
    const salt = `#!/bin/sh\ntest "$1 $2 $3 $5" = '--static --out json slsutil.renderer' && cat answer.json\n`;
    return run("sh", ["-ec", recipe], { cwd, env: withKalint({ salt }) });
  };

  test("passes what fits together and stops what does not", () => {
    expect(deploy(goodPair)).toMatchObject({ status: 0, stderr: "" });
    const { status, stdout } = deploy(splitPair);
    expect(status).toBe(1);
    expect(stdout).toMatch(/peer-vrid-mismatch[^]*build\/db2\/etc\/keepalived\/keepalived\.conf/u);
  });
});

describeWith(["make"], "the Makefile", () => {
  const [, rule = ""] = /^- A Makefile: `([^`]*)`/mu.exec(readFileSync(path.join(root, "docs/ci.md"), "utf8")) ?? [];

  test("fails where something was found, with lines that editors jump to", () => {
    const cwd = folder({ ...splitPair, Makefile: `${rule}\n` });
    const { status, stdout } = run("make", ["lint"], { cwd, env: withKalint() });
    expect(status).toBe(2);
    expect(stdout).toMatch(/^db2\/keepalived\.conf:7:\d+: error: .* \[peer-vrid-mismatch\]$/mu);
    expect(run("make", ["lint"], { cwd: folder({ ...goodPair, Makefile: `${rule}\n` }), env: withKalint() }).status).toBe(0);
  });
});
