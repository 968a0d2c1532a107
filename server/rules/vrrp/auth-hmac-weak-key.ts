import { byteLength } from "../../../grammar/keepalived/lines.ts";
import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { defineRule } from "../../analysis/rule.ts";
import { all, isUnknownWord, numberSetting, one } from "../../model/node/settings.ts";

const shortest = 32;
const longest = 64;

export default defineRule({
  id: "auth-hmac-weak-key",
  summary: "A key of `auth_hmac` must have 32 to 64 bytes: keepalived refuses any other.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1610", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1527"],
  subject: "vrrpInstance",

  *check({ item, name }, { version }) {
    const hmac = one(item, "auth_hmac");
    if (hmac === undefined || compareVersions(version, "2.4.0") < 0) return;
    const active = numberSetting(one(hmac, "active_key"))?.value;
    for (const key of all(hmac, "key")) {
      const id = numberSetting(key)?.value;
      const word = key.args[1];
      if (id === undefined || word === undefined || isUnknownWord(key, word)) continue;
      const length = bytesOf(word.value);
      if (length === undefined || (length >= shortest && length <= longest)) continue;
      const signs = id === active;
      yield {
        at: word.site,
        severity: signs ? "error" : "warning",
        message: `key ${id} of auth_hmac in ${name.value} has ${length} bytes, not ${shortest} to ${longest}: keepalived refuses it${signs ? " and sends unsigned adverts" : ""}`,
      };
    }
  },
});

/** Bytes of a key as it is written: text, or pairs of hexadecimal digits. Undefined for a file, which is elsewhere. */
const bytesOf = (text: string): number | undefined => {
  if (text.startsWith("file:")) return undefined;
  if (!text.startsWith("hex:")) return byteLength(text);
  const digits = text.slice("hex:".length);
  return /^[0-9a-f]*$/iu.test(digits) && digits.length % 2 === 0 ? digits.length / 2 : undefined;
};
