// Preloaded into a measured program: tells its largest size in kilobytes on the descriptor 3.
const { writeSync } = require("node:fs");
process.on("exit", () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
