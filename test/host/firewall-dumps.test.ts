/**
 * One set of rules in three notations, made by the real commands in a network namespace: the iptables commands of a
 * script, what iptables-save says of them, and what `nft list ruleset` says. kalint reads the same facts from each.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { effectsOfIptablesSave, looksLikeIptablesSave } from "../../server/model/effects/iptables-save.ts";
import { effectsOfNftRuleset, looksLikeNftRuleset } from "../../server/model/effects/nft-ruleset.ts";
import { effectsOf } from "../../server/model/effects/script.ts";
import { effectsOfSysctlConf } from "../../server/model/effects/sysctl-conf.ts";
import type { Effect, Known } from "../../server/model/effects/types.ts";
import { describeWith } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const home = mkdtempSync(path.join(tmpdir(), "kalint-dumps-"));
afterAll(() => removeFolder(home));

const inNamespace = (script: string): string => execFileSync("unshare", ["-n", "sh", "-ec", script], { encoding: "utf8" });

const value = (field: Known<unknown> | undefined): string => (field?.kind === "known" ? JSON.stringify(field.value) : "?");

/** What a rule means, without how it is written: /32 is a host, a loaded module says nothing. */
const meaning = (effect: Effect): string[] => {
  if (effect.kind !== "mark" && effect.kind !== "connection-mark" && effect.kind !== "firewall") return [];
  const { match } = effect;
  const parts = (["destination", "source", "protocol", "destinationPorts", "inInterface", "macSource", "states"] as const).flatMap(
    (name) => {
      const field = match[name];
      if (field === undefined) return [];
      const shown =
        name === "states"
          ? JSON.stringify([...(field.value.kind === "known" ? (field.value.value as string[]) : [])].toSorted())
          : value(field.value);
      return [`${name}${field.negated ? "!" : ""}=${shown.replaceAll('/32"', '"').toLowerCase()}`];
    },
  );
  const what =
    effect.kind === "firewall"
      ? `${effect.action} ${value(effect.target)}`
      : `${effect.kind}${effect.kind === "mark" ? "" : ` ${effect.does} ${value(effect.taken)}`} ${value(effect.mark)}/${value(effect.mask)}`;
  return [`${value(effect.chain)} ${what} ${parts.join(" ")}`];
};

const commands = `iptables -t mangle -A PREROUTING -d 10.0.0.100 -p tcp --dport 3306 -m mac ! --mac-source aa:bb:cc:dd:ee:ff -j MARK --set-mark 16
iptables -t mangle -A PREROUTING -d 10.0.0.100 -p tcp --dport 80 -j MARK --set-xmark 0x10/0xff
iptables -t mangle -A PREROUTING -d 10.0.0.101 -p udp --dport 53 -j MARK --or-mark 0x20
iptables -t mangle -A PREROUTING -d 10.0.0.102 -j MARK --set-mark 0x3
iptables -t mangle -A PREROUTING -d 10.0.0.103 -j MARK --set-mark 0xf/0xa
iptables -t mangle -A PREROUTING -d 10.0.0.103 -j MARK --set-xmark 0xf/0xa
iptables -t mangle -A PREROUTING -d 10.0.0.103 -j MARK --and-mark 0xf0
iptables -t mangle -A PREROUTING -d 10.0.0.103 -j MARK --xor-mark 0xf0
iptables -t mangle -A PREROUTING -d 10.0.0.104 -j CONNMARK --set-mark 16
iptables -t mangle -A PREROUTING -d 10.0.0.104 -j CONNMARK --save-mark
iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark
iptables -A INPUT -p vrrp -j ACCEPT
iptables -A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
iptables -A INPUT -s 10.0.0.0/24 -p tcp -m multiport --dports 80,443 -j ACCEPT
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT ! -s 10.1.0.0/16 -p icmp -j DROP
iptables -A FORWARD -d 10.0.0.9 -j REJECT
`;

describeWith(["iptables", "nft"], "firewalls in three notations", () => {
  test("say the same", () => {
    const [save = "", ruleset = ""] = inNamespace(`${commands}iptables-save\necho @@@@\nnft list ruleset`).split("@@@@\n");
    expect(looksLikeIptablesSave(save)).toBe(true);
    expect(looksLikeNftRuleset(ruleset)).toBe(true);
    const isRule = (line: string): boolean => !line.includes(" policy ");
    const script = effectsOf(parseShell(commands), { file: "f" }).effects.flatMap(meaning).filter(isRule);
    expect(script).toHaveLength(17);
    expect(effectsOfIptablesSave(save, "f").flatMap(meaning).filter(isRule)).toEqual(script);
    expect(effectsOfNftRuleset(ruleset, "f").flatMap(meaning).filter(isRule)).toEqual(script);
  });

  test("masks of CONNMARK, which nft cannot print, are those of iptables-save", () => {
    const written = ["--set-xmark 0x10/0xff", "--or-mark 0x20", "--save-mark --mask 0xff", "--restore-mark --nfmask 0xff --ctmask 0xf0"]
      .map((options) => `iptables -t mangle -A PREROUTING -j CONNMARK ${options}\n`)
      .join("");
    const save = inNamespace(`${written}iptables-save`);
    const script = effectsOf(parseShell(written), { file: "f" }).effects.flatMap(meaning);
    expect(script).toHaveLength(4);
    expect(
      effectsOfIptablesSave(save, "f")
        .flatMap(meaning)
        .filter((line) => !line.includes(" policy ")),
    ).toEqual(script);
  });

  test("nft: chains and rules that a script makes one by one are those of the ruleset", () => {
    const written = `nft add table ip m
nft add chain ip m pre '{ type filter hook prerouting priority mangle - 5; }'
nft add chain ip m in { type filter hook input priority 100 \\; policy drop \\; }
nft add rule ip m pre ip daddr { 10.0.0.1, 10.0.0.2 } tcp dport 80 meta mark set meta mark and 0xffffff00 or 0x10
nft rule ip m pre "ip daddr 10.0.0.3 ct mark set 0x10 meta mark set 16"
nft add rule ip m pre meta mark set ct mark
nft insert rule ip m in iif lo accept
`;
    const ruleset = inNamespace(`${written}nft list ruleset`);
    const placed = (effects: readonly Effect[]): readonly string[] =>
      effects.flatMap((effect) =>
        effect.kind === "mark" || effect.kind === "connection-mark" || effect.kind === "firewall"
          ? meaning(effect).map((line) => `${line} in ${effect.base} at ${effect.priority}`)
          : [],
      );
    const script = placed(
      effectsOf(parseShell(written), { file: "f" }).effects.filter((one) => !("action" in one) || one.action !== "new-chain"),
    );
    expect(
      placed(effectsOfNftRuleset(ruleset, "f"))
        .filter((line) => !line.includes('policy "ACCEPT"'))
        .toSorted(),
    ).toEqual(script.map((line) => line.replace(" insert ", " append ")).toSorted());
    expect(script).toHaveLength(6);
  });

  test("nftables: what nft prints of a ruleset means what the ruleset means", () => {
    const written = `define VIPS = { 10.0.0.100, 10.0.0.101 }
define MARK = 0x10
table inet filter {
  set peers {
    type ipv4_addr; elements = { 10.0.0.5, 10.0.0.6 }
  }
  chain in {
    type filter hook input priority 0; policy drop;
    iifname "lo" accept
    ct state established,related accept
    ip protocol vrrp accept comment "of the peers; all"
    ip saddr @peers tcp dport { 22, 3306-3307 } accept
    tcp dport 80 counter jump web
    tcp dport vmap { 443 : accept, 444 : drop }
  }
  chain web { ip daddr $VIPS accept; }
}
table ip mangle {
  chain pre {
    type filter hook prerouting priority -150;
    ip daddr $VIPS tcp dport 3306 ether saddr != aa:bb:cc:dd:ee:ff meta mark set $MARK
    ip daddr 10.0.0.102 meta mark set mark and 0xffffff00 or 0x12
  }
}
`;
    const file = path.join(home, "nftables.conf");
    writeFileSync(file, written);
    const printed = inNamespace(`nft -c -f ${file}\nnft -f ${file}\nnft list ruleset`);
    const own = effectsOfNftRuleset(written, "f").flatMap(meaning).toSorted();
    expect(own).toContain('"PREROUTING" mark 18/255 destination=["10.0.0.102"]');
    expect(own).toContain('"web" append "ACCEPT" destination=["10.0.0.100","10.0.0.101"]');
    // nft prints the default policy as well.
    expect(effectsOfNftRuleset(printed, "f").flatMap(meaning).toSorted()).toEqual([...own, '"PREROUTING" policy "ACCEPT" '].toSorted());
  });

  test("sysctl: names and values as the kernel takes them", () => {
    const file = path.join(home, "sysctl.conf");
    const text =
      "# c\n; d\nnet.ipv4.ip_forward=1\n-net/ipv4/conf/lo/arp_ignore = 2\nnet.ipv4.conf.all.rp_filter =  2 \nnet.ipv4.conf.all.rp_filter=1\n";
    writeFileSync(file, text);
    const names = ["net.ipv4.ip_forward", "net.ipv4.conf.lo.arp_ignore", "net.ipv4.conf.all.rp_filter"];
    const real = inNamespace(`sysctl -q -p ${file}\nsysctl ${names.join(" ")}`);
    const last = new Map(effectsOfSysctlConf(text, "f").map(({ name, value: to }) => [value(name), value(to)]));
    expect(names.map((name) => `${name} = ${last.get(JSON.stringify(name))!.replaceAll('"', "")}`)).toEqual(real.trim().split("\n"));
  });
});
