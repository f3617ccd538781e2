// Owns what becomes of a run whose runbook has changed since: shown step by step, and decided by a person or an option.
import { relative } from 'node:path';
import { fail, ok, type Result } from '../../basics/result.ts';
import { shellQuote } from '../../languages/shell/shell-quote.ts';
import { questionId } from '../../run/answers/question-id.ts';
import { isTakeable, type UndecidedChange, undecidedChange } from '../../run/answers/undecided-change.ts';
import { changedSettings } from '../../run/changes/changed-settings.ts';
import { type ChangesAhead, changesAhead } from '../../run/changes/changes-ahead.ts';
import { compareLinked } from '../../run/changes/compare-linked.ts';
import { compareRunbooks } from '../../run/changes/compare-runbooks.ts';
import type { Actor, RecordedEvent, RunEvent } from '../../run/event.ts';
import type { Plan } from '../../run/plan.ts';
import { isSettled, type RunState } from '../../run/state.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { exitCode } from '../exit-code.ts';
import { digestOfRunbook } from '../load/digest-of-runbook.ts';
import { complain } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';

/** A runbook then and now, and the run that is taken up with it. */
export interface ChangedRunbook {
  /** The runbook as the run was started with. */
  readonly before: Runbook;
  readonly now: Runbook;
  /** What `now` would be run as, linked runbooks included. */
  readonly planNow: Plan;
  /** Digest of `now` and of all that it links to. */
  readonly digest: string;
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
  readonly by: Actor;
  /** Whether the run is taken up to be undone. */
  readonly rollback: boolean;
  /** What was said beforehand, by option. */
  readonly choice: 'keep' | 'take' | undefined;
  readonly guided: boolean;
}

/** The run is left as it is. */
export interface LeftAsItIs {
  readonly status: number;
  /** What nobody was there to decide. */
  readonly undecided?: UndecidedChange;
}

/** Events that follow from the change, in order; or how the run is left. */
export async function settleChanges(
  changed: ChangedRunbook,
): Promise<Result<readonly RunEvent[], LeftAsItIs>> {
  if (changed.digest === digestKnown(changed.history, changed.rollback)) return ok([]);
  const linked = compareLinked(changed.state.plan, changed.planNow);
  const isOwn = digestOfRunbook(changed.before) !== digestOfRunbook(changed.now);
  const settings = changedSettings(changed.state.plan, changed.planNow);
  const own = isOwn ? compareRunbooks(changed.before, changed.now, settings) : undefined;
  if (own === undefined && linked.lines.length === 0) return ok([]);
  const lines = [...(own?.lines ?? []), ...linked.lines];
  for (const line of lines) writeMessage(`${line}\n`);
  const noticed: RunEvent = {
    type: 'RunbookChanged',
    digest: changed.digest,
    edited: [...(own?.edited ?? []), ...linked.edited],
    gone: [...(own?.gone ?? []), ...linked.gone],
    added: [...(own?.added ?? []), ...linked.added],
    ...(own && own.moved.length > 0 && { moved: own.moved }),
    ...(settings.length > 0 && { settings: settings.map(({ name }) => name) }),
  };
  const ahead = changesAhead(changed.state, changed.planNow, changed);
  const untakeable = untakeableWords(ahead);
  const needsDecision = ahead.edited.length + untakeable.length > 0;
  if (!needsDecision && (changed.choice !== 'take' || ahead.undos.length === 0)) return ok([noticed]);
  const undecided: UndecidedChange = {
    digest: changed.digest,
    edited: ahead.edited,
    others: untakeable,
    lines,
  };
  const answer = answerTo(undecided, changed.state);
  const choice = changed.choice ?? answer?.choice ?? (await choose(changed.guided, undecided));
  if (choice === 'leave') return fail({ status: exitCode.paused, undecided });
  if (choice === 'keep') return ok([noticed]);
  if (undecided.others.length > 0) {
    complain(
      `more has changed than the text of commands: ${undecided.others.join(', ')}`,
      `go on as the run was started with \`--changed keep\`, or ${anew(changed)}`,
    );
    return fail({ status: exitCode.paused });
  }
  const by = changed.choice === undefined ? (answer?.by ?? changed.by) : changed.by;
  const edits = [...ahead.edited, ...ahead.undos].map(
    ({ address, code }): RunEvent => ({ type: 'CommandEdited', address, code, by }),
  );
  return ok([noticed, ...edits]);
}

/** The digest that the run last went on with; what its undos are was decided only where a rollback was taken up. */
function digestKnown(history: readonly RecordedEvent[], rollback: boolean): string | undefined {
  let isUndoing = !rollback;
  return history.reduce<string | undefined>((known, { event }) => {
    if (event.type === 'RollbackStarted') isUndoing = true;
    if (event.type === 'RunStarted') return event.runbook.digest;
    return event.type === 'RunResumed' && isUndoing ? event.runbookDigest : known;
  }, undefined);
}

/** What somebody has answered from elsewhere to this very change. */
function answerTo(
  change: UndecidedChange,
  state: RunState,
): { readonly choice: 'keep' | 'take'; readonly by: Actor } | undefined {
  const id = questionId(state, { type: 'changed', change });
  const kept = state.answers.findLast(({ question }) => question === id);
  const word = kept?.answer.word;
  return kept !== undefined && (word === 'keep' || word === 'take')
    ? { choice: word, by: kept.by }
    : undefined;
}

/** What was answered of changes has been followed, or is of no more use. */
export function takenDecisions({ answers }: RunState): readonly RunEvent[] {
  return answers
    .filter(({ question }) => question.startsWith('changed:'))
    .map(({ question, answer, by }) => ({ type: 'AnswerTaken', question, by, answer: answer.word }));
}

async function choose(guided: boolean, change: UndecidedChange): Promise<'keep' | 'take' | 'leave'> {
  const mayTake = isTakeable(change);
  if (guided) {
    const { askAboutChanges } = await import('../../surfaces/prompt/ask-about-changes.ts');
    return askAboutChanges({ mayTake });
  }
  complain(
    `${undecidedChange(change).message}; there is nobody to decide`,
    `\`--changed keep\` goes on as the run was started${mayTake ? ', `--changed take` with the new text' : ''}`,
  );
  return 'leave';
}

/** How the rest of the page is run as it is now, where there is a rest to begin with. */
function anew({ state, now, planNow, rollback }: ChangedRunbook): string {
  const known = new Set(planNow.items.map(({ address }) => address));
  const next = state.plan.items.find(
    ({ address }, index) =>
      index < state.mainCount && !isSettled(state.items[index]?.status ?? 'passed') && known.has(address),
  );
  if (rollback || next === undefined) return 'run the runbook again';
  const { section } = state.plan;
  const file = relative('', now.source.path) + (section === undefined ? '' : `#${section}`);
  return `run the page as it is now from there: \`runsheet run ${shellQuote(file)} --from ${next.address}\``;
}

/** What has changed and cannot be taken into a run that has begun. */
function untakeableWords({ other, added, moved, settings }: ChangesAhead): readonly string[] {
  const names = (addresses: readonly string[]) => addresses.map((name) => `\`${name}\``);
  return [
    ...names(settings).map((name) => `${name} in the front matter`),
    ...names([...other, ...added]),
    ...(moved.length > 0 ? [`the order of ${names(moved).join(', ')}`] : []),
  ];
}
