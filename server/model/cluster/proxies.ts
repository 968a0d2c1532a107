/** What is known of the proxy of a machine. */
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

/** A port on which haproxy.cfg says that haproxy answers: its page of statistics, else the first of its binds. */
export const answeringPort = ({
  companions,
}: NodeModel): { readonly port: number; readonly site: Site; readonly isStatistics: boolean } | undefined => {
  const config = companions.find(({ haproxy }) => haproxy !== undefined)?.haproxy;
  const bind = config?.binds.find(({ port }) => port !== undefined);
  if (config === undefined || bind === undefined) return undefined;
  const [stats] = config.stats;
  const page = stats === undefined ? undefined : config.binds.find(({ section, port }) => section === stats.section && port !== undefined);
  return {
    port: (page ?? bind).port!.value,
    site: page === undefined ? bind.site : stats!.site,
    isStatistics: page !== undefined,
  };
};
