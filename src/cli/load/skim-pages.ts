// Owns reading many pages for a list: side by side where there is more than one processor.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SkimmedRunbook } from '../../runbook/skim-runbook.ts';
import { loadForList } from './load-runbook.ts';

/** What all threads have in common: who takes a page counts up first. */
export interface SharedPages {
  readonly paths: readonly string[];
  /** The number of the page that nobody has taken yet. */
  readonly next: Int32Array;
}

/** Pages by their number, with what a list says of each. */
export type SkimmedPages = readonly (readonly [index: number, page: SkimmedRunbook | undefined])[];

/** Fewer are read before another thread has begun. */
const pagesForThread = 40;
/** More would wait for the disk and take memory. */
const mostThreads = 4;

const workerFile = fileURLToPath(new URL('./skim-worker.js', import.meta.url));

/** What a list says of each page, in their order; undefined as by `loadForList`. */
export async function skimPages(paths: readonly string[]): Promise<readonly (SkimmedRunbook | undefined)[]> {
  const pages: SharedPages = { paths, next: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(paths.length / pagesForThread));
  const others = Array.from({ length: Math.max(0, threads - 1) }, () => skimElsewhere(pages));
  const skimmed = new Map(takePages(pages));
  for (const [index, page] of (await Promise.all(others)).flat()) skimmed.set(index, page);
  // Where a thread could not begin, or was ended, what it had taken is still to be read.
  return paths.map((path, index) => (skimmed.has(index) ? skimmed.get(index) : loadForList(path)));
}

/** Reads pages that nobody has taken until there are none. */
export function takePages({ paths, next }: SharedPages): SkimmedPages {
  const skimmed: [number, SkimmedRunbook | undefined][] = [];
  for (;;) {
    const index = Atomics.add(next, 0, 1);
    const path = paths[index];
    if (path === undefined) return skimmed;
    skimmed.push([index, loadForList(path)]);
  }
}

/** What another thread has read; nothing where there is none. */
function skimElsewhere(pages: SharedPages): Promise<SkimmedPages> {
  return new Promise((resolve) => {
    const worker = new Worker(workerFile, { workerData: pages });
    worker.once('message', resolve);
    worker.once('error', () => resolve([]));
    worker.once('exit', () => resolve([]));
  });
}
