// Owns the rows of links for one answer.
import type { RunId } from '../../../basics/address.ts';
import type { AnswerLink, LinkUse } from '../answer-link.ts';
import { optionalNumber } from './run-of-row.ts';
import { all, change, type Sql } from './sql.ts';

export function* addLinkRow(link: AnswerLink): Sql<void> {
  const { hash, run, address, person, digest, expiresAt, usedAt } = link;
  yield* change(
    'INSERT INTO link (hash, run, address, person, digest, expires_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[hash, run, address, person, digest, expiresAt, usedAt ?? null],
  );
}

export function* findLink(hash: string): Sql<AnswerLink | undefined> {
  const [row] = yield* all('SELECT * FROM link WHERE hash = ?', hash);
  if (row === undefined) return undefined;
  const usedAt = optionalNumber(row.used_at);
  return {
    hash: String(row.hash),
    run: row.run as RunId,
    address: String(row.address),
    person: String(row.person),
    digest: String(row.digest),
    expiresAt: Number(row.expires_at),
    ...(usedAt !== undefined && { usedAt }),
  };
}

export function* useLinkRow(hash: string, at: number): Sql<LinkUse> {
  const link = yield* findLink(hash);
  if (link === undefined) return { type: 'unknown' };
  if (link.usedAt !== undefined) return { type: 'used-before', link };
  if (link.expiresAt <= at) return { type: 'expired', link };
  yield* change('UPDATE link SET used_at = ? WHERE hash = ?', at, hash);
  return { type: 'used', link: { ...link, usedAt: at } };
}

export function* freeLinkRow(hash: string, usedAt: number): Sql<void> {
  yield* change('UPDATE link SET used_at = NULL WHERE hash = ? AND used_at = ?', hash, usedAt);
}
