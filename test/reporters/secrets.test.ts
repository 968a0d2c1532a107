import { describe, expect, it } from "vitest";
import { secretsInLine, secretsInProse } from "../../server/reporters/secret-patterns.ts";
import { mask } from "../../server/analysis/mask.ts";
import { secretsOf } from "../../server/reporters/secrets.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import type { Finding } from "../../server/analysis/finding.ts";

const masked = (line: string, spans: readonly { readonly start: number; readonly end: number }[]): string => {
  let result = line;
  for (const { start, end } of spans.toSorted((a, b) => b.start - a.start))
    if (end <= result.length) result = result.slice(0, start) + mask + result.slice(end);
  return result;
};

describe("a line", () => {
  it.each([
    "auth_pass S3CRET",
    "\t auth_pass\tS3CRET S3CRET # S3CRET",
    "authentication { auth_type PASS auth_pass S3CRET }",
    "# auth_pass S3CRET",
    "auth_pas S3CRET",
    "auth-pass S3CRET",
    "auth_password S3CRET",
    "authpass S3CRET",
    "password S3CRET",
    "    key 7 S3CRET",
    "mysql -uroot -pS3CRET -e 'select 1'",
    "    -p'S3CRET' -h 10.0.0.1",
    "mysqladmin -u root --password=S3CRET ping",
    "MYSQL_PWD=S3CRET mysql",
    "DB_PASSWORD='S3CRET with blanks'",
    'export REDIS_PASS="S3CRET"',
    "CHANGE MASTER TO master_password='S3CRET';",
    "GRANT ALL ON *.* TO 'x'@'%' IDENTIFIED BY 'S3CRET';",
    "curl -u admin:S3CRET http://localhost/",
    "curl http://admin:S3CRET@localhost/",
    "stats auth admin:S3CRET",
    "sshpass -p S3CRET ssh db1",
    "redis-cli -a S3CRET ping",
    "smtp_password: S3CRET",
    "    smtp_password S3CRET",
    "auth_passs S3CRET",
    "@lb1 auth_passs S3CRET",
    "auht_pass S3CRET",
    "aut_psas S3CRET",
    "TOKEN=S3CRET",
  ])("hides the secret of %j", (line) => expect(masked(line, secretsInLine(line))).not.toContain("S3CRET"));

  it.each([
    "    auth_type PASS",
    "virtual_router_id 51",
    "iptables -t mangle -A PREROUTING -p tcp -m tcp --dport 3306 -j MARK --set-mark 1",
    "iptables -A INPUT -p vrrp -j ACCEPT",
    "find /var/run -print",
    "mkdir -p /var/run/keepalived",
    'mysql -u"$USER" -p"$PASS" -e "select 1"',
    'PASS="$(cat /etc/pass)"',
    "ipvsadm -A -t 10.0.0.1:3306 -s rr -p 50",
    "smtp_server 10.0.0.1",
    "# see https://example.org/a:b",
    "bypassive yes",
    "auth_type AH",
    "notify_master /etc/keepalived/notify.sh",
  ])("leaves %j as it is", (line) => expect(masked(line, secretsInLine(line))).toBe(line));

  it("of hostile length costs no more than its length", () => {
    for (const part of [
      "pwd",
      "pass",
      "pass ",
      "au_p",
      "@x ",
      "-p",
      "auth_",
      "://a:",
      "key 1 ",
      "-u a:",
      "identified by '",
      'password="',
      "secret = ",
    ]) {
      const line = part.repeat(Math.ceil(200_000 / part.length));
      const start = performance.now();
      secretsInLine(line);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});

describe("a sentence", () => {
  it("about a keyword is no secret", () => {
    const text = "auth_pass is longer than 8 characters: the rest is not read";
    expect(secretsInProse(text)).toEqual([]);
  });
  it("that quotes a command is masked", () => {
    const text = "mysql -uroot -pS3CRET fails";
    expect(masked(text, secretsInProse(text))).toBe("mysql -uroot -p•••• fails");
  });
});

describe("a report", () => {
  const text =
    "$PASS=fromdef\nvrrp_instance VI_1 {\n  authentication {\n    auth_type PASS\n    auth_pass $PASS\n    auth_pass two words # comment\n  }\n}\n";
  const files = memoryFiles({ "keepalived.conf": text });
  const secrets = secretsOf(readProject({ files, paths: [""] }), (file) => (file === "keepalived.conf" ? text : undefined));
  const site = (part: string): Finding["at"] => ({
    file: "keepalived.conf",
    span: { start: text.indexOf(part), end: text.indexOf(part) + part.length },
  });
  const finding = (part: string): Finding => ({
    rule: "r",
    severity: "error",
    message: "",
    at: site(part),
    nodes: [],
    cluster: "",
    notes: [],
    fixes: [],
  });
  const line = (number: number): string => {
    const shown = text.split("\n")[number - 1]!;
    return masked(shown, secrets.inLine("keepalived.conf", number));
  };

  it("masks the definition a password comes from", () => expect(line(1)).not.toContain("fromdef"));
  it("masks every word behind auth_pass", () => expect(line(6)).not.toMatch(/two|words/u));
  it("leaves other lines alone", () => expect(line(4)).toBe("    auth_type PASS"));
  it("masks the secret words of the line in a message, and no other", () => {
    expect(secrets.maskIn('"two" and words are not a comment', finding("auth_pass two"))).toBe('"••••" and •••• are not a comment');
    expect(secrets.maskIn("two words", finding("auth_type"))).toBe("two words");
  });
  it("knows edits that put a secret in", () => {
    expect(secrets.isSecretEdit({ at: site("two"), replacement: "other" })).toBe(true);
    expect(secrets.isSecretEdit({ at: site("two"), replacement: "" })).toBe(false);
    expect(secrets.isSecretEdit({ at: site("auth_type"), replacement: "auth_pass x" })).toBe(true);
    expect(secrets.isSecretEdit({ at: site("PASS\n"), replacement: "AH" })).toBe(false);
    expect(secrets.isSecretEdit({ at: site("PASS\n"), replacement: "AH", secret: true })).toBe(true);
  });
});
