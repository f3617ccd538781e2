// Owns taking up a run again, to go on or to roll back: what has changed since, the secrets anew, the session.
import { dirname } from 'node:path';
import { ok, type Result } from '../../basics/result.ts';
import { saysSecret } from '../../basics/says-secret.ts';
import { replicaOfProcess } from '../../engine/journal/replica.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import type { Rejection, RunCommand } from '../../run/command.ts';
import { decide } from '../../run/decide.ts';
import type { Actor, EventOf, RecordedEvent, RunEvent } from '../../run/event.ts';
import { evolve } from '../../run/evolve.ts';
import type { PlanItem, PlannedDoubt } from '../../run/plan.ts';
import { changedAnything } from '../../run/rules/end-run.ts';
import { stepsWithoutUndo } from '../../run/rules/rollback-effect.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { isSettled, type RunState } from '../../run/state.ts';
import type { InputDeclaration, Runbook } from '../../runbook/runbook.ts';
import { listed, quoted } from '../../view/words/quoted.ts';
import { type ChosenSurface, chooseSurface, type SurfaceName } from '../choose-surface.ts';
import { readChoices } from '../choosing/read-choices.ts';
import { refuseDoubtful, unknownDoubt } from '../choosing/refuse-doubtful.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode, exitCodeOf } from '../exit-code.ts';
import { settleSecrets } from '../inputs/stored-secrets.ts';
import { whyStillLocked, withheldSecrets } from '../inputs/withheld-secrets.ts';
import { digestOfRun } from '../load/digest-of-runbook.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { runbookOfRun } from '../load/runbook-of-run.ts';
import { sharingRemarks } from '../load/sharing-remarks.ts';
import { refuseForged } from '../load/sign-end.ts';
import { warnOfDamage } from '../load/warn-of-damage.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { chooseRun } from '../runs/choose-run.ts';
import type { NoneFits } from '../runs/find-run.ts';
import { lockPages } from '../runs/lock-pages.ts';
import { refuseRun } from '../runs/refuse-run.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';
import { refuseValues } from './check-surroundings.ts';
import { completeEnded } from './complete-ended.ts';
import { driveSession } from './drive-session.ts';
import { type OpenedRun, openRun } from './open-run.ts';
import { pageOfResume } from './page-of-resume.ts';
import type { RunSession } from './run-session.ts';
import { type LeftAsItIs, settleChanges, takenDecisions } from './settle-changes.ts';

/** What was given on the command line to take up a run. */
export interface ResumeOptions {
  readonly yes?: boolean;
  readonly surface?: SurfaceName;
  /** The file that what a guided run shows is recorded in. */
  readonly record?: string;
  readonly manual?: 'pause' | 'skip';
  readonly allowDestructive?: boolean;
  readonly wait?: boolean;
  /** Where results go from now on; as before when absent. */
  readonly log?: RunOptions['log'];
  readonly choose?: Readonly<Record<string, string>>;
  readonly accept?: readonly string[];
  readonly may?: 'read' | 'change';
  /** What to do if the part that has not run yet has changed; asked, or refused, where nothing is said. */
  readonly changed?: 'keep' | 'take';
  readonly stateDir?: string;
}

/** What a run is taken up for. */
export interface ResumeIntent {
  /** Which runs can be meant when none is named. */
  readonly fits: (run: ListedRun) => boolean;
  /** What is said where none can. */
  readonly noneFits?: (all: readonly ListedRun[]) => NoneFits;
  /** Why this run cannot be taken up for this, in words; undefined when it can. */
  readonly refuse: (state: RunState) => string | undefined;
  readonly rollsBack: boolean;
  /** What follows right after the run is open again; `before` is how it rested. */
  readonly command: (open: RunState, before: RunState) => RunCommand | undefined;
  /** What is done where its runbook has changed and nobody decides; gives the exit code. */
  readonly leave?: (left: LeftAsItIs, run: RestingRun) => number | Promise<number>;
}

/** Takes up a run with an intent; gives the exit code. */
export async function resumeSession(
  name: string | undefined,
  options: ResumeOptions,
  intent: ResumeIntent,
): Promise<number> {
  const unknown = unknownDoubt(options.accept ?? []);
  if (unknown) return refuse(unknown);
  const surface = chooseSurface(options.surface, options.yes ?? false, options.record);
  if (!surface.ok) return refuse(surface.error);
  const store = openRunStore(options.stateDir);
  const fits = (run: ListedRun): boolean =>
    store.hasBegun(run.folder) && !store.goesOnElsewhere(run.folder) && intent.fits(run);
  const found = await chooseRun(store, name, {
    fits,
    noneFits: intent.noneFits,
    takesNewest: intent.rollsBack,
    isGuided: surface.value.guided,
  });
  if (!found.ok) return found.error;
  const opened = openRun(found.value);
  if (!opened.ok) return opened.error;
  try {
    for (const line of await sharingRemarks(found.value.folder.path)) writeMessage(`note: ${line}\n`);
    const forged = await refuseForged(found.value);
    if (forged) return refuse(forged);
    warnOfDamage(found.value.folder);
    const chosen = resumedOptions(opened.value, options);
    if (!chosen.ok) return refuse(chosen.error);
    const run = { store, listed: found.value, opened: opened.value, runOptions: chosen.value };
    return await takeUp(run, surface.value, options, intent);
  } finally {
    opened.value.journal.close();
    opened.value.lock.release();
  }
}

/** A run that nobody works on, opened. */
export interface RestingRun {
  readonly store: RunStore;
  readonly listed: ListedRun;
  readonly opened: OpenedRun;
  /** Those that hold for the rest of it. */
  readonly runOptions: RunOptions;
}

async function takeUp(
  { store, listed, opened, runOptions }: RestingRun,
  surface: ChosenSurface,
  options: ResumeOptions,
  intent: ResumeIntent,
): Promise<number> {
  const { id, folder, summary } = listed;
  const { journal, plan, state, history } = opened;
  const refused = intent.refuse(state);
  if (refused !== undefined) return completeOrRefuse(store, listed, opened, refused);
  const started = startOf(history);
  if (!started || !summary) return refuse({ message: `run \`${id}\` has no beginning in its journal` });
  const before = runbookOfRun(started.runbook.path, store.readRunbook(folder));
  const secrets = await settleSecrets(
    [
      ...wantedSecrets(plan.inputs ?? before.frontMatter.inputs, started.secretInputs),
      ...withheldSecrets(folder.path, state, started.secretInputs),
    ],
    surface.guided ? surface.name : undefined,
    started.runbook,
  );
  if (!secrets.ok) return secrets.error;
  const unusable =
    whyStillLocked(folder.path, state, secrets.value) ??
    refuseValues(plan, { values: state.inputs, origins: {}, secrets: secrets.value });
  if (unusable) return refuse(unusable);
  const current = pageOfResume({ path: started.runbook.path, plan, before, log: runOptions.log, folder });
  if (!current.ok) return current.error;
  const { file, runbook, planNow, linked } = current.value;
  if (!surface.guided && isDoubtful({ state, runOptions }, intent, before, linked)) return exitCode.usage;
  const by = currentActor();
  const runbookDigest = digestOfRun(runbook, planNow);
  const changes = await settleChanges({
    before,
    now: runbook,
    planNow,
    digest: runbookDigest,
    state,
    history,
    by,
    rollback: intent.rollsBack || state.rollback !== undefined,
    choice: options.changed,
    guided: surface.guided,
  });
  if (!changes.ok)
    return intent.leave?.(changes.error, { store, listed, opened, runOptions }) ?? changes.error.status;
  const resumed = resumedBy(by, surface, runbookDigest, runOptions);
  const first = firstEvents(state, [resumed, ...changes.value, ...takenDecisions(state)], intent);
  if (!first.ok) return refuseOrNothing(id, state, first.error);
  const session: RunSession = {
    store,
    folder,
    summary,
    journal,
    plan,
    file,
    runbook,
    linked,
    state,
    history,
    options: runOptions,
    surface,
    inputs: { values: state.inputs, origins: started.inputOrigins ?? {}, secrets: secrets.value },
    by,
    cwd: started.cwd ?? dirname(started.runbook.path),
    wait: options.wait ?? true,
    reports: [],
  };
  return driveInTurn(session, [...takenOver(), ...first.value], options);
}

function resumedBy(
  by: Actor,
  { guided }: ChosenSurface,
  runbookDigest: string,
  options: RunOptions,
): RunEvent {
  return { type: 'RunResumed', by, mode: guided ? 'guided' : 'unattended', runbookDigest, options };
}

/** A worker that drives a run which another one had says so first. */
function takenOver(): readonly RunEvent[] {
  const order = replicaOfProcess()?.order;
  return order?.from === undefined
    ? []
    : [{ type: 'RunTakenOver', from: order.from, to: order.worker, epoch: order.epoch }];
}

/** What cannot go on may still lack a part of its results. */
async function completeOrRefuse(
  store: RunStore,
  listed: ListedRun,
  opened: OpenedRun,
  refused: string,
): Promise<number> {
  const { id } = listed;
  const completed = await completeEnded(store, listed, opened);
  if (completed === 'failed') return exitCode.paused;
  if (completed === 'nothing-missing') return refuse({ message: `run \`${id}\`: ${refused}` });
  writeMessage(`run ${id} had already ended; the missing part of its results is now written\n`);
  return exitCodeOf(opened.state);
}

/** Only while no more runs of its pages go on than may. */
async function driveInTurn(
  session: RunSession,
  events: readonly RunEvent[],
  { stateDir }: ResumeOptions,
): Promise<number> {
  const { store, summary, runbook, linked = new Map(), inputs } = session;
  const rights = await lockPages({
    ...{ store, runbook, linked, inputs: inputs.values, resumes: summary.id },
    stateDir: chosenStateFolder(stateDir),
    path: summary.runbook,
  });
  if (!rights.ok) return refuseRun(rights.error, session.surface.name);
  try {
    return await driveSession(session, events);
  } finally {
    rights.value();
  }
}

/** Whether, after saying so, there is a doubt ahead that nobody is there to be asked about. */
function isDoubtful(
  { state, runOptions }: { readonly state: RunState; readonly runOptions: RunOptions },
  { rollsBack }: ResumeIntent,
  before: Runbook,
  linked: ReadonlyMap<string, Runbook>,
): boolean {
  if (rollsBack || state.rollback !== undefined) return false;
  const sourceOf = (page: string | undefined) => (page === undefined ? before : linked.get(page))?.source;
  const refusals = refuseDoubtful(doubtfulAhead(state), runOptions, sourceOf);
  for (const refusal of refusals) refuse(refusal);
  return refusals.length > 0;
}

/** What may still come to run, with the doubts that nobody has settled in the run so far. */
function doubtfulAhead({ plan, items, choices, answers }: RunState): readonly PlanItem[] {
  const isAnswered = (question: string): boolean => answers.some((kept) => kept.question === question);
  return plan.items.flatMap((item, index): readonly PlanItem[] => {
    const known = items[index];
    if (known === undefined || isSettled(known.status)) return [];
    const isMade = ({ choice }: PlannedDoubt) =>
      choice !== undefined && (Object.hasOwn(choices, choice.name) || isAnswered(`choice:${choice.name}`));
    const isSaid = known.doubtsAccepted || isAnswered(`doubtful:${item.address}:${known.attempts}`);
    const doubts = isSaid ? [] : (item.doubts ?? []).filter((doubt) => !isMade(doubt));
    return [{ ...item, doubts }];
  });
}

function startOf(history: readonly RecordedEvent[]): EventOf<'RunStarted'> | undefined {
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  return started?.type === 'RunStarted' ? started : undefined;
}

/** The options of the run, with what is chosen anew for the rest of it. */
function resumedOptions(
  { plan, state: { options: before } }: Pick<OpenedRun, 'plan' | 'state'>,
  { yes, allowDestructive, manual, log, may, accept = [], choose = {} }: ResumeOptions,
): Result<RunOptions, Complaint> {
  const ways = readChoices(plan, choose);
  if (!ways.ok) return ways;
  const chosen = { ...before.choose, ...ways.value };
  const accepted = [...new Set([...(before.accept ?? []), ...accept])];
  const { may: held, ...rest } = before;
  const holds = may === 'read' || (may === undefined && held === 'read');
  return ok({
    ...rest,
    ...(holds && { may: 'read' }),
    yes: (yes ?? false) && before.servedBy === undefined,
    allowDestructive: allowDestructive ?? before.allowDestructive,
    manual: manual ?? before.manual,
    log: log ?? before.log,
    ...(Object.keys(chosen).length > 0 && { choose: chosen }),
    ...(accepted.length > 0 && { accept: accepted }),
  });
}

/** A run that has changed nothing is as it would be after its rollback; what is left of one that has is said. */
function refuseOrNothing(id: string, state: RunState, { code, message }: Rejection): number {
  if (code !== 'nothing-to-roll-back') return refuse({ message });
  if (!changedAnything(state)) {
    writeMessage(`nothing to undo: run \`${id}\` has changed nothing\n`);
    return exitCode.succeeded;
  }
  const left = stepsWithoutUndo(state, []).map((step) => quoted(step));
  return refuse({
    message: `run \`${id}\`: ${message}; ${listed(left)} stays as it is`,
    help: 'no undo is written for that, and the runbook has no rollback section',
    status: exitCode.rollbackFailed,
  });
}

/** What is recorded first: that the run is open again, and what follows from the intent. */
function firstEvents(
  state: RunState,
  resumed: readonly RunEvent[],
  intent: ResumeIntent,
): Result<readonly RunEvent[], Rejection> {
  // The command is decided on the state as it will be once the run is open again.
  const open = resumed.reduce(
    (known, event) => evolve(known, { seq: known.lastSeq + 1, at: systemClock.now().toISOString(), event }),
    state,
  );
  const command = intent.command(open, state);
  if (!command) return ok(resumed);
  const decision = decide(open, command);
  return decision.ok ? ok([...resumed, ...decision.value]) : decision;
}

/** What the run was given when it began: placeholders of blocks that it did not choose were never asked for. */
function wantedSecrets(
  declared: readonly InputDeclaration[],
  given: readonly string[],
): readonly InputDeclaration[] {
  return declared
    .filter(({ name, placeholder, when }) => (!placeholder && !when) || given.includes(name))
    .map((input) => (given.includes(input.name) ? asSecret(input) : input));
}

/** What was given as a secret is one, whoever declared it; its value held one where nothing else says so. */
function asSecret(input: InputDeclaration): InputDeclaration {
  const { name, description = 'its value held a secret, and secrets are not kept' } = input;
  const held = input.secret || saysSecret(name) ? {} : { description };
  return { ...input, ...held, secret: input.secret ?? { type: 'prompt' } };
}
