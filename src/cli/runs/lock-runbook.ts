// Owns how many runs of one runbook go on at once, and what becomes of one more.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, ok, type Result } from '../../basics/result.ts';
import { realPath } from '../../engine/files/real-path.ts';
import { makeStateFolder } from '../../engine/files/write-state-file.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { drawTicket } from '../../engine/processes/draw-ticket.ts';
import { type LockHolder, type ProcessLock, takeLock } from '../../engine/processes/process-lock.ts';
import { concurrencyKey } from '../../run/inputs/concurrency-key.ts';
import type { Concurrency } from '../../runbook/front-matter/concurrency.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import type { FrontMatter } from '../../runbook/runbook.ts';
import { exitCode } from '../exit-code.ts';
import type { Complaint } from '../refusal.ts';
import { writeMessage } from '../write-result.ts';
import { isInterrupted } from './is-interrupted.ts';

/** How often is looked whether it is this run's turn. */
const lookMs = 250;

/** Whose right to run is wanted. */
export interface Turn {
  readonly store: RunStore;
  readonly stateDir: string;
  /** Absolute path of the runbook. */
  readonly path: string;
  /** What the page says of its runs and their inputs. */
  readonly frontMatter: Pick<FrontMatter, 'concurrency' | 'inputs'>;
  /** The values of the run. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The run that is taken up; absent for a new one. */
  readonly resumes?: string;
}

/**
 * Takes the right to run a runbook. Without a word in its front matter a second run is refused while the first is
 * going on; `forbid` refuses it also while one is open: paused, or interrupted; `allow` never refuses. A mapping has so
 * many go on at once whose keys have the same value; one more waits for its turn, in the order of coming, or is refused.
 */
export async function lockRunbook(turn: Turn): Promise<Result<ProcessLock | undefined, Complaint>> {
  const { concurrency } = turn.frontMatter;
  if (concurrency === 'allow') return ok(undefined);
  const open = concurrency === 'forbid' ? openRunOf(turn) : undefined;
  if (open) return fail(besideOpen(open));
  const rule: Concurrency =
    typeof concurrency === 'object' ? concurrency : { limit: 1, whenFull: 'refuse', waitMs: 0 };
  const held: ProcessLock[] = [];
  const release = (): void => {
    for (const lock of held.splice(0)) lock.release();
  };
  try {
    for (const folder of foldersOf(turn, rule)) {
      const taken = await takeIn(turn, rule, folder);
      if (!taken.ok) {
        release();
        return taken;
      }
      held.push(taken.value);
    }
  } catch (error) {
    release();
    throw error;
  }
  return ok({ release });
}

async function takeIn(
  turn: Turn,
  rule: Concurrency,
  folder: string,
): Promise<Result<ProcessLock, Complaint>> {
  makeStateFolder(folder);
  if (rule.whenFull === 'queue') return waitForTurn(turn, rule, folder);
  const taken = takeSlot(folder, rule.limit);
  return 'lock' in taken ? ok(taken.lock) : fail(busy(turn, rule, taken.holder));
}

/** The right that was there to be had, or who has it. */
type Slot = { readonly lock: ProcessLock } | { readonly holder: LockHolder };

function takeSlot(folder: string, limit: number): Slot {
  let holder: LockHolder | undefined;
  for (let number = 0; number < limit; number += 1) {
    const slot = number === 0 ? folder : join(folder, String(number));
    makeStateFolder(slot);
    const attempt = takeLock(slot);
    if (attempt.ok) return { lock: attempt.lock };
    holder ??= attempt.holder;
  }
  if (holder === undefined) throw new Error('a limit below one');
  return { holder };
}

async function waitForTurn(
  turn: Turn,
  rule: Concurrency,
  folder: string,
): Promise<Result<ProcessLock, Complaint>> {
  const ticket = drawTicket(folder);
  const since = performance.now();
  try {
    for (let tells = true; ; tells = false) {
      const slot = ticket.isNext() ? takeSlot(folder, rule.limit) : undefined;
      if (slot !== undefined && 'lock' in slot) return ok(slot.lock);
      if (tells)
        writeMessage(`note: ${fullWords(turn, rule)}; this one waits for its turn, Ctrl-C leaves it\n`);
      if (performance.now() - since >= rule.waitMs)
        return fail({
          message: `${fullWords(turn, rule)}, and none has ended in ${formatDuration(rule.waitMs)}`,
          help: 'nothing was run; `wait:` of `concurrency:` says how long is waited',
          status: exitCode.busy,
          ...runNow(turn),
        });
      await sleep(lookMs);
    }
  } finally {
    ticket.drop();
  }
}

/**
 * Runs that count together have one folder; the first of its places is the folder itself. A page has several paths where
 * links lead to it, and a link that is set anew while a run goes on (`current`) is still the page that was asked for: the
 * page itself and its name are two folders then.
 */
function foldersOf({ stateDir, path, inputs, frontMatter }: Turn, { key }: Concurrency): readonly string[] {
  const value = key === undefined ? '' : `\0${concurrencyKey(key, inputs, frontMatter.inputs)}`;
  return [...new Set([realPath(path), path])].map((one) => {
    const name = createHash('sha256')
      .update(one + value)
      .digest('hex')
      .slice(0, 32);
    return join(stateDir, 'locks', name);
  });
}

function besideOpen({ id, summary }: ListedRun): Complaint {
  const how = summary?.status === 'paused' ? 'is open' : 'was interrupted and is still open';
  return {
    message: `run \`${id}\` of this runbook ${how}, and it allows one at a time`,
    help: `\`runsheet resume ${id}\` takes it up, \`runsheet show ${id}\` shows it`,
    status: exitCode.busy,
    run: id,
  };
}

function busy(turn: Turn, rule: Concurrency, { process, certain, file }: LockHolder): Complaint {
  const run = runNow(turn);
  const status = exitCode.busy;
  if (typeof turn.frontMatter.concurrency === 'object')
    return {
      message: `${fullWords(turn, rule)}${rule.whenFull === 'coalesce' ? '; this one is left to it' : ''}`,
      help: 'nothing was run; watch it with `runsheet show --follow`',
      status,
      ...run,
    };
  return {
    message: `this runbook is being run already${run.run ? `, as \`${run.run}\`` : ''}, in process ${process.pid}`,
    help: certain
      ? 'wait for it, watch it with `runsheet show --follow`, or say `concurrency: allow` in the front matter'
      : `wait for it; if that process, on ${process.host}, is gone, remove \`${file}\``,
    status,
    ...run,
  };
}

function fullWords({ inputs, frontMatter }: Turn, { key, limit }: Concurrency): string {
  const value = key === undefined ? '' : ` for \`${concurrencyKey(key, inputs, frontMatter.inputs)}\``;
  return limit === 1
    ? `a run of this runbook${value} is going on`
    : `${limit} runs of this runbook${value} are going on`;
}

/** A run of the page that rests, or that was interrupted on its way. */
const openRunOf = ({ store, path, resumes }: Turn): ListedRun | undefined =>
  first(
    store.notEnded(),
    (run) =>
      run.id !== resumes &&
      isRunOfPage(run, path) &&
      !store.goesOnElsewhere(run.folder) &&
      (run.summary?.status === 'paused' || isInterrupted(store, run)),
  );

function runNow({ store, path, resumes }: Turn): { readonly run?: string } {
  const live = first(
    store.newest(),
    (run) => run.id !== resumes && isRunOfPage(run, path) && store.isLive(run.folder),
  );
  return live === undefined ? {} : { run: live.id };
}

const isRunOfPage = ({ summary }: ListedRun, path: string): boolean =>
  summary !== undefined && (summary.runbook === path || realPath(summary.runbook) === realPath(path));

/** The first run that fits; those behind it are not read. */
function first(runs: Iterable<ListedRun>, fits: (run: ListedRun) => boolean): ListedRun | undefined {
  for (const run of runs) if (fits(run)) return run;
  return undefined;
}
