// Owns `runsheet run`: everything that is settled before the first event, and the start of the run.

import { resolve } from 'node:path';
import { runId } from '../../basics/address.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { KeptReadings } from '../../engine/cache/kept-readings.ts';
import { readRememberedInputs } from '../../engine/remember-inputs.ts';
import { resolveInputs } from '../../run/inputs/resolve-inputs.ts';
import { isForPerson, type PlanItem } from '../../run/plan.ts';
import { askAtFirstUse } from '../../run/planning/ask-at-first-use.ts';
import { planExports } from '../../run/planning/plan-exports.ts';
import { selectItems } from '../../run/planning/select-items.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { readApproval } from '../../runbook/attributes/attribute-reading.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { acceptOutputs, PrintedOutputs } from '../accept-outputs.ts';
import { type ChosenSurface, chooseSurface, type SurfaceName } from '../choose-surface.ts';
import { chooseProcedure } from '../choosing/choose-procedure.ts';
import { readChoices } from '../choosing/read-choices.ts';
import { refuseAstray } from '../choosing/refuse-astray.ts';
import { refuseDoubtful, unknownDoubt } from '../choosing/refuse-doubtful.ts';
import { exitCode } from '../exit-code.ts';
import { readGivenFile } from '../inputs/read-given-file.ts';
import { type InputRequest, type SettledInputs, settleInputs } from '../inputs/settle-inputs.ts';
import { shownInputs } from '../inputs/shown-inputs.ts';
import { type NamedPage, readPageName } from '../load/locate-section.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { type Complaint, type Refusal, refuse } from '../refusal.ts';
import { checkSurroundings, refuseValues } from '../session/check-surroundings.ts';
import {
  chosenItems,
  otherPage,
  type PlannedRun,
  planRun,
  refusePlan,
  refuseUnfilled,
  wantedInputs,
} from '../session/plan-run.ts';
import { type RunRequest, startRun } from '../session/start-run.ts';
import { parseReports, type ReportRequest } from '../session/write-reports.ts';
import { tellBrokenOff } from '../telling/tell-broken-off.ts';
import { writeResult } from '../write-result.ts';
import { renderDryRun } from './render-dry-run.ts';

/** What `runsheet run` was given beside the runbook. */
export interface RunCommandOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly set: Readonly<Record<string, string>>;
  readonly inputs?: string;
  readonly section?: string;
  readonly step: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly tag: readonly string[];
  readonly log?: RunOptions['log'];
  readonly surface?: SurfaceName;
  readonly report: readonly string[];
  readonly onFailure?: NonNullable<RunOptions['onFailure']>;
  readonly manual: 'pause' | 'skip';
  readonly allowDestructive?: boolean;
  readonly accept: readonly string[];
  readonly choose: Readonly<Record<string, string>>;
  readonly wait: boolean;
  readonly remember: boolean;
  readonly record?: string;
  readonly expectDigest?: string;
  readonly updateExpected?: boolean;
  readonly stateDir?: string;
  /** A run of this id is started once, however often it is asked for. */
  readonly runId?: string;
  readonly cause?: string;
  /** The commit that a server has taken the page from. */
  readonly ofCommit?: string;
  readonly onBehalf?: string;
  readonly may?: 'read' | 'change';
  /** A number of people, or the name of a person or a group, as in `approve=`. */
  readonly asks?: string;
  readonly servedBy?: string;
}

/** Runs a runbook to its first rest, or prints what it would run; gives the exit code. */
export async function runRunbook(written: string, options: RunCommandOptions): Promise<number> {
  const unknown = unknownDoubt(options.accept);
  if (unknown) return refuse(unknown);
  const asks = readAsks(options);
  if (!asks.ok) return refuse(asks.error);
  const page = readPageName(written, options.section);
  if (!page.ok) return refuse(page.error);
  const known = await runOfId(options.runId, resolve(page.value.path), options);
  if (known !== undefined) return known;
  const planned = await planChosen(page.value, options);
  if (!planned.ok) return refuse(planned.error);
  if (planned.value === 'left') return exitCode.interrupted;
  const file = readGivenFile(options.inputs);
  if (!file.ok) return refuse({ message: file.error });
  const exported = planExports(planned.value.plan, Object.keys({ ...options.set, ...file.value }));
  const ways = readChoices(exported.plan, options.choose);
  if (!ways.ok) return refuse(ways.error);
  const run = withWays({ ...planned.value, plan: exported.plan }, ways.value);
  const [unclear] = exported.problems;
  if (unclear !== undefined) return refuse({ message: unclear });
  const unfit = refusePlan(run, options.expectDigest);
  if (unfit) return refuse(unfit);
  const chosen = chosenItems(run);
  const unfilled = refuseUnfilled(run, chosen, process.env);
  if (unfilled) return refuse(unfilled);
  const wanted = wantedInputs(run, chosen);
  const inputRequest = inputRequestOf(run, options, file.value);
  const reports = parseReports(options.report, process.env);
  if (!reports.ok) return refuse({ message: reports.error });
  if (options.dryRun) return printDryRun(run, wanted, inputRequest);
  const hindered = checkSurroundings(run, chosen);
  if (hindered) return refuse(hindered);
  const surface = chooseSurface(options.surface, options.yes ?? false, options.record);
  if (!surface.ok) return refuse(surface.error);
  const unconfirmed = surface.value.guided
    ? []
    : [refuseUnattended(run), ...refuseDoubtful(chosen, run.options, (file) => sourceOfPage(run, file))];
  const refusals = unconfirmed.filter((refusal) => refusal !== undefined);
  for (const refusal of refusals) refuse(refusal);
  if (refusals.length > 0) return exitCode.usage;
  const ask = surface.value.guided ? { ask: surface.value.name } : {};
  const asked = surface.value.guided ? askOnTheWay(run, wanted, inputRequest) : { run, wanted };
  // Their commands are run before the page is shown.
  if (asked.wanted.some(runsCommand) && run.confirm?.() === false) return refuse(otherPage(run.path));
  const inputs = await settleInputs(asked.wanted, { ...inputRequest, ...ask });
  if (!inputs.ok) return inputs.error;
  const ungivable = refuseValues(asked.run.plan, inputs.value);
  if (ungivable) return refuse(ungivable);
  const astray = surface.value.guided ? undefined : refuseAstray(chosen, run.options, inputs.value.values);
  if (astray) return refuse(astray);
  const start = { surface: surface.value, inputs: inputs.value, reports: reports.value };
  const code = options.updateExpected
    ? await startUpdating(asked.run, options, start)
    : await startRun(runRequestOf(asked.run, options, start));
  await tellBrokenOff(openRunStore(options.stateDir));
  return code;
}

/** Whether a command of the page has to be run before the input is settled. */
function runsCommand({ when, choicesFrom, defaultFrom, secret }: InputDeclaration): boolean {
  return (when ?? choicesFrom ?? defaultFrom) !== undefined || secret?.type === 'command';
}

/** What becomes of a run that has begun already under the id: its exit code, once it has been gone on with. */
async function runOfId(
  id: string | undefined,
  page: string,
  options: RunCommandOptions,
): Promise<number | undefined> {
  if (id === undefined || options.dryRun) return undefined;
  const { goOnWithId } = await import('./go-on-with-id.ts');
  return goOnWithId(id, page, options);
}

/** A guided run of all of the page, with what it asks for beside a listing instead of before it begins. */
function askOnTheWay(
  run: PlannedRun,
  wanted: readonly InputDeclaration[],
  request: InputRequest,
): { readonly run: PlannedRun; readonly wanted: readonly InputDeclaration[] } {
  const { steps, from, until, tags } = run.options.selection;
  if (steps.length + tags.length > 0 || from !== undefined || until !== undefined) return { run, wanted };
  const { missing } = resolveInputs(wanted, {
    set: request.set,
    file: request.file,
    environment: process.env,
  });
  const { plan, names } = askAtFirstUse(run.plan, missing);
  return { run: { ...run, plan }, wanted: wanted.filter(({ name }) => !names.has(name)) };
}

/** The run of the page, or of the one of its procedures that a person chooses. */
async function planChosen(
  page: NamedPage,
  options: RunCommandOptions,
): Promise<Result<PlannedRun | 'left', Refusal>> {
  const surface = chooseSurface(options.surface, options.yes ?? false);
  const isGuided = surface.ok && surface.value.guided && !options.dryRun;
  // A person sees the page at once, and while they read it is read anew; where nobody does, there is no such time.
  const kept = isGuided ? new KeptReadings() : undefined;
  const plan = (named: NamedPage) =>
    planRun(named, ({ frontMatter }) => toRunOptions(options, frontMatter.log), kept);
  const planned = plan(page);
  const isAsked = isGuided && page.section === undefined;
  if (!planned.ok || !isAsked) return planned;
  const { runbook, options: runOptions } = planned.value;
  const answer = await chooseProcedure(runbook, chosenItems(planned.value), runOptions);
  if (answer === 'left') return ok(answer);
  if (typeof answer === 'object') return plan({ ...page, section: answer.anchor });
  if (answer === 'each') return planned;
  const accept = [...(runOptions.accept ?? []), 'other-procedure'];
  return ok({ ...planned.value, options: { ...runOptions, accept } });
}

function inputRequestOf(
  { path, plan, source }: PlannedRun,
  options: RunCommandOptions,
  file: InputRequest['file'],
): InputRequest {
  return {
    title: plan.title,
    set: options.set,
    file,
    source,
    known: plan.inputs ?? [],
    looksOnly: options.may === 'read' && (options.yes ?? false),
    remembered: options.remember
      ? readRememberedInputs(chosenStateFolder(options.stateDir), resolve(path))
      : {},
  };
}

async function printDryRun(
  { plan, options }: PlannedRun,
  wanted: readonly InputDeclaration[],
  request: InputRequest,
): Promise<number> {
  const inputs = await settleInputs(wanted, { ...request, dryRun: true });
  if (!inputs.ok) return inputs.error;
  writeResult(renderDryRun(plan, options.selection, shownInputs(wanted, inputs.value, true)));
  return exitCode.succeeded;
}

function withWays(run: PlannedRun, choose: NonNullable<RunOptions['choose']>): PlannedRun {
  return Object.keys(choose).length === 0 ? run : { ...run, options: { ...run.options, choose } };
}

/** What has been settled for a run that begins. */
interface SettledStart {
  readonly surface: ChosenSurface;
  readonly inputs: SettledInputs;
  readonly reports: readonly ReportRequest[];
}

function runRequestOf(
  run: PlannedRun,
  { stateDir, wait, remember, runId: id, cause, ofCommit, onBehalf }: RunCommandOptions,
  start: SettledStart,
): RunRequest {
  const asked = {
    ...(id !== undefined && { id: runId(id) }),
    ...(cause !== undefined && { cause }),
    ...(ofCommit !== undefined && { commit: ofCommit }),
    ...(onBehalf !== undefined && { onBehalf }),
  };
  const { file, runbook, plan, linked, digest, options, warnings, confirm } = run;
  const planned = { file, runbook, plan, linked, digest, options, warnings, ...(confirm && { confirm }) };
  return { path: resolve(run.path), ...planned, ...start, ...asked, stateDir, wait, remember };
}

/** Runs, and takes over what blocks printed as what they are expected to print. */
async function startUpdating(
  run: PlannedRun,
  options: RunCommandOptions,
  start: SettledStart,
): Promise<number> {
  const taken = new PrintedOutputs();
  const code = await startRun({ ...runRequestOf(run, options, start), takeOutput: taken.take });
  const isWritten = await acceptOutputs(run.path, taken, async (question) => {
    if (run.options.yes) return true;
    const { askYesOrNo } = await import('../../surfaces/prompt/ask-yes-or-no.ts');
    return askYesOrNo(question);
  });
  return code === exitCode.succeeded && !isWritten ? exitCode.failed : code;
}

/** Who approves of what `--may read` holds back; nobody in particular where nothing is said. */
function readAsks({ asks, may }: RunCommandOptions): Result<RunOptions['asks'], Complaint> {
  if (asks === undefined) return ok(undefined);
  const read = readApproval(asks);
  if (!read.ok) return fail({ message: `\`--asks ${asks}\`: expected ${read.error}` });
  if (may === 'read') return ok(read.value);
  return fail({ message: '`--asks` says who approves of what `--may read` holds back', help: 'give both' });
}

function toRunOptions(options: RunCommandOptions, log: RunOptions['log'] | undefined): RunOptions {
  const asks = readAsks(options);
  return {
    // Nobody has answered what a server's page can ask.
    yes: (options.yes ?? false) && options.servedBy === undefined,
    dryRun: options.dryRun ?? false,
    rehearse: options.rehearse ?? false,
    allowDestructive: options.allowDestructive ?? false,
    manual: options.manual,
    ...(options.accept.length > 0 && { accept: options.accept }),
    log: options.log ?? log ?? 'document',
    ...(options.onFailure && { onFailure: options.onFailure }),
    ...(options.may === 'read' && { may: 'read' }),
    ...(asks.ok && asks.value && { asks: asks.value }),
    ...(options.servedBy !== undefined && { servedBy: options.servedBy }),
    selection: {
      steps: options.step,
      ...(options.from !== undefined && { from: options.from }),
      ...(options.until !== undefined && { until: options.until }),
      tags: options.tag,
    },
  };
}

/** Destructive work that nobody allowed is found before anything runs, not half-way. */
function refuseUnattended({ plan, options }: PlannedRun): Complaint | undefined {
  // Where a person has to be asked before anything is changed, or can be asked on a page, one is there.
  if (options.allowDestructive || options.rehearse) return undefined;
  if (options.may === 'read' || options.servedBy !== undefined) return undefined;
  const chosen = selectItems(plan, options.selection);
  const destructive = plan.items.filter(
    // What a person does is not done where nobody is there.
    (item, index) =>
      chosen[index] && item.risk === 'destructive' && item.phase !== 'rollback' && !isForPerson(item),
  );
  if (destructive.length === 0) return undefined;
  const names = destructive.map((item) => `\`${item.address}\` (${placeOf(item)})`).join(', ');
  return {
    message: `this runbook destroys something, and there is nobody to confirm it: ${names}`,
    help: 'look at the steps with --dry-run, then give --allow-destructive',
  };
}

function sourceOfPage({ source, linked }: PlannedRun, file: string | undefined): SourceFile | undefined {
  return file === undefined ? source : linked.get(file)?.source;
}

function placeOf({ file, line }: PlanItem): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}
