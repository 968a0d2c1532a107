/** Guards, messages, traps, and files that are read in. */
import { describe, expect, test } from "vitest";
import { parseShell } from "../../../grammar/shell/parse.ts";
import { effectsOf } from "../../../server/model/effects/script.ts";
import type { ScriptEffects } from "../../../server/model/effects/script-facts.ts";
import { lines, read, shown } from "./reading.ts";

describe("whether a process runs", () => {
  test.each([
    ["pidof -x haproxy", ["lookup pidof haproxy"]],
    ["pgrep -x nginx", ["lookup pgrep nginx"]],
    [
      "pidof /usr/sbin/mysqld >/dev/null || systemctl stop keepalived",
      ["lookup pidof mysqld", "stop keepalived @ pidof /usr/sbin/mysqld fails"],
    ],
    ['pgrep -f "mysqld --port=3306" || exit 1', ["lookup pgrep mysqld --port=3306 line", 'exit 1 @ pgrep -f "mysqld --port=3306" fails']],
    ['if [ -z "$(pidof nginx)" ]; then exit 1; fi', ["lookup pidof nginx", 'exit 1 @ [ -z "$(pidof nginx)" ] succeeds']],
    ["ps -ef | grep nginx", ["lookup ps nginx line", "run ps -ef", "run grep nginx"]],
    ["ps -ef | grep '[n]ginx'", ["lookup ps [n]ginx line not itself", "run ps -ef", "run grep [n]ginx"]],
  ])("%s", (command, expected) => expect(lines(command)).toEqual(expected));
});

describe("mail and the log", () => {
  test.each([
    ['echo down | mail -s "failover $HOSTNAME" root@example.org ops@example.org', "mail root@example.org ops@example.org"],
    ["mail -s x $to < /tmp/x", "mail ?"],
    ["sendmail root@example.org < /tmp/m", "mail root@example.org"],
    ['logger -t keepalived -p daemon.notice "now master"', "log tag=keepalived priority=daemon.notice now master"],
    ["logger --tag=chk --priority err failed", "log tag=chk priority=err failed"],
    ['logger "state is $1"', "log ?"],
  ])("%s", (command, expected) => expect(lines(command)).toEqual([expected]));
});

describe("traps", () => {
  test.each([
    ["trap '' TERM", ["trap ignore TERM"]],
    ["trap - HUP SIGINT", ["trap default HUP INT"]],
    ["trap 15", ["trap default TERM"]],
    ["trap INT", ["trap default INT"]],
    ["trap -p", []],
    ["trap 'ipvsadm -C' 0", ["trap command EXIT", "ipvs clear @ trap of EXIT"]],
    ["trap -- 'ipvsadm -C' TERM HUP\nsleep 1", ["trap command TERM HUP", "wait 1", "ipvs clear @ trap of TERM, HUP"]],
  ])("%s", (command, expected) => expect(lines(command)).toEqual(expected));

  test("a trap does what a function does that comes after it, and its exit counts", () => {
    const text = "#!/bin/bash\ntrap cleanup EXIT\ncleanup() { ipvsadm -C; exit 3; }\nexit 0";
    expect(lines(text)).toContain("ipvs clear @ trap of EXIT");
    expect(read(text).exitStatuses).toEqual({ known: [3], unknown: false });
    const harmless = "#!/bin/bash\ntrap cleanup EXIT\ncleanup() { rm -f /run/lock; }\nexit 0";
    expect(read(harmless).exitStatuses).toEqual({ known: [0], unknown: false });
  });

  // Each as bash and dash end it, where they can end it in one way only.
  test.each<[string, readonly number[], boolean]>([
    ["trap 'exit 0' EXIT\nexit 3", [0], false],
    ["set -e\ntrap 'exit 5' EXIT\nfalse", [5], false],
    ["trap 'false; exit' EXIT\nexit 3", [3], false],
    ["trap 'false' EXIT\nexit 3", [3], false],
    ["trap 'exit 5' EXIT\nexec false", [1], false],
    ["cleanup() { rc=$?; trap - EXIT; rm -f /run/x; exit $rc; }\ntrap cleanup EXIT\nexit 3", [3], false],
    ["rc=0\ntrap 'exit $rc' EXIT\nrc=1", [], true],
    ["(trap 'exit 5' EXIT)\nexit 3", [3], false],
    ["if ask; then trap 'exit 5' EXIT; fi\nexit 3", [3], true],
    ["trap 'exit 5' EXIT\nask && trap - EXIT\nexit 3", [3], true],
  ])("a trap of the end decides what %j ends with", (text, known, unknown) => expect(read(text).exitStatuses).toEqual({ known, unknown }));

  test("a trap of a signal does not end a run that no signal reaches", () =>
    expect(read("trap 'exit 4' TERM\nexit 0").exitStatuses).toEqual({ known: [0], unknown: false }));
});

describe("files that are read in", () => {
  /** The effects of main.sh, in a tree of files. */
  const inTree = (tree: Readonly<Record<string, string>>): ScriptEffects =>
    effectsOf(parseShell(tree["main.sh"]!), {
      file: "main.sh",
      sourced: (path) => {
        const file = path.replace(/^.*\//u, "");
        return tree[file] === undefined ? undefined : { file, script: parseShell(tree[file]) };
      },
    });

  test("variables and functions of the file count, and effects stand where they are written", () => {
    const { effects, exitStatuses } = inTree({
      "main.sh": ". /etc/keepalived/lib.sh\nclear_all\nipvsadm -A -t $VIP:80 -s rr\nexit 0",
      "lib.sh": "VIP=10.0.0.1\nclear_all() { ipvsadm -C; }",
    });
    expect(effects.map((effect) => `${effect.site.file}: ${shown(effect)}`)).toEqual([
      "main.sh: source /etc/keepalived/lib.sh",
      "lib.sh: ipvs clear",
      "main.sh: ipvs add-service tcp 10.0.0.1:80 scheduler=rr",
      "main.sh: exit 0",
    ]);
    expect(exitStatuses).toEqual({ known: [0], unknown: false });
  });

  test("return ends the file, exit the script", () => {
    expect(inTree({ "main.sh": ". ./a\nipvsadm -C", a: "return 3\nkillall nginx" }).effects.map(shown)).toEqual([
      "source ./a",
      "return 3",
      "ipvs clear",
    ]);
    expect(inTree({ "main.sh": ". /opt/a\nipvsadm -C", a: "exit 3" })).toMatchObject({ exitStatuses: { known: [3], unknown: false } });
  });

  test("a path that begins without a slash may lead nowhere: sh ends with 2, bash goes on", () => {
    const a = "killall nginx";
    expect(inTree({ "main.sh": ". ./a || exit 7\nexit 0", a }).exitStatuses.known).toEqual([0, 2, 7]);
    expect(inTree({ "main.sh": "#!/bin/bash\n. ./a || exit 7\nexit 0", a }).exitStatuses.known).toEqual([0, 7]);
    expect(inTree({ "main.sh": "#!/bin/bash\n. ./a\nexit 0", a }).exitStatuses.known).toEqual([0]);
  });

  test("a file that is not there leaves the status open", () =>
    expect(inTree({ "main.sh": ". /etc/unknown\nexit 0" }).exitStatuses.unknown).toBe(true));

  test("files that read each other in are read once, and the cycle is told", () => {
    const { effects } = inTree({
      "main.sh": ". ./a\nipvsadm -C",
      a: "killall nginx\n. ./b",
      b: "sysctl -w a.b=1\n. ./a\n. ./main.sh",
    });
    expect(effects.map(shown)).toEqual([
      "source ./a",
      "kill nginx TERM",
      "source ./b",
      "sysctl a.b=1",
      "source ./a cycle",
      "source ./main.sh cycle",
      "ipvs clear",
    ]);
  });
});

test('`. "$0"` is a cycle, whatever the script is called', () => {
  expect(read('. "$0"').effects.map(shown)).toEqual(["source ? cycle"]);
  expect(read('. "${0%/*}/lib.sh"').effects.map(shown)).toEqual(["source ?"]);
});

describe("ways out of loops further out", () => {
  test.each([
    ["for a in 1 2; do for b in 1 2; do false || break 2; done; exit 5; done; exit 3", [3]],
    ["for a in 1; do for b in 1; do ping -c1 x && break 2; done; exit 5; done; exit 3", [3, 5]],
    ["for a in 1; do for b in 1 2; do continue 2; exit 5; done; exit 4; done; exit 3", [3]],
    ["for a in 1; do for b in 1; do break 7; done; exit 4; done; exit 3", [3]],
    ["while true; do for b in 1; do break 2; done; exit 4; done; exit 3", [3]],
    ["while true; do while true; do ping -c1 x && break 2; sleep 1; done; exit 4; done; exit 3", [3]],
    // Outside of a loop it does nothing.
    ["break; exit 3", [3]],
  ])("%s", (command, known) => {
    const { exitStatuses, complete } = read(`#!/bin/bash\n${command}\n`);
    expect(exitStatuses).toEqual({ known, unknown: false });
    expect(complete).toBe(true);
  });

  test("how many is not known: nothing is said", () => expect(read('for a in 1; do break "$n"; done; exit 3').complete).toBe(false));
});

describe("commands inside expressions and subscripts are seen", () => {
  test.each([
    "(( n = $(ipvsadm -C; echo 1) + 1 ))",
    "(( n[$(ipvsadm -C)] = 1 ))",
    "for ((i = $(ipvsadm -C; echo 0); i < 3; i++)); do true; done",
    "echo $(( ${n:-$(ipvsadm -C)} + 1 ))",
    'echo "${list[$(ipvsadm -C)]}"',
    "list[$(ipvsadm -C)]=1",
    "list[`ipvsadm -C`]+=1",
    "echo ${list[$(( $(ipvsadm -C) + 1 ))]}",
    "declare -A m; m[x$(ipvsadm -C)]=(1 2)",
  ])("%s", (command) => expect(lines(`#!/bin/bash\n${command}\n`).map((line) => line.replace(/ @.*/u, ""))).toContain("ipvs clear"));

  test("the places are those of the script", () => {
    const text = "#!/bin/bash\n(( n = $(ipvsadm -C) ))\n";
    const [effect] = effectsOf(parseShell(text), { file: "s" }).effects;
    expect(text.slice(effect!.site.span.start, effect!.site.span.end)).toBe("ipvsadm -C");
  });
});
