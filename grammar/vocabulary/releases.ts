/**
 * Releases of keepalived, and which one a distribution ships.
 */
import type { Version } from "./types.ts";

/** Tagged releases from 1.2.1 on, oldest first (tags of the project's repository). */
// prettier-ignore
export const versions: readonly Version[] = [
  "1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.2.6", "1.2.7", "1.2.8", "1.2.9", "1.2.10", "1.2.11", "1.2.12", "1.2.13", "1.2.14", "1.2.15", "1.2.16",
  "1.2.17", "1.2.18", "1.2.19", "1.2.20", "1.2.21", "1.2.22", "1.2.23", "1.2.24",
  "1.3.0", "1.3.1", "1.3.2", "1.3.3", "1.3.4", "1.3.5", "1.3.6", "1.3.7", "1.3.8", "1.3.9",
  "1.4.0", "1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5",
  "2.0.0", "2.0.1", "2.0.2", "2.0.3", "2.0.4", "2.0.5", "2.0.6", "2.0.7", "2.0.8", "2.0.9", "2.0.10", "2.0.11", "2.0.12", "2.0.13", "2.0.14", "2.0.15",
  "2.0.16", "2.0.17", "2.0.18", "2.0.19", "2.0.20",
  "2.1.0", "2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5",
  "2.2.0", "2.2.1", "2.2.2", "2.2.3", "2.2.4", "2.2.5", "2.2.6", "2.2.7", "2.2.8",
  "2.3.0", "2.3.1", "2.3.2", "2.3.3", "2.3.4",
  "2.4.0", "2.4.1", "2.4.2", "2.4.3",
];

/** The release the vocabulary describes. */
export const newestVersion: Version = "2.4.3";

/**
 * What a distribution's package is, security updates of the same release included. Sources: Debian 12 was installed and
 * asked; Ubuntu 22.04, 24.04, 25.10 and 26.04 are from their pages at packages.ubuntu.com, Alpine 3.22, 3.23 and 3.24 from
 * theirs at pkgs.alpinelinux.org; Debian 13, Ubuntu 20.04, EL 8, 9 and 10 and Alpine 3.21 were seen as pinned packages in
 * public build files; Debian 11 and EL 7 are from memory of their archives. Alpine 3.19 and 3.20 lie between a seen 2.2.8
 * and the day of 2.3.0. EL means the newest point release.
 */
export const distros = {
  debian11: "2.1.5",
  debian12: "2.2.7",
  debian13: "2.3.3",
  "ubuntu20.04": "2.0.19",
  "ubuntu22.04": "2.2.4",
  "ubuntu24.04": "2.2.8",
  "ubuntu25.10": "2.3.3",
  "ubuntu26.04": "2.3.4",
  el7: "1.3.5",
  el8: "2.1.5",
  el9: "2.2.8",
  el10: "2.2.8",
  "alpine3.19": "2.2.8",
  "alpine3.20": "2.2.8",
  "alpine3.21": "2.3.1",
  "alpine3.22": "2.3.1",
  "alpine3.23": "2.3.4",
  "alpine3.24": "2.3.4",
} as const satisfies Readonly<Record<string, Version>>;

export type Distro = keyof typeof distros;

/** What /bin/sh is: bash on Red Hat and its kin, dash on Debian and Ubuntu, busybox on Alpine. */
export type SystemShell = "bash" | "dash" | "ash";

export const systemShellOf = (distro: Distro): SystemShell =>
  distro.startsWith("el") ? "bash" : distro.startsWith("alpine") ? "ash" : "dash";
