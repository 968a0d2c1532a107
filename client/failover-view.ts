/** "Show the Failover": what each single failure does to each virtual address, as a table. */
import type { FailoverAnswer, FailoverTable, SourcePlace } from "../server/lsp/custom.ts";
import { noCluster, nothing } from "./empty.ts";
import { askForFailover } from "./requests.ts";
import { versionSaid } from "./versions.ts";
import type { Shown, View } from "./view.ts";
import type { Jump } from "./webview/messages.ts";

export const failoverView: View<FailoverAnswer> = {
  type: "kalint.failover",
  command: "kalint.showFailover",
  title: "Failover",
  script: "failover.js",
  ask: askForFailover,
  show: (answer) => {
    switch (answer.kind) {
      case "none":
        return noCluster;
      case "no addresses":
        return nothing({
          title: `No virtual address in ${answer.cluster}`,
          help: "A failover moves virtual addresses. Write one into the virtual_ipaddress block of a vrrp_instance.",
        });
      case "too large":
        return nothing({
          title: `${answer.cluster} is too large to be played after every change`,
          help: "In a terminal, `kalint failover FOLDER` plays it.",
        });
      case "failover":
        return tableOf(answer);
    }
  },
};

const tableOf = ({ nodes, version, source, courses }: FailoverTable): Shown => {
  const places = new Map<string, readonly SourcePlace[]>();
  const jump = (text: string, to: readonly SourcePlace[]): Jump => {
    if (to.length === 0) return { text };
    const part = `p${places.size + 1}`;
    places.set(part, to);
    return { text, part };
  };
  const failures = courses[0]?.rows.length ?? 0;
  const wrong = Array.from({ length: failures }, (_, index) => courses.some(({ rows }) => rows[index]?.tone === "wrong"));
  const count = wrong.filter((each) => each).length;
  const told =
    count === 0 ? `Nothing goes wrong in ${failures} steps` : `${count} of ${failures} steps ${count === 1 ? "goes" : "go"} wrong`;
  const alone = nodes.length === 1 ? ` ${nodes[0]} is alone: nobody can take over.` : "";
  return {
    body: {
      kind: "failover",
      summary: `${told}.${alone} Simulated for ${versionSaid(version, source)}; times are estimates.`,
      courses: courses.map(({ addresses, rows }) => ({
        addresses: addresses.map(({ address, places: to }) => jump(address, to)),
        rows: rows.map(({ failure, places: to, ...row }) => ({ ...row, failure: jump(failure, to) })),
      })),
    },
    places,
  };
};
