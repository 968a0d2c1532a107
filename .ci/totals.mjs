/**
 * `node .ci/totals.mjs FOLDER [FAILED STEP…]` adds up vitest's JSON reports in FOLDER and prints "N passed, N failed" as the
 * last line. A step that failed without a failed test (it could not run, or it is no test) counts as one failure.
 */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

const [folder, ...failedSteps] = process.argv.slice(2);

const reports = readdirSync(folder).map((name) => ({
  step: `npm ${name === "test.json" ? "test" : `run ${name.replace("-", ":").replace(".json", "")}`}`,
  ...JSON.parse(readFileSync(path.join(folder, name), "utf8")),
}));
for (const { step, numPassedTests, numFailedTests, numPendingTests } of reports) {
  console.log(`${step}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
}

const told = new Set(reports.filter(({ numFailedTests }) => numFailedTests > 0).map(({ step }) => step));
const untold = failedSteps.filter((step) => !told.has(step));
if (failedSteps.length > 0) console.log(`failed: ${failedSteps.join(", ")}`);

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const passed = sum(reports.map(({ numPassedTests }) => numPassedTests));
const failed = sum(reports.map(({ numFailedTests }) => numFailedTests)) + untold.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
