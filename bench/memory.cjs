// Preloaded into a measured program, and with it into its threads: tells the largest size of the whole in kilobytes on the descriptor 3.
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");
if (isMainThread)
  process.on("exit", () => {
    writeSync(3, String(process.resourceUsage().maxRSS));
  });
