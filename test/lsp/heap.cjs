/** Loaded before the server (`node --expose-gc -r`): told SIGUSR2, it collects garbage and writes the bytes in use to stderr. */
process.on("SIGUSR2", () => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`heap ${heapUsed + external}\n`);
});
