/** A proxy of a machine that serves a virtual address. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Site } from "../../../grammar/text.ts";
import type { VrrpInstance } from "../node/model.ts";
import type { NodeModel } from "./model.ts";

/** Where an haproxy of this machine, and of no other, binds an address of the instance, or every address. */
export const proxyOf = ({ companions }: NodeModel, instance: VrrpInstance): { readonly file: string; readonly site: Site } | undefined => {
  const own = new Set([...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ address }) => address ?? []));
  if (own.size === 0) return undefined;
  for (const { file, haproxy } of companions) {
    const bind = haproxy?.binds.find(
      ({ address }) => own.has(canonicalAddress(address.value)) || ["*", "", "0.0.0.0", "::"].includes(address.value),
    );
    if (bind !== undefined) return { file, site: bind.address.site };
  }
  return undefined;
};
