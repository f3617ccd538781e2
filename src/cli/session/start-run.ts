// Owns the start of a run: its folder, its journal and its first event.
import { hash, randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { makeRunId, type RunId } from '../../basics/address.ts';
import { assert } from '../../basics/assert.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { TakeOutput } from '../../engine/create-performer.ts';
import type { RunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import type { BoundedJournal } from '../../engine/journal/bounded-journal.ts';
import { continueJournal } from '../../engine/journal/continue-journal.ts';
import { journalStart } from '../../engine/journal/read-journal.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { type NewRun, RunStore } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import { type ProcessLock, takeLock } from '../../engine/processes/process-lock.ts';
import { rememberInputs } from '../../engine/remember-inputs.ts';
import type { EventOf } from '../../run/event.ts';
import { initialState } from '../../run/evolve.ts';
import type { Plan } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { ChosenSurface } from '../choose-surface.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import type { SettledInputs } from '../inputs/settle-inputs.ts';
import { commitOf } from '../load/digest-of-runbook.ts';
import { chosenStateFolder } from '../load/open-run-store.ts';
import { pageRemarks } from '../load/page-remarks.ts';
import { sharingRemarks } from '../load/sharing-remarks.ts';
import { refuseUnsignable } from '../load/sign-end.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { lockPages } from '../runs/lock-pages.ts';
import { refuseRun } from '../runs/refuse-run.ts';
import { systemClock } from '../system-clock.ts';
import { toolVersion } from '../tool-version.ts';
import { writeMessage } from '../write-result.ts';
import { driveSession } from './drive-session.ts';
import { familiarityLines } from './familiarity-lines.ts';
import type { TrialRun } from './run-session.ts';
import type { ReportRequest } from './write-reports.ts';

/** A run that may begin: everything about it is settled. */
export interface RunRequest {
  /** Absolute path of the runbook. */
  readonly path: string;
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  readonly plan: Plan;
  /** The linked runbooks of the plan, by their file. */
  readonly linked: ReadonlyMap<string, Runbook>;
  readonly digest: string;
  /** What is said of the page that keeps no run from beginning. */
  readonly warnings?: readonly Diagnostic[];
  /** Whether the pages say what is to be run, where that was kept of them; asked before anything is recorded. */
  readonly confirm?: () => boolean;
  readonly options: RunOptions;
  readonly surface: ChosenSurface;
  readonly inputs: SettledInputs;
  readonly stateDir: string | undefined;
  readonly wait: boolean;
  /** Whether what was answered is offered when the runbook is run again. */
  readonly remember: boolean;
  readonly reports: readonly ReportRequest[];
  readonly takeOutput?: TakeOutput;
  /** Set where the run is that of a test. */
  readonly trial?: TrialRun;
  /** The id that it is to have; a new one when absent. */
  readonly id?: RunId;
  /** What starts it, in the words of who does. */
  readonly cause?: string;
  /** Of the page, where no repository is checked out around it. */
  readonly commit?: string;
  /** For whom this account starts it. */
  readonly onBehalf?: string;
}

/** Starts a run and drives it to its first rest; gives the exit code. */
export async function startRun(request: RunRequest): Promise<number> {
  const { path, plan, runbook, options, surface, inputs } = request;
  const stateDir = chosenStateFolder(request.stateDir);
  const store = new RunStore(stateDir);
  const by = currentActor(request.onBehalf);
  const remarks = [
    ...familiarityLines(store, path, request, by.user),
    ...pageRemarks(runbook, request.linked.values(), request.warnings ?? []),
    ...(await sharingRemarks(stateDir)),
  ];
  for (const line of remarks) writeMessage(`note: ${line}\n`);
  const id = request.id ?? newRunId();
  const mode = surface.guided ? 'guided' : 'unattended';
  const summary: RunSummary = {
    id,
    runbook: path,
    title: plan.title,
    by: `${by.user}@${by.host}`,
    mode,
    startedAt: systemClock.now().toISOString(),
    status: 'open',
    ...(options.rehearse ? { rehearsed: true } : {}),
  };
  const unsignable = request.trial === undefined ? await refuseUnsignable(path) : undefined;
  if (unsignable) return refuse(unsignable);
  if (request.remember) rememberAnswers(stateDir, path, inputs);
  const prepared = await prepare(store, stateDir, { summary, plan, runbook: runbook.source.bytes }, request);
  if (!prepared.ok) return refuseRun(prepared.error, surface.name);
  const { folder, journal, release } = prepared.value;
  const cwd = resolve(dirname(path), plan.cwd ?? '');
  const started = startOf(request, { run: id, startedAt: summary.startedAt, by, mode, cwd });
  try {
    return await driveSession(
      {
        store,
        folder,
        summary,
        journal,
        plan,
        file: request.file,
        runbook,
        linked: request.linked,
        state: initialState(plan),
        history: [],
        options,
        surface,
        inputs,
        by,
        cwd,
        wait: request.wait,
        reports: request.reports,
        remarks,
        ...(request.takeOutput && { takeOutput: request.takeOutput }),
        ...(request.trial && { trial: request.trial }),
        ...(request.confirm && { confirm: request.confirm }),
      },
      [started],
    );
  } finally {
    journal.close();
    release();
  }
}

/** The first event, which tells all that the run is to be. */
function startOf(
  { path, plan, runbook, digest, options, inputs, cause, commit: given }: RunRequest,
  head: Pick<EventOf<'RunStarted'>, 'run' | 'startedAt' | 'by' | 'mode' | 'cwd'>,
): EventOf<'RunStarted'> {
  const commit = given ?? commitOf(path);
  return {
    type: 'RunStarted',
    ...head,
    runbook: {
      path,
      title: plan.title,
      digest,
      ...(commit !== undefined && { commit }),
      ...(plan.section !== undefined && { section: plan.section }),
    },
    planDigest: hash('sha256', JSON.stringify(plan), 'hex'),
    copyDigest: hash('sha256', runbook.source.bytes, 'hex'),
    options,
    inputs: inputs.values,
    secretInputs: Object.keys(inputs.secrets),
    inputOrigins: inputs.origins,
    version: toolVersion,
    ...(cause !== undefined && { cause }),
  };
}

/** What a person typed, now or on the command line; what stands in files and the environment is kept there. */
function rememberAnswers(stateDir: string, path: string, { values, origins }: SettledInputs): void {
  const typed = Object.entries(values).filter(
    ([name]) => origins[name] === 'asked' || origins[name] === 'set',
  );
  rememberInputs(stateDir, path, Object.fromEntries(typed));
}

interface PreparedRun {
  readonly folder: RunFolder;
  readonly journal: BoundedJournal;
  /** Gives up the right to run the runbook, and the run itself. */
  readonly release: () => void;
}

/** Locks the runbook, makes the run's folder and locks it; where the system refuses any of it, nothing was run. */
async function prepare(
  store: RunStore,
  stateDir: string,
  run: NewRun,
  { runbook, linked, inputs }: Pick<RunRequest, 'runbook' | 'linked' | 'inputs'>,
): Promise<Result<PreparedRun, Complaint>> {
  const locks: ProcessLock[] = [];
  let unlock = (): void => {};
  const release = (): void => {
    for (const held of locks) held.release();
    unlock();
  };
  try {
    const { runbook: path } = run.summary;
    const rights = await lockPages({ store, stateDir, path, inputs: inputs.values, runbook, linked });
    if (!rights.ok) return rights;
    unlock = rights.value;
    const folder = store.create(run);
    const attempt = takeLock(folder.path);
    assert(attempt.ok, 'a new run is locked by somebody else');
    locks.push(attempt.lock);
    const journal = continueJournal(folder.journal, journalStart, { now: systemClock.now });
    return ok({ folder, journal, release });
  } catch (error) {
    release();
    if (systemErrorCode(error) === undefined) throw error;
    if (systemErrorCode(error) === 'EEXIST')
      return fail({
        message: `run \`${run.summary.id}\` has begun already`,
        help: 'watch it with `runsheet show --follow`',
        status: exitCode.busy,
        run: run.summary.id,
      });
    return fail({
      message: `cannot record the run, so nothing was run: ${errorMessage(error)}`,
      help: 'runs are kept in the state folder; --state-dir names another one',
    });
  }
}

/** A new run id from the clock and the system's randomness. */
function newRunId(): RunId {
  return makeRunId(systemClock.now(), randomBytes(8));
}
