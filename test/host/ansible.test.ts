/** The playbooks of docs/templates.md, run by the real ansible-playbook against a temporary folder. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, whereIs } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const root = path.resolve(import.meta.dirname, "../..");
const playbooks = [...readFileSync(path.join(root, "docs/templates.md"), "utf8").matchAll(/^```yaml\n([^]*?)^```$/gmu)].map(
  ([, body]) => body!,
);

const template = `global_defs {
    router_id {{ inventory_hostname }}
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id {{ vrid }}
    priority {% if primary | default(false) %}150{% else %}100{% endif %}

    virtual_ipaddress {
        10.0.0.68/24
    }
}
`;

describeWith(["ansible-playbook"], "the recipes for Ansible", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "kalint-ansible-"));
    mkdirSync(path.join(folder, "bin"));
    writeFileSync(path.join(folder, "bin/kalint"), `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, "dist/kalint.js")}' "$@"\n`);
    chmodSync(path.join(folder, "bin/kalint"), 0o755);
  });
  afterAll(() => removeFolder(folder));

  const play = (
    playbook: string,
    vrids: readonly [number, number],
    text = template,
  ): { readonly status: number | null; readonly output: string } => {
    writeFileSync(path.join(folder, "keepalived.conf.j2"), text);
    writeFileSync(path.join(folder, "play.yml"), playbook);
    const hosts = [`lb1 vrid=${vrids[0]} primary=true`, `lb2 vrid=${vrids[1]}`].map((host) => `${host} ansible_connection=local`);
    writeFileSync(path.join(folder, "hosts.ini"), `[keepalived]\n${hosts.join("\n")}\n`);
    const { status, stdout, stderr } = spawnSync(whereIs("ansible-playbook")!, ["-i", "hosts.ini", "play.yml"], {
      cwd: folder,
      encoding: "utf8",
      timeout: 120_000,
      env: { PATH: `${folder}/bin:/usr/bin:/bin`, HOME: folder, LC_ALL: "C.UTF-8", ANSIBLE_NOCOLOR: "1", ANSIBLE_LOCALHOST_WARNING: "0" },
    });
    return { status, output: stdout + stderr };
  };

  it("all hosts are made and checked together", () => {
    expect(play(playbooks[0]!, [61, 61])).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(folder, "build/lb1/etc/keepalived/keepalived.conf"), "utf8")).toContain("priority 150\n");
    const { status, output } = play(playbooks[0]!, [61, 62]);
    expect(status).toBe(2);
    expect(output).toContain("peer-vrid-mismatch");
  }, 200_000);

  it("the line end behind a mark goes, as the page says, and kalint sees what comes of it", () => {
    const { output } = play(
      playbooks[0]!,
      [61, 61],
      template.replace("{% endif %}\n\n    virtual", "{% endif %}\n    advert_int 1\n    virtual"),
    );
    expect(readFileSync(path.join(folder, "build/lb1/etc/keepalived/keepalived.conf"), "utf8")).toContain("priority 150    advert_int 1\n");
    expect(output).toContain("two-keywords-on-one-line");
  }, 200_000);

  it("a file is checked before it is installed", () => {
    const playbook = playbooks[1]!.replace("/etc/keepalived/keepalived.conf", `${folder}/installed.conf`);
    expect(play(playbook, [61, 61])).toMatchObject({ status: 0 });
    const { status, output } = play(playbook, [999, 999]);
    expect(status).toBe(2);
    expect(output).toContain("out-of-range");
    expect(readFileSync(path.join(folder, "installed.conf"), "utf8")).toContain("virtual_router_id 61");
  }, 200_000);
});
