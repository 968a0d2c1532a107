/** What is left of a block when its entries cannot be read. */
import { isUnexpanded, parseAddress } from "../../grammar/vocabulary/values.ts";
import type { ConfigItem } from "../model/node/items.ts";
import type { Note } from "./finding.ts";
import { blockTitle } from "./wording.ts";

/** When no entry of an instance's address list can be read, it has no address at all: the note of whatever makes it so. */
export const leftWithoutAddress = ({ parent }: ConfigItem): readonly Note[] => {
  const instance = parent?.parent;
  if (parent?.keyword.value !== "virtual_ipaddress" || instance === undefined) return [];
  if (parent.items.some(({ keyword }) => isUnexpanded(keyword.value) || parseAddress(keyword.value) !== undefined)) return [];
  return [{ message: `${blockTitle(instance)} is left without any address` }];
};
