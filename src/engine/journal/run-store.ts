// Owns the folder of all runs: making a run's folder whole, listing runs and finding one.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type RunId, runId } from '../../basics/address.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Plan } from '../../run/plan.ts';
import {
  type FileOperations,
  readFully,
  syncFolder,
  systemErrorCode,
  writeNewFile,
} from '../files/file-operations.ts';
import { realPath } from '../files/real-path.ts';
import { requireSafeFolder, requireSafeState } from '../files/require-safe-folder.ts';
import { makeSharedFolder, makeStateFolder, stateFileOperations } from '../files/write-state-file.ts';
import { lockHolder } from '../processes/process-lock.ts';
import { type Adoption, adoptRun } from './adopt-run.ts';
import { EndedRuns } from './ended-runs.ts';
import { readHandedOver } from './handed-over.ts';
import { type RunFolder, runFolder } from './run-folder.ts';
import { type RunSummary, readSummary, renderSummary, writeSummary } from './run-summary.ts';

/** What a run is made of when it starts. */
export interface NewRun {
  readonly summary: RunSummary;
  readonly plan: Plan;
  /** The document's bytes. */
  readonly runbook: Uint8Array;
}

/** A run as a list shows it. */
export interface ListedRun {
  readonly id: RunId;
  readonly folder: RunFolder;
  /** Absent where the run's summary cannot be read; its journal may still be. */
  readonly summary?: RunSummary;
}

/** Why no run was found; the ids that fit where several did, newest first. */
export type NotFound =
  | { readonly type: 'none' }
  | { readonly type: 'ambiguous'; readonly ids: readonly RunId[] };

/** Reading and making runs below one state folder; making one throws `UnsafeFolder` where others may write to it. */
export class RunStore {
  readonly #runs: string;
  readonly #adopting: string;
  readonly #ended: EndedRuns;
  readonly #files: FileOperations;

  constructor(stateFolder: string, files: FileOperations = stateFileOperations) {
    this.#runs = join(stateFolder, 'runs');
    this.#adopting = join(stateFolder, 'locks', 'takeover');
    requireSafeState(stateFolder);
    requireSafeFolder(this.#runs);
    this.#ended = new EndedRuns(stateFolder, files);
    this.#files = files;
  }

  /**
   * Makes the folder of a new run with all that belongs to its start, its journal still empty. A crash leaves the
   * folder whole or not at all. Throws the system's errors.
   */
  create(run: NewRun): RunFolder {
    makeStateFolder(this.#runs);
    // A killed process may have made it and not shared it yet.
    makeSharedFolder(this.#runs);
    const folder = runFolder(this.#runs, run.summary.id);
    const draft = runFolder(this.#runs, runId(`.new-${run.summary.id}`));
    const files = this.#files;
    try {
      for (const path of [draft.path, draft.outputs, draft.state]) files.makeFolder(path, 0o700);
      const encoder = new TextEncoder();
      writeNewFile(files, draft.journal, new Uint8Array(), 0o600);
      writeNewFile(files, draft.runbook, run.runbook, 0o600);
      writeNewFile(files, draft.plan, encoder.encode(`${JSON.stringify(run.plan)}\n`), 0o600);
      writeNewFile(files, draft.summary, encoder.encode(renderSummary(run.summary)), 0o600);
      syncFolder(files, draft.path);
      files.rename(draft.path, folder.path);
    } catch (error) {
      rmSync(draft.path, { recursive: true, force: true });
      throw error;
    }
    syncFolder(files, this.#runs);
    return folder;
  }

  /** Puts a run of another machine in place, see `adoptRun`; undefined where it is there now. */
  async adopt<Refusal>(id: RunId, adoption: Adoption<Refusal>): Promise<Refusal | undefined> {
    // What is known of the run is known of the earlier form of it.
    const forget = (): void => this.#ended.remove(id);
    return adoptRun({ runs: this.#runs, lock: this.#adopting, files: this.#files, forget }, id, adoption);
  }

  /** Whether the run was handed over: it goes on at another machine if anywhere, and nothing here waits for it. */
  goesOnElsewhere(folder: RunFolder): boolean {
    return readHandedOver(folder) !== undefined;
  }

  /** Whether anything ever happened in the run; not so where it broke off before its first event. */
  hasBegun(folder: RunFolder): boolean {
    return this.journalSize(folder) > 0;
  }

  /** Whether there is something of a run and no journal, which never comes by itself: what was run is not known. */
  hasLostJournal({ path, journal }: RunFolder): boolean {
    return existsSync(path) && !existsSync(journal) && readdirSync(path).length > 0;
  }

  /** The paths of run `id`, whether it is there or not. */
  folder(id: RunId): RunFolder {
    return runFolder(this.#runs, id);
  }

  /** The document's bytes as they were when the run started. */
  readRunbook(folder: RunFolder): Uint8Array {
    return readFully(this.#files, folder.runbook);
  }

  /**
   * Takes away for good what the shells of a run left for later ones: the key of what its journal holds of it lies there,
   * too. Throws the system's errors.
   */
  forgetStates({ state }: RunFolder): void {
    rmSync(state, { recursive: true, force: true });
  }

  /** Takes away what is there of a run that broke off before its first record, in which nothing was run. */
  discardUnbegun(folder: RunFolder): void {
    if (!this.hasBegun(folder) && !this.hasLostJournal(folder))
      rmSync(folder.path, { recursive: true, force: true });
  }

  /** Replaces what lists show of a run. */
  updateSummary(folder: RunFolder, summary: RunSummary): void {
    if (summary.status !== 'ended') this.#ended.remove(folder.id);
    writeSummary(this.#files, folder.summary, summary);
    if (summary.status === 'ended') this.#ended.add(folder.id);
  }

  /** All runs, newest first, up to `limit`; only so many are read. */
  list(limit = Number.POSITIVE_INFINITY): readonly ListedRun[] {
    const found: ListedRun[] = [];
    for (const run of this.#newestFirst(this.#ids())) {
      if (found.length >= limit) break;
      found.push(run);
    }
    return found;
  }

  /** Runs one after the other, newest first and each read when it is asked for, out of the `most` newest ids. */
  newest(most = Number.POSITIVE_INFINITY): Iterable<ListedRun> {
    return this.#newestFirst(this.#ids().slice(0, most));
  }

  /** Runs that have not ended, newest first; of those that are known to have ended nothing is read. */
  *notEnded(): Iterable<ListedRun> {
    const ended = this.#ended.known();
    const ids = this.#ids();
    if (ended.size > ids.length) {
      const kept = new Set<string>(ids);
      this.#ended.tidy([...ended].filter((id) => !kept.has(id)));
    }
    for (const run of this.#newestFirst(ids.filter((id) => !ended.has(id)))) {
      if (run.summary?.status === 'ended') this.#ended.add(run.id);
      else yield run;
    }
  }

  /** The runs of the runbook at `path`, newest first. */
  listOf(path: string): readonly ListedRun[] {
    const wanted = realPath(path);
    return this.list().filter(({ summary }) => summary && realPath(summary.runbook) === wanted);
  }

  /** How long the journal of a run is, in bytes; 0 where there is none yet, or it cannot be looked at. */
  journalSize(folder: RunFolder): number {
    try {
      return statSync(folder.journal).size;
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      return 0;
    }
  }

  /** Whether a living process works on the run now; a summary alone says `open` also after a crash. */
  isLive(folder: RunFolder): boolean {
    return lockHolder(folder.path, this.#files) !== undefined;
  }

  /** Finds a run by its id, by the beginning or the random tail of its id, or by its runbook's path (its newest run). */
  find(text: string): Result<ListedRun, NotFound> {
    const ids = this.#ids();
    const exact = ids.find((id) => id === text);
    const fitting = exact ? [exact] : ids.filter((id) => id.startsWith(text) || id.endsWith(`-${text}`));
    const [only, ...others] = text === '' ? [] : fitting;
    if (only && others.length === 0) return ok(this.#listed(only));
    if (only) return fail({ type: 'ambiguous', ids: fitting });
    const [ofRunbook] = this.listOf(text);
    return ofRunbook ? ok(ofRunbook) : fail({ type: 'none' });
  }

  /** Ids begin with the second of the start, so that only those of one second have to be put in order. */
  *#newestFirst(ids: readonly RunId[]): Iterable<ListedRun> {
    for (let at = 0; at < ids.length; ) {
      let end = at + 1;
      while (end < ids.length && secondOf(ids[end]) === secondOf(ids[at])) end++;
      yield* ids
        .slice(at, end)
        .map((id) => this.#listed(id))
        .sort(newestFirst);
      at = end;
    }
  }

  #listed(id: RunId): ListedRun {
    const folder = runFolder(this.#runs, id);
    const summary = readSummary(this.#files, folder.summary);
    return summary ? { id, folder, summary } : { id, folder };
  }

  /** Newest first. */
  #ids(): readonly RunId[] {
    let names: readonly string[];
    try {
      names = this.#files.list(this.#runs);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return [];
      throw error;
    }
    return names
      .filter((name) => /^\d{8}-\d{6}-/.test(name))
      .sort()
      .reverse()
      .map(runId);
  }
}

function secondOf(id: RunId | undefined): string | undefined {
  return id?.slice(0, 'YYYYMMDD-HHMMSS'.length);
}

function newestFirst({ summary: left }: ListedRun, { summary: right }: ListedRun): number {
  return Date.parse(right?.startedAt ?? '') - Date.parse(left?.startedAt ?? '') || 0;
}
