// Owns commands that lie in the database for runs of a fleet, until the worker of each has given them to it.
import type { RunId } from '../../../basics/address.ts';
import { databaseNow } from '../../postgres/database-now.ts';
import type { PgDatabase } from '../../postgres/pg-database.ts';

/** One that a worker has taken, and is to answer. */
export interface TakenCommand {
  readonly id: number;
  /** As it was posted. */
  readonly command: string;
}

/** What has become of one: nobody has taken it yet, somebody has, or it was answered. */
export type PostedState =
  | { readonly type: 'waiting' | 'taken' | 'gone' }
  | { readonly type: 'answered'; readonly answer: string };

/** Answers are kept for so long, for whoever waits for them. */
const keptMs = 3_600_000;

/** All of them; each method throws `DatabaseUnavailable`. */
export class PostedCommands {
  readonly #database: PgDatabase;

  constructor(database: PgDatabase) {
    this.#database = database;
  }

  /** Leaves one with a run, to be taken within a time; gives its number. */
  async post(run: RunId, command: string, forMs: number): Promise<number> {
    const { rows } = await this.#database.query(
      `WITH old AS (DELETE FROM posted WHERE until < ${databaseNow} - ${keptMs})
       INSERT INTO posted (run, command, until) VALUES ($1, $2, ${databaseNow} + $3) RETURNING id`,
      [run, command, forMs],
    );
    return Number(rows[0]?.id);
  }

  async stateOf(id: number): Promise<PostedState> {
    const { rows } = await this.#database.query('SELECT taken, answer FROM posted WHERE id = $1', [id]);
    const [row] = rows;
    if (row === undefined) return { type: 'gone' };
    if (row.answer !== null) return { type: 'answered', answer: String(row.answer) };
    return { type: row.taken === null ? 'waiting' : 'taken' };
  }

  /** Takes one back that nobody has taken; false where somebody has. */
  async withdraw(id: number): Promise<boolean> {
    const { changes } = await this.#database.query('DELETE FROM posted WHERE id = $1 AND taken IS NULL', [
      id,
    ]);
    return changes > 0;
  }

  /** Which of these runs have something that nobody has taken. */
  async waitingFor(runs: readonly RunId[]): Promise<ReadonlySet<RunId>> {
    if (runs.length === 0) return new Set();
    const { rows } = await this.#database.query(
      `SELECT DISTINCT run FROM posted WHERE taken IS NULL AND until > ${databaseNow} AND run = ANY($1::text[])`,
      [runs],
    );
    return new Set(rows.map(({ run }) => run as RunId));
  }

  /** Takes all for a run, oldest first: once, so that none is done twice where its worker dies with it. */
  async take(run: RunId, epoch: number): Promise<readonly TakenCommand[]> {
    const { rows } = await this.#database.query(
      `UPDATE posted SET taken = $2 WHERE run = $1 AND taken IS NULL AND until > ${databaseNow} RETURNING id, command`,
      [run, epoch],
    );
    return rows
      .map(({ id, command }) => ({ id: Number(id), command: String(command) }))
      .sort((left, right) => left.id - right.id);
  }

  /** Says what has come of one. */
  async answer(id: number, answer: string): Promise<void> {
    await this.#database.query('UPDATE posted SET answer = $2 WHERE id = $1', [id, answer]);
  }
}
