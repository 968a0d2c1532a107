import { describe, expect, test } from "vitest";
import { scriptHoverAt } from "../../server/features/script-hover.ts";
import { scriptSymbols } from "../../server/features/script-symbols.ts";
import { editing } from "./editing.ts";

const configuration = `vrrp_script chk {
    script "/etc/keepalived/x.sh mysql 3306"
}
vrrp_instance VI_1 {
    notify "/etc/keepalived/x.sh quick"
    notify_master /etc/keepalived/x.sh
}
`;

const hover = (script: string, node = configuration): string | undefined => {
  const it = editing({ "db1/etc/keepalived/keepalived.conf": node, "db1/etc/keepalived/x.sh": script });
  return scriptHoverAt(it.project, it.file, it.offset)?.markdown;
};

describe("in a script", () => {
  test("an argument is what the daemon passes, from every line that runs it", () => {
    expect(hover('#!/bin/sh\necho "$|1"\n')).toBe(
      [
        "- `$1` is `mysql` from `script` of vrrp_script chk on **db1**",
        "- `$1` is `quick` from `notify` of vrrp_instance VI_1 on **db1**",
        "- `$1` is empty from `notify_master` of vrrp_instance VI_1 on **db1**: it passes no arguments",
      ].join("\n"),
    );
    // Behind the written ones the daemon adds four words for notify.
    expect(hover("#!/bin/sh\ncase ${4|} in\nMASTER) ;;\nesac\n")).toContain(
      "`$4` is `MASTER` or `BACKUP` or `FAULT` or `STOP` from `notify`",
    );
    expect(hover("#!/bin/sh\necho $3|\n")).toContain("`$3` is `VI_1` from `notify`");
    expect(hover("#!/bin/sh\necho $|#\n")).toContain("`$#` is 5 from `notify`");
    expect(hover("#!/bin/sh\necho $0|\n")).toContain("`$0` is `/etc/keepalived/x.sh`");
  });

  test("a password that is passed is not shown", () => {
    const node = 'vrrp_script chk {\n    script "/etc/keepalived/x.sh -p s3cret --password=0ther"\n}\n';
    expect(hover("#!/bin/sh\necho $2|\n", node)).toContain("`$2` is `••••`");
    expect(hover("#!/bin/sh\necho $@|\n", node)).not.toMatch(/s3cret|0ther/u);
  });

  test("an argument of a function is none of the script's", () => {
    expect(hover("#!/bin/sh\nf() {\n  echo $1|\n}\nf a\n")).toBeUndefined();
  });

  test("the first line says who runs it and how it can end", () => {
    const said = hover("#!|/bin/sh\n[ -e /x ] && exit 1\nexit 0\n");
    expect(said).toContain("- `script` of vrrp_script chk on **db1**");
    expect(said).toContain("- `notify_master` of vrrp_instance VI_1 on **db1**");
    expect(said).toContain("Can end with 0, 1.");
    expect(hover("#!|/bin/sh\nexit 0\n", "vrrp_script chk {\n    script /etc/keepalived/y.sh\n}\n")).toContain(
      "No configuration here runs this script.",
    );
  });

  test.each([
    ["i|p addr add 10.0.0.100/32 dev lo label lo:0", "Puts `10.0.0.100`/32 on `lo:0`."],
    [
      "ipta|bles -t mangle -A PREROUTING -d 10.0.0.100 -p tcp --dport 3306 -j MARK --set-mark 1",
      "Appends a rule in `PREROUTING` of `mangle` that sets mark `0x1` on packets of `tcp` to `10.0.0.100` port `3306`.",
    ],
    ["sys|ctl -w net.ipv4.conf.lo.arp_ignore=1", "Sets the kernel's `net.ipv4.conf.lo.arp_ignore` to `1`."],
    ["ipvs|adm -C", "Empties the IPVS table, keepalived's services included."],
    ["system|ctl stop keepalived", "Stops the service `keepalived`."],
    ["kill|all -0 haproxy", "Asks whether `haproxy` runs."],
    ["mys|ql -h 127.0.0.1 -e 'select 1'", "Asks `127.0.0.1` with mysql; nothing limits how long it takes."],
    ["ex|it 3", "Ends the script with `3`."],
    ["arpi|ng -U -c 3 -I eth0 10.0.0.100", "Announces `10.0.0.100` to the neighbours on `eth0`."],
  ])("%s", (command, said) => {
    expect(hover(`#!/bin/sh\n${command}\n`)).toBe(said);
  });

  test("what is only a word says nothing", () => {
    expect(hover("#!/bin/sh\necho hel|lo\n")).toBeUndefined();
  });

  test("functions are its outline", () => {
    const outline = scriptSymbols("#!/bin/sh\na() {\n  b() { :; }\n}\nfunction c { :; }\nif (\n");
    expect(outline.map(({ name, children }) => [name, children.map((child) => child.name)])).toEqual([
      ["a", ["b"]],
      ["c", []],
    ]);
  });
});
