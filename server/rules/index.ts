/** Every rule, sorted by group and id. Written by scripts/rules-index.mjs (`npm run docs`) from the files beside it. */
import { inGroup, type ListedRule } from "../analysis/rule.ts";
import nopreemptWithMasterState from "./vrrp/nopreempt-with-master-state.ts";

export const rules: readonly ListedRule[] = [...inGroup("vrrp", [nopreemptWithMasterState])];
