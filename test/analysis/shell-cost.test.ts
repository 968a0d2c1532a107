/** The work of reading a shell script and of following what it does grows with its size and no faster: see cost.test.ts. */
import { Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { effectsOf } from "../../server/model/effects/script.ts";

// The collector may drop the bytecode of functions, and their counts with it.
setFlagsFromString("--no-flush-bytecode");

const repeat = (times: number, make: (i: number) => string): string => Array.from({ length: times }, (_, i) => make(i)).join("");

const texts: Readonly<Record<string, (count: number) => string>> = {
  "a long chain of &&": (count) => `${repeat(count, (i) => `c${i} && `)}true\n`,
  "a long chain of ||": (count) => `${repeat(count, (i) => `c${i} || `)}false\n`,
  "a long pipeline": (count) => `${repeat(count, (i) => `c${i} | `)}cat\n`,
  "many arms of a case": (count) => `case "$1" in\n${repeat(count, (i) => `s${i}) ip addr add 10.0.0.${i % 250} dev eth0 ;;\n`)}esac\n`,
  "many functions": (count) => repeat(count, (i) => `f${i}() { v${i}=${i}; echo "$v${i}"; }\nf${i} "$1"\n`),
  "many substitutions in each other": (count) => repeat(count, (i) => `x${i}=$(a "$(b $(c "\${d:-$(e)}"))")\n`),
  "many heredocs": (count) => repeat(count, (i) => `cat <<E${i} <<'F'\n$x $(date) text\nE${i}\n$x\nF\n`),
  "many braces, arrays and expressions": (count) => repeat(count, (i) => `declare a${i}=(1 2)\nc {$x,b} $(( $(d) + ${i} ))\n`),
};

const post = <T>(session: Session, method: string, parameters: object = {}): Promise<T> =>
  new Promise((done, fail) => {
    session.post(method, parameters, (error, result) => (error === null ? done(result as T) : fail(error)));
  });

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/** How often the blocks of each source file run while a script is read and followed. */
const workOn = async (session: Session, text: string): Promise<ReadonlyMap<string, number>> => {
  await post(session, "Profiler.takePreciseCoverage");
  const script = parseShell(text);
  const { complete } = effectsOf(script, { file: "script.sh" });
  const { result } = await post<Coverage>(session, "Profiler.takePreciseCoverage");
  expect(script.problems).toEqual([]);
  expect(complete).toBe(true);
  const work = new Map<string, number>();
  for (const { url, functions } of result) {
    const file = /(?:^|\/)((?:grammar|server)\/[^?]*\.ts)/u.exec(url)?.[1];
    if (file === undefined) continue;
    const counts = functions.flatMap(({ ranges }) => ranges.map(({ count }) => count));
    work.set(file, (work.get(file) ?? 0) + counts.reduce((sum, count) => sum + count, 0));
  }
  return work;
};

test.each(Object.entries(texts))("%s: eight times the script is at most twelve times the work", { timeout: 60_000 }, async (_, make) => {
  const session = new Session();
  session.connect();
  try {
    await post(session, "Profiler.enable");
    await post(session, "Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    // What is made once at the first use is not counted.
    await workOn(session, make(4));
    const small = await workOn(session, make(32));
    const large = await workOn(session, make(256));
    expect(small.size).toBeGreaterThan(10);
    const grown = [...large].filter(([file, count]) => count > 12 * (small.get(file) ?? 0) + 2000);
    expect(grown.map(([file, count]) => `${file}: ${small.get(file) ?? 0} → ${count}`)).toEqual([]);
  } finally {
    session.disconnect();
  }
});
