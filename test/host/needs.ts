/**
 * What a host test needs from the machine. Without it the test is skipped and says what is missing, and which Debian
 * package brings it; in CI (CI=true) that is a failure, for there .ci/packages has been installed.
 */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { describe, it } from "vitest";

/** Debian's packages for each program; .ci/packages lists them too (test/repository.test.ts compares). */
export const PACKAGES = {
  "ansible-playbook": "ansible-core",
  bash: "bash",
  busybox: "busybox",
  chromium: "chromium",
  dash: "dash",
  dot: "graphviz",
  emacs: "elpa-eglot emacs-nox",
  fish: "fish",
  git: "git",
  ip: "iproute2",
  iptables: "iptables",
  jq: "jq",
  keepalived: "keepalived",
  make: "make",
  mandoc: "mandoc",
  nft: "nftables",
  nvim: "neovim",
  "pre-commit": "pre-commit",
  tmux: "tmux",
  vim: "vim vim-ale",
  zsh: "zsh",
} as const;

export type Program = keyof typeof PACKAGES;

/** Where a program is: its absolute path, or undefined. Looks where root's programs are too, which a user's PATH may lack. */
export const whereIs = (program: Program): string | undefined =>
  [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/sbin"]
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

/** A `describe` whose tests need these programs. `lacks`: what else is missing on this machine, asked when the programs are there. */
export const describeWith = (programs: readonly Program[], title: string, body: () => void, lacks?: () => string | undefined): void => {
  const missing = programs.filter((program) => whereIs(program) === undefined);
  const other = missing.length === 0 ? lacks?.() : undefined;
  if (missing.length === 0 && other === undefined) {
    describe(title, body);
    return;
  }
  const packages = missing.map((program) => PACKAGES[program]).join(" ");
  const reason = other === undefined ? `needs ${missing.join(", ")}: apt-get install ${packages}` : `needs ${other}`;
  describe(title, () => {
    if (process.env["CI"] === "true") {
      it(reason, () => {
        throw new Error(reason);
      });
    } else it.skip(reason);
  });
};
