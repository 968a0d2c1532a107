/** Numbers and addresses as commands write them. */

/** Decimal, 0x… or 0… as strtoul reads it, within 32 bits; undefined for anything else. */
export const unsigned = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/u.test(text)) return undefined;
  const value = /^0[0-7]+$/u.test(text) ? parseInt(text, 8) : Number(text);
  return value <= 0xffffffff ? value : undefined;
};

/** `255.255.255.0` as 24, also `/24` and `0xffffff00`; undefined for a mask with holes. */
export const prefixOfNetmask = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\/?[0-9]{1,3}$/u.test(text)) return Number(text.replace("/", ""));
  let bits: number;
  if (/^0x[0-9a-f]{1,8}$/iu.test(text)) bits = Number(text);
  else {
    const parts = text.split(".");
    if (parts.length !== 4 || parts.some((part) => !/^[0-9]{1,3}$/u.test(part) || Number(part) > 255)) return undefined;
    bits = parts.reduce((sum, part) => sum * 256 + Number(part), 0);
  }
  const ones = Math.clz32(~bits >>> 0);
  return (ones === 0 ? 0 : (0xffffffff << (32 - ones)) >>> 0) === bits >>> 0 ? ones : undefined;
};

/** The ports that /etc/services names most often in such scripts. */
const SERVICES: Readonly<Record<string, number>> = {
  ssh: 22,
  smtp: 25,
  domain: 53,
  http: 80,
  www: 80,
  https: 443,
  mysql: 3306,
  postgresql: 5432,
  redis: 6379,
  "http-alt": 8080,
};

export const portNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,5}$/u.test(text)) return Number(text) <= 65535 ? Number(text) : undefined;
  return Object.hasOwn(SERVICES, text) ? SERVICES[text] : undefined;
};

/** `10.0.0.1:80`, `[::1]:80`, `10.0.0.1`: the address and, if written, the port's text. */
export const splitAddress = (text: string): { readonly address: string; readonly port?: string } => {
  const bracket = /^\[([^\]]*)\](?::(.*))?$/u.exec(text);
  if (bracket !== null) return bracket[2] === undefined ? { address: bracket[1]! } : { address: bracket[1]!, port: bracket[2] };
  const colon = text.lastIndexOf(":");
  if (colon < 0 || text.indexOf(":") !== colon) return { address: text };
  return { address: text.slice(0, colon), port: text.slice(colon + 1) };
};

/** `/proc/sys/net/ipv4/ip_forward` or `net/ipv4/ip_forward` or `net.ipv4.ip_forward` as the dotted name sysctl prints. */
export const sysctlName = (text: string): string => {
  const path = text.replace(/^\/proc\/sys\//u, "");
  const slashed = path.indexOf("/");
  const dotted = path.indexOf(".");
  if (slashed < 0 || (dotted >= 0 && dotted < slashed)) return path;
  return path.replace(/[./]/gu, (char) => (char === "/" ? "." : "/"));
};
