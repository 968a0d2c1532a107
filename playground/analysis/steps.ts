/** Long work in pieces, so that a newer question is heard while an older one is worked on. */

/** How long the worker is deaf at most, in milliseconds. */
const patience = 10;

/** A message to itself comes back behind those that wait; a timer would be held back by four milliseconds. */
const pause = async (): Promise<void> => {
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.addEventListener("message", () => resolve());
    port1.start();
    port2.postMessage(undefined);
  });
  port1.close();
};

/** A pause, and whether the work is of no use any more. */
export const between = async (isOutdated: () => boolean): Promise<boolean> => {
  await pause();
  return isOutdated();
};

/** How long nobody types before what can wait is made, in milliseconds. */
const quiet = 120;

/** The same after a moment of quiet: what follows cannot be stopped half way. */
export const calm = async (isOutdated: () => boolean): Promise<boolean> => {
  await new Promise<void>((resolve) => void setTimeout(resolve, quiet));
  return isOutdated();
};

/** Runs to the end; undefined when it was given up because something newer is wanted. */
export const drive = async <T>(steps: Generator<undefined, T, undefined>, isOutdated: () => boolean): Promise<T | undefined> => {
  for (let since = performance.now(); ;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < patience) continue;
    // oxlint-disable-next-line no-await-in-loop -- the pause is the purpose
    if (await between(isOutdated)) return undefined;
    since = performance.now();
  }
};
