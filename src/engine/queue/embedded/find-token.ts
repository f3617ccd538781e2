// Owns the rows of tokens for programs.
import type { ApiToken } from '../api-token.ts';
import { optionalNumber } from './run-of-row.ts';
import type { SqlFile, SqlRow } from './sql-file.ts';

export function addTokenRow(file: SqlFile, token: ApiToken): 'added' | 'name-taken' {
  const { hash, name, scopes, madeAt, expiresAt } = token;
  if (file.all('SELECT 1 AS taken FROM token WHERE name = ?', name).length > 0) return 'name-taken';
  file.run(
    'INSERT INTO token (hash, name, scopes, made_at, expires_at) VALUES (?, ?, ?, ?, ?)',
    ...[hash, name, JSON.stringify(scopes), madeAt, expiresAt ?? null],
  );
  return 'added';
}

/** A token that is still good. */
export function findToken(file: SqlFile, hash: string, at: number): ApiToken | undefined {
  const [row] = file.all(
    'SELECT * FROM token WHERE hash = ? AND (expires_at IS NULL OR expires_at > ?)',
    hash,
    at,
  );
  return row && tokenOfRow(row);
}

export function listTokens(file: SqlFile): readonly ApiToken[] {
  return file.all('SELECT * FROM token ORDER BY name').map(tokenOfRow);
}

export function removeTokenRow(file: SqlFile, name: string): boolean {
  return file.run('DELETE FROM token WHERE name = ?', name).changes > 0;
}

function tokenOfRow(row: SqlRow): ApiToken {
  const expiresAt = optionalNumber(row.expires_at);
  return {
    hash: String(row.hash),
    name: String(row.name),
    scopes: JSON.parse(String(row.scopes)),
    madeAt: Number(row.made_at),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}
