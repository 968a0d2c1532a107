/** `kalint collect`: prints the script whose output, taken on a host, is a host root that kalint reads. */
import type { Terminal } from "../terminal.ts";
import { toolVersion } from "../version.ts";
import { collectScript } from "./script.ts";

export const collect = (terminal: Terminal): number => {
  terminal.print(collectScript(toolVersion));
  return 0;
};
