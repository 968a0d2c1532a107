/**
 * The simulation against the installed daemon: both play the same steps on the same cluster, the daemon in network
 * namespaces. A busy machine may be late: after every step the daemons are looked at until they do what was foretold and
 * stay with it, and only when they never do is it wrong.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { Step } from "../../server/failover/scenario.ts";
import { clusterOf, play } from "../failover/play.ts";
import {
  addressesOf,
  bootMachine,
  closeNetworks,
  crashMachine,
  daemonVersion,
  logOf,
  type Machine,
  namespaceProblem,
  type Network,
  openNetwork,
  setCable,
  startDaemon,
  statesOf,
  stopDaemon,
} from "./namespaces.ts";
import { removeFolder } from "../folders.ts";
import { describeWith } from "./needs.ts";

interface Instance {
  readonly priority: number;
  readonly name?: string;
  readonly device?: string;
  readonly vrid?: number;
  readonly address?: string;
  readonly more?: string;
}

const instance = ({ priority, name = "ONE", device = "eth0", vrid = 71, address = "10.0.0.50", more = "" }: Instance): string =>
  `vrrp_instance ${name} {
    state BACKUP
    interface ${device}
    virtual_router_id ${vrid}
    priority ${priority}
    advert_int 1
    ${more}
    virtual_ipaddress {
        ${address}/24
    }
}
`;

/** Fails while there is a file "sick" in the machine's folder. */
const script = `global_defs {
    script_user root
}
vrrp_script healthy {
    script "/usr/bin/test ! -e FOLDER/sick"
    interval 1
    timeout 5
    fall 1
    rise 1
}
`;

const tracked = (weight: string): string => `track_script {\n        healthy ${weight}\n    }`;
const password = (word: string): string => `authentication {\n        auth_type PASS\n        auth_pass ${word}\n    }`;
const peers = (own: string, other: string): string => `unicast_src_ip ${own}\n    unicast_peer {\n        ${other}\n    }`;
const two = (priority: number, device: string): string =>
  instance({ priority, name: "ONE" }) + instance({ priority, name: "TWO", device, vrid: 72, address: "10.1.0.50" });
const group = "vrrp_sync_group BOTH {\n    group {\n        ONE\n        TWO\n    }\n}\n";

interface Case {
  readonly a: string;
  readonly b: string;
  readonly steps: readonly Step[];
  /** Who is to hold 10.0.0.50 after each step, so that a simulation and a harness that are wrong together are noticed. */
  readonly holders: readonly string[];
}

const start: Step = { do: "start", gap: 0.5 };
const fail: Step = { do: "fail", node: "a", script: "healthy" };
const recover: Step = { do: "ok", node: "a", script: "healthy" };

const cases: Readonly<Record<string, Case>> = {
  "a healthy pair": {
    a: instance({ priority: 150 }),
    b: instance({ priority: 100 }),
    steps: [start, { do: "crash", node: "a" }, { do: "restart", node: "a" }, { do: "stop", node: "a" }],
    holders: ["a", "b", "a", "b"],
  },
  "other virtual_router_ids": {
    a: instance({ priority: 150 }),
    b: instance({ priority: 100, vrid: 73 }),
    steps: [start, { do: "stop", node: "a" }],
    holders: ["a b", "b"],
  },
  "other passwords": {
    a: instance({ priority: 150, more: password("sunny") }),
    b: instance({ priority: 100, more: password("rainy") }),
    steps: [start],
    holders: ["a b"],
  },
  "passwords that are the same in their first eight characters": {
    a: instance({ priority: 150, more: password("sunnyday1") }),
    b: instance({ priority: 100, more: password("sunnyday2") }),
    steps: [start],
    holders: ["a"],
  },
  "a weight that is too small": {
    a: script + instance({ priority: 150, more: tracked("weight -2") }),
    b: script + instance({ priority: 100, more: tracked("weight -2") }),
    steps: [start, fail, recover],
    holders: ["a", "a", "a"],
  },
  "a weight that is large enough": {
    a: script + instance({ priority: 150, more: tracked("weight -60") }),
    b: script + instance({ priority: 100, more: tracked("weight -60") }),
    steps: [start, fail, recover],
    holders: ["a", "b", "a"],
  },
  "nopreempt on the backup against a weight": {
    a: script + instance({ priority: 150, more: tracked("weight -60") }),
    b: script + instance({ priority: 100, more: `nopreempt\n    ${tracked("weight -60")}` }),
    steps: [start, fail, { do: "crash", node: "a" }],
    holders: ["a", "a", "b"],
  },
  "a weight of 0": {
    a: script + instance({ priority: 150, more: tracked("") }),
    b: script + instance({ priority: 100, more: `nopreempt\n    ${tracked("")}` }),
    steps: [start, fail, recover],
    holders: ["a", "b", "a"],
  },
  "a sync group": {
    a: group + two(150, "eth1"),
    b: group + two(100, "eth1"),
    steps: [start, { do: "link_down", node: "a", iface: "eth1" }, { do: "link_up", node: "a", iface: "eth1" }],
    holders: ["a", "b", "a"],
  },
  "two interfaces without a sync group": {
    a: two(150, "eth1"),
    b: two(100, "eth1"),
    steps: [start, { do: "link_down", node: "a", iface: "eth1" }],
    holders: ["a", "a"],
  },
  "a unicast master that lists nobody who is there": {
    a: instance({ priority: 150, more: peers("10.0.0.1", "10.0.0.9") }),
    b: instance({ priority: 100, more: peers("10.0.0.2", "10.0.0.1") }),
    steps: [start],
    holders: ["a b"],
  },
};

const virtual = ["10.0.0.50", "10.1.0.50"];
/** No answer counts before the slowest reaction: a missed script round and three adverts. */
const patience = { atLeast: 6000, steady: 1500, atMost: 45_000, pause: 250 };

describeWith(
  ["ip", "keepalived"],
  "the installed daemon and the simulation agree on",
  () => {
    afterAll(closeNetworks);

    test.concurrent.each(Object.entries(cases))(
      "%s",
      async (_, { a, b, steps, holders }) => {
        const folder = mkdtempSync(path.join(tmpdir(), "kalint-net-"));
        const network = openNetwork(folder, { a, b }, { eth0: "10.0.0", eth1: "10.1.0" });
        try {
          const foretold = play(clusterOf({ a, b }, daemonVersion()), steps);
          for (const [index, step] of steps.entries()) {
            await take(network, step);
            const { addresses, states } = foretold[index]!;
            expect(addresses.get("10.0.0.50")?.holders.join(" ")).toBe(holders[index]);
            const wanted = {
              holders: Object.fromEntries([...addresses].map(([address, answer]) => [address, answer.holders.toSorted()])),
              states: Object.fromEntries([...states].map(([node, instances]) => [node, Object.fromEntries(instances)])),
            };
            const seen = await settled(network, wanted);
            expect(seen, `after ${JSON.stringify(step)}\n${[...network.machines.values()].map(logOf).join("\n---\n")}`).toEqual(wanted);
          }
        } finally {
          for (const machine of network.machines.values()) await stopDaemon(machine);
          removeFolder(folder);
        }
      },
      300_000,
    );
  },
  namespaceProblem,
);

interface Seen {
  readonly holders: Readonly<Record<string, readonly string[]>>;
  readonly states: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const look = ({ machines }: Network): Seen => {
  const held = [...machines.values()].map((machine) => ({ name: machine.name, addresses: addressesOf(machine) }));
  return {
    holders: Object.fromEntries(
      virtual.map((address) => [address, held.filter(({ addresses }) => addresses.has(address)).map(({ name }) => name)]),
    ),
    states: Object.fromEntries([...machines.values()].map((machine) => [machine.name, statesOf(machine)])),
  };
};

/** What the daemons do once they have done as foretold for a while, or when the time is up. */
const settled = async (network: Network, wanted: Seen): Promise<Seen> => {
  const started = Date.now();
  await sleep(patience.atLeast);
  let since: number | undefined;
  for (;;) {
    const now = Date.now();
    const seen = only(look(network), wanted);
    since = JSON.stringify(seen) === JSON.stringify(wanted) ? (since ?? now) : undefined;
    if ((since !== undefined && now - since >= patience.steady) || now - started > patience.atMost) return seen;
    await sleep(patience.pause);
  }
};

/** Of what is seen, the addresses and machines that are asked about; a dead machine tells no state. */
const only = ({ holders, states }: Seen, wanted: Seen): Seen => ({
  holders: Object.fromEntries(Object.keys(wanted.holders).map((address) => [address, holders[address]!])),
  states: Object.fromEntries(
    Object.entries(wanted.states).map(([node, instances]) => [
      node,
      Object.fromEntries(Object.entries(instances).map(([name, state]) => [name, state === "DEAD" ? state : (states[node]?.[name] ?? "")])),
    ]),
  ),
});

const take = async (network: Network, step: Step): Promise<void> => {
  const machine = (): Machine => network.machines.get((step as { readonly node: string }).node)!;
  const sick = (): string => path.join(machine().folder, "sick");
  switch (step.do) {
    case "start":
      // One after the other, so that nothing is left to chance.
      for (const each of network.machines.values()) {
        startDaemon(each);
        await sleep(500);
      }
      return;
    case "crash":
      return crashMachine(network, machine());
    case "stop":
      return stopDaemon(machine());
    case "restart": {
      const position = [...network.machines.keys()].indexOf(machine().name) + 1;
      return bootMachine(network, machine(), { eth0: `10.0.0.${position}/24`, eth1: `10.1.0.${position}/24` });
    }
    case "fail":
      return writeFileSync(sick(), "");
    case "ok":
      return existsSync(sick()) ? rmSync(sick()) : undefined;
    case "link_down":
    case "link_up":
      return setCable(network, machine(), step.iface!, step.do === "link_up");
    default:
      throw new Error(`this test takes no step ${step.do}`);
  }
};
