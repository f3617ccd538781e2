// Owns bringing what the database of a fleet holds of its runs into a folder of this machine, for those who look at them.
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { type RunId, runId } from '../../basics/address.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { databaseNow } from '../postgres/database-now.ts';
import type { PgDatabase } from '../postgres/pg-database.ts';
import type { MirroredStore } from './mirrored-store.ts';

/** What is here of a run. */
interface Here {
  lines: number;
  /** By path and place, which version of each piece of a file. */
  readonly pieces: Map<string, Map<number, string>>;
}

interface Row {
  readonly id: RunId;
  readonly lines: number;
  readonly mark: string;
}

/** Runs that have ended so long ago can have changed after the last look. */
const slackMs = 120_000;
/** Lines that are brought at once. */
const linesAtOnce = 2_000;
/** What shells leave for later blocks opens what a run keeps to itself: nobody who looks needs it. */
const apart = 'state/';

export class RunMirror {
  readonly #database: PgDatabase;
  readonly #store: MirroredStore;
  readonly #here = new Map<RunId, Here>();
  /** How each run stood when all of it was here. */
  readonly #seen = new Map<RunId, string>();
  #since = 0;

  constructor(database: PgDatabase, store: MirroredStore) {
    this.#database = database;
    this.#store = store;
  }

  /** Brings what is new. Throws `DatabaseUnavailable`, and the system's errors; what is missing then comes with the next look. */
  async look(): Promise<void> {
    const { rows } = await this.#database.query(
      `SELECT id, epoch, status, (SELECT max(seq) FROM run_line WHERE run_line.run = run.id) AS lines,
         CASE status WHEN 'running' THEN (SELECT count(*) FROM run_file WHERE run_file.run = run.id) END AS pieces,
         ${databaseNow} AS now
       FROM run WHERE epoch > 0 AND (ended_at IS NULL OR ended_at > $1)`,
      [this.#since],
    );
    const ended = this.#since === 0 ? this.#ended() : new Set<string>();
    for (const { id, epoch, status, lines, pieces } of rows) {
      const mark = `${epoch} ${status} ${lines} ${pieces}`;
      const run = { id: runId(String(id)), lines: Number(lines ?? 0), mark };
      if (run.lines === 0 || this.#seen.get(run.id) === run.mark) continue;
      if (ended.has(run.id) && linesIn(this.#store.folder(run.id)) === run.lines)
        this.#seen.set(run.id, run.mark);
      else await this.#bring(run);
      if (status === 'ended') this.#here.delete(run.id);
    }
    this.#store.running = new Set(
      rows.filter(({ status }) => status === 'running').map(({ id }) => String(id)),
    );
    const now = rows[0]?.now;
    if (now !== undefined) this.#since = Number(now) - slackMs;
  }

  /** Takes away the runs that the database holds no more. Throws as `look` does. */
  async tidy(): Promise<void> {
    const { rows } = await this.#database.query('SELECT id FROM run');
    const kept = new Set(rows.map(({ id }) => String(id)));
    for (const { id, folder } of this.#store.newest())
      if (!kept.has(id)) {
        rmSync(folder.path, { recursive: true, force: true });
        this.#seen.delete(id);
      }
  }

  /** Their summaries say so, which come last. */
  #ended(): ReadonlySet<string> {
    const open = new Set([...this.#store.notEnded()].map(({ id }) => id as string));
    return new Set([...this.#store.newest()].map(({ id }) => id as string).filter((id) => !open.has(id)));
  }

  async #bring({ id, lines, mark }: Row): Promise<void> {
    const folder = this.#store.folder(id);
    let here = this.#here.get(id);
    if (here === undefined) {
      rmSync(folder.path, { recursive: true, force: true });
      for (const path of [folder.path, folder.outputs]) mkdirSync(path, { recursive: true, mode: 0o700 });
      here = { lines: 0, pieces: new Map() };
      this.#here.set(id, here);
    }
    try {
      const summary = await this.#bringFiles(folder, here);
      while (here.lines < lines && (await this.#bringLines(folder, here)));
      await summary();
    } catch (error) {
      // What was brought half is brought anew.
      this.#here.delete(id);
      throw error;
    }
    this.#seen.set(id, mark);
  }

  /** What a record names is here when the record is. Gives what brings the summary, which says that all is here. */
  async #bringFiles(folder: RunFolder, { pieces }: Here): Promise<() => Promise<void>> {
    const { rows } = await this.#database.query(
      'SELECT path, at, xmin::text AS version FROM run_file WHERE run = $1 AND NOT starts_with(path, $2) ORDER BY path, at',
      [folder.id, apart],
    );
    const found = new Map<string, Map<number, string>>();
    for (const { path, at, version } of rows) {
      const ofPath = found.get(String(path)) ?? new Map<number, string>();
      found.set(String(path), ofPath.set(Number(at), String(version)));
    }
    for (const path of [...pieces.keys()].filter((path) => !found.has(path))) {
      rmSync(placeOf(folder, path), { force: true });
      pieces.delete(path);
    }
    let summary = async (): Promise<void> => {};
    for (const [path, ofPath] of found) {
      const bring = async (): Promise<void> => {
        await this.#bringFile(folder, path, pieces.get(path), ofPath);
        pieces.set(path, ofPath);
      };
      if (path === basename(folder.summary)) summary = bring;
      else await bring();
    }
    return summary;
  }

  /** What has only grown is added to; everything else is another file. */
  async #bringFile(
    folder: RunFolder,
    path: string,
    before: ReadonlyMap<number, string> | undefined,
    now: ReadonlyMap<number, string>,
  ): Promise<void> {
    const isGrown = before !== undefined && [...before].every(([at, version]) => now.get(at) === version);
    const missing = [...now.keys()].filter((at) => !isGrown || !before.has(at));
    if (missing.length === 0) return;
    const target = placeOf(folder, path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const written = isGrown ? target : `${target}.new`;
    if (!isGrown) rmSync(written, { force: true });
    const descriptor = openSync(written, isGrown ? 'r+' : 'w', 0o600);
    try {
      for (const at of missing) {
        const { rows } = await this.#database.query(
          'SELECT bytes FROM run_file WHERE run = $1 AND path = $2 AND at = $3',
          [folder.id, path, at],
        );
        const bytes = rows[0]?.bytes;
        if (bytes instanceof Uint8Array && bytes.length > 0)
          writeSync(descriptor, bytes, 0, bytes.length, at);
      }
    } finally {
      closeSync(descriptor);
    }
    if (!isGrown) renameSync(written, target);
  }

  /** False where there are no more of them: the run was taken away just now. */
  async #bringLines(folder: RunFolder, here: Here): Promise<boolean> {
    const { rows } = await this.#database.query(
      'SELECT seq, line FROM run_line WHERE run = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      [folder.id, here.lines, linesAtOnce],
    );
    if (rows.length === 0) return false;
    appendFileSync(folder.journal, rows.map(({ line }) => `${line}\n`).join(''), { mode: 0o600 });
    here.lines = Number(rows.at(-1)?.seq);
    return true;
  }
}

function linesIn({ journal }: RunFolder): number {
  let count = 0;
  for (const byte of readFileSync(journal)) if (byte === 0x0a) count += 1;
  return count;
}

/** Never outside of the run's folder. */
function placeOf(folder: RunFolder, path: string): string {
  return join(folder.path, normalize(join('/', path)));
}
