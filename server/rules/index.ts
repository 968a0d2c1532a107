/** Every rule, sorted by group and id. Written by scripts/rules-index.mjs (`npm run docs`) from the files beside it. */
import { inGroup, type ListedRule } from "../analysis/rule.ts";
import bfdCheckUndefined from "./checker/bfd-check-undefined.ts";
import httpCheckWithoutUrl from "./checker/http-check-without-url.ts";
import mysqlRealServerWithoutNotifyDown from "./database/mysql-real-server-without-notify-down.ts";
import masterWithoutPriority from "./failover/master-without-priority.ts";
import syncGroupUnknownMember from "./failover/sync-group-unknown-member.ts";
import twoKeywordsOnOneLine from "./failover/two-keywords-on-one-line.ts";
import valueCutByCommentCharacter from "./failover/value-cut-by-comment-character.ts";
import fwmarkWithoutRule from "./firewall/fwmark-without-rule.ts";
import ipvsadmDuplicatesKeepalived from "./firewall/ipvsadm-duplicates-keepalived.ts";
import markWithoutFwmarkServer from "./firewall/mark-without-fwmark-server.ts";
import realserverArpNotSuppressed from "./firewall/realserver-arp-not-suppressed.ts";
import realserverVipMismatch from "./firewall/realserver-vip-mismatch.ts";
import drPortMismatch from "./lvs/dr-port-mismatch.ts";
import duplicateRealServer from "./lvs/duplicate-real-server.ts";
import duplicateVirtualServer from "./lvs/duplicate-virtual-server.ts";
import fwmarkHaSuspend from "./lvs/fwmark-ha-suspend.ts";
import fwmarkPortIgnored from "./lvs/fwmark-port-ignored.ts";
import fwmarkWithProtocol from "./lvs/fwmark-with-protocol.ts";
import hysteresisNotBelowQuorum from "./lvs/hysteresis-not-below-quorum.ts";
import missingForwardingMethod from "./lvs/missing-forwarding-method.ts";
import missingProtocol from "./lvs/missing-protocol.ts";
import missingRealServer from "./lvs/missing-real-server.ts";
import missingScheduler from "./lvs/missing-scheduler.ts";
import quorumExceedsWeight from "./lvs/quorum-exceeds-weight.ts";
import realServerFamilyMismatch from "./lvs/real-server-family-mismatch.ts";
import schedulerFlagMismatch from "./lvs/scheduler-flag-mismatch.ts";
import sorryServerFamily from "./lvs/sorry-server-family.ts";
import sorryServerIsRealServer from "./lvs/sorry-server-is-real-server.ts";
import unsolidPersistenceGranularity from "./lvs/unsolid-persistence-granularity.ts";
import zeroPortNeedsPersistence from "./lvs/zero-port-needs-persistence.ts";
import firewallStoppedByScript from "./lvs-host/firewall-stopped-by-script.ts";
import functionsFileNotSourced from "./lvs-host/functions-file-not-sourced.ts";
import interfaceAliasReused from "./lvs-host/interface-alias-reused.ts";
import ipvsadmClearsTable from "./lvs-host/ipvsadm-clears-table.ts";
import ipvsadmServerDrift from "./lvs-host/ipvsadm-server-drift.ts";
import natWithoutSyncGroup from "./lvs-host/nat-without-sync-group.ts";
import scriptSyntaxError from "./lvs-host/script-syntax-error.ts";
import vipBoundOutsideKeepalived from "./lvs-host/vip-bound-outside-keepalived.ts";
import equalPriority from "./peers/equal-priority.ts";
import peerAdvertIntMismatch from "./peers/peer-advert-int-mismatch.ts";
import peerAuthMismatch from "./peers/peer-auth-mismatch.ts";
import peerVipSetMismatch from "./peers/peer-vip-set-mismatch.ts";
import peerVridMismatch from "./peers/peer-vrid-mismatch.ts";
import scriptNotFound from "./script/script-not-found.ts";
import deprecatedKeyword from "./syntax/deprecated-keyword.ts";
import duplicateBlockName from "./syntax/duplicate-block-name.ts";
import duplicateDirective from "./syntax/duplicate-directive.ts";
import emptyBlock from "./syntax/empty-block.ts";
import extraArgument from "./syntax/extra-argument.ts";
import foreignAssignment from "./syntax/foreign-assignment.ts";
import foreignComment from "./syntax/foreign-comment.ts";
import hostBitsSetInRange from "./syntax/host-bits-set-in-range.ts";
import includeNotFound from "./syntax/include-not-found.ts";
import interfaceNameTooLong from "./syntax/interface-name-too-long.ts";
import invalidBoolean from "./syntax/invalid-boolean.ts";
import invalidEnum from "./syntax/invalid-enum.ts";
import invalidIp from "./syntax/invalid-ip.ts";
import invalidNumber from "./syntax/invalid-number.ts";
import invalidPrefix from "./syntax/invalid-prefix.ts";
import invalidState from "./syntax/invalid-state.ts";
import invisibleCharacter from "./syntax/invisible-character.ts";
import keywordNeedsNewerVersion from "./syntax/keyword-needs-newer-version.ts";
import misplacedKeyword from "./syntax/misplaced-keyword.ts";
import missingArgument from "./syntax/missing-argument.ts";
import missingBlockBrace from "./syntax/missing-block-brace.ts";
import outOfRange from "./syntax/out-of-range.ts";
import removedKeyword from "./syntax/removed-keyword.ts";
import smartQuotes from "./syntax/smart-quotes.ts";
import textAfterBlockClose from "./syntax/text-after-block-close.ts";
import unbalancedBrace from "./syntax/unbalanced-brace.ts";
import unexpectedBlockBrace from "./syntax/unexpected-block-brace.ts";
import unknownKeyword from "./syntax/unknown-keyword.ts";
import unterminatedQuote from "./syntax/unterminated-quote.ts";
import zeroGarpInterval from "./syntax/zero-garp-interval.ts";
import scriptArgsUnquoted from "./tracking/script-args-unquoted.ts";
import trackScriptUsedBeforeDefinition from "./tracking/track-script-used-before-definition.ts";
import undefinedTrackBfd from "./tracking/undefined-track-bfd.ts";
import undefinedTrackFile from "./tracking/undefined-track-file.ts";
import undefinedTrackProcess from "./tracking/undefined-track-process.ts";
import undefinedTrackScript from "./tracking/undefined-track-script.ts";
import vrrpScriptWithoutScript from "./tracking/vrrp-script-without-script.ts";
import advertIntOutOfRange from "./vrrp/advert-int-out-of-range.ts";
import authAhWithMasterState from "./vrrp/auth-ah-with-master-state.ts";
import authAndAuthHmac from "./vrrp/auth-and-auth-hmac.ts";
import authHmacKeyUndefined from "./vrrp/auth-hmac-key-undefined.ts";
import authHmacWeakKey from "./vrrp/auth-hmac-weak-key.ts";
import authPassMissing from "./vrrp/auth-pass-missing.ts";
import authPassTruncated from "./vrrp/auth-pass-truncated.ts";
import authWithVersion3 from "./vrrp/auth-with-version-3.ts";
import defaultVrid from "./vrrp/default-vrid.ts";
import dontTrackPrimaryOnPhysical from "./vrrp/dont-track-primary-on-physical.ts";
import duplicateVip from "./vrrp/duplicate-vip.ts";
import duplicateVrid from "./vrrp/duplicate-vrid.ts";
import fractionalAdvertIntV2 from "./vrrp/fractional-advert-int-v2.ts";
import missingInterface from "./vrrp/missing-interface.ts";
import missingVip from "./vrrp/missing-vip.ts";
import missingVirtualRouterId from "./vrrp/missing-virtual-router-id.ts";
import mixedFamilyVips from "./vrrp/mixed-family-vips.ts";
import nopreemptWithMasterState from "./vrrp/nopreempt-with-master-state.ts";
import nopreemptWithPriority255 from "./vrrp/nopreempt-with-priority-255.ts";
import preemptDelayWithMasterState from "./vrrp/preempt-delay-with-master-state.ts";
import preemptDelayWithNopreempt from "./vrrp/preempt-delay-with-nopreempt.ts";
import selfTrackInterface from "./vrrp/self-track-interface.ts";
import strictConflicts from "./vrrp/strict-conflicts.ts";
import unicastSrcWithoutPeers from "./vrrp/unicast-src-without-peers.ts";

export const rules: readonly ListedRule[] = [
  ...inGroup("checker", [bfdCheckUndefined, httpCheckWithoutUrl]),
  ...inGroup("database", [mysqlRealServerWithoutNotifyDown]),
  ...inGroup("failover", [masterWithoutPriority, syncGroupUnknownMember, twoKeywordsOnOneLine, valueCutByCommentCharacter]),
  ...inGroup("firewall", [
    fwmarkWithoutRule,
    ipvsadmDuplicatesKeepalived,
    markWithoutFwmarkServer,
    realserverArpNotSuppressed,
    realserverVipMismatch,
  ]),
  ...inGroup("lvs", [
    drPortMismatch,
    duplicateRealServer,
    duplicateVirtualServer,
    fwmarkHaSuspend,
    fwmarkPortIgnored,
    fwmarkWithProtocol,
    hysteresisNotBelowQuorum,
    missingForwardingMethod,
    missingProtocol,
    missingRealServer,
    missingScheduler,
    quorumExceedsWeight,
    realServerFamilyMismatch,
    schedulerFlagMismatch,
    sorryServerFamily,
    sorryServerIsRealServer,
    unsolidPersistenceGranularity,
    zeroPortNeedsPersistence,
  ]),
  ...inGroup("lvs-host", [
    firewallStoppedByScript,
    functionsFileNotSourced,
    interfaceAliasReused,
    ipvsadmClearsTable,
    ipvsadmServerDrift,
    natWithoutSyncGroup,
    scriptSyntaxError,
    vipBoundOutsideKeepalived,
  ]),
  ...inGroup("peers", [equalPriority, peerAdvertIntMismatch, peerAuthMismatch, peerVipSetMismatch, peerVridMismatch]),
  ...inGroup("script", [scriptNotFound]),
  ...inGroup("syntax", [
    deprecatedKeyword,
    duplicateBlockName,
    duplicateDirective,
    emptyBlock,
    extraArgument,
    foreignAssignment,
    foreignComment,
    hostBitsSetInRange,
    includeNotFound,
    interfaceNameTooLong,
    invalidBoolean,
    invalidEnum,
    invalidIp,
    invalidNumber,
    invalidPrefix,
    invalidState,
    invisibleCharacter,
    keywordNeedsNewerVersion,
    misplacedKeyword,
    missingArgument,
    missingBlockBrace,
    outOfRange,
    removedKeyword,
    smartQuotes,
    textAfterBlockClose,
    unbalancedBrace,
    unexpectedBlockBrace,
    unknownKeyword,
    unterminatedQuote,
    zeroGarpInterval,
  ]),
  ...inGroup("tracking", [
    scriptArgsUnquoted,
    trackScriptUsedBeforeDefinition,
    undefinedTrackBfd,
    undefinedTrackFile,
    undefinedTrackProcess,
    undefinedTrackScript,
    vrrpScriptWithoutScript,
  ]),
  ...inGroup("vrrp", [
    advertIntOutOfRange,
    authAhWithMasterState,
    authAndAuthHmac,
    authHmacKeyUndefined,
    authHmacWeakKey,
    authPassMissing,
    authPassTruncated,
    authWithVersion3,
    defaultVrid,
    dontTrackPrimaryOnPhysical,
    duplicateVip,
    duplicateVrid,
    fractionalAdvertIntV2,
    missingInterface,
    missingVip,
    missingVirtualRouterId,
    mixedFamilyVips,
    nopreemptWithMasterState,
    nopreemptWithPriority255,
    preemptDelayWithMasterState,
    preemptDelayWithNopreempt,
    selfTrackInterface,
    strictConflicts,
    unicastSrcWithoutPeers,
  ]),
];
