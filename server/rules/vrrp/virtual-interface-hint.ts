import { defineRule } from "../../analysis/rule.ts";

const tunnel = /^(?:wg|tun|ppp|ipsec|vti|gre|sit|ipip)\d*$/u;

export default defineRule({
  id: "virtual-interface-hint",
  summary: "An interface on which adverts reach nobody: a tunnel without multicast, the loopback, a bridge inside the host.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3454", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3461"],
  subject: "vrrpInstance",

  *check({ name, interface: device, unicastPeers }) {
    if (device?.value === undefined) return;
    const why = reason(device.value, unicastPeers.length > 0);
    if (why === undefined) return;
    yield { at: device.site, message: `${name.value} runs on ${device.value}: ${why}` };
  },
});

const reason = (device: string, unicast: boolean): string | undefined => {
  if (device === "lo") return "the loopback leads to no other node";
  if (/^(?:docker\d+|virbr\d+)$/u.test(device)) return "this bridge ends inside the host, so other hosts hear no adverts there";
  return tunnel.test(device) && !unicast ? "a tunnel usually has no multicast; it needs unicast_peer" : undefined;
};
