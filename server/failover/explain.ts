/** One sentence on why an address is where it is, with the values that decided. */
import type { World } from "./world.ts";

export const explain = (_world: World, _address: string, _text: string): string => "";
