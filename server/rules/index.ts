/** Every rule, sorted by group and id. Written by scripts/rules-index.mjs (`npm run docs`) from the files beside it. */
import { inGroup, type ListedRule } from "../analysis/rule.ts";
import equalPriority from "./peers/equal-priority.ts";
import peerAdvertIntMismatch from "./peers/peer-advert-int-mismatch.ts";
import peerAuthMismatch from "./peers/peer-auth-mismatch.ts";
import peerVipSetMismatch from "./peers/peer-vip-set-mismatch.ts";
import peerVridMismatch from "./peers/peer-vrid-mismatch.ts";
import deprecatedKeyword from "./syntax/deprecated-keyword.ts";
import invalidBoolean from "./syntax/invalid-boolean.ts";
import invalidEnum from "./syntax/invalid-enum.ts";
import invalidIp from "./syntax/invalid-ip.ts";
import invalidNumber from "./syntax/invalid-number.ts";
import invalidState from "./syntax/invalid-state.ts";
import keywordNeedsNewerVersion from "./syntax/keyword-needs-newer-version.ts";
import misplacedKeyword from "./syntax/misplaced-keyword.ts";
import outOfRange from "./syntax/out-of-range.ts";
import removedKeyword from "./syntax/removed-keyword.ts";
import unknownKeyword from "./syntax/unknown-keyword.ts";
import zeroGarpInterval from "./syntax/zero-garp-interval.ts";
import nopreemptWithMasterState from "./vrrp/nopreempt-with-master-state.ts";

export const rules: readonly ListedRule[] = [
  ...inGroup("peers", [equalPriority, peerAdvertIntMismatch, peerAuthMismatch, peerVipSetMismatch, peerVridMismatch]),
  ...inGroup("syntax", [
    deprecatedKeyword,
    invalidBoolean,
    invalidEnum,
    invalidIp,
    invalidNumber,
    invalidState,
    keywordNeedsNewerVersion,
    misplacedKeyword,
    outOfRange,
    removedKeyword,
    unknownKeyword,
    zeroGarpInterval,
  ]),
  ...inGroup("vrrp", [nopreemptWithMasterState]),
];
