/**
 * Lines that keepalived writes while it runs, and those of 2.2.7 that read otherwise in 2.4.3: a few words of each, in their
 * order, and the rules that are about it. What `keepalived -t` of 2.4.3 says is known by its marks (log-marks.ts).
 */
export const logPhrases: readonly (readonly [words: string, ...rules: readonly string[]])[] = [
  ["received invalid passwd", "peer-auth-mismatch"],
  ["received auth expecting", "peer-auth-mismatch"],
  ["received ah header but auth type not ah", "peer-auth-mismatch"],
  ["no ah header but auth type is ah", "peer-auth-mismatch"],
  ["unexpected ip number count expected", "peer-vip-set-mismatch", "vrid-reused-by-other-cluster"],
  ["expected vips but received", "peer-vip-set-mismatch", "vrid-reused-by-other-cluster"],
  ["ip address associated with vrid not present", "peer-vip-set-mismatch"],
  ["advertisement interval mismatch", "peer-advert-int-mismatch"],
  ["wrong version received expect", "peer-version-mismatch"],
  ["wrong vrrp version received expect", "peer-version-mismatch"],
  ["expected unicast packet but received multicast packet", "peer-cast-mismatch"],
  ["expected multicast packet but received unicast packet", "peer-cast-mismatch"],
  ["configuration error local instance both configured as address owner", "address-owner-on-two-nodes"],
  ["received advert with lower priority forcing new election", "equal-priority", "multiple-initial-masters"],
  ["ignoring tracked weight due to sync group", "sync-group-weighted-member-track"],
  ["nopreempt will not work with initial state master", "nopreempt-with-master-state"],
  ["scripts are being executed but script_security not enabled", "script-security-disabled"],
  ["unicast peers are not supported in strict mode", "strict-conflicts"],
  ["unsafe permissions found for script", "script-world-writable-path"],
  ["disabling script due to insecure", "script-world-writable-path", "script-through-symlinked-directory"],
  ["track script expect idle skipping run", "check-slower-than-timeout", "check-no-network-timeout"],
  ["script user does not exist", "script-user-missing"],
  ["default user for script execution does not exist please create", "script-user-missing"],
  ["config files missing", "include-not-found"],
  ["some config files missing", "include-not-found"],
  ["track_file not found", "undefined-track-file"],
  ["invalid smtp server", "out-of-range", "invalid-ip"],
  ["cannot specify vrf interface and interface", "setting-without-effect"],
];
