/** The passwords of a cluster's virtual routers, each once. The password itself never leaves this file. */
import type { Site } from "../../../grammar/text.ts";
import { effectiveAuthentication } from "../node/defaults.ts";
import type { VrrpInstance } from "../node/model.ts";
import { comparedPart, isTrivialPassword } from "../node/password.ts";
import { remembered } from "../node/remembered.ts";
import type { ClusterModel, NodeModel } from "./model.ts";

export interface PasswordUse {
  readonly node: NodeModel;
  readonly instance: VrrpInstance;
  /** Where the password is written. */
  readonly site: Site;
}

export interface SharedPassword {
  readonly first: PasswordUse;
  /** The same password in other files, one place each. */
  readonly others: readonly PasswordUse[];
  readonly nodes: readonly NodeModel[];
  readonly trivial: boolean;
}

/** Every password that the daemon really sends in plain text to a whole segment. Unknown ones are left out. */
export const passwordUses = remembered(({ nodes }: ClusterModel): readonly SharedPassword[] => {
  const groups = new Map<string, { readonly password: string; readonly uses: PasswordUse[] }>();
  for (const node of nodes) {
    const { configuration } = node;
    for (const instance of configuration?.instances ?? []) {
      if (configuration === undefined) continue;
      const effective = effectiveAuthentication(configuration, instance);
      const site = instance.authentication?.password?.site;
      if (instance.unicastPeers.length > 0) continue;
      if (effective.kind !== "PASS" || effective.password === undefined || site === undefined) continue;
      const { password } = effective;
      const key = comparedPart(password);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { password, uses: [{ node, instance, site }] });
      else group.uses.push({ node, instance, site });
    }
  }
  return [...groups.values()].flatMap(({ password, uses }) => {
    const [first, ...rest] = uses;
    if (first === undefined) return [];
    const files = new Set([first.site.file]);
    const others = rest.filter(({ site }) => !files.has(site.file) && files.add(site.file));
    return [{ first, others, nodes: [...new Set(uses.map(({ node }) => node))], trivial: isTrivialPassword(password) }];
  });
});
