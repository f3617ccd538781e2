// Owns the sentence that says what the run waits for.
import { awaitedGate } from '../../../run/answers/awaited-gate.ts';
import { isGoodEnd } from '../../../run/outcomes.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { type StyledRun, styled } from '../../../view/layout/styled-line.ts';
import { approvalWords, leftWords } from '../../../view/words/approval-words.ts';
import { outcomeWords } from '../../../view/words/outcome-words.ts';
import { counted, quoted, turnWords } from '../../../view/words/quoted.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';
import { askedWords, choiceAround, choiceWords } from '../../ways-of.ts';
import { askAt, itemAt, keysGoToBlock, stateAt, type UiContext, type UiState } from '../keys/ui-state.ts';

/** What the sentence is made of. */
export interface QuestionView {
  readonly ui: UiState;
  readonly state: RunState;
  readonly question: Question | undefined;
  readonly context: Pick<UiContext, 'childAttached'>;
  /** Since the start of the run. */
  readonly elapsedMs: number | undefined;
}

/** What the run waits for, in a sentence. */
export function questionLine(view: QuestionView): StyledRun[] {
  const { ui, state, question, context } = view;
  if (ui.stage === 'welcome') return [styled('Nothing has been run yet. Begin?', { bold: true })];
  if (ui.stage === 'end') return endLine(state);
  const current = question && 'address' in question ? question.address : undefined;
  if (ui.look !== undefined && ui.look !== current) {
    const where = current === undefined ? '' : `; the run waits at ${quoted(current)}`;
    return [styled(`Looking at ${quoted(ui.look)}${where}`, { tone: 'accent' })];
  }
  if (question)
    return [styled(questionWords(question, state, ui), { bold: true, ...toneOfQuestion(question, state) })];
  const gate = awaitedGate(state);
  const waiting = gate === undefined ? undefined : stateAt(state, gate);
  if (waiting) {
    const nowMs = Date.parse(state.startedAt ?? '') + (view.elapsedMs ?? 0);
    // The command first: what is cut at the edge stands on the page of the step as well.
    const words = state.run
      ? `Waiting for approval: \`runsheet approve ${state.run}\`${leftWords(waiting.approval, nowMs)}`
      : `The run ${approvalWords(waiting, nowMs)}`;
    return [styled(words, { tone: 'warn', bold: true })];
  }
  const retrying = state.items.findIndex(({ status }) => status === 'retrying');
  if (retrying >= 0) return [styled(retryWords(state, retrying), { tone: 'warn' })];
  const running = state.plan.items.find((_, index) => state.items[index]?.status === 'running');
  if (!running) return [styled('Working out what comes next', { tone: 'muted' })];
  const then = state.lifecycle === 'paused' ? ', then the run pauses' : '';
  const words = `${quoted(running.address)} runs${turnWords(stateAt(state, running.address) ?? {})}${then}`;
  if (keysGoToBlock(ui, context.childAttached)) {
    return [styled(`${words}; what you type goes to it`, { tone: 'accent' })];
  }
  return [styled(words, { tone: 'accent' })];
}

/** A block between two attempts. */
function retryWords({ plan, items }: RunState, index: number): string {
  const item = plan.items[index];
  const known = items[index];
  if (!item || !known) return '';
  const of = item.kind === 'block' && item.retries > 0 ? ` of ${item.retries + 1}` : '';
  const wait = known.retryDelayMs === undefined ? '' : ` in ${writtenDuration(known.retryDelayMs)}`;
  return `${quoted(item.address)} failed${turnWords(known)} at attempt ${known.attempts}${of}; it is tried again${wait}`;
}

function toneOfQuestion(question: Question, state: RunState): { readonly tone?: 'bad' | 'warn' } {
  if (question.type === 'failure') return { tone: 'bad' };
  if (question.type === 'in-doubt' || question.type === 'doubtful' || !('address' in question))
    return { tone: 'warn' };
  const item = itemAt(state, question.address);
  return item?.risk === 'destructive' ? { tone: 'bad' } : {};
}

function questionWords(question: Question, state: RunState, ui: UiState): string {
  switch (question.type) {
    case 'release': {
      const item = itemAt(state, question.address);
      return item?.kind === 'runbook'
        ? `Run the runbook ${quoted(item.target)}?`
        : `Run ${quoted(question.address)}${turnWords({ turn: question.items })}?`;
    }
    case 'confirm':
      return visibleText(question.text);
    case 'manual': {
      const ask = askAt(state, question.address);
      return ask ? askedWords(ask) : 'This is for you to do. Done?';
    }
    case 'checklist': {
      const ticks = stateAt(state, question.address)?.ticks ?? [];
      return `Tick what is done: ${ticks.filter(Boolean).length} of ${ticks.length}`;
    }
    case 'failure':
      return `${quoted(question.address)} failed${turnWords({ turn: question.items })}. What now?`;
    case 'in-doubt':
      return `How did ${quoted(question.address)} end${turnWords({ turn: question.items })}?`;
    case 'choice': {
      const around = choiceAround(itemAt(state, question.address), question.choice);
      return around ? choiceWords(around) : 'Which way?';
    }
    case 'doubtful':
      return `Does ${quoted(question.address)} belong to this run?`;
    case 'approval':
      return 'Waiting for other people';
    case 'clean-up':
      return 'The run has failed. Run its clean-up section?';
    case 'rollback-plan':
      return `Run ${counted(question.items.length - ui.unticked.length, 'undo', 'undos')}, the newest first?`;
  }
}

function endLine(state: RunState): StyledRun[] {
  if (state.outcome === undefined) return [styled('The run is paused', { tone: 'warn', bold: true })];
  return [
    styled(`The run ${outcomeWords(state.outcome)}`, {
      tone: isGoodEnd(state.outcome) ? 'good' : 'bad',
      bold: true,
    }),
  ];
}
