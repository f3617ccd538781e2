// Owns what the pages of a run are on the disk at this moment.
import { basename } from 'node:path';
import { digestOfRunbook } from './digest-of-runbook.ts';
import { loadPlan } from './load-plan.ts';
import { loadRunbook } from './load-runbook.ts';

/**
 * Digests of a runbook and of all that it links to, results and ticks left out, by their file: relative to the
 * runbook's folder. A page that cannot be read has an empty one.
 */
export function pagesNow(path: string): Readonly<Record<string, string>> {
  const { runbook } = loadRunbook(path);
  if (runbook === undefined) return { [basename(path)]: '' };
  const linked = loadPlan(runbook).plan.linked ?? [];
  const pages = [{ file: basename(path), digest: digestOfRunbook(runbook) }, ...linked];
  return Object.fromEntries(pages.map(({ file, digest }) => [file, digest.slice(0, 12)]));
}
