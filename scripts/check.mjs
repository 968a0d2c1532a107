/**
 * `npm run check [-- STEP…]`: every `check:STEP` script of package.json, one after the other, to the end even when one
 * fails. What a failing step printed is shown; the exit status is 1 when any failed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const known = Object.keys(scripts).flatMap((name) => (name.startsWith("check:") ? [name.slice("check:".length)] : []));

const asked = process.argv.slice(2);
const strange = asked.filter((step) => !known.includes(step));
if (strange.length > 0) {
  console.error(`check: no step ${strange.join(", ")}; there are ${known.join(", ")}`);
  process.exit(2);
}

const env = { ...process.env, PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}` };

const failed = (asked.length > 0 ? asked : known).filter((step) => {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(scripts[`check:${step}`], { cwd: root, env, shell: true, encoding: "utf8" });
  const good = status === 0;
  console.log(`${good ? "ok  " : "FAIL"} ${step.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  if (!good) console.log([stdout, stderr, error?.message].filter(Boolean).join("\n"));
  return !good;
});

if (failed.length > 0) {
  console.log(`check: ${failed.join(", ")} failed`);
  process.exitCode = 1;
}
