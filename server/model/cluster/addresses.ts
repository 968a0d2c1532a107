/** Whether addresses lie in networks. */
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { prefixOfNetmask } from "../effects/numbers.ts";

/** The bits of an address, most significant first, as one number. */
export const addressBits = (text: string): { readonly family: 4 | 6; readonly bits: bigint } | undefined => {
  const parsed = parseAddress(text);
  if (parsed === undefined) return undefined;
  if (parsed.family === 4) return { family: 4, bits: parsed.text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  const [left = "", right] = parsed.text.split("::");
  const groups = (side: string): readonly string[] => (side === "" ? [] : side.split(":").flatMap(quadGroups));
  const head = groups(left);
  const tail = right === undefined ? [] : groups(right);
  const all = [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0"), ...tail];
  return { family: 6, bits: all.reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n) };
};

/** `::ffff:10.0.0.1` ends in an address of IPv4. */
const quadGroups = (part: string): readonly string[] => {
  if (!part.includes(".")) return [part];
  const [a = 0, b = 0, c = 0, d = 0] = part.split(".").map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
};

/** Equal for two addresses of one network: family, prefix and the bits in front of it; undefined for a name. */
export const networkOf = (address: string, prefix: number): string | undefined => {
  const own = addressBits(address);
  if (own === undefined) return undefined;
  const width = own.family === 4 ? 32 : 128;
  return prefix < 0 || prefix > width ? undefined : `${own.family} ${prefix} ${own.bits >> BigInt(width - prefix)}`;
};

/** Whether an address lies in `10.0.0.0/24`, `10.0.0.0/255.255.255.0`, `10.0.0.1-10.0.0.9` or is `10.0.0.1`; undefined for a name. */
export const addressWithin = (address: string, written: string): boolean | undefined => {
  const own = addressBits(address);
  if (own === undefined) return undefined;
  const [from, to] = written.split("-");
  if (to !== undefined) {
    const [low, high] = [addressBits(from!), addressBits(to)];
    if (low === undefined || high === undefined) return undefined;
    return low.family === own.family && low.bits <= own.bits && own.bits <= high.bits;
  }
  const [base, length] = written.split("/");
  const network = addressBits(base!);
  if (network === undefined) return undefined;
  if (network.family !== own.family) return false;
  const width = own.family === 4 ? 32 : 128;
  const prefix = length === undefined ? width : prefixOfNetmask(length);
  if (prefix === undefined || prefix > width) return undefined;
  const shift = BigInt(width - prefix);
  return own.bits >> shift === network.bits >> shift;
};
