/** Every rule, sorted by group and id. Written by scripts/rules-index.mjs (`npm run docs`) from the files beside it. */
import { inGroup, type ListedRule } from "../analysis/rule.ts";
import badDigest from "./checker/bad-digest.ts";
import bfdCheckUndefined from "./checker/bfd-check-undefined.ts";
import checkerPortDiffers from "./checker/checker-port-differs.ts";
import checkerTargetsVip from "./checker/checker-targets-vip.ts";
import checkerTimeoutExceedsLoop from "./checker/checker-timeout-exceeds-loop.ts";
import dnsCheckType from "./checker/dns-check-type.ts";
import httpCheckWithoutCriteria from "./checker/http-check-without-criteria.ts";
import httpCheckWithoutUrl from "./checker/http-check-without-url.ts";
import linkLocalNeedsBindIf from "./checker/link-local-needs-bind-if.ts";
import miscCheckWithoutTimeout from "./checker/misc-check-without-timeout.ts";
import miscDynamicExitCodes from "./checker/misc-dynamic-exit-codes.ts";
import realServerWithoutChecker from "./checker/real-server-without-checker.ts";
import smtpCheckHeloDuplicate from "./checker/smtp-check-helo-duplicate.ts";
import udpCheckLengths from "./checker/udp-check-lengths.ts";
import dbCheckOnlyPort from "./database/db-check-only-port.ts";
import dbNotifyDownKillsKeepalived from "./database/db-notify-down-kills-keepalived.ts";
import dbNotifyNoPromotionGuard from "./database/db-notify-no-promotion-guard.ts";
import dbVipPreempts from "./database/db-vip-preempts.ts";
import haproxyBindNotVip from "./database/haproxy-bind-not-vip.ts";
import haproxyCheckProcessOnly from "./database/haproxy-check-process-only.ts";
import haproxyStatsPortInCheck from "./database/haproxy-stats-port-in-check.ts";
import mysqlRealServerWithoutNotifyDown from "./database/mysql-real-server-without-notify-down.ts";
import serviceStartedByNotifyAndSystemd from "./database/service-started-by-notify-and-systemd.ts";
import addressOwnerOnTwoNodes from "./failover/address-owner-on-two-nodes.ts";
import allNodesFault from "./failover/all-nodes-fault.ts";
import detectionTimeReport from "./failover/detection-time-report.ts";
import masterWithoutPriority from "./failover/master-without-priority.ts";
import noHealthTracking from "./failover/no-health-tracking.ts";
import nopreemptBlocksWeightedFailover from "./failover/nopreempt-blocks-weighted-failover.ts";
import positiveWeightNeverBelowBase from "./failover/positive-weight-never-below-base.ts";
import scriptThroughSymlinkedDirectory from "./failover/script-through-symlinked-directory.ts";
import splitWeightsTie from "./failover/split-weights-tie.ts";
import syncGroupMemberInTwoGroups from "./failover/sync-group-member-in-two-groups.ts";
import syncGroupMissingOnPeer from "./failover/sync-group-missing-on-peer.ts";
import syncGroupMixedOwner from "./failover/sync-group-mixed-owner.ts";
import syncGroupSingleMember from "./failover/sync-group-single-member.ts";
import syncGroupUnknownMember from "./failover/sync-group-unknown-member.ts";
import syncGroupWeightOnOneMember from "./failover/sync-group-weight-on-one-member.ts";
import syncGroupWeightedMemberTrack from "./failover/sync-group-weighted-member-track.ts";
import twoKeywordsOnOneLine from "./failover/two-keywords-on-one-line.ts";
import untrackedServiceVip from "./failover/untracked-service-vip.ts";
import valueCutByCommentCharacter from "./failover/value-cut-by-comment-character.ts";
import weightOvershootClamped from "./failover/weight-overshoot-clamped.ts";
import weightSignInvertedName from "./failover/weight-sign-inverted-name.ts";
import weightTooSmallForFailover from "./failover/weight-too-small-for-failover.ts";
import weightTooSmallSingleNode from "./failover/weight-too-small-single-node.ts";
import weightedTrackOnOwner from "./failover/weighted-track-on-owner.ts";
import firewallDropsVip from "./firewall/firewall-drops-vip.ts";
import firewalldRichRuleMissing from "./firewall/firewalld-rich-rule-missing.ts";
import fwmarkPeerDrift from "./firewall/fwmark-peer-drift.ts";
import fwmarkVipMismatch from "./firewall/fwmark-vip-mismatch.ts";
import fwmarkWithoutRule from "./firewall/fwmark-without-rule.ts";
import fwmarkWrongChain from "./firewall/fwmark-wrong-chain.ts";
import ipForwardRequired from "./firewall/ip-forward-required.ts";
import ipvsadmDuplicatesKeepalived from "./firewall/ipvsadm-duplicates-keepalived.ts";
import lvsFlushWithExternalIpvs from "./firewall/lvs-flush-with-external-ipvs.ts";
import markWithoutFwmarkServer from "./firewall/mark-without-fwmark-server.ts";
import nonlocalBindRequired from "./firewall/nonlocal-bind-required.ts";
import notrackVsNat from "./firewall/notrack-vs-nat.ts";
import promoteSecondariesWithSharedPrefix from "./firewall/promote-secondaries-with-shared-prefix.ts";
import realserverArpNotSuppressed from "./firewall/realserver-arp-not-suppressed.ts";
import realserverArpOnDirector from "./firewall/realserver-arp-on-director.ts";
import realserverVipMismatch from "./firewall/realserver-vip-mismatch.ts";
import realserverVipMissing from "./firewall/realserver-vip-missing.ts";
import realserverVipPrefix from "./firewall/realserver-vip-prefix.ts";
import rpFilterWithTun from "./firewall/rp-filter-with-tun.ts";
import vrrpBlockedByFirewall from "./firewall/vrrp-blocked-by-firewall.ts";
import drPortMismatch from "./lvs/dr-port-mismatch.ts";
import duplicateRealServer from "./lvs/duplicate-real-server.ts";
import duplicateVirtualServer from "./lvs/duplicate-virtual-server.ts";
import fwmarkHaSuspend from "./lvs/fwmark-ha-suspend.ts";
import fwmarkPortIgnored from "./lvs/fwmark-port-ignored.ts";
import fwmarkWithProtocol from "./lvs/fwmark-with-protocol.ts";
import hysteresisNotBelowQuorum from "./lvs/hysteresis-not-below-quorum.ts";
import lbKindMixedAcrossGroup from "./lvs/lb-kind-mixed-across-group.ts";
import missingForwardingMethod from "./lvs/missing-forwarding-method.ts";
import missingProtocol from "./lvs/missing-protocol.ts";
import missingRealServer from "./lvs/missing-real-server.ts";
import missingScheduler from "./lvs/missing-scheduler.ts";
import natForwardingSysctl from "./lvs/nat-forwarding-sysctl.ts";
import persistenceDefeatsScheduler from "./lvs/persistence-defeats-scheduler.ts";
import quorumExceedsWeight from "./lvs/quorum-exceeds-weight.ts";
import quorumUpWithoutDown from "./lvs/quorum-up-without-down.ts";
import realServerFamilyMismatch from "./lvs/real-server-family-mismatch.ts";
import schedulerFlagMismatch from "./lvs/scheduler-flag-mismatch.ts";
import sorryServerFamily from "./lvs/sorry-server-family.ts";
import sorryServerIsRealServer from "./lvs/sorry-server-is-real-server.ts";
import unsolidPersistenceGranularity from "./lvs/unsolid-persistence-granularity.ts";
import virtualServerNotAVip from "./lvs/virtual-server-not-a-vip.ts";
import weightZeroRealServer from "./lvs/weight-zero-real-server.ts";
import zeroPortNeedsPersistence from "./lvs/zero-port-needs-persistence.ts";
import directorsForwardToEachOther from "./lvs-host/directors-forward-to-each-other.ts";
import firewallStoppedByScript from "./lvs-host/firewall-stopped-by-script.ts";
import functionsFileNotSourced from "./lvs-host/functions-file-not-sourced.ts";
import fwmarkLoopUnprotected from "./lvs-host/fwmark-loop-unprotected.ts";
import interfaceAliasReused from "./lvs-host/interface-alias-reused.ts";
import ipvsServiceWithoutChecker from "./lvs-host/ipvs-service-without-checker.ts";
import ipvsadmClearsTable from "./lvs-host/ipvsadm-clears-table.ts";
import ipvsadmServerDrift from "./lvs-host/ipvsadm-server-drift.ts";
import markExcludesWrongPeer from "./lvs-host/mark-excludes-wrong-peer.ts";
import natRepliesBlockedByForward from "./lvs-host/nat-replies-blocked-by-forward.ts";
import natWithoutSyncGroup from "./lvs-host/nat-without-sync-group.ts";
import persistenceTemplatesOutliveServer from "./lvs-host/persistence-templates-outlive-server.ts";
import realserverGatewayNotVip from "./lvs-host/realserver-gateway-not-vip.ts";
import scriptSyntaxError from "./lvs-host/script-syntax-error.ts";
import syncDaemonRoleFixed from "./lvs-host/sync-daemon-role-fixed.ts";
import tcpCheckBlocksMysqlHost from "./lvs-host/tcp-check-blocks-mysql-host.ts";
import unsetVariableInCommand from "./lvs-host/unset-variable-in-command.ts";
import vipBoundOutsideKeepalived from "./lvs-host/vip-bound-outside-keepalived.ts";
import parseLimitReached from "./meta/parse-limit-reached.ts";
import suppressionWithoutReason from "./meta/suppression-without-reason.ts";
import templateRegionSkipped from "./meta/template-region-skipped.ts";
import unknownRuleInSuppression from "./meta/unknown-rule-in-suppression.ts";
import unusedSuppression from "./meta/unused-suppression.ts";
import notifyFaultMissing from "./notify/notify-fault-missing.ts";
import notifyFifoNameClash from "./notify/notify-fifo-name-clash.ts";
import notifyMasterWithoutCounterpart from "./notify/notify-master-without-counterpart.ts";
import notifySameScriptNoArg from "./notify/notify-same-script-no-arg.ts";
import notifyStopMissing from "./notify/notify-stop-missing.ts";
import smtpAlertDisabled from "./notify/smtp-alert-disabled.ts";
import smtpRecipientMissing from "./notify/smtp-recipient-missing.ts";
import smtpServerMissing from "./notify/smtp-server-missing.ts";
import configVersionSkew from "./peers/config-version-skew.ts";
import duplicateRouterId from "./peers/duplicate-router-id.ts";
import equalPriority from "./peers/equal-priority.ts";
import instanceNameDrift from "./peers/instance-name-drift.ts";
import lvsSyncIdMismatch from "./peers/lvs-sync-id-mismatch.ts";
import masterStateLowerPriority from "./peers/master-state-lower-priority.ts";
import multipleInitialMasters from "./peers/multiple-initial-masters.ts";
import noInitialPreference from "./peers/no-initial-preference.ts";
import nopreemptNotOnAll from "./peers/nopreempt-not-on-all.ts";
import notifyDrift from "./peers/notify-drift.ts";
import peerAdvertIntMismatch from "./peers/peer-advert-int-mismatch.ts";
import peerAuthMismatch from "./peers/peer-auth-mismatch.ts";
import peerCastMismatch from "./peers/peer-cast-mismatch.ts";
import peerInterfaceFamilyMismatch from "./peers/peer-interface-family-mismatch.ts";
import peerMcastGroupMismatch from "./peers/peer-mcast-group-mismatch.ts";
import peerVersionMismatch from "./peers/peer-version-mismatch.ts";
import peerVipSetMismatch from "./peers/peer-vip-set-mismatch.ts";
import peerVridMismatch from "./peers/peer-vrid-mismatch.ts";
import singleNodeCluster from "./peers/single-node-cluster.ts";
import syncGroupDrift from "./peers/sync-group-drift.ts";
import trackConfigDrift from "./peers/track-config-drift.ts";
import unicastPeerNotReciprocal from "./peers/unicast-peer-not-reciprocal.ts";
import unicastPeerUnknown from "./peers/unicast-peer-unknown.ts";
import unicastSrcDuplicated from "./peers/unicast-src-duplicated.ts";
import vipClaimedByTwoClusters from "./peers/vip-claimed-by-two-clusters.ts";
import vipIsANodeAddress from "./peers/vip-is-a-node-address.ts";
import virtualServerDrift from "./peers/virtual-server-drift.ts";
import vridReusedByOtherCluster from "./peers/vrid-reused-by-other-cluster.ts";
import bashismInSh from "./script/bashism-in-sh.ts";
import checkAlwaysSucceeds from "./script/check-always-succeeds.ts";
import checkExitMasked from "./script/check-exit-masked.ts";
import checkHasSideEffects from "./script/check-has-side-effects.ts";
import checkNoNetworkTimeout from "./script/check-no-network-timeout.ts";
import checkPrintsInsteadOfExit from "./script/check-prints-instead-of-exit.ts";
import checkProbesVip from "./script/check-probes-vip.ts";
import checkPsGrepSelfMatch from "./script/check-ps-grep-self-match.ts";
import checkSlowerThanTimeout from "./script/check-slower-than-timeout.ts";
import checkStopsKeepalived from "./script/check-stops-keepalived.ts";
import envDependentScript from "./script/env-dependent-script.ts";
import notifyBlocks from "./script/notify-blocks.ts";
import notifyMissingStateBranch from "./script/notify-missing-state-branch.ts";
import notifyWrongArgIndex from "./script/notify-wrong-arg-index.ts";
import passwordInScript from "./script/password-in-script.ts";
import predictableTmpFile from "./script/predictable-tmp-file.ts";
import privilegedCommandAsUnprivilegedUser from "./script/privileged-command-as-unprivileged-user.ts";
import scriptBadShebang from "./script/script-bad-shebang.ts";
import scriptCrlf from "./script/script-crlf.ts";
import scriptMissingShebang from "./script/script-missing-shebang.ts";
import scriptNameMatchesProcess from "./script/script-name-matches-process.ts";
import scriptNotExecutable from "./script/script-not-executable.ts";
import scriptNotFound from "./script/script-not-found.ts";
import scriptWorldWritablePath from "./script/script-world-writable-path.ts";
import sigtermIgnored from "./script/sigterm-ignored.ts";
import configWorldReadable from "./security/config-world-readable.ts";
import noProtectionMulticast from "./security/no-protection-multicast.ts";
import plaintextAuthPass from "./security/plaintext-auth-pass.ts";
import secretCommitted from "./security/secret-committed.ts";
import trivialAuthPass from "./security/trivial-auth-pass.ts";
import useCheckUnicastSrc from "./security/use-check-unicast-src.ts";
import addressFamilyMismatch from "./syntax/address-family-mismatch.ts";
import conditionalIncomplete from "./syntax/conditional-incomplete.ts";
import configIdNeverMatches from "./syntax/config-id-never-matches.ts";
import crlfLineEndings from "./syntax/crlf-line-endings.ts";
import deprecatedKeyword from "./syntax/deprecated-keyword.ts";
import duplicateBlockName from "./syntax/duplicate-block-name.ts";
import duplicateDirective from "./syntax/duplicate-directive.ts";
import emptyBlock from "./syntax/empty-block.ts";
import endlessDefinition from "./syntax/endless-definition.ts";
import extraArgument from "./syntax/extra-argument.ts";
import foreignAssignment from "./syntax/foreign-assignment.ts";
import foreignComment from "./syntax/foreign-comment.ts";
import hostBitsSetInRange from "./syntax/host-bits-set-in-range.ts";
import includeCatchesBackup from "./syntax/include-catches-backup.ts";
import includeCycle from "./syntax/include-cycle.ts";
import includeNotFound from "./syntax/include-not-found.ts";
import includeOnConditionalLine from "./syntax/include-on-conditional-line.ts";
import incompleteBlock from "./syntax/incomplete-block.ts";
import interfaceNameTooLong from "./syntax/interface-name-too-long.ts";
import invalidBoolean from "./syntax/invalid-boolean.ts";
import invalidEnum from "./syntax/invalid-enum.ts";
import invalidIp from "./syntax/invalid-ip.ts";
import invalidNumber from "./syntax/invalid-number.ts";
import invalidPrefix from "./syntax/invalid-prefix.ts";
import invalidSequence from "./syntax/invalid-sequence.ts";
import invalidState from "./syntax/invalid-state.ts";
import invisibleCharacter from "./syntax/invisible-character.ts";
import keywordNeedsBuildOption from "./syntax/keyword-needs-build-option.ts";
import keywordNeedsNewerVersion from "./syntax/keyword-needs-newer-version.ts";
import knownVersionBug from "./syntax/known-version-bug.ts";
import leftoverPlaceholder from "./syntax/leftover-placeholder.ts";
import lineNotRead from "./syntax/line-not-read.ts";
import misplacedKeyword from "./syntax/misplaced-keyword.ts";
import missingArgument from "./syntax/missing-argument.ts";
import missingBlockBrace from "./syntax/missing-block-brace.ts";
import optionWithoutPartner from "./syntax/option-without-partner.ts";
import outOfRange from "./syntax/out-of-range.ts";
import policyRuleRefused from "./syntax/policy-rule-refused.ts";
import removedKeyword from "./syntax/removed-keyword.ts";
import sampleLeftover from "./syntax/sample-leftover.ts";
import smartQuotes from "./syntax/smart-quotes.ts";
import textAfterBlockClose from "./syntax/text-after-block-close.ts";
import unbalancedBrace from "./syntax/unbalanced-brace.ts";
import undefinedVariable from "./syntax/undefined-variable.ts";
import unexpectedBlockBrace from "./syntax/unexpected-block-brace.ts";
import unknownKeyword from "./syntax/unknown-keyword.ts";
import unterminatedQuote from "./syntax/unterminated-quote.ts";
import unusedVariable from "./syntax/unused-variable.ts";
import zeroGarpInterval from "./syntax/zero-garp-interval.ts";
import devTcpNeedsBash from "./tracking/dev-tcp-needs-bash.ts";
import initFailMissing from "./tracking/init-fail-missing.ts";
import intervalTooLong from "./tracking/interval-too-long.ts";
import preferTrackProcess from "./tracking/prefer-track-process.ts";
import scriptArgsUnquoted from "./tracking/script-args-unquoted.ts";
import scriptChecksKeepalivedItself from "./tracking/script-checks-keepalived-itself.ts";
import scriptRelativePath from "./tracking/script-relative-path.ts";
import scriptSecurityDisabled from "./tracking/script-security-disabled.ts";
import scriptShellMetacharacters from "./tracking/script-shell-metacharacters.ts";
import scriptSingleStrike from "./tracking/script-single-strike.ts";
import scriptTimeoutDefault from "./tracking/script-timeout-default.ts";
import scriptTimeoutExceedsInterval from "./tracking/script-timeout-exceeds-interval.ts";
import scriptUserMissing from "./tracking/script-user-missing.ts";
import scriptUserRoot from "./tracking/script-user-root.ts";
import trackFileMissing from "./tracking/track-file-missing.ts";
import trackFileWeightZero from "./tracking/track-file-weight-zero.ts";
import trackInterfaceUnknown from "./tracking/track-interface-unknown.ts";
import trackScriptUsedBeforeDefinition from "./tracking/track-script-used-before-definition.ts";
import undefinedTrackBfd from "./tracking/undefined-track-bfd.ts";
import undefinedTrackFile from "./tracking/undefined-track-file.ts";
import undefinedTrackProcess from "./tracking/undefined-track-process.ts";
import undefinedTrackScript from "./tracking/undefined-track-script.ts";
import unusedVrrpScript from "./tracking/unused-vrrp-script.ts";
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
import ipv6FirstVipNotLinkLocal from "./vrrp/ipv6-first-vip-not-link-local.ts";
import ipv6WithVersion2 from "./vrrp/ipv6-with-version-2.ts";
import missingInterface from "./vrrp/missing-interface.ts";
import missingPriority from "./vrrp/missing-priority.ts";
import missingVip from "./vrrp/missing-vip.ts";
import missingVirtualRouterId from "./vrrp/missing-virtual-router-id.ts";
import mixedFamilyVips from "./vrrp/mixed-family-vips.ts";
import nopreemptWithMasterState from "./vrrp/nopreempt-with-master-state.ts";
import nopreemptWithPriority255 from "./vrrp/nopreempt-with-priority-255.ts";
import nopreemptWithWeightedTrack from "./vrrp/nopreempt-with-weighted-track.ts";
import ownAddressInUnicastPeers from "./vrrp/own-address-in-unicast-peers.ts";
import preemptDelayWithMasterState from "./vrrp/preempt-delay-with-master-state.ts";
import preemptDelayWithNopreempt from "./vrrp/preempt-delay-with-nopreempt.ts";
import selfTrackInterface from "./vrrp/self-track-interface.ts";
import settingWithoutEffect from "./vrrp/setting-without-effect.ts";
import shortDetectionWindow from "./vrrp/short-detection-window.ts";
import startupDelayAdvice from "./vrrp/startup-delay-advice.ts";
import strictConflicts from "./vrrp/strict-conflicts.ts";
import tooManyVips from "./vrrp/too-many-vips.ts";
import unicastFamilyMismatch from "./vrrp/unicast-family-mismatch.ts";
import unicastPeerMinTtlGtMax from "./vrrp/unicast-peer-min-ttl-gt-max.ts";
import unicastSrcWithoutPeers from "./vrrp/unicast-src-without-peers.ts";
import unicastWithoutSrcIp from "./vrrp/unicast-without-src-ip.ts";
import vipDroppedByStrict from "./vrrp/vip-dropped-by-strict.ts";
import vipIsOwnAddress from "./vrrp/vip-is-own-address.ts";
import vipOutsideSubnet from "./vrrp/vip-outside-subnet.ts";
import vipPrefixImplicit from "./vrrp/vip-prefix-implicit.ts";
import virtualInterfaceHint from "./vrrp/virtual-interface-hint.ts";
import vmacUnicastNeedsXmitBase from "./vrrp/vmac-unicast-needs-xmit-base.ts";

export const rules: readonly ListedRule[] = [
  ...inGroup("checker", [
    badDigest,
    bfdCheckUndefined,
    checkerPortDiffers,
    checkerTargetsVip,
    checkerTimeoutExceedsLoop,
    dnsCheckType,
    httpCheckWithoutCriteria,
    httpCheckWithoutUrl,
    linkLocalNeedsBindIf,
    miscCheckWithoutTimeout,
    miscDynamicExitCodes,
    realServerWithoutChecker,
    smtpCheckHeloDuplicate,
    udpCheckLengths,
  ]),
  ...inGroup("database", [
    dbCheckOnlyPort,
    dbNotifyDownKillsKeepalived,
    dbNotifyNoPromotionGuard,
    dbVipPreempts,
    haproxyBindNotVip,
    haproxyCheckProcessOnly,
    haproxyStatsPortInCheck,
    mysqlRealServerWithoutNotifyDown,
    serviceStartedByNotifyAndSystemd,
  ]),
  ...inGroup("failover", [
    addressOwnerOnTwoNodes,
    allNodesFault,
    detectionTimeReport,
    masterWithoutPriority,
    noHealthTracking,
    nopreemptBlocksWeightedFailover,
    positiveWeightNeverBelowBase,
    scriptThroughSymlinkedDirectory,
    splitWeightsTie,
    syncGroupMemberInTwoGroups,
    syncGroupMissingOnPeer,
    syncGroupMixedOwner,
    syncGroupSingleMember,
    syncGroupUnknownMember,
    syncGroupWeightOnOneMember,
    syncGroupWeightedMemberTrack,
    twoKeywordsOnOneLine,
    untrackedServiceVip,
    valueCutByCommentCharacter,
    weightOvershootClamped,
    weightSignInvertedName,
    weightTooSmallForFailover,
    weightTooSmallSingleNode,
    weightedTrackOnOwner,
  ]),
  ...inGroup("firewall", [
    firewallDropsVip,
    firewalldRichRuleMissing,
    fwmarkPeerDrift,
    fwmarkVipMismatch,
    fwmarkWithoutRule,
    fwmarkWrongChain,
    ipForwardRequired,
    ipvsadmDuplicatesKeepalived,
    lvsFlushWithExternalIpvs,
    markWithoutFwmarkServer,
    nonlocalBindRequired,
    notrackVsNat,
    promoteSecondariesWithSharedPrefix,
    realserverArpNotSuppressed,
    realserverArpOnDirector,
    realserverVipMismatch,
    realserverVipMissing,
    realserverVipPrefix,
    rpFilterWithTun,
    vrrpBlockedByFirewall,
  ]),
  ...inGroup("lvs", [
    drPortMismatch,
    duplicateRealServer,
    duplicateVirtualServer,
    fwmarkHaSuspend,
    fwmarkPortIgnored,
    fwmarkWithProtocol,
    hysteresisNotBelowQuorum,
    lbKindMixedAcrossGroup,
    missingForwardingMethod,
    missingProtocol,
    missingRealServer,
    missingScheduler,
    natForwardingSysctl,
    persistenceDefeatsScheduler,
    quorumExceedsWeight,
    quorumUpWithoutDown,
    realServerFamilyMismatch,
    schedulerFlagMismatch,
    sorryServerFamily,
    sorryServerIsRealServer,
    unsolidPersistenceGranularity,
    virtualServerNotAVip,
    weightZeroRealServer,
    zeroPortNeedsPersistence,
  ]),
  ...inGroup("lvs-host", [
    directorsForwardToEachOther,
    firewallStoppedByScript,
    functionsFileNotSourced,
    fwmarkLoopUnprotected,
    interfaceAliasReused,
    ipvsServiceWithoutChecker,
    ipvsadmClearsTable,
    ipvsadmServerDrift,
    markExcludesWrongPeer,
    natRepliesBlockedByForward,
    natWithoutSyncGroup,
    persistenceTemplatesOutliveServer,
    realserverGatewayNotVip,
    scriptSyntaxError,
    syncDaemonRoleFixed,
    tcpCheckBlocksMysqlHost,
    unsetVariableInCommand,
    vipBoundOutsideKeepalived,
  ]),
  ...inGroup("meta", [parseLimitReached, suppressionWithoutReason, templateRegionSkipped, unknownRuleInSuppression, unusedSuppression]),
  ...inGroup("notify", [
    notifyFaultMissing,
    notifyFifoNameClash,
    notifyMasterWithoutCounterpart,
    notifySameScriptNoArg,
    notifyStopMissing,
    smtpAlertDisabled,
    smtpRecipientMissing,
    smtpServerMissing,
  ]),
  ...inGroup("peers", [
    configVersionSkew,
    duplicateRouterId,
    equalPriority,
    instanceNameDrift,
    lvsSyncIdMismatch,
    masterStateLowerPriority,
    multipleInitialMasters,
    noInitialPreference,
    nopreemptNotOnAll,
    notifyDrift,
    peerAdvertIntMismatch,
    peerAuthMismatch,
    peerCastMismatch,
    peerInterfaceFamilyMismatch,
    peerMcastGroupMismatch,
    peerVersionMismatch,
    peerVipSetMismatch,
    peerVridMismatch,
    singleNodeCluster,
    syncGroupDrift,
    trackConfigDrift,
    unicastPeerNotReciprocal,
    unicastPeerUnknown,
    unicastSrcDuplicated,
    vipClaimedByTwoClusters,
    vipIsANodeAddress,
    virtualServerDrift,
    vridReusedByOtherCluster,
  ]),
  ...inGroup("script", [
    bashismInSh,
    checkAlwaysSucceeds,
    checkExitMasked,
    checkHasSideEffects,
    checkNoNetworkTimeout,
    checkPrintsInsteadOfExit,
    checkProbesVip,
    checkPsGrepSelfMatch,
    checkSlowerThanTimeout,
    checkStopsKeepalived,
    envDependentScript,
    notifyBlocks,
    notifyMissingStateBranch,
    notifyWrongArgIndex,
    passwordInScript,
    predictableTmpFile,
    privilegedCommandAsUnprivilegedUser,
    scriptBadShebang,
    scriptCrlf,
    scriptMissingShebang,
    scriptNameMatchesProcess,
    scriptNotExecutable,
    scriptNotFound,
    scriptWorldWritablePath,
    sigtermIgnored,
  ]),
  ...inGroup("security", [
    configWorldReadable,
    noProtectionMulticast,
    plaintextAuthPass,
    secretCommitted,
    trivialAuthPass,
    useCheckUnicastSrc,
  ]),
  ...inGroup("syntax", [
    addressFamilyMismatch,
    conditionalIncomplete,
    configIdNeverMatches,
    crlfLineEndings,
    deprecatedKeyword,
    duplicateBlockName,
    duplicateDirective,
    emptyBlock,
    endlessDefinition,
    extraArgument,
    foreignAssignment,
    foreignComment,
    hostBitsSetInRange,
    includeCatchesBackup,
    includeCycle,
    includeNotFound,
    includeOnConditionalLine,
    incompleteBlock,
    interfaceNameTooLong,
    invalidBoolean,
    invalidEnum,
    invalidIp,
    invalidNumber,
    invalidPrefix,
    invalidSequence,
    invalidState,
    invisibleCharacter,
    keywordNeedsBuildOption,
    keywordNeedsNewerVersion,
    knownVersionBug,
    leftoverPlaceholder,
    lineNotRead,
    misplacedKeyword,
    missingArgument,
    missingBlockBrace,
    optionWithoutPartner,
    outOfRange,
    policyRuleRefused,
    removedKeyword,
    sampleLeftover,
    smartQuotes,
    textAfterBlockClose,
    unbalancedBrace,
    undefinedVariable,
    unexpectedBlockBrace,
    unknownKeyword,
    unterminatedQuote,
    unusedVariable,
    zeroGarpInterval,
  ]),
  ...inGroup("tracking", [
    devTcpNeedsBash,
    initFailMissing,
    intervalTooLong,
    preferTrackProcess,
    scriptArgsUnquoted,
    scriptChecksKeepalivedItself,
    scriptRelativePath,
    scriptSecurityDisabled,
    scriptShellMetacharacters,
    scriptSingleStrike,
    scriptTimeoutDefault,
    scriptTimeoutExceedsInterval,
    scriptUserMissing,
    scriptUserRoot,
    trackFileMissing,
    trackFileWeightZero,
    trackInterfaceUnknown,
    trackScriptUsedBeforeDefinition,
    undefinedTrackBfd,
    undefinedTrackFile,
    undefinedTrackProcess,
    undefinedTrackScript,
    unusedVrrpScript,
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
    ipv6FirstVipNotLinkLocal,
    ipv6WithVersion2,
    missingInterface,
    missingPriority,
    missingVip,
    missingVirtualRouterId,
    mixedFamilyVips,
    nopreemptWithMasterState,
    nopreemptWithPriority255,
    nopreemptWithWeightedTrack,
    ownAddressInUnicastPeers,
    preemptDelayWithMasterState,
    preemptDelayWithNopreempt,
    selfTrackInterface,
    settingWithoutEffect,
    shortDetectionWindow,
    startupDelayAdvice,
    strictConflicts,
    tooManyVips,
    unicastFamilyMismatch,
    unicastPeerMinTtlGtMax,
    unicastSrcWithoutPeers,
    unicastWithoutSrcIp,
    vipDroppedByStrict,
    vipIsOwnAddress,
    vipOutsideSubnet,
    vipPrefixImplicit,
    virtualInterfaceHint,
    vmacUnicastNeedsXmitBase,
  ]),
];
