/** KALINT_SOAK=10000 soaks longer than every run of the tests can. */
import { CodeActionRequest } from "vscode-languageserver/node";
import { afterEach, expect, it } from "vitest";
import { type Editor, startEditor, uriOf } from "./editor.ts";
import { chanceFrom, type Ground, languageOf, soakGround, startSoak } from "./soak.ts";

const steps = Number(process.env["KALINT_SOAK"] ?? 1000);
const rounds = Math.max(5, Math.ceil(steps / 1000));
const patience = Math.max(90_000, steps * 300);

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const start = async (ground: Ground, options?: unknown): Promise<Editor> => {
  const editor = await startEditor([ground.folder], { measured: true, options });
  cleanups.push(() => editor.kill());
  return editor;
};

/** What an editor shows now, file by file. */
const shown = ({ known }: Editor): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...known].filter(([, { diagnostics }]) => diagnostics.length > 0).map(([uri, { diagnostics }]) => [uri, diagnostics] as const),
  );

/** Waits until what was changed is judged and shown. */
const quiet = async (editor: Editor, { folder }: Ground): Promise<void> => {
  const textDocument = { uri: uriOf(folder, "mysql-dual-master") };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  await editor.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } });
  let last = "";
  const same = (): boolean => last === (last = JSON.stringify([...editor.known])) && last !== "[]";
  await expect.poll(same, { interval: 400, timeout: 30_000 }).toBe(true);
};

/** From one to the next: the median of the slopes of all pairs, which no single outlier moves. */
const slope = (values: readonly number[]): number => {
  const slopes = values.flatMap((from, i) => values.slice(i + 1).map((to, j) => (to - from) / (j + 1))).toSorted((a, b) => a - b);
  return slopes[slopes.length >> 1]!;
};

const shownSizes = (megabytes: readonly number[]): string => megabytes.map((each) => each.toFixed(2)).join(", ");

it(
  `${steps} random steps on twenty nodes: every request answered, findings and memory as of a fresh start`,
  { timeout: patience },
  async () => {
    const ground = soakGround();
    cleanups.push(ground.remove);
    const editor = await start(ground);
    const soak = startSoak(editor, ground, chanceFrom(20261128));
    await quiet(editor, ground);
    const atFirst = shown(editor);
    expect(Object.keys(atFirst).length).toBeGreaterThan(5);

    const heaps: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // oxlint-disable no-await-in-loop -- one round after the other
      await soak.steps(steps / rounds);
      await soak.settle();
      await quiet(editor, ground);
      expect(shown(editor)).toEqual(atFirst);
      heaps.push(await editor.heap());
      // oxlint-enable no-await-in-loop
    }
    const megabytes = heaps.map((bytes) => bytes / 2 ** 20);
    // The first rounds fill what is filled once: functions that are compiled at their first call, tables that are made then.
    const settled = megabytes.slice(Math.ceil(rounds * 0.3));
    // Where a megabyte lies between rounds, one generation more of what is remembered happens to be kept.
    expect(slope(settled) * (settled.length - 1), `heap in MB after each round: ${shownSizes(megabytes)}`).toBeLessThan(1);

    // In the middle of the mess a fresh server says the same.
    await soak.steps(Math.ceil(steps / 20));
    await quiet(editor, ground);
    const fresh = await start(ground, soak.settings());
    for (const name of soak.open) {
      const uri = uriOf(ground.folder, name);
      // oxlint-disable-next-line no-await-in-loop -- in order
      await fresh.open(uri, editor.textOf(uri), languageOf(name));
    }
    await quiet(fresh, ground);
    expect(shown(editor)).toEqual(shown(fresh));

    expect(soak.errors).toEqual([]);
    expect(editor.log).toEqual([]);
    expect(await editor.quit()).toBe(0);
    if (process.env["KALINT_SOAK"] !== undefined) {
      const answered = [...soak.answers].map(([method, count]) => `${method} ${count}`).join(", ");
      process.stdout.write(`${answered}\nheap in MB after each round: ${shownSizes(megabytes)}`);
    }
  },
);
