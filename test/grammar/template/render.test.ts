/** What the marks of a template are, and what a text is without them. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { marksIn } from "../../../grammar/template/marks.ts";
import { branchesOf, holdsSign, render, withMarks } from "../../../grammar/template/render.ts";
import { markingOf, readTemplate, type Template } from "../../../grammar/template/template.ts";

const template = (text: string, name = "keepalived.conf.j2"): Template => readTemplate(text, markingOf(name, text)!)!;

const marks = (text: string, name?: string): readonly string[] => {
  const marking = markingOf(name ?? "keepalived.conf.j2", text);
  return marking === undefined ? [] : marksIn(text, marking).map(({ start, end }) => text.slice(start, end));
};

/** The words of the text when the first, or the last, branch of everything is taken; `?` for what nobody knows. */
const words = (text: string, others: "first" | "last" = "first", name?: string): string =>
  render(template(text, name), (choice) => (others === "first" ? 0 : choice.optional ? -1 : choice.branches.length - 1))
    .text.replaceAll(/\u{fdd0}[\u{fdd1}-\u{fdef}]*/gu, "?")
    .split("\n")
    .map((line) => line.trim().replaceAll(/\s+/gu, " "))
    .filter((line) => line !== "")
    .join("; ");

describe("where a mark ends", () => {
  test("Jinja: strings and brackets hide the closer", () => {
    expect(marks(`a {{ x["}}"] }} b {{ {"k": {"l": 1}} }} c {% if "%}" %}d{% endif %}{# e }} #}`)).toEqual([
      `{{ x["}}"] }}`,
      `{{ {"k": {"l": 1}} }}`,
      `{% if "%}" %}`,
      "{% endif %}",
      "{# e }} #}",
    ]);
  });

  test("ERB ends at the first closer", () => {
    expect(marks("a <%= x['%>'] %> <%# c # ! %> <%- y -%> <%% z", "k.erb")).toEqual(["<%= x['%>", "<%# c # ! %>", "<%- y -%>", "<%%"]);
  });

  test("envsubst: a default may hold another mark, and what the text defines is the daemon's", () => {
    expect(marks("$OWN=1\n${OWN} ${OTHER} ${A:-${B}} ${C:?missing} ${_PWD}", "k.conf.tmpl")).toEqual([
      "${OTHER}",
      "${A:-${B}}",
      "${C:?missing}",
    ]);
  });

  test("text between raw and endraw holds no mark", () => {
    expect(marks("{% raw %}{{ x }}{% endraw %}{{ y }}")).toEqual(["{% raw %}", "{% endraw %}", "{{ y }}"]);
  });

  test("what does not end is text", () => expect(marks("vrrp_instance A {{ x }\n {% if\n")).toEqual([]));
});

describe("a text without a template's name", () => {
  test.each([
    ["vrrp_instance A {\n  priority {{ prio }}\n}\n", 1],
    ["vrrp_instance A {\n  {% if x %}\n  nopreempt\n  {% endif %}\n}\n", 2],
    ["vrrp_instance A {\n  priority <%= @prio %>\n}\n", 1],
    ["vrrp_instance A {\n  priority ${PRIO:-100}\n}\n", 1],
    ["virtual_ipaddress {{ 10.0.0.1 }}\n", 0],
    ["vrrp_instance A {{ state MASTER }}\n", 0],
    ["vrrp_instance VI_1 {{\n    state MASTER\n}}\n", 0],
    ["$PRIO=100\nvrrp_instance A {\n  priority ${PRIO}\n}\n", 0],
    ["vrrp_instance A {#comment\n}\n", 0],
  ])("%j", (text, count) => expect(marks(text, "keepalived.conf")).toHaveLength(count));
});

describe("what is read", () => {
  test("a value stands for itself only, wherever it is", () => {
    expect(words('priority {{ p }}\n10.0.0.{{ n }}/24 dev {{ d }}\nscript "/x {{ y }} z"\n{{ line }}')).toBe(
      'priority ?; 10.0.0.?/24 dev ?; script "/x ? z"; ?',
    );
  });

  test("braces, quotes and comment characters in a mark mean nothing", () => {
    expect(words(`vrrp_instance {{ {"a": "}"}["a"] }} {\n  state {{ "#!" ~ x }}\n}`)).toBe("vrrp_instance ? {; state ?; }");
  });

  test("one branch at a time", () => {
    const text = "{% if a %}\nstate MASTER\n{% elif b %}\nstate OTHER\n{% else %}\nstate BACKUP\n{% endif %}\nx";
    expect([words(text), words(text, "last")]).toEqual(["state MASTER; x", "state BACKUP; x"]);
    expect([words("a\n{% if x %}\nb\n{% endif %}\nc"), words("a\n{% if x %}\nb\n{% endif %}\nc", "last")]).toEqual(["a; b; c", "a; c"]);
  });

  test("on one line as well; a part of a word is not known", () => {
    expect(words("priority {% if a %}100{% else %}90{% endif %}")).toBe("priority 100");
    expect(words("10.0.0.{% if a %}1{% else %}2{% endif %}/24")).toBe("10.0.0.?/24");
  });

  test("a loop may go on", () => {
    expect(words("v {\n{% for x in y %}\n{{ x }}\n{% endfor %}\n}")).toBe("v {; ?; ?; }");
    expect(words("v {\n{% for x in y %}\n{{ x }}\n{% endfor %}\n}", "last")).toBe("v {; }");
    expect(words("a {% for x in y %}{{ x }} {% endfor %}")).toBe("a ?");
  });

  test("constants are known, comments and assignments nothing", () => {
    expect(words("a {{ '{' }}\n{# b\nc #}{% set d = 1 %}\n{% set e %}f{% endset %}}")).toBe("a {; }");
  });

  test("white space that a mark takes along", () => {
    expect(words("state {% if a -%}\n  MASTER\n{%- else -%}\n  BACKUP\n{%- endif %}\nx")).toBe("state MASTER; x");
    expect(words("priority 1\n{{- if .x }}\nnopreempt\n{{- end }}\nx", "first", "k.tmpl")).toBe("priority 1; nopreempt; x");
    expect(words("priority <%= x -%>\nadvert_int 1", "first", "k.erb")).toBe("priority ?advert_int 1");
  });

  test("Go, Mustache, ERB, EPP, Terraform", () => {
    expect(
      words(
        '{{/* c */}}{{- range $i, $x := .V }}\na {{ $x.Y }}\n{{- else }}\nb\n{{- end }}\n{{ define "t" }}z{{ end }}',
        "last",
        "k.gotmpl",
      ),
    ).toBe("b");
    expect(words("{{#each x}}\na {{this}}\n{{/each}}\n", "first", "k.tmpl")).toBe("a ?; ?");
    expect(words("<% @v.each do |x| -%>\na <%= x %>\n<% end -%>\n<% unless y %>b<% else %>c<% end %>", "last", "k.erb")).toBe("c");
    expect(words("<% | $a | -%>\n<% if $a { -%>\na\n<% } else { -%>\nb\n<% } -%>\n", "last", "k.epp")).toBe("b");
    expect(words("%{ if a ~}\na\n%{ else ~}\nb ${c.d}\n%{ endif ~}\n", "last", "k.tpl")).toBe("b ?");
    expect(words("<% case x when 1 %>\n<% end %>a", "first", "k.erb")).toBe("a");
  });

  test("marks that do not close one another are known to be broken", () => {
    for (const text of ["{% if a %}\nx\n", "x\n{% endif %}\n", "{% else %}"]) expect(template(text).broken).toBe(true);
  });

  test("the ways to every branch", () => {
    const ways = branchesOf(template("{% if a %}1{% if b %}2{% endif %}{% else %}3{% endif %}")).map(({ way }) => JSON.stringify([...way]));
    expect(ways).toEqual(["[[0,0]]", "[[0,0],[1,0]]", "[[0,1]]"]);
  });
});

test("every character stays where it was, and a message shows the marks as they are written", () => {
  const text = "a {{  x }}\n{% if y %}\nb{{ z }}\n{% endif %}\n";
  const read = template(text);
  const made = render(read, () => 0).text;
  expect(made).toHaveLength(text.length);
  expect(made.indexOf("b")).toBe(text.indexOf("b{{"));
  expect(withMarks(made.trim().split("\n")[0]!, read)).toBe("a {{ x }}");
});

test("any text is read, in linear time", () => {
  const pieces = fc.constantFrom(
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "<%",
    "%>",
    "${",
    "}",
    "%{",
    " if x ",
    " endif ",
    " else ",
    "end",
    "'",
    '"',
    "(",
    "\n",
    "a",
    "-",
    " for ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), fc.constantFrom("k.j2", "k.erb", "k.tmpl", "k.conf"), (parts, name) => {
      const text = parts.join("");
      const marking = markingOf(name, text);
      const read = marking === undefined ? undefined : readTemplate(text, marking);
      if (read === undefined) return;
      for (const taken of [0, -1, 1]) expect(render(read, () => taken).text).toHaveLength(text.length);
    }),
    { numRuns: 300 },
  );
  for (const part of ["{{", "{{(}}", "{{'}}", "{% if x %}", "<% if x %>", "${A:-", "{% if x %}{% endif %}", "{{ x }} "]) {
    const text = part.repeat(100_000 / part.length);
    const start = performance.now();
    const read = readTemplate(text, markingOf("k.j2", text)!);
    if (read !== undefined) holdsSign(render(read, () => 0).text);
    expect(performance.now() - start).toBeLessThan(3000);
  }
});
