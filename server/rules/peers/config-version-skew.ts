import type { Version } from "../../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "config-version-skew",
  summary: "Nodes of one cluster run keepalived versions between which its behaviour changed.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/two-owners", "test/observed/vip-set-differs", "keepalived v1.3.0 ChangeLog"],
  subject: "cluster",

  *check({ nodes }) {
    const versions = nodes.flatMap((node) =>
      node.version === undefined || node.configuration === undefined ? [] : [{ node, version: node.version }],
    );
    const sorted = versions.toSorted((a, b) => compareVersions(a.version, b.version));
    const [oldest, newest] = [sorted[0], sorted.at(-1)];
    if (oldest === undefined || newest === undefined) return;
    const between = changes.filter(
      ({ since }) => compareVersions(oldest.version, since) < 0 && compareVersions(newest.version, since) >= 0,
    );
    const [first] = between;
    const { configuration } = oldest.node;
    const site = configuration?.instances[0]?.name.site ?? configuration?.tree.items[0]?.keyword.site;
    if (first === undefined || site === undefined) return;
    yield {
      at: site,
      message: `${oldest.node.name} runs keepalived ${oldest.version}, ${newest.node.name} ${newest.version}: from ${first.since} on ${first.what}`,
      notes: between.slice(1).map(({ since, what }) => ({ message: `from ${since} on ${what}` })),
      nodes: [oldest.node, newest.node],
    };
  },
});

const changes: readonly { readonly since: Version; readonly what: string }[] = [
  { since: "1.3.0", what: "scripts are run without a shell, and as another user than root" },
  { since: "2.3.3", what: "adverts with other addresses are taken, and of two owners the higher own IP address wins" },
];
