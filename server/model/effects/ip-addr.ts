/** The output of `ip -o addr show`: the addresses that a machine had at one moment. */
import { known } from "./known.ts";
import { linesOf, wordsOf } from "./lines.ts";
import { prefixOfNetmask } from "./numbers.ts";
import type { AddressEffect } from "./types.ts";

/** `2: eth0    inet 10.0.0.1/24 brd 10.0.0.255 scope global eth0:1\ …`: one address a line, its label last. */
export const effectsOfIpAddr = (text: string, file: string): readonly AddressEffect[] =>
  linesOf(text).flatMap((line): AddressEffect[] => {
    const [number, device, family, address, ...rest] = wordsOf(line);
    if (!/^[0-9]+:$/u.test(number?.text ?? "") || device === undefined || address === undefined) return [];
    if (family?.text !== "inet" && family?.text !== "inet6") return [];
    const at = (start: number, end: number) => ({ file, span: { start, end } });
    const [plain, length] = address.text.split("/");
    const prefix = prefixOfNetmask(length);
    const name = device.text.replace(/@.*$/u, "");
    const label = rest.find(({ text: word }) => word.replace(/\\$/u, "").startsWith(`${name}:`));
    const place = at(device.start, device.end);
    const site = at(address.start, address.end);
    return [
      {
        kind: "address",
        action: "bind",
        device: known(name, place),
        ...(label === undefined ? {} : { label: known(label.text.replace(/\\$/u, ""), at(label.start, label.end)) }),
        address: known(plain!, site),
        ...(prefix === undefined ? {} : { prefix: known(prefix, site) }),
        replaces: false,
        site,
        command: place,
        path: [],
      },
    ];
  });
