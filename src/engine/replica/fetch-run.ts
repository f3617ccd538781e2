// Owns making the folder of a run of what the database of the fleet holds of it.
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { RunFolder } from '../journal/run-folder.ts';
import type { PgDatabase } from '../postgres/pg-database.ts';

/** What was found of a run. */
export interface FetchedRun {
  /** Lines of its journal, and the bytes that they take. */
  readonly lines: number;
  readonly offset: number;
  /** Who has written the last of them; undefined where there are none. */
  readonly lastBy?: string;
}

/**
 * Makes the folder anew of what is kept; nothing else stays in it. The journal comes last: a folder without one is a run
 * that never began. Throws `DatabaseUnavailable`, and the system's errors.
 */
export async function fetchRun(database: PgDatabase, folder: RunFolder): Promise<FetchedRun> {
  rmSync(folder.path, { recursive: true, force: true });
  const { rows } = await database.query('SELECT worker, line FROM run_line WHERE run = $1 ORDER BY seq', [
    folder.id,
  ]);
  if (rows.length === 0) return { lines: 0, offset: 0 };
  for (const path of [folder.path, folder.outputs, folder.state])
    mkdirSync(path, { recursive: true, mode: 0o700 });
  await fetchFiles(database, folder);
  const journal = Buffer.from(rows.map(({ line }) => `${line}\n`).join(''));
  writeFileSync(folder.journal, journal, { mode: 0o600 });
  return { lines: rows.length, offset: journal.length, lastBy: String(rows.at(-1)?.worker) };
}

/** Piece by piece: an output may be larger than the memory. */
async function fetchFiles(database: PgDatabase, folder: RunFolder): Promise<void> {
  const { rows } = await database.query('SELECT path, at FROM run_file WHERE run = $1 ORDER BY path, at', [
    folder.id,
  ]);
  for (const { path, at } of rows) {
    const target = join(folder.path, normalize(join('/', String(path))));
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const piece = await database.query(
      'SELECT bytes FROM run_file WHERE run = $1 AND path = $2 AND at = $3',
      [folder.id, String(path), Number(at)],
    );
    const bytes = piece.rows[0]?.bytes;
    const descriptor = openSync(target, 'a', 0o600);
    try {
      if (bytes instanceof Uint8Array && bytes.length > 0)
        writeSync(descriptor, bytes, 0, bytes.length, null);
    } finally {
      closeSync(descriptor);
    }
  }
}
