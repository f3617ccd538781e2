// Owns the building of a run from its adapters, and its course from the first new event to its next rest.
import { errorMessage } from '../../basics/coded-error.ts';
import { createPerformer } from '../../engine/create-performer.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { isKeptAnswer } from '../../engine/inbox/is-kept-answer.ts';
import type { RemoteCommand } from '../../engine/inbox/remote-command.ts';
import { JournalWriteFailure } from '../../engine/journal/journal-write-failure.ts';
import { cutOffOutputs } from '../../engine/output/unrecorded-outputs.ts';
import { RunEngine, type RunListener } from '../../engine/run-engine.ts';
import { isComingToRest } from '../../run/answers/open-question.ts';
import type { Rejection } from '../../run/command.ts';
import type { RunEvent } from '../../run/event.ts';
import type { RunState } from '../../run/state.ts';
import type { EarlierTimes, RunView, Surface } from '../../run/surface.ts';
import { recordTerminal, type TerminalStream } from '../../surfaces/record-terminal.ts';
import { reasonWords } from '../../view/words/reason-words.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { shownInputs } from '../inputs/shown-inputs.ts';
import { secretsOfRun } from '../inputs/start-environment.ts';
import { pagesNow } from '../load/pages-now.ts';
import { signEnd } from '../load/sign-end.ts';
import { missingPart } from '../missing-part.ts';
import { refuse } from '../refusal.ts';
import { complain } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { LostTrack, watchFailures } from '../watch-failures.ts';
import { writeMessage } from '../write-result.ts';
import { forgetStates } from './complete-ended.ts';
import { openDocument, sealOf, writeDocument } from './document-of-run.ts';
import { keepSummary } from './keep-summary.ts';
import { type LazyExecutor, lazyExecutor } from './lazy-executor.ts';
import { openNotifier, type RunNotifier, tellingNobody } from './open-notifier.ts';
import { otherPage } from './plan-run.ts';
import type { RunSession } from './run-session.ts';
import { StoredOutputs } from './stored-outputs.ts';
import { watchSignals } from './watch-signals.ts';
import { writeReports } from './write-reports.ts';

/** Drives a session from its first new event to its next rest; gives the exit code. Closing the journal is the caller's. */
export async function driveSession(session: RunSession, first: readonly RunEvent[]): Promise<number> {
  const adapters = await buildAdapters(session);
  const { engine, surface, executor, notifier } = adapters;
  const unwatch = watchSignals(session.by, engine.send);
  const unwatchFailures = watchFailures(engine.fail);
  let closeInbox: (() => Promise<void>) | undefined;
  try {
    const begun = await beginConfirmed(session, surface.start(viewOf(session, engine), engine.send));
    if (begun === 'of-another-page') {
      await surface.end(engine.state);
      // Nothing was run, and nobody could go on with it.
      session.store.discardUnbegun(session.folder);
      return refuse(otherPage(session.file.path));
    }
    engine.record(...first);
    notifier.catchUp();
    // Nothing can be answered before the run has begun, or is taken up.
    closeInbox = await openRunInbox(session, engine);
    if (begun === 'later') engine.send({ type: 'PauseRun', reason: 'operator', by: session.by });
    await engine.drive();
    const isComplete = await comeToRest(session, adapters);
    engine.throwIfFailed();
    const code = exitCodeOf(engine.state);
    // Somebody has to see to its page or its signature.
    return isComplete || code !== exitCode.succeeded ? code : exitCode.paused;
  } catch (error) {
    return await breakOff(session, adapters, error);
  } finally {
    await notifier.close();
    unwatch();
    await closeInbox?.();
    await executor.close();
    unwatchFailures();
  }
}

/** How long a picture stands before the page is read anew behind it. */
const pictureMs = 300;

/** The answer to the opening, which is none where the pages do not say what was kept of them. */
async function beginConfirmed(
  { confirm }: RunSession,
  opening: ReturnType<Surface['start']>,
): Promise<Awaited<typeof opening> | 'of-another-page'> {
  const meanwhile = confirm && setTimeout(confirm, pictureMs);
  try {
    const begun = await opening;
    return confirm?.() === false ? 'of-another-page' : begun;
  } finally {
    clearTimeout(meanwhile);
  }
}

/** What a run is made of: the engine, and all that it works with. */
interface RunAdapters {
  readonly engine: RunEngine;
  readonly surface: Surface;
  readonly executor: LazyExecutor;
  readonly document: ReturnType<typeof openDocument>;
  readonly summary: ReturnType<typeof keepSummary>;
  readonly notifier: RunNotifier;
}

async function buildAdapters(session: RunSession): Promise<RunAdapters> {
  const { plan, journal, takeOutput } = session;
  const surface = session.trial?.surface ?? (await buildSurface(session));
  // Those of the run: what is learned of them while blocks run is kept out of all that is told of the run.
  const secrets = secretsOfRun(session);
  const executor = lazyExecutor(session, secrets, () => engine);
  const document = openDocument({
    ...session,
    record: (event) => engine.note(event),
    tellOfChanges: surface.name === 'plain',
  });
  const summary = keepSummary(session);
  const notifier =
    session.trial === undefined ? await openNotifier(session, secrets.redactor, () => engine) : tellingNobody;
  const listeners: RunListener[] = [document.log, summary, notifier];
  const perform = createPerformer({
    plan,
    clock: systemClock,
    reasonWords,
    executor: executor.start,
    pauseAtGates: session.surface.guided === false && !session.wait,
    pagesNow: () => pagesNow(session.file.path),
    isKept: (address, answer) =>
      session.trial !== undefined || isKeptAnswer(session.folder.path, address, answer),
    sendMessage: notifier.send,
    ...(takeOutput && { takeOutput }),
    ...(session.trial && { failOnPurpose: session.trial.failOnPurpose }),
  });
  const engine = new RunEngine({ journal, surface, listeners, perform }, session.state);
  return { engine, surface, executor, document, summary, notifier };
}

function viewOf(session: RunSession, engine: RunEngine): RunView {
  const { runbook, plan, linked, remarks, surface } = session;
  const outputs = new StoredOutputs(session.folder.path, session.history);
  return {
    runbook,
    plan,
    ...(linked && { linked }),
    ...(remarks && { remarks }),
    inputs: shownInputs(plan.inputs ?? [], session.inputs),
    ...(surface.guided && session.trial === undefined && { readEarlierTimes: () => earlierTimes(session) }),
    state: () => engine.state,
    cutOffOutputs: (address) => cutOffOutputs(session.folder.path, engine.state, address),
    readOutputTail: (output, maxBytes) => outputs.tail(output, maxBytes),
  };
}

/** A run does not end because nobody can read what others took. */
async function earlierTimes({ store, summary, plan }: RunSession): Promise<EarlierTimes> {
  const { readEarlierTimes } = await import('../runs/read-earlier-times.ts');
  return readEarlierTimes(store, summary, plan).catch(() => new Map());
}

/**
 * Ends what still runs, and writes what is written of a run that rests; false where its document could not be written,
 * or it should be signed and is not.
 */
async function comeToRest(session: RunSession, adapters: RunAdapters): Promise<boolean> {
  const { store, folder, journal, reports } = session;
  const { engine, surface, executor, document, summary, notifier } = adapters;
  // A run that is paused goes on some day, and what its blocks have made is still wanted.
  if (engine.state.lifecycle === 'ended') await executor.runExitTraps();
  const ended = await executor.close();
  for (const end of ended) engine.record({ type: 'BackgroundEnded', ...end });
  // The document is written before anybody is waited for, and what became of the telling is in the journal.
  const report = await writeDocument(document.writer);
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
  engine.throwIfFailed();
  journal.append([sealOf(report)]);
  // What lists say of its end is on the device as well.
  await journal.sync();
  const isSigned = session.trial !== undefined || (await signEnd(session));
  // Only now is the run over for lists of runs: one that was killed before this still has its document to write.
  summary.close();
  forgetStates(store, folder, engine.state);
  await surface.end(engine.state);
  await writeReports(reports, engine.state, folder, () => earlierTimes(session));
  return isSigned && report.problem === undefined;
}

/**
 * Stops a run that cannot be recorded any further, or has no room to work in: nothing more may be done. What was
 * recorded is safe, and the document gets what it can. Gives the exit code; an error that is a mistake of ours is
 * thrown again when all that is done.
 */
async function breakOff(
  { folder, store }: RunSession,
  adapters: RunAdapters,
  error: unknown,
): Promise<number> {
  const { engine, surface, executor, document } = adapters;
  engine.fail(error);
  const tidying: readonly (() => unknown)[] = [
    () => executor.close(),
    () => writeDocument(document.writer),
    () => surface.end(engine.state),
  ];
  // What is refused to the run is refused to some of this as well.
  for (const tidy of tidying)
    await Promise.resolve()
      .then(tidy)
      .catch(() => {});
  // It is no mistake of ours, and told where nothing more has to be loaded.
  if (missingPart().isCause(error)) throw error;
  const why = whyBrokenOff(error);
  const resume = `\`runsheet resume ${folder.id}\``;
  const isLost = store.journalSize(folder) === 0;
  if (isLost && why !== undefined) {
    const stopped = `${why} and has stopped; its journal is gone, and nothing can go on with it`;
    complain(stopped, 'look at what it did before its runbook is run again');
    return exitCode.paused;
  }
  complain(
    `${why ?? 'this is a bug in runsheet'} and has stopped; everything up to here is kept`,
    why === undefined ? `${resume} goes on with it` : `fix that, then ${resume}`,
  );
  if (why === undefined) throw error;
  return exitCode.paused;
}

/** In words, up to "and has stopped"; undefined for what is a mistake of ours. */
function whyBrokenOff(error: unknown): string | undefined {
  if (error instanceof JournalWriteFailure) return `${error.message}: the run cannot be recorded any further`;
  if (error instanceof LostTrack) return error.message;
  if (systemErrorCode(error) === undefined) return undefined;
  return `${errorMessage(error)}: the system refuses what the run needs`;
}

/** A run that others cannot reach goes on all the same, and says so; an answer then waits until it rests. */
async function openRunInbox({ folder }: RunSession, engine: RunEngine): Promise<() => Promise<void>> {
  const { openInbox } = await import('../../engine/inbox/remote-command.ts');
  return openInbox(folder.path, {
    take: (command) => whyTooEarly(engine.state, command) ?? engine.send(command),
    record: engine.note,
    now: systemClock.now,
    tellUnreachable: (why) => writeMessage(`note: other processes cannot reach this run yet: ${why}\n`),
  });
}

/** What is for a run that rests, while one that was paused comes to the end of what runs. */
function whyTooEarly(state: RunState, command: RemoteCommand): Rejection | undefined {
  if (!isComingToRest(state)) return undefined;
  const code =
    command.type === 'AnswerQuestion'
      ? 'nothing-asked'
      : command.type === 'StopRun' && command.atRest
        ? 'at-work'
        : undefined;
  return code && { code, message: 'the run rests only when what runs has come to its end' };
}

async function buildSurface({ surface: { name, record }, plan }: RunSession): Promise<Surface> {
  const shown = <Stream extends TerminalStream>(stream: Stream): TerminalStream =>
    record === undefined
      ? stream
      : recordTerminal(stream, {
          file: record,
          title: plan.title,
          term: process.env.TERM,
          nowMs: () => systemClock.now().getTime(),
          onFailure: (error) => writeMessage(`note: the recording has stopped: ${errorMessage(error)}\n`),
        });
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
      return createTuiSurface({ input: process.stdin, output: shown(process.stdout), env: process.env });
    }
    case 'prompt': {
      const { createPromptSurface } = await import('../../surfaces/prompt/create-prompt-surface.ts');
      return createPromptSurface({ input: process.stdin, output: shown(process.stderr), env: process.env });
    }
  }
}
