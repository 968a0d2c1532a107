/** The statuses that a script called with `MASTER VI_1` ends with. What bash 5.2 and dash 0.5.12 end with was measured. */
import { expect, test } from "vitest";
import { read } from "./reading.ts";

const endsWith = (text: string) => read(text, ["MASTER", "VI_1"]).exitStatuses;

test.each<[string, readonly number[]]>([
  ['[ "$1" = MASTER -a "$2" = VI_1 ] && exit 3; exit 4', [3]],
  ['[ -n "$1" -a "$2" = VI_2 ] || exit 5', [5]],
  ['[ "$1" = BACKUP -o "$2" = VI_1 -a -z "$3" ] && exit 3', [3]],
  ['[ ! "$1" = BACKUP -a ! -z "$2" ] && exit 3; exit 4', [3]],
  ['[ "$1" = MASTER -a -d /srv ] && exit 3; exit 4', [3, 4]],
  ["[ 1 -eq 1 -a 2 -gt 3 ]", [1]],
  ['test "$1" = MASTER -a "$unknown" = x && exit 3; exit 4', [3, 4]],
  [`[ ${"! ".repeat(20_000)}a = b ]`, [0, 1, 2]],
  // In these nobody can tell the operators from the words.
  ['[ -n = -a "$1" = MASTER ]', [0, 1, 2]],
  ['[ "(" "$1" = MASTER -a x ")" ]', [0, 1, 2]],
])("test: %.60s", (text, statuses) => {
  expect(endsWith(text)).toEqual({ known: statuses, unknown: false });
});

test.each<[string, readonly number[]]>([
  ["[[ $1 == M* && $2 == VI_1 ]] && exit 3; exit 4", [3]],
  ['[[ $1 == "M*" ]] || exit 3', [3]],
  ["[[ $1 == BACKUP || $1 == 'MASTER' ]] && exit 3; exit 4", [3]],
  ["[[ ! ( $1 == MASTER && $2 == VI_2 ) ]] && exit 3; exit 4", [3]],
  ["[[ -z $1 || ( -n $2 && ! $2 == VI_2 ) ]] && exit 3; exit 4", [3]],
  // What is on the right of `&&` is not asked, so it cannot be wrong.
  ["[[ $1 == BACKUP && $2 =~ $unknown ]]", [1]],
  [`[[ ${"! ".repeat(20_000)} a == b ]]`, [0, 1, 2]],
  ["[[ $1 == MASTER && -e /srv ]]", [0, 1]],
  ["[[ $1 == MASTER && $2 =~ ^VI ]]", [0, 1, 2]],
])("condition: %.60s", (text, statuses) => {
  expect(endsWith(`#!/bin/bash\n${text}`)).toEqual({ known: statuses, unknown: false });
});

test.each<[string, readonly number[]]>([
  ["case $1 in m*) exit 1 ;; M*) ;;& *R) exit 9 ;; esac", [9]],
  ["case $1 in M*) false ;;& x) exit 9 ;; esac", [1]],
  ["case $1 in M*) ;;& *R) ;& x) exit 8 ;; *) exit 9 ;; esac", [8]],
  ["case $(date) in M*) exit 3 ;;& *) exit 9 ;; esac", [3, 9]],
])("case: %s", (text, statuses) => {
  expect(endsWith(`#!/bin/bash\n${text}`)).toEqual({ known: statuses, unknown: false });
});

test.each(["$1", "$(date)"])("a case of %s with a thousand `;;&` is read in bounded time, and nothing is claimed of it", (subject) => {
  const { exitStatuses, complete } = read(`#!/bin/bash\ncase ${subject} in ${"M*) true ;;& ".repeat(1000)} esac`, ["MASTER"]);
  expect(exitStatuses.unknown).toBe(true);
  expect(complete).toBe(false);
});

test.each<[string, readonly number[], readonly number[]]>([
  ["return 4", [2], [2, 4]],
  ["return 4; exit 5", [5], [4, 5]],
  ["exit 1 2; exit 3", [3], [1]],
  ["exit -1", [255], [2, 255]],
  ["f() { break; exit 6; }; for i in 1; do f; exit 7; done", [6], [6]],
])("ways out: %s", (text, bash, sh) => {
  expect(endsWith(`#!/bin/bash\n${text}`)).toEqual({ known: bash, unknown: false });
  expect(endsWith(`#!/bin/sh\n${text}`)).toEqual({ known: sh, unknown: false });
});

test.each<[string, readonly number[], boolean]>([
  ["n=$((n + 1)); exit $n", [1], false],
  ["for i in 1 2 3; do n=$(($n+1)); done; exit $n", [3], false],
  ["x=${x:-5}; exit $x", [5], false],
  ["f() { x=${x:-7}; }; f; x=8; exit $x", [8], false],
  ["unset x; x=${x:-9}; exit $x", [9], false],
  // In a later round, behind a file that nobody can read and in a trap it may have been set.
  ["add() { v=${w:-1}; w=2; }; while read -r line; do add; [ $v = 1 ] && exit 3; done; exit 4", [3, 4], false],
  [". /etc/default/app; x=${x:-5}; exit $x", [], true],
  ["trap 'exit ${y:-3}' EXIT; y=4", [], true],
])("what nothing has set yet: %s", (text, statuses, unknown) => {
  expect(endsWith(`#!/bin/bash\n${text}`)).toEqual({ known: statuses, unknown });
});
