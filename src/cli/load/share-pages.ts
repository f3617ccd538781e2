// Owns sharing many pages out among threads, where there is more than one processor.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What all threads have in common: who takes a page counts up first. */
export interface SharedPages<Task> {
  readonly paths: readonly string[];
  /** What is to be known of each page; passed on to other threads as data. */
  readonly task: Task;
  /** The number of the page that nobody has taken yet. */
  readonly next: Int32Array;
}

/** Pages by their number, with what was found out of each. */
export type TakenPages<Page> = readonly (readonly [index: number, page: Page])[];

/** Fewer are read before another thread has begun. */
const pagesForThread = 40;
/** More would wait for the disk and take memory. */
const mostThreads = 4;

/** What `read` gives for each path, in their order; `worker` is the file of `dist` that does the same elsewhere. */
export async function sharePages<Task, Page>(
  paths: readonly string[],
  task: Task,
  read: (path: string, task: Task) => Page,
  worker: string,
): Promise<readonly Page[]> {
  const shared: SharedPages<Task> = { paths, task, next: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(paths.length / pagesForThread));
  const others = Array.from({ length: Math.max(0, threads - 1) }, () =>
    takeElsewhere<Task, Page>(shared, worker),
  );
  const taken = new Map(takePages(shared, read));
  for (const [index, page] of (await Promise.all(others)).flat()) taken.set(index, page);
  // Where a thread could not begin, or was ended, what it had taken is still to be read.
  return paths.map((path, index) => (taken.has(index) ? (taken.get(index) as Page) : read(path, task)));
}

/** Reads pages that nobody has taken until there are none. */
export function takePages<Task, Page>(
  { paths, task, next }: SharedPages<Task>,
  read: (path: string, task: Task) => Page,
): TakenPages<Page> {
  const taken: [number, Page][] = [];
  for (;;) {
    const index = Atomics.add(next, 0, 1);
    const path = paths[index];
    if (path === undefined) return taken;
    taken.push([index, read(path, task)]);
  }
}

/** What another thread has read; nothing where there is none. */
function takeElsewhere<Task, Page>(shared: SharedPages<Task>, file: string): Promise<TakenPages<Page>> {
  return new Promise((resolve) => {
    const worker = new Worker(fileURLToPath(new URL(`./${file}`, import.meta.url)), { workerData: shared });
    worker.once('message', resolve);
    worker.once('error', () => resolve([]));
    worker.once('exit', () => resolve([]));
  });
}
