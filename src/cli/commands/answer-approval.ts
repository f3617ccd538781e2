// Owns `runsheet approve` and `runsheet deny`: an answer to a gate, of a live run or of a resting one.
import { hostname } from 'node:os';
import type { Address } from '../../basics/address.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { mayApprove, openGate } from '../../run/approvals/may-approve.ts';
import { requestDigest } from '../../run/approvals/request-digest.ts';
import type { PlanItem } from '../../run/plan.ts';
import { approvalEffect } from '../../run/rules/approval-effect.ts';
import type { ApprovalState, ItemState, RunState } from '../../run/state.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { counted, listed } from '../../view/words/quoted.ts';
import { currentActor } from '../current-actor.ts';
import { exitCode } from '../exit-code.ts';
import { type ReadRun, readRun } from '../history/read-run.ts';
import { viewOfRun } from '../history/view-of-run.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
import { whyElsewhere } from '../runs/why-elsewhere.ts';
import { systemClock } from '../system-clock.ts';
import { giveToRun, whyNotTaken } from '../telling/give-to-run.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet approve` and `runsheet deny` were given beside the run and its gate. */
export interface AnswerOptions {
  readonly comment?: string;
  /** The digest of what is approved, for who has looked at it already. */
  readonly of?: string;
  readonly stateDir?: string;
}

/** A gate that waits, and the run that it is of. */
interface WaitingGate {
  readonly run: ListedRun;
  readonly store: RunStore;
  readonly read: ReadRun;
  readonly item: PlanItem;
  readonly known: ItemState;
  readonly gate: ApprovalState;
}

/** Answers a gate of a run, the only one that is open where none is named; gives the exit code. */
export async function answerApproval(
  verb: 'approve' | 'deny',
  name: string,
  gate: string | undefined,
  options: AnswerOptions,
): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const run = found.value;
  const elsewhere = whyElsewhere(run.folder);
  if (elsewhere !== undefined) return refuse(elsewhere);
  const read = readRun(run.folder);
  if (read === undefined) return exitCode.failed;
  const waiting = findGate({ run, store, read }, gate);
  if (waiting === undefined) return exitCode.usage;
  const { item } = waiting;
  const of = verb === 'deny' ? digestOf(waiting) : await digestToApprove(waiting, options.of);
  if (typeof of === 'number') return of;
  const answer = await giveToRun(store, run, {
    type: verb === 'approve' ? 'GiveApproval' : 'DenyApproval',
    address: item.address,
    host: hostname(),
    ...(of !== undefined && { of }),
    ...(options.comment !== undefined && { comment: options.comment }),
  });
  const status = whyNotTaken(run, answer);
  if (status !== undefined) return status;
  const what = `${verb === 'approve' ? 'approved' : 'denied'} \`${item.address}\` of run ${run.id}`;
  const follows = whatFollows(run.id, (readRun(run.folder) ?? read).state, item.address);
  writeMessage(`${[what, ...follows].join('; ')}\n`);
  return exitCode.succeeded;
}

/** The gate that is meant; complains where there is none such. */
function findGate(
  of: Omit<WaitingGate, 'item' | 'known' | 'gate'>,
  named: string | undefined,
): WaitingGate | undefined {
  const { run, read } = of;
  const open = openGates(read.state);
  const meant =
    named === undefined && open.length === 1 ? open[0] : open.find(({ item }) => item.address === named);
  if (meant) return { ...of, ...meant };
  const waiting = open.map(({ item }) => `\`${item.address}\``).join(', ');
  if (open.length === 0) complain(`run \`${run.id}\` waits for no approval`);
  else
    complain(
      named === undefined
        ? `run \`${run.id}\` waits at several gates: ${waiting}`
        : `run \`${run.id}\` does not wait at \`${named}\` but at ${waiting}`,
    );
  return undefined;
}

function openGates(state: RunState): Pick<WaitingGate, 'item' | 'known' | 'gate'>[] {
  return state.plan.items.flatMap((item, index) => {
    const known = state.items[index];
    const gate = known && openGate(item, known);
    return known && gate ? [{ item, known, gate }] : [];
  });
}

function digestOf({ read, item, gate }: WaitingGate): string | undefined {
  return requestDigest(read.state, item, gate);
}

/**
 * The digest of what is approved: that which was named, else that of what is shown and asked about. Whoever cannot
 * approve it is not asked; the run refuses them. An exit code where nothing is approved.
 */
async function digestToApprove(
  waiting: WaitingGate,
  named: string | undefined,
): Promise<string | number | undefined> {
  if (named !== undefined) return named;
  const { item, known, run } = waiting;
  const { state } = waiting.read;
  const digest = digestOf(waiting);
  if (digest === undefined || !mayApprove(state, item, known, currentActor()).ok) return undefined;
  // What the folder of the run holds is shown, and has to be what the operator asked for.
  const effect = approvalEffect(state, item, known);
  if (effect?.type === 'record') {
    const changed = effect.events.flatMap((event) => (event.type === 'ApprovalChecked' ? event.changed : []));
    complain(
      `\`${item.address}\` is not what was asked for: ${listed(changed)}`,
      `\`runsheet resume ${run.id}\` asks again`,
    );
    return exitCode.usage;
  }
  await showGate(waiting, digest);
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    complain(
      'there is no terminal to ask for the approval on',
      `\`runsheet approve ${run.id} ${item.address} --of ${digest}\` approves exactly this`,
    );
    return exitCode.usage;
  }
  const { askYesOrNo } = await import('../../surfaces/prompt/ask-yes-or-no.ts');
  if (await askYesOrNo('Approve exactly this?')) return digest;
  writeMessage('nothing was answered; `runsheet deny` denies it\n');
  return exitCode.usage;
}

async function showGate({ run, store, read, item, gate }: WaitingGate, digest: string): Promise<void> {
  const { renderApprovalPage } = await import('../../surfaces/prompt/render-approval-page.ts');
  const shown = viewOfRun(store, run, read);
  if (shown === undefined) return;
  const { view, started } = shown;
  const nowMs = systemClock.now().getTime();
  const request = { view, item, gate, digest, secretInputs: started.secretInputs, nowMs };
  const { stdout } = process;
  writeResult(renderApprovalPage(request, choosePalette(stdout, process.env), stdout.columns || 80));
}

/** What is still needed before the run goes on, in words. */
function whatFollows(id: string, state: RunState, address: Address): string[] {
  const open = openGates(state).find(({ item }) => item.address === address);
  if (open) return [`it waits for ${counted(open.gate.needed - open.gate.given.length, 'more approval')}`];
  return state.lifecycle === 'paused' ? [`\`runsheet resume ${id}\` takes the run up`] : [];
}
