/** `kalint fmt`: what it writes, what it leaves, what it says. */
import { chmodSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { folder, kalint } from "./kalint.ts";

const ragged = "vrrp_instance   VI_1{\nstate   MASTER\n}\n";
const neat = "vrrp_instance VI_1 {\n    state MASTER\n}\n";

describe("kalint fmt", () => {
  test("formats configurations and what they include, and nothing else", () => {
    const cwd = folder({
      "keepalived.conf": `include  conf.d/*.conf\n${ragged}`,
      "conf.d/vi.conf": ragged.replace("VI_1", "VI_2"),
      "nginx.conf": "server   {\nlisten   80;\n}\n",
    });
    const { status, stdout } = kalint(["fmt"], { cwd });
    expect(stdout).toBe("conf.d/vi.conf: formatted\nkeepalived.conf: formatted\n2 files formatted, 0 left as they were\n");
    expect(status).toBe(0);
    expect(readFileSync(path.join(cwd, "keepalived.conf"), "utf8")).toBe(`include conf.d/*.conf\n${neat}`);
    expect(readFileSync(path.join(cwd, "nginx.conf"), "utf8")).toContain("server   {");
    expect(kalint(["fmt", "--check"], { cwd })).toMatchObject({ status: 0, stdout: "2 files, all formatted\n" });
  });

  test("--check writes nothing and ends with 1", () => {
    const cwd = folder({ "keepalived.conf": ragged });
    const { status, stdout } = kalint(["fmt", "--check"], { cwd });
    expect(stdout).toBe("keepalived.conf: not formatted\n1 file to format, 0 left as they were\n");
    expect(status).toBe(1);
    expect(readFileSync(path.join(cwd, "keepalived.conf"), "utf8")).toBe(ragged);
  });

  test("formats standard input to standard output", () => {
    expect(kalint(["fmt", "-"], { input: ragged })).toMatchObject({ status: 0, stdout: neat });
    expect(kalint(["fmt", "--indent", "tab", "-"], { input: ragged }).stdout).toBe("vrrp_instance VI_1 {\n\tstate MASTER\n}\n");
  });

  test("keeps bytes that are no UTF-8, line ends, the mode and a link", () => {
    const text = Buffer.concat([
      Buffer.from("# "),
      Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
      Buffer.from(`\r\n${ragged.replaceAll("\n", "\r\n")}`),
    ]);
    const cwd = folder({ "real/keepalived.conf": text });
    chmodSync(path.join(cwd, "real/keepalived.conf"), 0o640);
    symlinkSync("real/keepalived.conf", path.join(cwd, "keepalived-link.conf"));
    expect(kalint(["fmt", "keepalived-link.conf"], { cwd }).status).toBe(0);
    const written = readFileSync(path.join(cwd, "real/keepalived.conf"));
    expect(written).toEqual(Buffer.concat([text.subarray(0, 6), Buffer.from(`\r\n${neat.replaceAll("\n", "\r\n")}`)]));
    expect(statSync(path.join(cwd, "real/keepalived.conf")).mode & 0o777).toBe(0o640);
  });

  test("ends with 2 where there is nothing to format, or no such path", () => {
    const cwd = folder({ "readme.txt": "" });
    expect(kalint(["fmt"], { cwd })).toMatchObject({ status: 2, stderr: "kalint: no keepalived configuration in the working directory\n" });
    expect(kalint(["fmt", "nowhere"], { cwd }).status).toBe(2);
    expect(kalint(["fmt", "--indent", "5"], { cwd }).stderr).toContain('there is no indentation "5"');
  });
});
