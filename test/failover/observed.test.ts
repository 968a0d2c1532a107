/** The simulation against what real daemons did: the cases of test/observed. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { clusterOf, play } from "./play.ts";

const folder = path.resolve(import.meta.dirname, "../observed");
/** Cases without steps, or without what came of them, are not about who holds an address. */
const cases = readdirSync(folder).filter((name) =>
  ["scenario.json", "observed.json"].every((file) => existsSync(path.join(folder, name, file))),
);

interface ObservedStep {
  readonly holders: Readonly<Record<string, readonly string[]>>;
  /** Of the node, or of each of its instances. */
  readonly states: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Of the node, or of each of its instances, where they say something. */
  readonly priorities?: Readonly<Record<string, number | Readonly<Record<string, number>>>>;
}

type Observed = Readonly<Record<string, { readonly steps: readonly ObservedStep[] }>>;

const read = (name: string, file: string): unknown => JSON.parse(readFileSync(path.join(folder, name, file), "utf8"));
const observedIn = (name: string): Observed => read(name, "observed.json") as Observed;

const hostsOf = (name: string) =>
  Object.fromEntries(
    readdirSync(path.join(folder, name))
      .filter((node) => statSync(path.join(folder, name, node)).isDirectory())
      .map((node, index) => [
        node,
        {
          conf: readFileSync(path.join(folder, name, node, "keepalived.conf"), "utf8"),
          files: Object.fromEntries(
            readdirSync(path.join(folder, name, node), { withFileTypes: true })
              .filter((entry) => entry.isFile())
              .map((entry) => [entry.name, readFileSync(path.join(folder, name, node, entry.name), "utf8")]),
          ),
          interfaces: { eth0: [`10.20.0.${index + 1}/24`], eth1: [`10.21.0.${index + 1}/24`], eth2: [`10.22.0.${index + 1}/24`] },
        },
      ]),
  );

describe("what real daemons did", () => {
  it.each(cases.flatMap((name) => Object.keys(observedIn(name)).map((version) => [name, version] as const)))(
    "%s with %s",
    (name, version) => {
      const observed = observedIn(name)[version]!.steps;
      const { steps } = read(name, "scenario.json") as { readonly steps: readonly object[] };
      const reports = play(clusterOf(hostsOf(name), version), steps);
      for (const [index, step] of observed.entries()) {
        const { addresses, states, priorities } = reports[index]!;
        // Where chance decides, one answer is as good as the other.
        if ([...addresses.values()].some(({ uncertain }) => uncertain)) continue;
        for (const [address, who] of Object.entries(step.holders))
          expect(addresses.get(address)!.holders.toSorted()).toEqual(who.toSorted());
        for (const [node, each] of Object.entries(step.priorities ?? {}))
          if (typeof each !== "number") expect(Object.fromEntries(priorities.get(node)!)).toEqual(each);
        for (const [node, state] of Object.entries(step.states)) {
          const told = states.get(node)!;
          expect(Object.fromEntries(told)).toEqual(
            typeof state === "string" ? Object.fromEntries([...told.keys()].map((key) => [key, state])) : state,
          );
        }
      }
    },
  );
});
