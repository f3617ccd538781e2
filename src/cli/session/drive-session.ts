// Owns the building of a run from its adapters, and nothing else builds them.
import { createHash, randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { type Address, makeRunId } from '../../basics/address.ts';
import { createPerformer, type TakeOutput } from '../../engine/create-performer.ts';
import type { RunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import type { BoundedJournal } from '../../engine/journal/bounded-journal.ts';
import { JournalWriteFailure } from '../../engine/journal/journal-write-failure.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { RunStore } from '../../engine/journal/run-store.ts';
import type { RunSummary } from '../../engine/journal/run-summary.ts';
import { RunEngine, type RunListener } from '../../engine/run-engine.ts';
import type { Actor, RecordedEvent, RunEvent, RunOptions, SavedState } from '../../run/event.ts';
import type { Executor } from '../../run/executor.ts';
import { inputVariables } from '../../run/inputs/resolve-inputs.ts';
import { createRedactor, type Redactor } from '../../run/masking/redactor.ts';
import type { Plan } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import type { RunView, Surface } from '../../run/surface.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { reasonWords } from '../../view/words/outcome-words.ts';
import type { ChosenSurface } from '../choose-surface.ts';
import { definedEnvironment } from '../defined-environment.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import type { SettledInputs } from '../inputs/settle-inputs.ts';
import { shownInputs } from '../inputs/shown-inputs.ts';
import { sshSettings } from '../load/ssh-settings.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { writeError } from '../write-out.ts';
import { openDocument, writeOut } from './document-of-run.ts';
import { openNotifier } from './open-notifier.ts';
import { readTail } from './read-tail.ts';
import { watchSignals } from './watch-signals.ts';
import { type ReportRequest, writeReports } from './write-reports.ts';

/** A run that is about to go on, new or taken up again. */
export interface RunSession {
  readonly store: RunStore;
  readonly folder: RunFolder;
  readonly summary: RunSummary;
  readonly journal: BoundedJournal;
  readonly plan: Plan;
  /** The document to fill in, as it stands now. */
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  /** The linked runbooks, by their file, as they stand now. */
  readonly linked?: ReadonlyMap<string, Runbook>;
  readonly state: RunState;
  /** What the journal already holds, for views that are made of events. */
  readonly history: readonly RecordedEvent[];
  readonly options: RunOptions;
  readonly surface: ChosenSurface;
  readonly inputs: SettledInputs;
  readonly by: Actor;
  readonly cwd: string;
  readonly wait: boolean;
  readonly takeOutput?: TakeOutput;
  /** Reports to write when the run rests. */
  readonly reports: readonly ReportRequest[];
  /** What the operator should know of the runbook before it begins, for surfaces that show an opening. */
  readonly remarks?: readonly string[];
}

/** Drives a session from its first new event to its next rest; gives the exit code. Closing the journal is the caller's. */
export async function driveSession(session: RunSession, first: readonly RunEvent[]): Promise<number> {
  const { folder, plan, journal } = session;
  const { openInbox } = await import('../../engine/inbox/remote-command.ts');
  const surface = await buildSurface(session.surface);
  // The one redactor of the run: what it learns while blocks run, everything that is told of the run is spared, too.
  const redactor = createRedactor(Object.values(session.inputs.secrets));
  const executor = lazyExecutor(session, redactor, (address, result) =>
    engine.record({ type: 'BackgroundEnded', address, result, ended: 'itself' }),
  );
  const document = openDocument({
    ...session,
    record: (event) => engine.record(event),
    tellOfChanges: surface.name === 'plain',
  });
  const summary = keepSummary(session);
  const notifier = await openNotifier(session, redactor, () => engine);
  const listeners: RunListener[] = [document.log, summary, notifier];
  const engine = new RunEngine(
    {
      journal,
      surface,
      listeners,
      perform: createPerformer({
        plan,
        clock: systemClock,
        reasonWords,
        executor: executor.start,
        pauseAtGates: session.surface.guided === false && !session.wait,
        ...(session.takeOutput && { takeOutput: session.takeOutput }),
      }),
    },
    session.state,
  );
  const view: RunView = {
    runbook: session.runbook,
    plan,
    ...(session.linked && { linked: session.linked }),
    ...(session.remarks && { remarks: session.remarks }),
    inputs: shownInputs(plan.inputs ?? [], session.inputs),
    state: () => engine.state,
    readOutputTail: (output, maxBytes) => readTail(folder.path, output, maxBytes),
  };
  const closeInbox = openInboxIfPossible(() => openInbox(folder.path, engine.send));
  const unwatch = watchSignals(session.by, engine.send);
  try {
    const begun = await surface.start(view, engine.send);
    engine.record(...first);
    if (begun === 'later') engine.send({ type: 'PauseRun', reason: 'operator', by: session.by });
    await engine.drive();
    const ended = await executor.close();
    for (const { address, result } of ended)
      engine.record({ type: 'BackgroundEnded', address, result, ended: 'by-run' });
    // The document is written before anybody is waited for, and what became of the telling is in the journal.
    const report = await writeOut(document.writer);
    await notifier.close();
    if (report.problem) {
      engine.record({
        type: 'DocumentNotWritten',
        message: report.problem.message,
        ...(report.loosePath !== undefined && { copy: report.loosePath }),
      });
      complain(
        `the results are not in the document: ${report.problem.message}`,
        `they are kept; \`runsheet resume ${folder.id}\` writes them once it can be written`,
      );
    }
    // Only now is the run over for lists of runs: one that was killed before this still has its document to write.
    summary.close();
    await surface.end(engine.state);
    await writeReports(session.reports, engine.state);
    return exitCodeOf(engine.state);
  } catch (error) {
    if (systemErrorCode(error) === undefined && !(error instanceof JournalWriteFailure)) throw error;
    // Without a record, or without room to work in, nothing more may be done. What was recorded is safe, and the
    // document gets what it can.
    await executor.close();
    await writeOut(document.writer);
    await surface.end(engine.state);
    const why =
      error instanceof JournalWriteFailure
        ? `${error.message}: the run cannot be recorded any further`
        : `${(error as Error).message}: the system refuses what the run needs`;
    complain(
      `${why} and has stopped; everything up to here is kept`,
      `mend that, then \`runsheet resume ${folder.id}\``,
    );
    return exitCode.paused;
  } finally {
    await notifier.close();
    unwatch();
    closeInbox();
    await executor.close();
  }
}

/** A run that others cannot reach goes on all the same, and says so; an answer then waits until it rests. */
function openInboxIfPossible(open: () => () => void): () => void {
  try {
    return open();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    writeError(`note: other processes cannot reach this run: ${(error as Error).message}\n`);
    return () => {};
  }
}

async function buildSurface({ name }: ChosenSurface): Promise<Surface> {
  switch (name) {
    case 'plain': {
      const { createPlainSurface } = await import('../../surfaces/headless/create-plain-surface.ts');
      return createPlainSurface();
    }
    case 'ndjson': {
      const { createNdjsonSurface } = await import('../../surfaces/headless/create-ndjson-surface.ts');
      return createNdjsonSurface({ stream: process.stdout });
    }
    case 'tui': {
      const { createTuiSurface } = await import('../../surfaces/tui/create-tui-surface.ts');
      return createTuiSurface();
    }
    case 'prompt': {
      const { createPromptSurface } = await import('../../surfaces/prompt/create-prompt-surface.ts');
      return createPromptSurface();
    }
  }
}

/** Starts the executor when the first block wants it; a run of checklists never starts a shell. */
function lazyExecutor(
  session: RunSession,
  redactor: Redactor,
  onBackgroundEnd: Parameters<Executor['onBackgroundEnd']>[0],
) {
  let started: Promise<Executor> | undefined;
  const start = (): Promise<Executor> => {
    started ??= startExecutor(session, redactor).then((executor) => {
      executor.onBackgroundEnd(onBackgroundEnd);
      return executor;
    });
    return started;
  };
  let closed = false;
  const close = async (): ReturnType<Executor['close']> => {
    if (!started || closed) return [];
    closed = true;
    // One that could not be started has nothing to end.
    const executor = await started.catch(() => undefined);
    return executor?.close() ?? [];
  };
  return { start, close };
}

async function startExecutor(session: RunSession, redactor: Redactor): Promise<Executor> {
  const { createExecutor } = await import('../../engine/executors/create-executor.ts');
  const { plan, folder, inputs, state, cwd } = session;
  const declared = plan.inputs ?? [];
  const secrets = inputVariables(declared, inputs.secrets);
  return createExecutor({
    runFolder: folder.path,
    runId: folder.id,
    shell: plan.shell,
    interpreters: plan.interpreters,
    cwd,
    env: { ...definedEnvironment(), ...plan.env, ...inputVariables(declared, inputs.values), ...secrets },
    redactor,
    secretNames: Object.keys(secrets),
    sharedNames: [plan.env, inputVariables(declared, inputs.values), secrets, state.captured].flatMap(
      Object.keys,
    ),
    ssh: sshSettings(session.file.path, session.surface.name === 'prompt'),
    restoreHosts: state.hostStates,
    ...(state.shellState !== undefined && { restoreFrom: state.shellState, ...placeOf(session) }),
  });
}

/** The link in which the stored shell state was left. */
function placeOf({ history, plan, state }: RunSession): { readonly restoreWithin?: Address } {
  const left = history.findLast(({ event }) => stateLeftBy(event) === state.shellState)?.event;
  const address =
    left?.type === 'ShellClosed' ? left.at : left && 'address' in left ? left.address : undefined;
  const within = plan.items[state.indexOf.get(address ?? ('' as Address)) ?? -1]?.within;
  return within === undefined ? {} : { restoreWithin: within };
}

function stateLeftBy(event: RunEvent): SavedState | undefined {
  if (event.type === 'ShellClosed') return event.shellState;
  return 'result' in event ? event.result.shellState : undefined;
}

/**
 * Keeps what lists of runs show in step with the journal; a failure here costs a list its freshness only. The end of
 * a run is told by `close`, when everything that belongs to it is done.
 */
function keepSummary({ store, folder, summary }: RunSession): RunListener & { readonly close: () => void } {
  let last: RunSummary | undefined;
  const write = (next: RunSummary): void => {
    try {
      store.updateSummary(folder, next);
    } catch {
      // The journal is the truth, and it has just been written.
    }
  };
  return {
    onEvent({ event, at }) {
      const next = summaryAfter(summary, event, at);
      if (!next) return;
      last = next;
      if (next.status !== 'ended') write(next);
    },
    close: () => {
      if (last?.status === 'ended') write(last);
    },
  };
}

/** What lists show of a run after an event, where that is something new. */
export function summaryAfter(summary: RunSummary, event: RunEvent, at: string): RunSummary | undefined {
  switch (event.type) {
    case 'RunPaused':
      return { ...summary, status: 'paused' };
    case 'RunResumed':
      return { ...summary, status: 'open' };
    case 'RunEnded':
      return { ...summary, status: 'ended', outcome: event.outcome, endedAt: at };
    default:
      return undefined;
  }
}

/** A new run id from the clock and the system's randomness. */
export function newRunId(): ReturnType<typeof makeRunId> {
  return makeRunId(systemClock.now(), randomBytes(8));
}

/** SHA-256 in hexadecimal of the plan as it is stored. */
export function digestOfPlan(plan: Plan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}

/** Where blocks start: the folder of the runbook, so that a runbook means the same wherever it is called from. */
export function workingFolderOf(runbookPath: string): string {
  return dirname(runbookPath);
}
