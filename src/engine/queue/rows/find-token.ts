// Owns the rows of tokens for programs.
import type { ApiToken } from '../api-token.ts';
import { optionalNumber } from './run-of-row.ts';
import { all, change, type Sql, type SqlRow } from './sql.ts';

export function* addTokenRow(token: ApiToken): Sql<'added' | 'name-taken'> {
  const { hash, name, person, scopes, madeAt, expiresAt } = token;
  if ((yield* all('SELECT 1 AS taken FROM token WHERE name = ?', name)).length > 0) return 'name-taken';
  yield* change(
    'INSERT INTO token (hash, name, person, scopes, made_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    ...[hash, name, person ?? null, JSON.stringify(scopes), madeAt, expiresAt ?? null],
  );
  return 'added';
}

/** A token that is still good. */
export function* findToken(hash: string, at: number): Sql<ApiToken | undefined> {
  const [row] = yield* all(
    'SELECT * FROM token WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)',
    hash,
    at,
  );
  return row && tokenOfRow(row);
}

export function* listTokens(): Sql<readonly ApiToken[]> {
  return (yield* all('SELECT * FROM token ORDER BY name')).map(tokenOfRow);
}

export function* removeTokenRow(name: string): Sql<boolean> {
  return (yield* change('DELETE FROM token WHERE name = ?', name)) > 0;
}

function tokenOfRow(row: SqlRow): ApiToken {
  const expiresAt = optionalNumber(row.expires_at);
  return {
    hash: String(row.hash),
    name: String(row.name),
    ...(row.person !== null && { person: String(row.person) }),
    scopes: JSON.parse(String(row.scopes)),
    madeAt: Number(row.made_at),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}
