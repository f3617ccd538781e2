// Owns when and how a run's results reach its document.
import { createHash, hash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import type { Address, RunId } from '../../basics/address.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { WrittenDocument } from '../../run/event.ts';
import { checkedPlaces } from '../../runbook/checked-places.ts';
import { parseOptionsOf, parseRunbook } from '../../runbook/parse-runbook.ts';
import { planWriteBack, renderLooseResult, type WriteBack } from '../../runbook/regions/plan-write-back.ts';
import { renderResult } from '../../runbook/regions/render-result.ts';
import { type ResultPlace, resultPlaces } from '../../runbook/regions/result-place.ts';
import type { ResultView } from '../../runbook/regions/result-view.ts';
import { type LogEntry, logRow } from '../../runbook/regions/run-log.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts';
import { decodeSource } from '../../text/source-file.ts';
import { applySplices } from '../../text/splice.ts';
import { digestOfRegion } from '../digest-of-region.ts';
import { type FileOperations, nodeFileOperations, systemErrorCode } from '../files/file-operations.ts';
import { makeStateFolder, writeStateFile } from '../files/write-state-file.ts';
import type { ProcessLock } from '../processes/process-lock.ts';
import { diskDiagnostic } from './disk-diagnostic.ts';
import { isUnchanged } from './file-identity.ts';
import type { RunbookFile } from './read-runbook-file.ts';
import { readRunbookFile } from './read-runbook-file.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';
import { waitForLock } from './wait-for-lock.ts';

/** Calls `action` once after `delayMs`; the answer cancels it. */
export type Schedule = (action: () => void, delayMs: number) => () => void;

export interface DocumentWriterOptions {
  /** `copy` writes to `copyPath` and leaves the document alone; `none` writes nothing. */
  readonly mode: 'document' | 'copy' | 'none';
  /** The run that the results are of. */
  readonly run: RunId;
  /** What becomes of the results of earlier runs that this one has none for; see `WriteBackOptions`. */
  readonly others: 'remove' | 'mark';
  /** Results of earlier runs that stay where this one's tell the same; see `WriteBackOptions`. */
  readonly former?: ReadonlyMap<Address, readonly string[]>;
  /** The document as the run was planned from it. */
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  /** Where the copy goes in mode `copy`; see `copyPathOf`. */
  readonly copyPath: string;
  /** Where results go that the document has no place for, a file beside the journal. */
  readonly loosePath: string;
  /** Folder of the locks, the same for every run that may write this document. */
  readonly lockFolder: string;
  /** Called once for each thing that the operator should know; never thrown. */
  readonly onNotice: (notice: DocumentNotice) => void;
  /** Milliseconds between two writes; longer where writing takes long. */
  readonly intervalMs?: number;
  readonly schedule?: Schedule;
  readonly files?: FileOperations;
}

export type DocumentNotice =
  /** The document could not be written; it is tried again, and `flush` says how that ended. */
  | { readonly type: 'not-written'; readonly diagnostic: Diagnostic }
  /** Somebody changed the document during the run; the results were placed in the new text. */
  | { readonly type: 'changed' }
  /** The document has no place for these any more; they are in the file at `path`. */
  | { readonly type: 'unplaced'; readonly addresses: readonly Address[]; readonly path: string }
  /** The document had other names, which keep its former content. */
  | { readonly type: 'other-names'; readonly count: number };

/** Where everything stands after the last write. */
export interface FlushReport {
  /** The file that holds the results; absent in mode `none`. */
  readonly path?: string;
  /** What has no place in it and stands in `loosePath` instead; everything, when the file was not written. */
  readonly unplaced: readonly Address[];
  readonly loosePath?: string;
  /** SHA-256 in hexadecimal of the file at `loosePath`. */
  readonly looseDigest?: string;
  /** What of it is this run's; absent in mode `none` and when the file was not written. */
  readonly written?: WrittenDocument;
  /** Why the file was not written. */
  readonly problem?: Diagnostic;
}

const defaultIntervalMs = 250;
/**
 * How many times as long as a write took passes before the next one: blocks wait meanwhile, and a slow disk or a huge
 * document shall take no more than one part of their time in 25.
 */
const pausePerWrite = 24;
/** A write that failed is tried again after this long; each try of a full disk costs something too. */
const retryIntervalMs = 5_000;
const lockWaitMs = 2_000;
const lastLockWaitMs = 10_000;
/** Where parsing again may take long, the places are proven at the flush and not while a block is waited for. */
const quickCheck = { bytes: 131_072, nestedPlaces: 100 } as const;
/** How often a document that is being edited is read again before a write gives up. */
const rereadLimit = 5;

const nodeSchedule: Schedule = (action, delayMs) => {
  const timer = setTimeout(action, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};

/** `runs/<date>-<name>-<run>.md` beside the document. */
export function copyPathOf(documentPath: string, run: string): string {
  const [, year, month, day, rest] = /^(\d{4})(\d{2})(\d{2})-(.+)$/u.exec(run) ?? [];
  const name = basename(documentPath).replace(/\.(md|markdown|mdx)$/iu, '');
  const file = year === undefined ? `${name}-${run}.md` : `${year}-${month}-${day}-${name}-${rest}.md`;
  return join(dirname(documentPath), 'runs', file);
}

/**
 * Keeps a document filled in while a run goes on. `update` costs nothing but remembering; writes happen later,
 * one at a time, and always whole. It never throws into the run: what goes wrong is a notice, and the next write
 * holds everything again.
 */
export class DocumentWriter {
  readonly #options: DocumentWriterOptions;
  readonly #files: FileOperations;
  readonly #path: string;
  readonly #pending = new Map<Address, () => ResultView | undefined>();
  readonly #views = new Map<Address, ResultView>();
  readonly #rendered = new WeakMap<
    ResultView,
    { readonly above?: string; readonly lines: readonly string[] }
  >();
  readonly #noticed = new Set<string>();
  #entry: LogEntry | undefined;
  /** The text that results are placed in: spans of `#runbook` are its bytes. */
  #runbook: Runbook;
  #places: { readonly of: ReadonlyMap<Address, ResultPlace>; readonly isChecked: boolean } | undefined;
  /** False while the file's content is no text; nothing can be placed then. */
  #legible = true;
  /** The file as it is on the disk, as far as is known; absent before a copy is made. */
  #known: RunbookFile | undefined;
  #dirty = false;
  #working: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #delayMs: number;
  #problem: Diagnostic | undefined;
  #unplaced: readonly ResultView[] = [];
  /** What stands in the file since the last write that came to its end. */
  #standing: Pick<WriteBack, 'regions' | 'logPlaced'> | undefined;
  #looseText = '';

  constructor(options: DocumentWriterOptions) {
    this.#options = options;
    this.#files = options.files ?? nodeFileOperations;
    this.#path = options.mode === 'copy' ? options.copyPath : options.file.path;
    this.#runbook = options.runbook;
    this.#known = options.mode === 'copy' ? undefined : options.file;
    this.#delayMs = options.intervalMs ?? defaultIntervalMs;
    if (options.mode === 'document') removeLeftovers(this.#path, this.#files);
  }

  /**
   * Sets the result of an address. `make` is called when it is written, and only for the last update; what it gives
   * nothing for has no result any more.
   */
  update(address: Address, make: () => ResultView | undefined): void {
    if (this.#options.mode === 'none') return;
    this.#pending.set(address, make);
    this.#touch();
  }

  /** Sets this run's row of the run log. */
  setLogEntry(entry: LogEntry): void {
    if (this.#options.mode === 'none') return;
    this.#entry = entry;
    this.#touch();
  }

  /** Writes what is not yet written, and says where everything is. May be called more than once. */
  async flush(): Promise<FlushReport> {
    if (this.#options.mode === 'none') return { unplaced: [] };
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    await this.#working;
    const isUnproven = this.#places?.isChecked === false;
    if (this.#dirty || isUnproven || this.#problem !== undefined) await this.#write(lastLockWaitMs, true);
    const unplaced = this.#problem === undefined ? this.#unplaced : [...this.#views.values()];
    const loosePath = this.#writeLoose(unplaced);
    return {
      path: this.#path,
      unplaced: unplaced.map((view) => view.address),
      ...(loosePath === undefined ? {} : { loosePath, looseDigest: hash('sha256', this.#looseText, 'hex') }),
      ...(this.#problem === undefined && this.#standing && { written: this.#written(this.#standing) }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  #written({ regions, logPlaced }: Pick<WriteBack, 'regions' | 'logPlaced'>): WrittenDocument {
    return {
      path: resolve(this.#path),
      regions: Object.fromEntries(
        Array.from(regions, ([address, lines]) => [address, digestOfRegion(lines)] as const),
      ),
      ...(this.#entry && logPlaced && { row: digestOfRegion([logRow(this.#entry).line]) }),
    };
  }

  #touch(): void {
    this.#dirty = true;
    if (this.#cancelTimer !== undefined || this.#working !== undefined) return;
    const schedule = this.#options.schedule ?? nodeSchedule;
    this.#cancelTimer = schedule(() => {
      this.#cancelTimer = undefined;
      void this.#write(lockWaitMs, false);
    }, this.#delayMs);
  }

  #write(waitMs: number, isFlush: boolean): Promise<void> {
    const started = performance.now();
    const work = this.#writeUnderLock(waitMs, isFlush)
      .catch((error: unknown) => fail(diskDiagnostic(`cannot write \`${this.#path}\``, error)))
      .then((outcome) => {
        this.#settle(outcome);
        const interval = this.#options.intervalMs ?? defaultIntervalMs;
        const tookMs = performance.now() - started;
        this.#delayMs = outcome.ok ? Math.max(interval, pausePerWrite * tookMs) : retryIntervalMs;
        this.#working = undefined;
        if (this.#dirty) this.#touch();
      });
    this.#working = work;
    return work;
  }

  #settle(outcome: Result<void, Diagnostic>): void {
    this.#problem = outcome.ok ? undefined : outcome.error;
    if (!outcome.ok)
      this.#noticeOnce(`not-written ${outcome.error.code}`, {
        type: 'not-written',
        diagnostic: outcome.error,
      });
  }

  async #writeUnderLock(waitMs: number, isFlush: boolean): Promise<Result<void, Diagnostic>> {
    this.#dirty = false;
    for (const [address, make] of this.#pending) {
      const view = make();
      if (view === undefined) this.#views.delete(address);
      else this.#views.set(address, view);
    }
    this.#pending.clear();
    const lock = await this.#lock(waitMs);
    if (!lock.ok) return lock;
    try {
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await this.#writeOnce(isFlush);
        if (outcome.ok || outcome.error.code !== 'file-changed' || attempt === rereadLimit) return outcome;
      }
    } finally {
      lock.value?.release();
    }
  }

  /** A lock that cannot be made must not keep results out of a document that can be written. */
  async #lock(waitMs: number): Promise<Result<ProcessLock | undefined, Diagnostic>> {
    try {
      const name = createHash('sha256').update(this.#realPath()).digest('hex').slice(0, 24);
      const attempt = await waitForLock(join(this.#options.lockFolder, `document-${name}`), waitMs);
      if (attempt.ok) return ok(attempt.lock);
      const { process, file } = attempt.holder;
      return fail({
        code: 'document-locked',
        severity: 'error',
        message: `cannot write \`${this.#path}\`: process ${process.pid} on ${process.host.split('/')[0]} is writing it`,
        help: `the results are kept; if that process is gone, remove \`${file}\``,
      });
    } catch {
      return ok(undefined);
    }
  }

  #realPath(): string {
    try {
      return this.#files.realPath(this.#path);
    } catch {
      return this.#path;
    }
  }

  async #writeOnce(isFlush: boolean): Promise<Result<void, Diagnostic>> {
    const current = this.#lookAgain();
    if (!current.ok) return current;
    const plan = this.#plan(isFlush);
    this.#unplaced = plan.unplaced;
    this.#standing = undefined;
    if (!this.#legible) return ok(undefined);
    const bytes = applySplices(this.#runbook.source.bytes, plan.splices);
    if (this.#known !== undefined && Buffer.compare(this.#known.bytes, bytes) === 0) {
      this.#standing = plan;
      return ok(undefined);
    }

    if (this.#known === undefined) this.#makeFolder();
    const replaced = await replaceFile(this.#path, bytes, this.#known?.identity ?? 'absent', this.#files);
    if (!replaced.ok) return replaced;
    if (replaced.value.otherNames > 0) {
      this.#noticeOnce('other-names', { type: 'other-names', count: replaced.value.otherNames });
    }
    this.#known = { path: this.#path, bytes, identity: replaced.value.identity };
    this.#standing = plan;
    return ok(undefined);
  }

  #makeFolder(): void {
    try {
      this.#files.makeFolder(dirname(this.#path), 0o755);
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }

  /** Takes the file as it is now where it is not as it was left. */
  #lookAgain(): Result<void, Diagnostic> {
    if (this.#known === undefined) {
      if (this.#files.stat(this.#path) === undefined) return ok(undefined);
    } else if (isUnchanged(this.#files, this.#path, this.#known.identity)) return ok(undefined);
    const read = readRunbookFile(this.#path, this.#files);
    if (!read.ok) return read;
    const { source, diagnostics } = decodeSource(this.#path, read.value.bytes);
    this.#legible = !hasErrors(diagnostics);
    this.#runbook = parseRunbook(source, parseOptionsOf(this.#runbook)).runbook;
    this.#places = undefined;
    if (this.#known !== undefined) this.#noticeOnce('changed', { type: 'changed' });
    this.#known = read.value;
    return ok(undefined);
  }

  /** Finding the places takes one more parse of the document, so that it is done once for each text of it. */
  #placesOf(isFlush: boolean): ReadonlyMap<Address, ResultPlace> {
    if (this.#places?.isChecked === true || (this.#places !== undefined && !isFlush)) return this.#places.of;
    const all = new Map([...resultPlaces(this.#runbook)].filter(([, place]) => !place.isShown));
    const nested = [...all.values()].filter((place) => !place.isPlain).length;
    const isQuick =
      this.#runbook.source.bytes.length <= quickCheck.bytes && nested <= quickCheck.nestedPlaces;
    const isChecked = isFlush || isQuick || nested === 0;
    this.#places = { of: isChecked ? checkedPlaces(this.#runbook, all) : all, isChecked };
    return this.#places.of;
  }

  #plan(isFlush: boolean): WriteBack {
    return planWriteBack(
      this.#runbook,
      [...this.#views.values()],
      this.#entry === undefined ? undefined : logRow(this.#entry),
      {
        run: this.#options.run,
        // A copy is the record of one run, and of that run only.
        others: this.#options.mode === 'copy' ? 'remove-all' : this.#options.others,
        places: this.#placesOf(isFlush),
        former: this.#options.former,
        render: (view, above) => this.#render(view, above),
      },
    );
  }

  #render(view: ResultView, above: string | undefined): readonly string[] {
    const known = this.#rendered.get(view);
    if (known !== undefined && known.above === above) return known.lines;
    const lines = renderResult(view, above);
    this.#rendered.set(view, { ...(above !== undefined && { above }), lines });
    return lines;
  }

  /** Keeps results that have no place; answers with the path, or nothing where all have one. */
  #writeLoose(views: readonly ResultView[]): string | undefined {
    const path = this.#options.loosePath;
    if (views.length === 0 && this.#looseText === '') return undefined;
    const text = [
      `# Results without a place in ${basename(this.#path)}\n`,
      ...views.map((view) => renderLooseResult(view, this.#options.run)),
    ].join('\n');
    if (text !== this.#looseText) {
      try {
        makeStateFolder(dirname(path));
        writeStateFile(path, text);
        this.#looseText = text;
      } catch (error) {
        const diagnostic = diskDiagnostic(`cannot write \`${path}\``, error);
        this.#noticeOnce(`not-written ${diagnostic.code} loose`, { type: 'not-written', diagnostic });
        return undefined;
      }
    }
    // Where the document could not be written at all, every result still has its place in it.
    if (views.length === 0 || this.#problem !== undefined) return views.length === 0 ? undefined : path;
    const addresses = views.map((view) => view.address);
    this.#noticeOnce(`unplaced ${addresses.join(' ')}`, { type: 'unplaced', addresses, path });
    return path;
  }

  #noticeOnce(key: string, notice: DocumentNotice): void {
    if (this.#noticed.has(key)) return;
    this.#noticed.add(key);
    this.#options.onNotice(notice);
  }
}
