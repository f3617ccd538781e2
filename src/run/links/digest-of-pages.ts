// Owns the digest of a page together with all pages that it links to.
import { hash } from 'node:crypto';
import type { Runbook } from '../../runbook/runbook.ts';
import type { LinkedFile } from '../plan.ts';
import { folderOf, joinPath } from './join-path.ts';
import { writtenLinks } from './written-links.ts';

/**
 * SHA-256 in hexadecimal of a page alone where it links to none. Otherwise of the lines that `sha256sum` prints for
 * it, by its bare name, and for all pages behind it, once each, in the order of their paths from its folder.
 */
export function digestOfPages(page: LinkedFile, linked: readonly LinkedFile[]): string {
  if (linked.length === 0) return page.digest;
  const others = linked.toSorted((left, right) => (left.file < right.file ? -1 : 1));
  const lines = [page, ...others].map(({ digest, file }) => `${digest}  ${file}\n`);
  return hash('sha256', lines.join(''), 'hex');
}

/** A linked page as it was read. */
interface ReadPage {
  readonly runbook: Runbook;
  readonly digest: string;
}

/** The digest that a linked page would have if it were opened itself; `pages` by their paths from the opened one. */
export function digestOfLinked(file: string, pages: ReadonlyMap<string, ReadPage>): string {
  const behind = new Map<string, LinkedFile>();
  const visit = (page: string, own: string): void => {
    const read = pages.get(page);
    if (read === undefined) return;
    for (const { link } of writtenLinks(read.runbook).values()) {
      const next = joinPath(folderOf(page), link.target);
      const nextOwn = joinPath(folderOf(own), link.target);
      const found = pages.get(next);
      if (found === undefined || behind.has(nextOwn) || nextOwn === name) continue;
      behind.set(nextOwn, { file: nextOwn, digest: found.digest });
      visit(next, nextOwn);
    }
  };
  const name = file.slice(file.lastIndexOf('/') + 1);
  visit(file, name);
  return digestOfPages({ file: name, digest: pages.get(file)?.digest ?? '' }, [...behind.values()]);
}
