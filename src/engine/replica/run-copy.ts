// Owns keeping what a run writes in the database of the fleet, as long as the run is its holder's.
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFolder } from '../journal/run-folder.ts';
import type { PgDatabase, PgValue } from '../postgres/pg-database.ts';
import { type ChangedFile, FolderWatch } from './folder-watch.ts';

/** Another worker has the run by now: nothing that this one writes counts any more. */
export class Fenced extends Error {
  override readonly name = 'Fenced';

  constructor() {
    super('another worker has taken the run over');
  }
}

/** Who writes. */
export interface CopyHolder {
  readonly worker: string;
  readonly epoch: number;
}

/** Bytes of one piece of a file, and of what one statement sends beside the journal. */
const pieceBytes = 1_048_576;
const togetherBytes = 8 * pieceBytes;
/** The end of a chain of lines has to be whole; a longer journal is read in parts. */
const lineFeed = 0x0a;

interface Piece {
  readonly path: string;
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** Files whose earlier pieces are wrong from a size on; altogether where that is below 0. */
type Leftovers = readonly { readonly path: string; readonly size: number }[];

/**
 * The copy of one run by one holder. What is there already is `lines` of the journal, `offset` bytes. One thing after the
 * other: a second commit waits for the first.
 */
export class RunCopy {
  readonly #database: PgDatabase;
  readonly #folder: RunFolder;
  readonly #holder: CopyHolder;
  readonly #files: FolderWatch;
  readonly #nowMs: () => number;
  #offset: number;
  #lines: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    database: PgDatabase,
    folder: RunFolder,
    holder: CopyHolder,
    start: { readonly lines: number; readonly offset: number; readonly nowMs: () => number },
  ) {
    this.#database = database;
    this.#folder = folder;
    this.#holder = holder;
    this.#files = new FolderWatch(folder.path);
    this.#nowMs = start.nowMs;
    this.#offset = start.offset;
    this.#lines = start.lines;
    // All that is in the folder of a run that was fetched comes from there.
    if (start.lines > 0) this.#files.look(this.#nowMs(), true).settle();
  }

  /**
   * Keeps the journal up to a length, or all whole lines of it, and what else has changed. Throws `Fenced`, and what the
   * database throws; nothing of the journal was kept then.
   */
  commit(size?: number): Promise<void> {
    const turn = this.#turn.then(() => this.#commit(size));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Keeps what blocks that run now have printed. Nothing of the journal, which says what counts. Throws as `commit` does. */
  commitOutputs(): Promise<void> {
    const turn = this.#turn.then(async () => {
      const { changed, settle } = this.#files.lookAtOutputs(this.#nowMs());
      await this.#keepAll([], changed, []);
      settle();
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #commit(size: number | undefined): Promise<void> {
    const { changed, gone, settle } = this.#files.look(this.#nowMs(), size === undefined);
    const bytes = wholeLines(readPart(this.#folder.journal, this.#offset, size));
    const lines = bytes.length === 0 ? [] : new TextDecoder().decode(bytes).slice(0, -1).split('\n');
    await this.#keepAll(lines, changed, gone);
    settle();
    this.#offset += bytes.length;
    this.#lines += lines.length;
  }

  async #keepAll(
    lines: readonly string[],
    changed: readonly ChangedFile[],
    gone: readonly string[],
  ): Promise<void> {
    let pieces: Piece[] = [];
    let held = 0;
    const others: Leftovers = [
      ...gone.map((path) => ({ path, size: -1 })),
      ...changed.filter(({ from }) => from === 0),
    ];
    // What a record names is there when the record is.
    for (const piece of piecesOf(this.#folder.path, changed)) {
      pieces.push(piece);
      held += piece.bytes.length;
      if (held < togetherBytes) continue;
      await this.#keep([], pieces, []);
      pieces = [];
      held = 0;
    }
    if (lines.length + pieces.length + others.length > 0) await this.#keep(lines, pieces, others);
  }

  /**
   * One statement, and so one wait for the device of the database. Nobody but its holder writes here, so a line that is
   * there already is this very one: it was kept, and the answer was lost.
   */
  async #keep(lines: readonly string[], pieces: readonly Piece[], leftovers: Leftovers): Promise<void> {
    await this.#fenced(
      `lines AS (INSERT INTO run_line (run, seq, epoch, worker, line)
         SELECT $1, seq, $2, $3, line FROM held, unnest($4::bigint[], $5::text[]) AS new (seq, line)
         ON CONFLICT (run, seq) DO NOTHING),
       pieces AS (INSERT INTO run_file (run, path, at, epoch, bytes)
         SELECT $1, path, at, $2, bytes FROM held, unnest($6::text[], $7::bigint[], $8::bytea[]) AS new (path, at, bytes)
         ON CONFLICT (run, path, at) DO UPDATE SET epoch = excluded.epoch, bytes = excluded.bytes),
       leftovers AS (DELETE FROM run_file USING held, unnest($9::text[], $10::bigint[]) AS other (path, size)
         WHERE run_file.run = $1 AND run_file.path = other.path
           AND (other.size < 0 OR run_file.at % ${pieceBytes} <> 0 OR run_file.at >= greatest(other.size, 1)))`,
      [
        lines.map((_, index) => this.#lines + index + 1),
        lines,
        pieces.map(({ path }) => path),
        pieces.map(({ at }) => at),
        pieces.map(({ bytes }) => bytes),
        leftovers.map(({ path }) => path),
        leftovers.map(({ size }) => size),
      ],
    );
  }

  /** Whoever takes the run over changes its row, and waits for who holds it. */
  async #fenced(changes: string, values: readonly PgValue[]): Promise<void> {
    const { worker, epoch } = this.#holder;
    const { rows } = await this.#database.query(
      `WITH held AS (SELECT 1 FROM run WHERE id = $1 AND epoch = $2 AND worker = $3 AND status = 'running' FOR UPDATE),
       ${changes} SELECT count(*) AS held FROM held`,
      [this.#folder.id, epoch, worker, ...values],
      'keep',
    );
    if (rows[0]?.held !== 1) throw new Fenced();
  }
}

/** Outputs in pieces where they have grown, everything else from its beginning. */
function* piecesOf(folder: string, changed: readonly ChangedFile[]): Iterable<Piece> {
  for (const { path, from, size } of changed) {
    if (size === from) yield { path, at: from, bytes: new Uint8Array() };
    for (let at = from; at < size; at += pieceBytes) {
      const bytes = readPart(join(folder, path), at, Math.min(size, at + pieceBytes));
      if (bytes.length > 0) yield { path, at, bytes };
    }
  }
}

/** What is there of a file between two places; all that there is without the second. */
function readPart(path: string, from: number, to?: number): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return new Uint8Array();
  }
  try {
    const parts: Uint8Array[] = [];
    for (let at = from; to === undefined || at < to; ) {
      const part = new Uint8Array(Math.min(pieceBytes, (to ?? Number.POSITIVE_INFINITY) - at));
      const count = readSync(descriptor, part, 0, part.length, at);
      if (count === 0) break;
      parts.push(part.subarray(0, count));
      at += count;
    }
    return Buffer.concat(parts);
  } finally {
    closeSync(descriptor);
  }
}

const wholeLines = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.lastIndexOf(lineFeed) + 1);
