/**
 * How much work a piece of the product does, whatever the clock says: V8 counts how often each block of each source file
 * runs, on a text and on one eight times as long. A loop within a loop over the same things shows in the file that holds it.
 */
import { Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

// The collector may drop the bytecode of functions, and their counts with it.
setFlagsFromString("--no-flush-bytecode");

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/** How often the blocks of each source file ran. */
type Work = ReadonlyMap<string, number>;

const post = <T>(session: Session, method: string, parameters: object = {}): Promise<T> =>
  new Promise((done, fail) => {
    session.post(method, parameters, (error, result) => (error === null ? done(result as T) : fail(error)));
  });

const workOf = async (session: Session, act: () => void): Promise<Work> => {
  await post(session, "Profiler.takePreciseCoverage");
  act();
  const { result } = await post<Coverage>(session, "Profiler.takePreciseCoverage");
  const work = new Map<string, number>();
  for (const { url, functions } of result) {
    const file = /(?:^|\/)((?:grammar|server)\/[^?]*\.ts)/u.exec(url)?.[1];
    if (file === undefined) continue;
    const counts = functions.flatMap(({ ranges }) => ranges.map(({ count }) => count));
    work.set(file, (work.get(file) ?? 0) + counts.reduce((sum, count) => sum + count, 0));
  }
  return work;
};

const larger = (a: Work, b: Work): Work =>
  new Map([...new Set([...a.keys(), ...b.keys()])].map((file) => [file, Math.max(a.get(file) ?? 0, b.get(file) ?? 0)]));

/**
 * The files whose work grows to more than twelve times on eight times the size, as "FILE: small → large", and how many files
 * worked at all. `allowance` is what a file may do more in any case.
 */
export const growth = async (
  act: (size: number) => void,
  { size, allowance }: { readonly size: number; readonly allowance: number },
): Promise<{ readonly grown: readonly string[]; readonly files: readonly string[] }> => {
  const session = new Session();
  session.connect();
  try {
    await post(session, "Profiler.enable");
    await post(session, "Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    // What is made once at the first use is not counted.
    await workOf(session, () => act(4));
    const small = larger(await workOf(session, () => act(size)), await workOf(session, () => act(size)));
    const large = await workOf(session, () => act(8 * size));
    const grown = [...large].filter(([file, count]) => count > 12 * (small.get(file) ?? 0) + allowance);
    return { grown: grown.map(([file, count]) => `${file}: ${small.get(file) ?? 0} → ${count}`), files: [...small.keys()] };
  } finally {
    session.disconnect();
  }
};
