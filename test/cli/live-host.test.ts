/** The machine itself: what lies in /etc/keepalived is its own, from whatever folder somebody asks about it. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kalint, node, reportOf } from "./kalint.ts";

const configuration = `vrrp_script chk {
    script "/nowhere-of-kalint/check.sh"
    interval 2
}
${node({ more: "track_script {\n chk\n }" })}`;

/** Standard input stands for the file, so that nothing has to lie there. */
const asked = (cwd: string, name: string) =>
  reportOf(kalint(["--format", "json", "-", "--stdin-filename", name], { cwd, input: configuration })).findings.map(
    ({ rule, file }) => `${file} ${rule}`,
  );

describe("the live configuration", () => {
  it("is known by its absolute name", () => {
    expect(asked("/tmp", "/etc/keepalived/keepalived.conf")).toContain("/etc/keepalived/keepalived.conf script-not-found");
  });

  it("is known by a relative name, which findings keep; its scripts are looked up on this host", ({ skip }) => {
    if (!existsSync("/etc")) skip("no /etc");
    expect(asked("/etc", "keepalived/keepalived.conf")).toContain("keepalived/keepalived.conf script-not-found");
  });

  it("is no reason to walk the root", () => {
    const before = performance.now();
    expect(asked("/", "etc/keepalived/keepalived.conf")).toContain("etc/keepalived/keepalived.conf script-not-found");
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
