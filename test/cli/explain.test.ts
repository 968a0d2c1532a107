/** `kalint explain`: rules, keywords, and lines as keepalived 2.4.3 prints them. */
import { describe, expect, it } from "vitest";
import { folder, kalint, reportOf } from "./kalint.ts";

const firstLine = (subject: string): string | undefined => kalint(["explain", subject]).stdout.split("\n")[0];

describe("a line of the daemon", () => {
  it.each([
    ["(/etc/keepalived/keepalived.conf: Line 9) Unknown keyword 'prioritty'", "unknown-keyword"],
    [
      "Nov 28 04:05:06 db1 Keepalived_vrrp[811]: (/etc/keepalived/keepalived.conf: Line 6) (VI_1) unknown state 'MASTR', defaulting to BACKUP",
      "invalid-state",
    ],
    ["Nov 28 04:05:06 db1 Keepalived_vrrp[811]: (VI_1) received an invalid passwd from 10.0.0.69!", "peer-auth-mismatch"],
    ["(VI_1) ip address associated with VRID 51 not present in advert from 10.0.0.69: 10.0.0.68", "peer-vip-set-mismatch"],
    ["(k.conf: Line 20) vrrp instance VI_1 already defined", "duplicate-block-name"],
    ["(k.conf: Line 17) VRRP parsed invalid IP 10.0.0.300. skipping IP...", "invalid-ip"],
  ])("%s leads to its rule", (line, rule) => {
    expect(firstLine(line)).toBe(rule);
  });

  it("that several rules are about leads to a list", () => {
    const { stdout, status } = kalint(["explain", "(k.conf: Line 10) number '400' outside range [1, 255]"]);
    expect(stdout).toMatch(/^What this line may be about\n[^]*- out-of-range: /u);
    expect(status).toBe(0);
  });

  it("that says something else leads nowhere", () => {
    expect(kalint(["explain", "the quick brown fox jumps over the lazy dog"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "kalint: no rule is known to be about this line; kalint rules lists them all\n",
    });
    expect(kalint(["explain", "interface ".repeat(9_000)]).status).toBeLessThanOrEqual(2);
  });
});

describe("a keyword", () => {
  it("is explained with its usage, range, default and every place it stands in", () => {
    const { stdout } = kalint(["explain", "advert_int"]);
    expect(stdout).toMatch(/^advert_int\n\nIn vrrp_instance\n\n {4}advert_int seconds\n/u);
    expect(stdout).toContain("- default: 1\n");
    const weight = kalint(["explain", "weight"]).stdout;
    expect(weight).toContain("In vrrp_script\n");
    expect(weight).toContain("In virtual_server > real_server\n");
  });

  it("is plain text of at most 100 columns where nobody looks", () => {
    const { stdout } = kalint(["explain", "weight"]);
    expect(stdout).not.toContain("\u001b");
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});

describe("a page", () => {
  it("fills its lines by what is shown, not by the marks of Markdown", () => {
    const [, prose = ""] = /What happens\n([^]*?)\nWrong\n/u.exec(kalint(["explain", "peer-auth-mismatch"]).stdout) ?? [];
    const lines = prose.split("\n");
    const short = lines.filter((line, at) => {
      const next = lines[at + 1] ?? "";
      return /^\s*\w/u.test(line) && /^\s*\w/u.test(next) && line.length + 1 + next.trim().split(" ")[0]!.length <= 100;
    });
    expect(lines.length).toBeGreaterThan(8);
    expect(short).toEqual([]);
  });
});

describe("what nobody knows", () => {
  it.each([
    ["prioritty", 'there is no rule or keyword "prioritty", did you mean priority?'],
    ["peer-vrid-mismatc", 'there is no rule or keyword "peer-vrid-mismatc", did you mean peer-vrid-mismatch?'],
    ["gibberish", 'there is no rule or keyword "gibberish"; kalint rules lists the rules'],
    ["nothing like this was ever logged", "no rule is known to be about this line; kalint rules lists them all"],
  ])("%s is told, with what was probably meant", (subject, line) => {
    expect(kalint(["explain", subject])).toMatchObject({ status: 2, stdout: "", stderr: `kalint: ${line}\n` });
  });
});

describe("the examples of a keyword", () => {
  it("show it where it belongs, with a value that it takes", () => {
    const { stdout } = kalint(["explain", "advert_int"]);
    expect(stdout).toContain("For example:\n\n    vrrp_instance VI_1 {\n        advert_int 1\n    }\n");
    expect(kalint(["explain", "vrrp_startup_delay"]).stdout).toContain("    global_defs {\n        vrrp_startup_delay 1\n    }\n");
    expect(kalint(["explain", "preferred_lft"]).stdout).toMatch(/virtual_ipaddress \{\n +10\.0\.0\.9\/24 dev eth0 preferred_lft 0\n/u);
  });

  it("are blocks with what they need in them", () => {
    expect(kalint(["explain", "authentication"]).stdout).toContain("authentication {\n            auth_type PASS\n            auth_pass ");
    expect(kalint(["explain", "virtual_server"]).stdout).toMatch(/virtual_server 10\.0\.0\.9 80 \{\n[^]*real_server 10\.0\.0\.4 80 \{/u);
    expect(kalint(["explain", "vrrp_sync_group"]).stdout).toContain("        group {\n            VI_1\n            VI_2\n");
  });

  it("are accepted by kalint when somebody copies them", () => {
    const { stdout } = kalint(["explain", "vrrp_instance"]);
    const [, example = ""] = /For example:\n\n((?: {4}.*\n)+)/u.exec(stdout) ?? [];
    const around = `global_defs {
    enable_script_security
    script_user nobody
}
vrrp_script check {
    script "/usr/local/bin/ready"
    fall 2
}
`;
    const cwd = folder({ "keepalived.conf": around + example.replaceAll(/^ {4}/gmu, "") });
    expect(reportOf(kalint(["--format", "json"], { cwd })).findings).toEqual([]);
  });

  it("show what rules find about it, the worst first, with what kalint says then", () => {
    const { stdout } = kalint(["explain", "nopreempt"]);
    const [, wrong = ""] = stdout.split("What goes wrong with it\n");
    expect(wrong).toMatch(/^\nerror\[nopreempt-/u);
    expect(wrong.replaceAll(/\s+/gu, " ")).toContain(
      "error[nopreempt-with-master-state]: nopreempt in VI_1 has no effect: keepalived clears it when the initial state is MASTER",
    );
    const order = [...wrong.matchAll(/^(error|warning|info|style)\[/gmu)].map(([, severity]) => severity!);
    const worst = ["error", "warning", "info", "style"];
    expect(order).toEqual(order.toSorted((a, b) => worst.indexOf(a) - worst.indexOf(b)));
    expect(order.length).toBeGreaterThan(3);
  });

  it("show for a keyword that is not to be written any more what is written instead", () => {
    const { stdout } = kalint(["explain", "lvs_process_name"]);
    expect(stdout).toContain("deprecated");
    expect(stdout).not.toContain("For example");
    expect(stdout).toContain("Today one writes:\n\n    global_defs {\n        checker_process_name ");
    expect(kalint(["explain", "nb_get_retry"]).stdout).toMatch(/Today one writes:\n\n(?: {4}.*\n)+ {16,}retry \d\n/u);
    expect(kalint(["explain", "nat_mask"]).stdout).not.toContain("Today");
  });

  it("are left out where no rule has one", () => {
    expect(kalint(["explain", "bfd_no_swap"]).stdout).not.toContain("goes wrong");
  });
});
