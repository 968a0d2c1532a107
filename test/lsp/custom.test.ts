/** kalint's own requests, over the wire, as the extension asks them. */
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  changedMethod,
  type ClusterAnswer,
  clusterMethod,
  type ClusterParams,
  type FailoverAnswer,
  failoverMethod,
  type GraphAnswer,
  graphMethod,
  type SourcePlace,
} from "../../server/lsp/custom.ts";
import { type Editor, startEditor, temporaryFolder, uriOf } from "./editor.ts";

const configuration = ({ vrid, priority }: { readonly vrid: number; readonly priority: number }): string => `vrrp_script chk {
    script "/etc/keepalived/check.sh"
}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${vrid}
    priority ${priority}
    advert_int 1
    track_script {
        chk
    }
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

describe("requests beyond the protocol", () => {
  const { folder, remove } = temporaryFolder(
    {
      "my cluster/db1/etc/keepalived/keepalived.conf": configuration({ vrid: 23, priority: 100 }),
      "my cluster/db1/etc/keepalived/check.sh": "#!/bin/sh\nexit 0\n",
      "my cluster/db2/etc/keepalived/keepalived.conf": configuration({ vrid: 23, priority: 90 }),
      "my cluster/db2/etc/keepalived/check.sh": "#!/bin/sh\nexit 0\n",
      "other/lb1/etc/keepalived/keepalived.conf": configuration({ vrid: 5, priority: 100 }).replaceAll("10.0.0.100", "10.9.9.9"),
      "other/lb2/etc/keepalived/keepalived.conf": configuration({ vrid: 5, priority: 90 }).replaceAll("10.0.0.100", "10.9.9.9"),
    },
    "kalint views ",
  );
  const uri = uriOf(folder, "my cluster/db1/etc/keepalived/keepalived.conf");
  const script = uriOf(folder, "my cluster/db1/etc/keepalived/check.sh");
  let editor: Editor;
  let changes = 0;
  let heard: (() => void) | undefined;

  beforeAll(async () => {
    editor = await startEditor([folder], {
      options: { notifies: true },
      connected: (connection) => {
        connection.onNotification(changedMethod, () => {
          changes++;
          heard?.();
        });
      },
    });
    await editor.open(uri, configuration({ vrid: 23, priority: 100 }));
  });
  afterAll(async () => {
    await editor.quit();
    remove();
  });

  const ask = <Answer>(method: string, params: ClusterParams = {}): Promise<Answer> => editor.connection.sendRequest(method, params);

  const lineAt = ({ uri: at, range }: SourcePlace): string =>
    `${path.basename(path.dirname(at.replace("/etc/keepalived/", "/")))}:${range.start.line}`;

  it("the cluster of a file, its nodes, and which keepalived is meant", async () => {
    const answer = await ask<ClusterAnswer>(clusterMethod, { uri });
    expect(answer).toMatchObject({ kind: "cluster", cluster: "my cluster", clusters: ["my cluster", "other"], belongs: true });
    expect(answer.kind === "cluster" && answer.nodes.map(({ name, source }) => [name, source])).toEqual([
      ["db1", "newest"],
      ["db2", "newest"],
    ]);
    // A script that the configuration runs belongs to it; a strange file does not.
    expect(await ask(clusterMethod, { uri: script })).toMatchObject({ cluster: "my cluster", belongs: true });
    expect(await ask(clusterMethod, { uri: uriOf(folder, "notes.txt") })).toMatchObject({ belongs: false });
    expect(await ask(clusterMethod, { uri, cluster: "other" })).toMatchObject({ cluster: "other", belongs: false });
  });

  it("the picture, whose parts know where they are written", async () => {
    const answer = await ask<GraphAnswer>(graphMethod, { uri });
    if (answer.kind !== "graph") throw new Error(answer.kind);
    // A page with a strict policy takes it: nothing inline, nothing from elsewhere.
    expect(answer.svg).not.toMatch(/<style|<script|style=|href|\son\w+=/u);
    const keys = [...answer.svg.matchAll(/data-part="(\w+)"/gu)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThan(5);
    const byName = (a = "", b = ""): number => (a < b ? -1 : 1);
    expect(keys.toSorted(byName)).toEqual(Object.keys(answer.places).toSorted(byName));
    const [, router] = /data-part="(\w+)"[^>]*aria-label="virtual router VI_1[":]/u.exec(answer.svg) ?? [];
    expect(answer.places[router!]!.map(lineAt)).toEqual(["db1:3", "db2:3"]);
  });

  it("the failover, with what breaks and where it is written", async () => {
    const answer = await ask<FailoverAnswer>(failoverMethod, { uri });
    if (answer.kind !== "failover") throw new Error(answer.kind);
    expect(answer).toMatchObject({ cluster: "my cluster", nodes: ["db1", "db2"], source: "newest" });
    const [course] = answer.courses;
    expect(course!.addresses.map(({ address, places }) => [address, places.map(lineAt)])).toEqual([["10.0.0.100", ["db1:13", "db2:13"]]]);
    const crash = course!.rows.find(({ failure }) => failure === "db1 crashes");
    expect(crash).toMatchObject({ tone: "fine", held: "db1 → db2", afterwards: expect.stringMatching(/^back to db1/u) as string });
    const fails = course!.rows.find(({ failure }) => failure === "db1: chk fails");
    expect(fails?.places.map(lineAt)).toEqual(["db1:0"]);
  });

  it("follow what is typed, and tell when to ask again", async () => {
    const before = changes;
    const told = new Promise<void>((resolve) => (heard = resolve));
    await editor.change(uri, configuration({ vrid: 24, priority: 100 }));
    const failover = await ask<FailoverAnswer>(failoverMethod, { uri });
    expect(failover.kind === "failover" && failover.courses[0]!.rows[0]).toMatchObject({ tone: "wrong", held: "db1 and db2" });
    const graph = await ask<GraphAnswer>(graphMethod, { uri });
    expect(graph.kind === "graph" && graph.findings.find(({ rule }) => rule === "peer-vrid-mismatch")).toMatchObject({ severity: "error" });
    await told;
    expect(changes).toBeGreaterThan(before);
  });

  it("say when there is no cluster, or nothing to play", async () => {
    const { folder: empty, remove: away } = temporaryFolder({ "README.txt": "nothing\n" });
    const other = await startEditor([empty]);
    for (const method of [clusterMethod, graphMethod, failoverMethod])
      expect(await other.connection.sendRequest(method, {})).toEqual({ kind: "none" });
    const plain = uriOf(empty, "keepalived.conf");
    await other.open(plain, "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 3\n}\n");
    expect(await other.connection.sendRequest(failoverMethod, { uri: plain })).toMatchObject({ kind: "no addresses" });
    await other.quit();
    away();
  });
});
