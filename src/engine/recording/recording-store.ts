// Owns the raw records of sessions in the state folder: written as a session goes on, read back where it broke off.
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionEntry } from '../../run/drafting/session-entry.ts';
import { nodeFileOperations } from '../files/file-operations.ts';
import { requireSafeFolder, requireSafeState } from '../files/require-safe-folder.ts';
import { makeStateFolder, writeStateFile } from '../files/write-state-file.ts';
import type { RecordedShell } from './hooked-start.ts';

/** What is known of a session from its start on. */
export interface SessionStart {
  readonly v: 1;
  readonly id: string;
  readonly shell: RecordedShell;
  /** Where it began. */
  readonly folder: string;
  readonly startedAt: string;
  /** The page that it is to become, absolute; absent where none was named. */
  readonly page?: string;
  /** The run in whose shell it was recorded. */
  readonly run?: string;
}

/** A session that is kept. */
export interface KeptSession {
  readonly start: SessionStart;
  readonly entries: readonly SessionEntry[];
}

/** Sessions below one state folder; throws `UnsafeFolder` where others may write to it. */
export class RecordingStore {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, 'sessions');
    requireSafeState(stateFolder);
    requireSafeFolder(this.#folder);
  }

  /** Begins a file for a session; `keep` adds to it, or writes all of it anew. */
  begin(session: KeptSession): { readonly path: string; readonly keep: KeepEntries } {
    makeStateFolder(this.#folder);
    const path = this.#pathOf(session.start.id);
    const head = `${JSON.stringify(session.start)}\n`;
    const write = (entries: readonly SessionEntry[]): void => {
      writeStateFile(`${path}.new`, head + linesOf(entries));
      nodeFileOperations.rename(`${path}.new`, path);
    };
    write(session.entries);
    return { path, keep: (entries, all) => (all ? write(entries) : appendFileSync(path, linesOf(entries))) };
  }

  /** Sessions that became no page yet, the newest first. */
  list(): readonly KeptSession[] {
    const names = namesIn(this.#folder).filter((name) => name.endsWith('.ndjson'));
    return names
      .sort()
      .reverse()
      .flatMap((name) => read(join(this.#folder, name)) ?? []);
  }

  remove({ id }: SessionStart): void {
    rmSync(this.#pathOf(id), { force: true });
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}.ndjson`);
  }
}

type KeepEntries = (entries: readonly SessionEntry[], all: boolean) => void;

function linesOf(entries: readonly SessionEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A last line that was not written to its end is left out. */
function read(path: string): KeptSession | undefined {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  try {
    const [start, ...entries] = lines.map((line) => JSON.parse(line));
    return start?.v === 1 ? { start, entries } : undefined;
  } catch {
    return undefined;
  }
}
