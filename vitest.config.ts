import { defineConfig } from "vitest/config";

/**
 * Two projects: `unit` needs nothing but Node, `host` needs Debian packages (the daemon, editors, namespaces).
 * `npm test` and `npm run test:host` choose; test/e2e has a package of its own.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // Property tests and started processes, on a machine that may be busy.
          testTimeout: 30_000,
          include: ["test/**/*.test.ts"],
          exclude: ["test/host/**", "test/e2e/**"],
        },
      },
      {
        test: {
          name: "host",
          include: ["test/host/**/*.test.ts"],
          // Daemons and editors start, answer and stop.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They share ports, namespaces and the machine's two cores.
          fileParallelism: false,
        },
      },
    ],
    coverage: { include: ["grammar/**", "server/**"], reporter: ["text-summary", "html"] },
  },
});
