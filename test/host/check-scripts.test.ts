/**
 * Check and notify scripts against bash and dash: the commands they ask are put in their place, each ends with every status in
 * turn, and what the script ends with must have been predicted. A prediction of everything would never be wrong, so it is
 * also counted how many were exact.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { effectsOf } from "../../server/model/effects/script.ts";
import { CHECK_SCRIPTS, type CheckScript } from "./checks/scripts.ts";
import { removeFolder } from "../folders.ts";

/** What the scripts may really run: nothing that changes anything but the folder. */
const HARMLESS = ["awk", "cat", "cut", "date", "grep", "head", "mkdir", "rmdir", "sed", "tail", "tee", "tr", "wc"];

const home = mkdtempSync(path.join(tmpdir(), "kalint-checks-"));
afterAll(() => removeFolder(home));

const programs = path.join(home, "programs");
mkdirSync(programs);
for (const name of HARMLESS) {
  const at = ["/usr/bin", "/bin"].map((folder) => path.join(folder, name)).find((file) => readdirSync(path.dirname(file)).includes(name))!;
  symlinkSync(at, path.join(programs, name));
}

type Behaviour = number | readonly [number, string];

/** Every way in which the commands can behave together. */
const combinations = (commands: CheckScript["commands"]): readonly (readonly (readonly [string, Behaviour])[])[] =>
  Object.entries(commands).reduce<readonly (readonly (readonly [string, Behaviour])[])[]>(
    (all, [name, behaviours]) => all.flatMap((one) => behaviours.map((behaviour) => [...one, [name, behaviour] as const])),
    [[]],
  );

let runs = 0;

const run = (shell: string, text: string, args: readonly string[], behaviours: readonly (readonly [string, Behaviour])[]): number => {
  const own = path.join(home, `run-${runs++}`);
  const stubs = path.join(own, "stubs");
  mkdirSync(stubs, { recursive: true });
  for (const [name, behaviour] of behaviours) {
    const [status, printed] = typeof behaviour === "number" ? [behaviour, ""] : behaviour;
    writeFileSync(path.join(stubs, name), `#!/bin/sh\nprintf '%s' '${printed}'\nexit ${status}\n`);
    chmodSync(path.join(stubs, name), 0o755);
  }
  const script = path.join(own, "script");
  writeFileSync(script, text.replaceAll("FOLDER", own));
  const { status, signal } = spawnSync(`/bin/${shell}`, [script, ...args], {
    cwd: own,
    env: { PATH: `${stubs}:${programs}` },
    stdio: "ignore",
    timeout: 5000,
  });
  removeFolder(own);
  if (status === null) throw new Error(`ended by ${String(signal)}`);
  return status;
};

const SHELLS = [
  { shell: "bash", shebang: "#!/bin/bash" },
  { shell: "dash", shebang: "#!/bin/sh" },
] as const;

const cases = SHELLS.flatMap(({ shell, shebang }) =>
  CHECK_SCRIPTS.filter(({ bash }) => bash === undefined || shell === "bash").map((script) => ({ ...script, shell, shebang })),
);

let exact = 0;

describe("scripts as people write them", () => {
  test.each(cases)("$shell: $name", ({ shell, shebang, text, commands, arguments: args = [] }) => {
    const whole = `${shebang}\n${text}\n`;
    const { endings, complete } = effectsOf(parseShell(whole), { file: "check", arguments: args });
    expect(complete).toBe(true);
    const predicted = new Set(endings.map(({ status }) => status));
    const observed = new Set(combinations(commands).map((behaviours) => run(shell, whole, args, behaviours)));
    if (!predicted.has(undefined)) {
      expect([...predicted]).toEqual(expect.arrayContaining([...observed]));
      if (predicted.size === observed.size) exact++;
    }
  });

  test("most are predicted exactly", () => {
    expect(exact / cases.length).toBeGreaterThan(0.4);
  });
});
