import type { Site } from "../../../grammar/text.ts";
import { fixWith, insertAt, replaceWord } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import type { Member } from "../../model/cluster/model.ts";
import { basePriority } from "../../model/node/defaults.ts";
import { databaseBehind, endpointsOf, mentionsDatabase } from "../../model/node/databases.ts";
import { linkedAt } from "../../model/cluster/facts.ts";

export default defineRule({
  id: "db-vip-preempts",
  summary: "The preferred node of a database takes the address back as soon as it returns, whether its data has caught up or not.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "measured: a node of higher priority without nopreempt takes the address back at once when it returns (2.2.7 and 2.4.3)",
    "measured: nopreempt with a weighted track script on the lower node: no failover at all (2.2.7 and 2.4.3)",
  ],
  subject: "virtualRouter",
  fix: "review",

  *check({ members }) {
    const ranked = members.flatMap((member) => {
      const priority = basePriority(member.instance);
      return priority === undefined ? [] : [{ member, priority }];
    });
    if (ranked.length < members.length) return;
    const [first, second] = ranked.toSorted((a, b) => b.priority - a.priority);
    if (first === undefined || second === undefined || first.priority === second.priority) return;
    const { member } = first;
    const { instance, node } = member;
    // One that is written and dropped is told where it stands.
    if (instance.nopreempt !== undefined || instance.preemptDelay !== undefined) return;
    const database = databaseOf(member);
    if (database === undefined || !members.every((each) => databaseOf(each) !== undefined)) return;
    yield {
      at: instance.priority?.site ?? instance.name.site,
      message: `${instance.name.value} on ${node.name} (priority ${first.priority}) takes the address of ${database.name} back as soon as it returns, also when its data is behind that of ${second.member.node.name}`,
      notes: [
        {
          message: `${second.member.node.name} has ${second.priority}`,
          at: second.member.instance.priority?.site ?? second.member.instance.name.site,
        },
        { message: `${database.name} is behind the address`, at: database.site },
        { message: "with state BACKUP and nopreempt the address stays where it is until that node fails" },
      ],
      fixes: stay(member),
    };
  },
});

/** The database that an address leads to on a node: the only real server of a service, or what a tracked script looks at. */
const databaseOf = ({ configuration, instance, node }: Member): { readonly name: string; readonly site: Site } | undefined => {
  const addresses = new Set([...instance.virtualAddresses, ...instance.excludedAddresses].map(({ address }) => address));
  for (const service of configuration.virtualServers) {
    const [server, ...more] = service.realServers;
    if (server === undefined || !endpointsOf(configuration, service).some(({ address }) => addresses.has(address))) continue;
    const name = more.length === 0 ? databaseBehind(configuration, service, server) : undefined;
    // Behind a service of several servers the address is only the balancer's.
    return name === undefined ? undefined : { name, site: server.address.site };
  }
  for (const { name } of instance.trackScripts) {
    const script = configuration.scripts.find((each) => each.name.value === name.value);
    const linked = linkedAt(node, script?.command?.item);
    const text = linked?.resolution.kind === "found" ? (linked.resolution.script?.text ?? "") : "";
    const words = `${name.value ?? ""} ${script?.command?.text ?? ""}`;
    if (/haproxy|proxysql|maxscale|mycat|nginx|pgbouncer|pgpool|galera|clustercheck|pxc|wsrep|mha/iu.test(`${words} ${text}`))
      return undefined;
    if (mentionsDatabase(words)) return { name: "the database", site: name.site };
  }
  return undefined;
};

/** Only where nothing weighted is tracked: a backup with nopreempt never takes over from a node that only lowered its priority. */
const stay = ({ configuration, instance }: Member): readonly Fix[] => {
  const entries = [...instance.trackScripts, ...instance.trackInterfaces, ...instance.trackFiles, ...instance.trackProcesses];
  const weighted = entries.some(
    ({ name, weight }) => (weight ?? configuration.scripts.find((each) => each.name.value === name.value)?.weight)?.value !== undefined,
  );
  const state = instance.item.items.find(({ keyword }) => keyword.value === "state")?.args[0];
  const priority = instance.item.items.find(({ keyword }) => keyword.value === "priority");
  const before = priority === undefined ? undefined : configuration.source.indentation(priority.site);
  if (weighted || priority === undefined || before === undefined || priority.site.via !== undefined) return [];
  return fixWith("Let the address stay", "review", [
    ...(state?.value === "MASTER" ? replaceWord(state, "BACKUP") : []),
    insertAt(priority.site.file, priority.site.span.end, `\n${before}nopreempt`),
  ]);
};
