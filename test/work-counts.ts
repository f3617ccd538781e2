// Owns counting how often each place of our code is run, so that a test can hold how work grows without measuring time.
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { elementCountsOf } from './element-counts.ts';

// Calls that the optimiser has put into their callers are not counted.
setFlagsFromString('--no-opt');

const src = new URL('../src/', import.meta.url).href;

/** How often each function and branch below src was run, by its file and place in the executed text. */
export async function countsOf(work: () => void): Promise<ReadonlyMap<string, number>> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const counts = new Map<string, number>();
    for (const { url, functions } of result) {
      const href = url.startsWith('/') ? new URL(url, 'file:').href : url;
      if (!href.startsWith(src)) continue;
      const file = fileURLToPath(href).slice(fileURLToPath(src).length);
      for (const { functionName, ranges } of functions)
        for (const { startOffset, count } of ranges)
          counts.set(`${file} ${functionName} at ${startOffset}`, count);
    }
    return counts;
  } finally {
    session.disconnect();
  }
}

/**
 * Places that are run four times as often for twice the work, or whose built-in methods look at four times as many
 * elements and characters: what grows with the square, or faster.
 */
export async function squaresOf(work: (size: number) => void, size: number): Promise<readonly string[]> {
  work(3); // What is built once is built now.
  const countsAt = async (times: number) => {
    const counts = await countsOf(() => work(times));
    return [...counts, ...elementCountsOf(() => work(times), src)];
  };
  const once = new Map(await countsAt(size));
  const twice = await countsAt(2 * size);
  return twice
    .filter(([place, count]) => count > 20 * size && count > 3 * (once.get(place) ?? 0))
    .sort(([, left], [, right]) => right - left)
    .map(([place, count]) => `${place}: ${once.get(place) ?? 0}, then ${count}`);
}
