/** Formatting: what changes, what stays, and that the daemon reads the same before and after. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatKeepalived } from "../../../grammar/keepalived/format/format.ts";
import { readingOf } from "./reading.ts";

const lines = (...text: readonly string[]): string => `${text.join("\n")}\n`;

describe("formatting", () => {
  test("indents by blocks and leaves one blank between words", () => {
    expect(
      formatKeepalived(lines("vrrp_instance   VI_1{", "state\tMASTER  ", " virtual_ipaddress  {", "10.0.0.1   dev  eth0", "}", "  }")),
    ).toBe(lines("vrrp_instance VI_1 {", "    state MASTER", "    virtual_ipaddress {", "        10.0.0.1 dev eth0", "    }", "}"));
  });

  test("takes the indentation it is told", () => {
    expect(formatKeepalived(lines("a {", "b", "}"), { indent: "\t" })).toBe(lines("a {", "\tb", "}"));
  });

  test("leaves a brace on the line it stands on", () => {
    expect(formatKeepalived(lines("track_script", "{", "chk", "}", "authentication {auth_type PASS}"))).toBe(
      lines("track_script", "{", "    chk", "}", "authentication { auth_type PASS }"),
    );
  });

  test("keeps what stands in quotes, and what touches them", () => {
    const text = lines('script "killall  -0   haproxy"', "script '/bin/a   b'", 'script /opt/"my  check"/x', 'notify "/n  a"  root');
    expect(formatKeepalived(text)).toBe(
      lines('script "killall  -0   haproxy"', "script '/bin/a   b'", 'script /opt/"my  check"/x', 'notify "/n  a" root'),
    );
  });

  test("puts trailing comments of neighbouring lines in one column", () => {
    expect(formatKeepalived(lines("state MASTER # here", "priority 100   ! there", "", "interface eth0   # alone"))).toBe(
      lines("state MASTER # here", "priority 100 ! there", "", "interface eth0 # alone"),
    );
  });

  test("does not push a comment far away for a long neighbour", () => {
    const text = lines('script "/usr/local/bin/check_something_with_a_long_name --and=arguments" # check', "interval 2 # s");
    expect(formatKeepalived(text)).toBe(text);
  });

  test("leaves a comment that cuts a word where it stands", () => {
    expect(formatKeepalived(lines("auth_pass   ab#cd", "a {#comment"))).toBe(lines("auth_pass ab#cd", "a { #comment"));
  });

  test("indents comments like the lines they stand among and keeps their inside", () => {
    expect(formatKeepalived(lines("a {", "#  old   value", "   !x", "}"))).toBe(lines("a {", "    #  old   value", "    !x", "}"));
  });

  test("keeps groups: one blank line of several, none at the ends", () => {
    expect(formatKeepalived("\n\na 1\n \n\t\n\nb 2\n\n\n")).toBe(lines("a 1", "", "b 2"));
  });

  test("ends the last line", () => {
    expect(formatKeepalived("a 1")).toBe("a 1\n");
    expect(formatKeepalived("a 1\r\nb 2")).toBe("a 1\r\nb 2\r\n");
    expect(formatKeepalived("")).toBe("");
  });

  test("keeps line ends", () => {
    expect(formatKeepalived("a {\r\nb  1\r\n}\n")).toBe("a {\r\n    b 1\r\n}\n");
  });

  test("does not touch definitions, sequences and patterns of includes", () => {
    const text = lines(
      "$A=x   y",
      "$MULTI= \\",
      "  a   1 \\",
      "  b   2",
      "~SEQ(I,  1, 3)   track_interface  eth$I",
      "include  /etc/k/*  .conf",
    );
    expect(formatKeepalived(text)).toBe(text.replace("include  /", "include /"));
  });

  test("stands conditional lines side by side", () => {
    const text = lines("@db1 vrrp_instance A {", "@db2   vrrp_instance B {", "@db1 priority  100", "state BACKUP", "}");
    expect(formatKeepalived(text)).toBe(
      lines("@db1 vrrp_instance A {", "@db2 vrrp_instance B {", "    @db1 priority 100", "    state BACKUP", "}"),
    );
  });

  test("leaves lines with a template's marks alone", () => {
    const text = lines("vrrp_instance VI {", "  {% if  master %}", "  priority  {{ priority   }}", "    {% endif %}", "}");
    expect(formatKeepalived(text)).toBe(text);
  });

  test("indents what stands around them, every branch from where the first began", () => {
    const text = lines(
      "{% if a %}",
      "vrrp_instance A {",
      "{% else %}",
      "vrrp_instance {{ b }} {",
      "{% endif %}",
      "priority   100",
      "{# { #}",
      "virtual_ipaddress {",
      "{{ c",
      "  ~ '}' }}",
      "10.0.0.1",
      "}",
      "}",
    );
    expect(formatKeepalived(text, { name: "keepalived.conf.j2" })).toBe(
      lines(
        "{% if a %}",
        "vrrp_instance A {",
        "{% else %}",
        "vrrp_instance {{ b }} {",
        "{% endif %}",
        "    priority 100",
        "{# { #}",
        "    virtual_ipaddress {",
        "{{ c",
        "  ~ '}' }}",
        "        10.0.0.1",
        "    }",
        "}",
      ),
    );
  });

  test("leaves a line alone that indentation would make too long for the daemon", () => {
    const long = `    script "${"x".repeat(1010)}"`;
    expect(formatKeepalived(lines("a {", "b {", "c {", long.trimStart(), "}", "}", "}"))).toContain(`\n${long.trimStart()}\n`);
  });
});

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
  );

const unchanged = (text: string): void => {
  const formatted = formatKeepalived(text);
  expect(formatKeepalived(formatted)).toBe(formatted);
  for (const version of ["2.4.3", "2.2.7"])
    for (const id of ["db1", "db2"])
      expect(readingOf({ "k.conf": formatted }, "k.conf", id, version)).toEqual(readingOf({ "k.conf": text }, "k.conf", id, version));
};

describe("the daemon reads the same before and after, and a second time nothing changes", () => {
  const fixtures = path.resolve(import.meta.dirname, "../../../fixtures");
  test.each(files(fixtures).filter((file) => /\.(?:conf|cfg)$/u.test(file)))("%s", (file) => unchanged(readFileSync(file, "latin1")));

  const piece = fc.constantFrom(
    ...'a|1|state MASTER|{|}|  |\t|\n|\n\n|\r\n|#c|!d| # e|"|"q  r"|\'|\'s  t\'|\\|\\#|\\\n|$A|${A}|${A 1}|$A=|$B=x \\\n|@db1 |@^db1 |@db2 a {\n|~SEQ(I, 1, 2) |include|x{y}z|\0|\v|\f|é|{{ m }}|{% m %}|script |notify "a  b" c\n|vrrp_instance V {\n'.split(
      "|",
    ),
    "|",
  );
  test("any text", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => unchanged(pieces.join(""))),
      { numRuns: 1000 },
    );
  });
});
