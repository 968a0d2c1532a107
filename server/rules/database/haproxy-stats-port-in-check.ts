import type { Site } from "../../../grammar/text.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect } from "../../model/effects/types.ts";
import type { LinkedScript } from "../../model/cluster/model.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "haproxy-stats-port-in-check",
  summary: "A check of haproxy asks a port that haproxy.cfg does not bind.",
  severity: "info",
  since: "0.1.0",
  sources: ["haproxy 2.6 configuration manual, bind and stats"],
  subject: "node",

  *check(node) {
    const configs = node.companions.flatMap(({ haproxy, shared }) => (haproxy === undefined || shared ? [] : [haproxy]));
    const binds = configs.flatMap((config) => config.binds);
    const [first] = binds;
    // A port that cannot be read may be the one that is asked.
    if (first === undefined || binds.some(({ port }) => port === undefined)) return;
    const isBound = (port: number): boolean =>
      binds.some(({ port: from, lastPort }) => from!.value <= port && port <= (lastPort ?? from!.value));
    const told = new Set<string>();
    for (const linked of node.linkedScripts) {
      if (linked.use !== "check" || !isAboutHaproxy(linked)) continue;
      for (const { port, site, shown } of asked(linked.effects.effects)) {
        const key = `${site.file} ${site.span.start}`;
        if (isBound(port) || told.has(key)) continue;
        told.add(key);
        const ports = [...new Set(binds.map((bind) => bind.port!.value))].slice(0, 6);
        yield {
          at: site,
          message: `${shown} asks port ${port}, but haproxy.cfg binds ${ports.join(", ")}: the check fails whatever haproxy does`,
          notes: [{ message: "a bind of haproxy", at: first.site }],
        };
      }
    }
  },
});

const isAboutHaproxy = ({ command, path }: LinkedScript): boolean =>
  /haproxy/iu.test(`${command.text} ${path.value} ${command.item.parent?.args[0]?.value ?? ""}`);

interface Asked {
  readonly port: number;
  readonly site: Site;
  readonly shown: string;
}

/** The ports of this machine that a client of HTTP or TCP asks. */
const asked = (effects: readonly Effect[]): readonly Asked[] =>
  effects.flatMap((effect): readonly Asked[] => {
    if (effect.kind !== "probe" || !/^(?:curl|wget|nc|ncat|netcat|telnet|\/dev\/tcp)$/u.test(effect.client)) return [];
    const { client, host, port, url } = effect;
    const [, inUrl] =
      /^(?:http:\/\/)?(?:[^@/\s]*@)?(?:localhost|127\.0\.0\.1|\[::1\]):(\d{1,5})(?:\/|\?|$)/u.exec(valueOf(url) ?? "") ?? [];
    if (url !== undefined && inUrl !== undefined) return [{ port: Number(inUrl), site: url.site, shown: client }];
    const asks = valueOf(port);
    const isOwn = /^(?:localhost|127\.0\.0\.1|::1)$/u.test(valueOf(host) ?? "");
    return url !== undefined || port === undefined || asks === undefined || !isOwn ? [] : [{ port: asks, site: port.site, shown: client }];
  });
