// Owns the SQLite file of the embedded queue: opening it, and writing to it in transactions that are on the device when
// they are over.
import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorMessage, isCodedError } from '../../../basics/coded-error.ts';
import { nodeFileOperations, syncFolder } from '../../files/file-operations.ts';
import { requireSafeFolder, requireSafeState } from '../../files/require-safe-folder.ts';
import { makeStateFolder } from '../../files/write-state-file.ts';
import type { Sql, SqlAnswer, SqlRow, SqlStatement, SqlStore, SqlValue } from '../rows/sql.ts';
import { QueueUnavailable } from '../run-queue.ts';
import { applicationId, migrations } from './migrations.ts';

/** The part of the driver that is used. */
interface Driver {
  exec(sql: string): void;
  prepare(sql: string): {
    run(parameters: readonly SqlValue[]): { readonly changes: number };
    /** Rows are given whole: what the driver gives of a single row has a name of its own among the columns. */
    all(parameters: readonly SqlValue[]): SqlRow[];
  };
  close(): void;
}

/** How long another process is waited for that writes. */
const busyMs = 5_000;
/** Writes that one transaction may hold; far more than come at once. */
const mostTogether = 256;

interface PendingWrite {
  run(): void;
  settle(failure: unknown): void;
}

export class SqlFile implements SqlStore {
  readonly #driver: Driver;
  readonly #statements = new Map<string, ReturnType<Driver['prepare']>>();
  #pending: PendingWrite[] = [];
  #closed = false;

  private constructor(driver: Driver) {
    this.#driver = driver;
  }

  /** Opens the file `queue.db` in a folder that is made where it is missing; `read` changes nothing, and makes nothing. */
  static async open(folder: string, use: 'write' | 'read'): Promise<SqlFile> {
    const path = join(folder, 'queue.db');
    requireSafeState(dirname(folder));
    requireSafeFolder(folder);
    if (use === 'write') makePrivate(folder, path);
    else if (!existsSync(path)) throw new QueueUnavailable(`there is no \`${path}\``);
    const Database = await loadDriver();
    return kept(`\`${path}\``, () => {
      const file = new SqlFile(new Database(path, { timeout: busyMs }));
      try {
        file.#prepare(path, use);
        return file;
      } catch (error) {
        file.#driver.close();
        throw error;
      }
    });
  }

  #prepare(path: string, use: 'write' | 'read'): void {
    const number = (name: string): unknown => this.#all(`PRAGMA ${name}`)[0]?.[name];
    const [application, version] = [number('application_id'), number('user_version')];
    const isEmpty = this.#all('SELECT name FROM sqlite_master LIMIT 1').length === 0;
    if (!isEmpty && application !== applicationId)
      throw new QueueUnavailable(`\`${path}\` is a database, but not one of runsheet's queue`);
    if (typeof version !== 'number' || version > migrations.length)
      throw new QueueUnavailable(
        `\`${path}\` was written by a newer version of runsheet (its format is ${version}, this one knows ${migrations.length})`,
      );
    if (use === 'read') {
      if (version < migrations.length)
        throw new QueueUnavailable(
          `\`${path}\` was written by an older version of runsheet; \`runsheet serve\` brings it up to date`,
        );
      this.#driver.exec('PRAGMA query_only = 1');
      return;
    }
    this.#driver.exec('PRAGMA journal_mode = WAL');
    // Each commit is on the device when it returns.
    this.#driver.exec('PRAGMA synchronous = FULL');
    this.#driver.exec('PRAGMA foreign_keys = ON');
    if (version < migrations.length) this.#migrate();
  }

  /** All steps or none. Another process may have gone them meanwhile. */
  #migrate(): void {
    this.#transaction(() => {
      const version = Number(this.#all('PRAGMA user_version')[0]?.user_version);
      for (const step of migrations.slice(version)) this.#driver.exec(step);
      this.#driver.exec(`PRAGMA application_id = ${applicationId}`);
      this.#driver.exec(`PRAGMA user_version = ${migrations.length}`);
    });
  }

  #all(sql: string): readonly SqlRow[] {
    return this.#statement(sql).all([]);
  }

  /** Answers one statement after the other. */
  #go<Value>(work: Sql<Value>): Value {
    let step = work.next();
    while (step.done !== true) step = work.next(this.#answer(step.value));
    return step.value;
  }

  #answer({ sql, values }: SqlStatement): SqlAnswer {
    const statement = this.#statement(sql);
    if (/^\s*SELECT|\bRETURNING\b/.test(sql)) {
      const rows = statement.all(values);
      return { rows, changes: rows.length };
    }
    return { rows: [], changes: statement.run(values).changes };
  }

  #statement(sql: string): ReturnType<Driver['prepare']> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#driver.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  /** Looks at what is kept. */
  async read<Value>(work: () => Sql<Value>): Promise<Value> {
    this.#requireOpen();
    return kept('the queue', () => this.#go(work()));
  }

  /**
   * Does all of `work` or nothing of it, and resolves when it is on the device. What was asked for in one turn of the
   * event loop goes there together: it takes as long as one.
   */
  write<Value>(work: () => Sql<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#requireOpen();
      let value: Value;
      this.#pending.push({
        run: () => {
          value = this.#go(work());
        },
        settle: (failure) => (failure === undefined ? resolve(value) : reject(failure)),
      });
      if (this.#pending.length === 1) setImmediate(() => this.#writePending());
    });
  }

  #writePending(): void {
    const writes = this.#pending.slice(0, mostTogether);
    this.#pending = this.#pending.slice(mostTogether);
    if (this.#pending.length > 0) setImmediate(() => this.#writePending());
    if (writes.length === 0) return;
    const failures = new Map<PendingWrite, unknown>();
    try {
      kept('the queue', () =>
        this.#transaction(() => {
          for (const write of writes) {
            const failure = this.#alone(() => write.run());
            if (failure !== undefined) failures.set(write, failure);
          }
        }),
      );
      for (const write of writes) write.settle(failures.get(write));
    } catch (error) {
      for (const write of writes) write.settle(failures.get(write) ?? error);
    }
  }

  /** One write of several: where it fails, the others do not. A failure of the file itself ends all. */
  #alone(work: () => void): unknown {
    this.#driver.exec('SAVEPOINT one');
    try {
      work();
      this.#driver.exec('RELEASE one');
      return undefined;
    } catch (error) {
      if (isOfDriver(error) && !error.code.startsWith('SQLITE_CONSTRAINT')) throw error;
      this.#driver.exec('ROLLBACK TO one');
      this.#driver.exec('RELEASE one');
      return error;
    }
  }

  #transaction(work: () => void): void {
    this.#driver.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#driver.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** SQLite has rolled back itself where the disk failed. */
  #rollBack(): void {
    try {
      this.#driver.exec('ROLLBACK');
    } catch (error) {
      if (!isOfDriver(error)) throw error;
    }
  }

  /** What was asked for before is done first. */
  async close(): Promise<void> {
    if (this.#closed) return;
    while (this.#pending.length > 0) await this.write(nothing).catch(() => {});
    this.#closed = true;
    this.#statements.clear();
    this.#driver.close();
  }

  #requireOpen(): void {
    if (this.#closed) throw new QueueUnavailable('the queue was closed');
  }
}

function* nothing(): Sql<void> {}

/** The folder and the file are their owner's alone, whoever shares the state folder: links are in it, and payloads. */
function makePrivate(folder: string, path: string): void {
  makeStateFolder(folder);
  chmodSync(folder, 0o700);
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (!isCodedError(error) || error.code !== 'EEXIST') throw error;
    return;
  }
  // Their names last, too: SQLite looks after what is in the file.
  for (const place of [folder, dirname(folder)]) syncFolder(nodeFileOperations, place);
}

/** The only native package beside the terminal: it is loaded by those who keep a queue. */
async function loadDriver(): Promise<new (path: string, options: { timeout: number }) => Driver> {
  try {
    const { default: Database } = await import('libsql');
    return Database as unknown as new (
      path: string,
      options: { timeout: number },
    ) => Driver;
  } catch (error) {
    throw new QueueUnavailable(
      `the package \`libsql\`, which keeps the queue, cannot be loaded: ${errorMessage(error).split('\n')[0]}`,
    );
  }
}

function isOfDriver(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && error.name === 'SqliteError' && isCodedError(error);
}

const words: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'another process has been writing to it for too long',
  SQLITE_FULL: 'no space is left on the disk',
  SQLITE_NOTADB: 'it is no database',
  SQLITE_CORRUPT: 'it is damaged',
  SQLITE_READONLY: 'it may not be written to',
  SQLITE_CANTOPEN: 'it cannot be opened',
  SQLITE_IOERR: 'the disk reported an error',
};

/** Turns what the driver says of the file into our own words; what else is thrown is a bug and stays as it is. */
function kept<Value>(what: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!isOfDriver(error)) throw error;
    const [, general = ''] = /^(SQLITE_[A-Z]+)/.exec(error.code) ?? [];
    if (general === 'SQLITE_ERROR' || general === 'SQLITE_CONSTRAINT') throw error;
    throw new QueueUnavailable(`${what} cannot be used: ${words[general] ?? error.message}`);
  }
}
