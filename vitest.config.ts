import { defineConfig } from "vitest/config";

/**
 * Three projects: `unit` needs nothing but Node, `host` needs Debian packages (the daemon, editors, namespaces), `vscode` what
 * test/e2e/package.json names and a browser. `npm test`, `npm run test:host` and `npm run test:vscode` choose.
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
      {
        test: {
          name: "vscode",
          include: ["test/e2e/*.test.ts"],
          // A browser with an editor in it, on a machine that may be busy.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
    coverage: { include: ["grammar/**", "server/**"], reporter: ["text-summary", "html"] },
  },
});
