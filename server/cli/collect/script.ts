/**
 * The script that an operator runs on a host. POSIX sh, read-only: it writes below one folder of mktemp, which it removes.
 * What a command cannot tell without root is left out. `\${` and `\\` are `${` and `\` of the shell.
 */
import { collectedFolder } from "../../model/cluster/collected.ts";

export const collectScript = (version: string): string => `#!/bin/sh
# Made by kalint collect ${version}. It reads what kalint wants to know of this host and writes a tar to standard output:
#
#   sh kalint-collect.sh >lb1.tar            mkdir lb1 && tar -xpf lb1.tar -C lb1
#   ssh root@lb1 sh <kalint-collect.sh >lb1.tar
#
# The first argument is the configuration (/etc/keepalived/keepalived.conf). On a terminal the tar is printed as base64.
# Nothing outside of a temporary folder is written, and that folder is removed. Root is not needed, but without it firewall
# and IPVS stay unknown.
#
# Passwords of auth_pass are masked. To let kalint compare them between nodes, run the script on all of them with one
# salt of your own: KALINT_SALT=... sh kalint-collect.sh. Scripts and other files are copied as they are: look through
# the tar before you give it away.
set -u
umask 077
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH

configuration=\${1:-/etc/keepalived/keepalived.conf}
limit=1048576

work=$(mktemp -d "\${TMPDIR:-/tmp}/kalint.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
root=$work/root
facts=$root/${collectedFolder}
mkdir -p "$facts" || exit 1
: >"$work/named"

# keep FILE COMMAND...: the output of a command, if there is the command and it says something.
keep() {
  kept=$1
  shift
  command -v "$1" >/dev/null 2>&1 || return 0
  "$@" >"$facts/$kept" 2>/dev/null
  [ -s "$facts/$kept" ] || rm -f "$facts/$kept"
}

# copy FILE: a regular file that can be read and is not too large, to the same place below the root, with its mode.
copy() {
  case $1 in
  /proc/* | /sys/* | /dev/* | *..*) return 0 ;;
  esac
  [ -f "$1" ] && [ -r "$1" ] && [ ! -e "$root$1" ] || return 0
  [ "$(wc -c <"$1")" -le "$limit" ] || return 0
  mkdir -p "$root\${1%/*}" && cp -p "$1" "$root$1" 2>/dev/null && chmod u+w "$root$1"
}

# Whether a file begins as a text does: programs are listed and not copied.
is_text() {
  case $(dd if="$1" bs=4 count=1 2>/dev/null | tr -d '\\000') in
  ?ELF* | "") return 1 ;;
  esac
}

# named FILE: the absolute paths that a file names, one a line.
named() {
  tr -s '\\t "{}|;&<>()=\\047\\140' '\\n' <"$1" 2>/dev/null | sed -n 's|^\\(/[A-Za-z0-9._/+@%-]*[A-Za-z0-9_]\\)$|\\1|p' | sort -u
}

# look PATH: how it is there, or that it is missing; then its text.
look() {
  case $1 in
  /proc/* | /sys/* | /dev/* | *..*) return 0 ;;
  esac
  grep -qxF -- "$1" "$work/named" && return 0
  printf '%s\\n' "$1" >>"$work/named"
  if [ -e "$1" ]; then
    ls -ldnL -- "$1" 2>/dev/null >>"$facts/paths"
    if [ -f "$1" ] && [ -r "$1" ] && is_text "$1"; then copy "$1"; fi
    return 0
  fi
  # A folder that may not be entered says nothing of what is in it.
  parent=$1
  while [ -n "$parent" ] && [ ! -e "$parent" ]; do parent=\${parent%/*}; done
  if [ -z "$parent" ] || [ -x "$parent" ]; then printf 'missing %s\\n' "$1" >>"$facts/paths"; fi
  return 0
}

# The configuration, everything beside it, and what it names.
copy "$configuration"
for file in "\${configuration%/*}"/* "\${configuration%/*}"/*/*; do
  [ -f "$file" ] && [ -r "$file" ] && is_text "$file" && copy "$file"
done
find "$root" -type f ! -path "$facts/*" >"$work/copied"
while IFS= read -r file; do
  named "$file"
done <"$work/copied" | sort -u | head -n 500 >"$work/paths"
while IFS= read -r path; do look "$path"; done <"$work/paths"
# Scripts call other scripts.
find "$root" -type f ! -path "$facts/*" >"$work/later"
while IFS= read -r file; do
  grep -qxF -- "$file" "$work/copied" || named "$file"
done <"$work/later" | sort -u | head -n 500 >"$work/paths"
while IFS= read -r path; do look "$path"; done <"$work/paths"

# Other files that say something.
for file in \\
  /etc/sysctl.conf /etc/sysctl.d/*.conf /etc/rc.local /etc/rc.d/rc.local \\
  /etc/network/interfaces /etc/network/interfaces.d/* /etc/netplan/*.yaml /etc/sysconfig/network-scripts/ifcfg-* \\
  /etc/iptables/* /etc/sysconfig/iptables /etc/sysconfig/ip6tables /etc/nftables.conf /etc/firewalld/zones/*.xml /etc/firewalld/direct.xml \\
  /etc/ipvsadm.rules /etc/sysconfig/ipvsadm /etc/haproxy/haproxy.cfg; do
  copy "$file"
done

# What holds at this moment.
keepalived -v >"$facts/version" 2>&1 || rm -f "$facts/version"
keep addresses ip -o addr show
keep links ip -o link show
keep rules.v4 iptables-save
keep rules.v6 ip6tables-save
keep ruleset.nft nft list ruleset
# Without this file there is no IPVS, and ipvsadm would load its module.
[ ! -e /proc/net/ip_vs ] || keep ipvsadm.save ipvsadm -S -n
for name in net.ipv4.ip_forward net.ipv4.ip_nonlocal_bind net.ipv6.ip_nonlocal_bind net.ipv6.conf.all.forwarding; do
  sysctl "$name" 2>/dev/null
done >"$facts/sysctl.conf"
sysctl -a 2>/dev/null | grep -E '^net\\.ipv4\\.(vs\\.|conf\\.[^ ]*\\.(arp_ignore|arp_announce|rp_filter|promote_secondaries|forwarding) )' >>"$facts/sysctl.conf"
[ -s "$facts/sysctl.conf" ] || rm -f "$facts/sysctl.conf"

# passwords FILE: the words behind auth_pass, as the daemon takes them.
passwords() {
  awk '{
    for (i = 1; i < NF; i++)
      if ($i == "auth_pass") {
        word = $(i + 1)
        gsub(/"/, "", word)
        sub(/[#!\\r].*/, "", word)
        if (word != "") print word
      }
  }' "$1"
}
find "$root" -type f ! -path "$facts/*" >"$work/copied"
while IFS= read -r file; do
  if grep -q 'auth_pass' "$file" 2>/dev/null; then passwords "$file"; fi
done <"$work/copied" | sort -u >"$work/words"
# What a definition holds that auth_pass uses is a password as well.
: >"$work/secrets"
while IFS= read -r word; do
  case $word in
  \\$*)
    name=$(printf '%s' "$word" | tr -d '\\044{}()')
    while IFS= read -r file; do
      name=$name awk '{
        at = index($0, "=")
        left = substr($0, 1, at - 1)
        gsub(/[ \\t]/, "", left)
        sub(/^@[^$]*/, "", left)
        if (at > 0 && left == "$" ENVIRON["name"]) {
          value = substr($0, at + 1)
          gsub(/^[ \\t"]+|[ \\t"]+$/, "", value)
          print value
        }
      }' "$file"
    done <"$work/copied" >>"$work/secrets"
    ;;
  *) printf '%s\\n' "$word" >>"$work/secrets" ;;
  esac
done <"$work/words"
# The mask of each. With a salt equal passwords have equal masks; the daemon compares the first eight characters.
while IFS= read -r secret; do
  shown=masked
  if [ -n "\${KALINT_SALT:-}" ]; then
    shown=$(printf '%s:%.8s' "$KALINT_SALT" "$secret" | sha256sum 2>/dev/null | cut -c1-8)
  fi
  printf '%s %s\\n' "\${shown:-masked}" "$secret"
done <"$work/secrets" >"$work/masks"
while IFS= read -r file; do
  grep -qE 'auth_pass|^[[:space:]]*(@[^[:space:]]+[[:space:]]+)?[$]' "$file" 2>/dev/null || continue
  [ -s "$work/masks" ] || break
  awk '
    FNR == NR { at = index($0, " "); masks[substr($0, at + 1)] = substr($0, 1, at - 1); next }
    {
      # Behind auth_pass, or behind the = of a definition: one word, quoted or not.
      if (match($0, /auth_pass[ \\t]+"?/) || match($0, /^[ \\t]*(@[^ \\t]*[ \\t]+)?[$][^=]*=[ \\t]*"?/)) {
        from = RSTART + RLENGTH
        rest = substr($0, from)
        end = match(rest, /[ \\t"#!\\r]/) ? RSTART : length(rest) + 1
        word = substr(rest, 1, end - 1)
        if (word in masks) $0 = substr($0, 1, from - 1) masks[word] substr(rest, end)
      }
      print
    }' "$work/masks" "$file" >"$work/masked"
  cmp -s "$work/masked" "$file" || cat "$work/masked" >"$file"
done <"$work/copied"

if [ -t 1 ]; then
  tar -cf - -C "$root" . | base64
else
  tar -cf - -C "$root" .
fi
`;
