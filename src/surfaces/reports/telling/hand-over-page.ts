// Owns the page that an operator hands over with a run: where it stands, what is doubtful, what still runs, how to undo.

import { asResting } from '../../../run/answers/open-question.ts';
import { openDoubts } from '../../../run/belonging/open-doubts.ts';
import type { PlanItem } from '../../../run/plan.ts';
import { filledText } from '../../../run/rules/filled-text.ts';
import { goesOn } from '../../../run/rules/goes-on.ts';
import { planRollbackEvent } from '../../../run/rules/rollback-effect.ts';
import { canBeTakenUp, type ItemState, type RunState } from '../../../run/state.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { stepsOf } from '../../../view/steps/count-steps.ts';
import { neededWords } from '../../../view/words/approval-words.ts';
import { wayBackWords } from '../../../view/words/earlier-facts.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import { actorWords, counted, listed, quoted } from '../../../view/words/quoted.ts';
import { pauseEnding } from '../../../view/words/reason-words.ts';
import { elsewhereWords } from '../../../view/words/way-on-words.ts';
import type { Page, PageBlock } from '../page/page.ts';
import { factsOf } from './facts-of.ts';
import { failureBlocks } from './failure-blocks.ts';
import type { ReportedRun } from './report-of.ts';

/** A run with what only the machine that it is on knows of it. */
export interface HandedOver extends ReportedRun {
  /** A living process works on it. */
  readonly isLive: boolean;
  /** It was handed over, and goes on at another machine if anywhere. */
  readonly isElsewhere: boolean;
}

/** One page; whatever there is nothing of is said to be nothing, so that nobody has to guess. */
export function handOverPage(run: HandedOver): Page {
  const { state, history } = run;
  return {
    title: `Hand-over: ${visibleText(state.plan.title)}`,
    blocks: [
      { type: 'paragraph', text: standing(run) },
      { type: 'table', head: [], rows: factsOf(state, history) },
      ...section('What is next', nextWords(run)),
      ...failureBlocks(run),
      ...section('What is doubtful', doubtWords(run)),
      ...section('What still runs', runningWords(run)),
      ...section('What was done', doneWords(run)),
      ...section('How to go on', wayOnWords(run)),
      ...section('How to undo', undoWords(run)),
      ...section(
        'Notes',
        state.notes.map(({ address, text, by, at }) => {
          const where = address === undefined ? '' : ` on ${quoted(address)}`;
          return `${formatTime(at)}, ${actorWords(by)}${where}: ${visibleText(text)}`;
        }),
      ),
    ],
  };
}

function section(title: string, items: readonly string[]): readonly PageBlock[] {
  const heading = { type: 'heading' as const, level: 2 as const, text: title };
  if (items.length === 0) return [heading, { type: 'paragraph', text: 'Nothing.' }];
  return [heading, { type: 'list', items }];
}

function standing({ state, isLive }: HandedOver): string {
  const steps = stepsOf(state);
  const done = steps.filter(({ status }) => status === 'done').length;
  const so = `${done} of ${counted(steps.length, 'step')} done`;
  const { lifecycle, pause, rollback } = state;
  if (lifecycle === 'ended') return `The run has ended; ${so}.`;
  const where = rollback?.status === 'running' ? ', in its rollback' : '';
  if (lifecycle === 'paused') {
    const at = pause?.at === undefined ? '' : ` at ${quoted(pause.at)}`;
    return `The run is paused${at}${where}${pause === undefined ? '' : pauseEnding(pause)}; ${so}.`;
  }
  if (isLive) return `The run goes on${where}, and somebody works on it; ${so}.`;
  return `The run was interrupted${where}: nobody works on it, and it did not end properly; ${so}.`;
}

/** Nothing of its own course is left to run, or nobody can have it run. */
function isOver(state: RunState): boolean {
  return state.lifecycle === 'ended' && !canBeTakenUp(state);
}

/** Who is waited for, and the first step that is open. */
function nextWords({ state }: HandedOver): readonly string[] {
  if (isOver(state)) return [];
  const waits = state.plan.items.flatMap((item, index) => {
    const approval = state.items[index]?.approval;
    if (approval === undefined || approval.granted || state.items[index]?.status !== 'pending') return [];
    const until = approval.expiresAt === undefined ? '' : `, until ${formatTime(approval.expiresAt)}`;
    const given = approval.given.length > 0 ? `, ${approval.given.length} given` : '';
    return [
      `${quoted(item.address)} waits for ${neededWords(approval)}${until}${given}: \`runsheet approve ${state.run} ${item.address}\``,
    ];
  });
  const part = state.rollback?.status === 'running' ? 'undo' : 'run';
  const open = stepsOf(state, part).filter(
    ({ status }) => status === 'open' || status === 'failed' || status === 'in-doubt',
  );
  const [next, ...later] = open;
  const rest = later.length === 0 ? '' : `, then ${counted(later.length, 'more step')}`;
  const at = next?.at === undefined ? '' : ` at ${quoted(next.at)}`;
  return [...waits, ...(next === undefined ? [] : [`“${visibleText(next.title)}”${at}${rest}`])];
}

function doubtWords({ state, isLive }: HandedOver): readonly string[] {
  const { shellsOpened } = state;
  return [
    ...state.plan.items.flatMap((item, index) => {
      const known = state.items[index];
      if (known === undefined) return [];
      return [...endWords(item, known, isLive), ...likelyWords(item, known)];
    }),
    ...(shellsOpened === 0
      ? []
      : [
          `a shell was opened ${counted(shellsOpened, 'time')}: what was done there is in no record, and nothing undoes it`,
        ]),
    ...state.plan.items.flatMap((item, index) =>
      (state.items[index]?.result?.warnings ?? []).map(
        (text) => `${quoted(item.address)}: ${visibleText(text)}`,
      ),
    ),
  ];

  /** It is likely to be no part of the run, and nobody has said that it is. */
  function likelyWords(item: PlanItem, known: ItemState): readonly string[] {
    if (known.status !== 'pending' || known.doubtsAccepted || isOver(state)) return [];
    return openDoubts(item, state.options).map(
      ({ code, text }) => `${quoted(item.address)} is still to be run: ${visibleText(text)} (\`${code}\`)`,
    );
  }
}

function endWords(item: PlanItem, { status, onHosts }: ItemState, isLive: boolean): readonly string[] {
  const isOpen = status === 'in-doubt' || (!isLive && (status === 'running' || status === 'retrying'));
  if (!isOpen || item.kind === 'runbook') return [];
  const hosts = Object.values(onHosts ?? {}).filter(
    (one) => one.status === 'running' || one.status === 'in-doubt',
  );
  const where =
    hosts.length === 0
      ? ''
      : ` ${hosts[0]?.each === undefined ? 'on' : 'for'} ${listed(hosts.map(({ host }) => quoted(host)))}`;
  return [
    `${quoted(item.address)} was started${where}, and how it ended is not known: look before it is run again`,
  ];
}

/** While a run rests, what it had in the background was ended with it. */
function runningWords({ state, isLive }: HandedOver): readonly string[] {
  return state.plan.items.flatMap((item, index) => {
    const known = state.items[index];
    if (known === undefined) return [];
    if (goesOn(item, known))
      return [
        isLive
          ? `${quoted(item.address)} goes on in the background`
          : `${quoted(item.address)} went on in the background when the run was interrupted; it was ended with the tool`,
      ];
    if (known.endedByRun && state.lifecycle !== 'ended')
      return [
        `${quoted(item.address)} was ended when the run came to rest, and is started again when it is resumed`,
      ];
    return isLive && known.status === 'running' && item.kind === 'block'
      ? [`${quoted(item.address)}, since ${formatTime(known.startedAt ?? '')}`]
      : [];
  });
}

function doneWords({ state, isLive }: HandedOver): readonly string[] {
  const undone = state.rollback?.status === 'running' ? stepsOf(state, 'undo') : [];
  const words = (title: string, status: string): string => `“${visibleText(title)}” ${status}`;
  return [
    ...stepsOf(state).flatMap(({ title, status, items }) => {
      const goesOnNow = isLive && items.some(({ known }) => known.status === 'running');
      if (status === 'open' || goesOnNow) return [];
      return [words(title, status === 'in-doubt' ? 'in doubt' : status)];
    }),
    ...undone.flatMap(({ title, status }) => (status === 'done' ? [words(title, 'undone')] : [])),
  ];
}

function wayOnWords({ state, isLive, isElsewhere }: HandedOver): readonly string[] {
  const { run, plan } = state;
  if (isElsewhere) return ['it was handed over, and goes on where it was taken over'];
  // Of what is left to undo the next part tells.
  if (isOver(state)) return [];
  const secrets = (plan.inputs ?? [])
    .filter(({ secret }) => secret !== undefined)
    .map(({ name }) => quoted(name));
  return [
    isLive
      ? `\`runsheet show ${run} --follow\` shows it; whoever works on it pauses it first`
      : `\`runsheet resume ${run}\` takes it up`,
    ...elsewhereWords(isLive ? state : asResting(state)),
    ...(secrets.length > 0 ? [`it needs ${listed(secrets)}, which no run keeps`] : []),
    ...(plan.responders ?? []).flatMap((text) => {
      const name = filledText(text, state);
      return name ? [`ask ${visibleText(name)}`] : [];
    }),
  ];
}

/** What a rollback would do now, in its order; and the steps that have changed something and have no undo. */
function undoWords({ state, earlier = new Map() }: HandedOver): readonly string[] {
  const { run, plan, rollback, outcome } = state;
  if (rollback?.status === 'running' && outcome !== undefined) return [];
  const planned = planRollbackEvent(state, false);
  if (planned === undefined) return [];
  const wayBack = wayBackWords(state, earlier, planned.items);
  const undone = new Set(plan.items.flatMap(({ undoes }) => undoes ?? []));
  const without = planned.steps.filter((step) => !undone.has(step));
  const titleOf = (step: string): string =>
    visibleText(plan.items.find((item) => item.step === step)?.stepTitle ?? step);
  return [
    `\`runsheet rollback ${run}\` runs ${listed(planned.items.map(quoted))}`,
    ...(wayBack === '' ? [] : [wayBack]),
    ...without.map(
      (step) => `“${titleOf(step)}” has changed something, or may have, and has no undo of its own`,
    ),
  ];
}
