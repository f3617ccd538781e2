// Owns what lists say of many pages: what is kept of them, and the rest read by as many threads as help.
import type { SkimmedRunbook } from '../../runbook/skim-runbook.ts';
import { KeptSkims } from './kept-skims.ts';

/** What a list says of each page, in their order; undefined for those that are no runbook or cannot be read. */
export async function skimPages(
  paths: readonly string[],
  kept: KeptSkims = new KeptSkims(),
): Promise<readonly (SkimmedRunbook | undefined)[]> {
  const pages = paths.map((path) => {
    const key = kept.keyOf(path);
    return { path, key, found: kept.find(key) };
  });
  const unread = pages.filter(({ found }) => found === undefined);
  if (unread.length === 0) return pages.map(({ found }) => (found === 'none' ? undefined : found));
  // What understands pages takes longer to load than all else that a list does.
  const [{ loadForList }, { sharePages }] = await Promise.all([
    import('../load/load-runbook.ts'),
    import('../load/share-pages.ts'),
  ]);
  const read = await sharePages(
    unread.map(({ path }) => path),
    undefined,
    loadForList,
    'skim-worker.js',
  );
  const fresh = new Map(unread.map(({ path }, index) => [path, read[index]]));
  for (const { path, key } of unread) kept.keep(path, key, fresh.get(path));
  kept.write();
  return pages.map(({ path, found }) =>
    found === undefined ? fresh.get(path) : found === 'none' ? undefined : found,
  );
}
