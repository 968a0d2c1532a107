/** The cluster of the test: a fixture, with the checks of db1 in a file of their own. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const fixture = "fixtures/clusters/mysql-readwrite-fwmark/corrected";
export const main = "db1/etc/keepalived/keepalived.conf";
export const checks = "db1/etc/keepalived/conf.d/checks.conf";

export const prepare = (folder: string): void => {
  const file = path.join(folder, main);
  const text = readFileSync(file, "utf8");
  const [block] = /^vrrp_script chk_mysql \{\n(?: .*\n)+\}\n/mu.exec(text)!;
  writeFileSync(file, text.replace(block, "include /etc/keepalived/conf.d/*.conf\n"));
  mkdirSync(path.join(folder, path.dirname(checks)));
  writeFileSync(path.join(folder, checks), block);
};
