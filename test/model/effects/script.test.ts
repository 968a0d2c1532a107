import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseShell } from "../../../grammar/shell/parse.ts";
import { onOnePath } from "../../../server/model/effects/known.ts";
import { effectsOf } from "../../../server/model/effects/script.ts";
import { lines, read } from "./reading.ts";

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/scripts/${name}`, import.meta.url), "utf8");

describe("scripts of real clusters", () => {
  test("a real server binds two VIPs to one alias, in two rounds on one path", () => {
    const { effects } = read(fixture("realserver-two-vips.sh"));
    const binds = effects.filter((effect) => effect.kind === "address" && effect.action === "bind");
    expect(lines(fixture("realserver-two-vips.sh")).slice(0, 4)).toEqual([
      "run /etc/rc.d/init.d/functions",
      "bind 10.0.0.140/32 lo lo:0 replaces @ $1 is start / ip=10.0.0.140",
      "bind 10.0.0.68/32 lo lo:0 replaces @ $1 is start / ip=10.0.0.68",
      "sysctl net.ipv4.conf.lo.arp_ignore=1 @ $1 is start",
    ]);
    expect(binds[0]!.site).toEqual(binds[1]!.site);
    expect(onOnePath(binds[0]!, binds[1]!)).toBe(true);
    const unbind = effects.find((effect) => effect.kind === "address" && effect.action === "unbind")!;
    expect(onOnePath(binds[0]!, unbind)).toBe(false);
  });

  test("a NAT director fills the table and stops the firewall", () => {
    expect(lines(fixture("director-nat.sh"), ["start"])).toEqual([
      "source /etc/rc.d/init.d/functions",
      "sysctl net.ipv4.ip_forward=1",
      "ipvs clear",
      "ipvs add-service tcp 10.80.1.243:3306 scheduler=rr",
      "ipvs add-server tcp 10.80.1.243:3306 -> 192.168.80.167:3306 forwarding=nat",
      "ipvs add-server tcp 10.80.1.243:3306 -> 192.168.80.136:3306 forwarding=nat",
      "stop iptables",
    ]);
  });

  test("a DR director binds the VIP itself", () => {
    const found = lines(fixture("director-dr.sh"));
    expect(found).toContain("bind 10.0.7.247/24 eth0 eth0:0 replaces @ $1 is start");
    expect(found).toContain("ipvs add-server tcp 10.0.7.247:80 -> 10.0.7.29:80 forwarding=direct weight=40 @ $1 is restart");
    expect(found).toContain("unbind -/- eth0 eth0:0 @ $1 is stop");
  });

  test("behind a broken line the arms still do what they do", () => {
    const text = fixture("realserver-broken-line.sh");
    const { problems } = parseShell(text);
    expect(problems).toHaveLength(1);
    expect(text.slice(0, problems[0]!.span.start).split("\n").length).toBe(10);
    const found = lines(text);
    expect(found).toContain("bind 10.0.7.247/32 lo lo:0 replaces @ case start");
    expect(found).toContain("route add 10.0.7.247 via - dev lo @ case start");
    expect(found).toContain("sysctl net.ipv4.conf.lo.arp_ignore=0 @ case stop");
  });

  test("arguments that are known choose the arm and fill the values", () => {
    const text = fixture("realserver-vip-argument.sh");
    expect(lines(text)).toContain("bind ?/32 lo lo:0 replaces @ $2 is start");
    expect(lines(text, ["172.18.14.100", "start"])).toEqual([
      "bind 172.18.14.100/32 lo lo:0 replaces",
      "sysctl net.ipv4.conf.lo.arp_ignore=1",
      "sysctl net.ipv4.conf.lo.arp_announce=2",
      "sysctl net.ipv4.conf.all.arp_ignore=1",
      "sysctl net.ipv4.conf.all.arp_announce=2",
      "exit 0",
    ]);
  });
});

describe("values", () => {
  test.each([
    ["A=1; B=$A.2; x $B", "run x 1.2"],
    ["A='1 2'; x $A \"$A\"", "run x 1 2 1 2"],
    ["A=(1 '2 3'); A+=(4); x \"${A[@]}\" ${A[0]} ${#A[@]}", "run x 1 2 3 4 1 3"],
    ["A=$(echo 1); x $A `echo 2`", "run x 1 2"],
    ["A=1; A=$((A + 2 * 3)); x $A", "run x 7"],
    ["A=1; ((A++)); let A+=2; x $A", "run x 4"],
    ["A=10.0.0.1/24; x ${A%/*} ${A##*/}", "run x 10.0.0.1 24"],
    ["x ${A:-1} ${B:=2}", "run x 1 2"],
    ['A=; x ${A:-1} "$A"', "run x 1 "],
    ["export A=1; local B=2; x $A$B", "run x 12"],
    ["x {1..3} {a,b}", "run x 1 2 3 a b"],
    ["x $1 $HOME $(date)", "run x ? ? ?"],
    ["set -- a b; shift; x $1 $#", "run x b 1"],
    ["read A; x $A", "run x ?"],
    ["f() { A=$1; }; f 7; x $A", "run x 7"],
    ["x 'a  b' \"c d\"e\\ f", "run x a  b c de f"],
    ["if a; then A=1; else A=1; fi; x $A", "run x 1"],
    ["while a; do A=2; done; x $A", "run x ?"],
    ["A=1; (A=2); x $A", "run x 1"],
    ["A=1; A=2 y; x $A", "run x 1"],
    [": ${A:=1}; x $A", "run x 1"],
    ["for i in 1 2; do [ $i = 1 ] && continue; A=$i; done; x $A", "run x 2"],
    ["A=0; for i in 1 2; do y && continue; A=$i; done; x $A", "run x ?"],
  ])("%s", (text, expected) => expect(lines(text).map((line) => line.split(" @ ")[0])).toContain(expected));

  test("what the arms of an if leave behind stays tied to the arm", () => {
    const { effects } = read("if a; then V=1; else V=2; fi\nx $V\ny $V");
    const [x1, x2, y1] = effects.filter((effect) => effect.kind === "run" && effect.arguments.length > 0);
    expect(lines("if a; then V=1; else V=2; fi\nx $V")).toEqual(["run a", "run x 1 @ a succeeds", "run x 2 @ otherwise"]);
    expect(onOnePath(x1!, x2!)).toBe(false);
    expect(onOnePath(x1!, y1!)).toBe(true);
    expect(onOnePath(x2!, y1!)).toBe(false);
  });
});

describe("paths", () => {
  test("&& and ||", () => {
    expect(lines("a && b || c")).toEqual(["run a", "run b @ a succeeds", "run c @ b fails"]);
  });

  test("what follows an arm that exits lies on the other", () => {
    expect(lines("if a; then b; exit 0; fi\nc")).toEqual(["run a", "run b @ a succeeds", "exit 0 @ a succeeds", "run c @ otherwise"]);
  });

  test("a return does not bind what follows the call", () => {
    expect(lines("f() { if a; then return; fi; b; }\nf\nc")).toEqual(["run a", "return 0 @ a succeeds", "run b @ otherwise", "run c"]);
  });

  test("a comparison is known inside its arm", () => {
    expect(lines('if [ "$1" = start ]; then x $1; fi')).toEqual(["run x start @ $1 is start"]);
  });

  test("conditions that are known leave one arm", () => {
    expect(lines("A=1; if [ $A -gt 0 ]; then x; else y; fi")).toEqual(["run x"]);
    expect(lines("case abc in a*) x ;; *) y ;; esac")).toEqual(["run x"]);
    expect(lines("A=b; case $A in a|b) x ;;& *) y ;; esac")).toEqual(["run x", "run y"]);
    expect(lines("A=b; case $A in a|b) x ;; *) y ;; esac")).toEqual(["run x"]);
    expect(lines("false && x; true || y; true && z")).toEqual(["run false", "run true", "run true", "run z"]);
  });

  test("a function is followed where it is called, with its arguments", () => {
    expect(lines("start() { ip addr add $1/32 dev lo; }\ncase $1 in start) start 10.0.0.1 ;; esac")).toEqual([
      "bind 10.0.0.1/32 lo - @ $1 is start",
    ]);
    expect(lines("unused() { ipvsadm -C; }")).toEqual([]);
  });

  test("a command named by an argument may be any function", () => {
    expect(lines("start() { a; }\nstop() { b; }\n$1")).toEqual(["run ?", "run a @ start is called", "run b @ stop is called"]);
  });

  test("case arms of one subject exclude each other, also in two commands", () => {
    const { effects } = read('case "$1" in start) a ;; esac\ncase "$1" in stop) b ;; start) c ;; esac');
    const named = (name: string) =>
      effects.find((effect) => effect.kind === "run" && effect.name.kind === "known" && effect.name.value === name)!;
    expect(onOnePath(named("a"), named("b"))).toBe(false);
    expect(onOnePath(named("a"), named("c"))).toBe(true);
  });
});

describe("exit statuses", () => {
  test.each<[string, readonly number[], boolean]>([
    ["", [0], false],
    ["a", [], true],
    ["a; exit 0", [0], false],
    ["a; echo done", [0], false],
    ["a\nlogger x", [], true],
    ["if a; then exit 0; else exit 1; fi", [0, 1], false],
    ["a || exit 2; exit 0", [0, 2], false],
    ["a && exit 0; exit 1", [0, 1], false],
    ["a; exit $?", [], true],
    ["exit $1", [], true],
    ["[ -f x ]", [0, 1], false],
    ["if [ -f x ]; then a; fi; true", [0], false],
    ["! a", [0, 1], false],
    ["false", [1], false],
    ["a | echo", [0], false],
    ["set -o pipefail; a | echo", [0], true],
    ["set -e; a; exit 0", [0], true],
    ["set -e; if a; then b || true; fi; exit 0", [0], false],
    ["a & ", [0], false],
    ["(exit 3)", [3], false],
    ["f() { return 4; }; f", [4], false],
    ["f() { if a; then return 1; fi; return 2; }; f", [1, 2], false],
    ["exec a", [], true],
    ["while a; do b; done; exit 0", [0], false],
    [". ./other; exit 0", [0], true],
    ["case $1 in a) exit 1 ;; *) exit 2 ;; esac; exit 3", [1, 2], false],
    ["x=$(a)", [], true],
    ["exit 256", [0], false],
    ["sh -c 'exit 5'", [5], false],
    ["trap 'exit 7' EXIT; exit 0", [7], false],
    ["f() { ask && return 1; exit 3; }; f; exit 5", [3, 5], false],
    ["until ask && break; exit 3; do :; done; exit 4", [3, 4], false],
    ["while ask && break; exit 3; do :; done", [3], true],
    ["f() { for i in 1 2; do ask && continue; return 5; done; exit 3; }; f", [3, 5], false],
  ])("%j", (text, known, unknown) => expect(read(text).exitStatuses).toEqual({ known, unknown }));
});

describe("variables that nothing sets", () => {
  test.each<[string, readonly string[]]>([
    ["route del $LVS_VIP", ["LVS_VIP"]],
    ["A=1; x $A ${A}b", []],
    ["x $HOME $1 $@ $?", []],
    ["x ${A:-1} ${B+x}", []],
    ["for i in 1; do x $i; done; read a; x $a", []],
    ['if [ $A = 1 ]; then x "-$B-"; fi', ["A", "B"]],
    ["A=$B", []],
    ["x $(y $C)", ["C"]],
    ["f() { local v; x $v; }", []],
  ])("%s", (text, names) => expect(read(text).unsetVariables.map(({ name }) => name)).toEqual(names));

  test("the site is the use", () => {
    expect(read("route del $LVS_VIP").unsetVariables[0]!.site).toEqual({ file: "script.sh", span: { start: 10, end: 18 } });
  });
});

describe("bounds", () => {
  test.each([
    ["a function that calls itself", "f() { f; f; }; f"],
    ["loops in loops", `${"for i in 1 2 3 4 5 6 7 8; do ".repeat(12)}x; ${"done; ".repeat(12)}`],
    ["a variable that grows", `A=xxxxxxxx\n${"A=$A$A$A$A$A$A$A$A\n".repeat(40)}x $A`],
    ["many choices", `${"if a; then V=1$V; else V=2$V; fi\n".repeat(60)}x $V$V$V`],
    ["many arms", `case $1 in ${"a) if b; then c; fi ;; ".repeat(3000)} esac`],
    ["many functions and an unknown command", `${Array.from({ length: 60 }, (_, i) => `f${i}() { $x; }`).join("\n")}\n$x`],
  ])("%s", (_name, text) => {
    const start = performance.now();
    const { effects } = read(text);
    expect(effects.length).toBeLessThanOrEqual(5000);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("a reading that was cut short says so and claims no status", () => {
    const { complete, exitStatuses } = read(`${"for i in 1 2 3 4 5 6 7 8; do ".repeat(12)}x; ${"done; ".repeat(12)}\nexit 0`);
    expect(complete).toBe(false);
    expect(exitStatuses.unknown).toBe(true);
  });

  test("any text: no exception, sites inside the text", () => {
    const pieces = [
      "if a; then ",
      "fi; ",
      "case $1 in ",
      "x) ",
      ";; ",
      "esac; ",
      "for i in a $b; do ",
      "done; ",
      "f() { ",
      "}; ",
      "f; ",
      "$x ",
      "V=1 ",
      "V=$V$V; ",
      "exit; ",
      "return 1; ",
      "break; ",
      "ip addr add $V dev lo; ",
      "iptables -t mangle -A A -j MARK --set-mark ",
      "! ",
      "&& ",
      "| ",
      "sh -c 'x $1'; ",
      "echo 1 > /proc/sys/$V; ",
      "$(",
      ")",
      "(",
      "\n",
      "set -e; ",
      '"$@" ',
      "ipvsadm -a -t ",
      "kill $(cat a.pid); ",
      "[ $V = 1 ] ",
      "let V++; ",
      "${V%/*} ",
      "nft add rule a b ",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (list) => {
        const text = list.join("");
        const { effects, unsetVariables } = effectsOf(parseShell(text), { file: "f" });
        for (const { site } of [...effects, ...effects.map(({ command }) => ({ site: command })), ...unsetVariables]) {
          expect(site.span.start).toBeGreaterThanOrEqual(0);
          expect(site.span.end).toBeGreaterThanOrEqual(site.span.start);
          expect(site.span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe("words that are not read", () => {
  const words = (text: string) =>
    read(text).effects.flatMap((effect) =>
      effect.kind === "run" ? [effect.arguments.map((one) => (one.kind === "known" ? one.value : undefined))] : [],
    );

  test.each(["cmd {$a,b}", 'cmd {"a",b}', "cmd {'a b',c}", "cmd {a,{b,c}}", "cmd x{$a..3}", "cmd {$two,b}"])("%s is no text", (command) => {
    expect(words(`a=1 two='x y'\n${command}`)).toEqual([[undefined]]);
  });

  test.each([
    ["cmd '{a,b}'", "{a,b}"],
    ["cmd {$a}", "{1}"],
    ["cmd {}", "{}"],
    ["cmd }$a,{", "}1,{"],
  ])("%s is", (command, value) => {
    expect(words(`a=1\n${command}`)).toEqual([[value]]);
  });

  test("an array that declare takes", () => {
    expect(words("declare -a x=(1 $(2) 3)\ncmd $x")).toEqual([[], ["-a", undefined], [undefined]]);
  });

  test("a command inside an expression runs", () => {
    expect(words("cmd $(( $(ask it) + `also` * 2 ))")).toEqual([["it"], [], [undefined]]);
    expect(words("cmd $(( (1 + 2) * 3 ))")).toEqual([["9"]]);
  });
});
