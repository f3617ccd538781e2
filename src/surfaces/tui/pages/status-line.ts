// Owns how the state of an item reads: its mark, the word beside it, the line below its code.

import { nextChoice } from '../../../run/belonging/next-choice.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { Question } from '../../../run/question.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Symbols } from '../../../view/layout/palette.ts';
import { type StyledLine, type StyledRun, styled, type Tone } from '../../../view/layout/styled-line.ts';
import { approvalWords, untilWords } from '../../../view/words/approval-words.ts';
import { findingWords } from '../../../view/words/finding-words.ts';
import { outputWords } from '../../../view/words/format-bytes.ts';
import { actorWords } from '../../../view/words/quoted.ts';
import { reasonWords, skipWords } from '../../../view/words/reason-words.ts';

/** A symbol and its colour. */
export interface Mark {
  readonly symbol: keyof Symbols;
  readonly tone: Tone;
}

/** The mark of an item; `asked` when the run waits for the operator there. */
export function statusMark(known: ItemState, asked: boolean): Mark {
  switch (known.status) {
    case 'running':
    case 'retrying':
      return { symbol: 'running', tone: 'accent' };
    case 'failed':
    case 'failed-continued':
      return { symbol: 'failed', tone: 'bad' };
    case 'in-doubt':
      return { symbol: 'doubt', tone: 'warn' };
    case 'passed':
      return known.result?.finding ? { symbol: 'found', tone: 'accent' } : { symbol: 'passed', tone: 'good' };
    case 'already-done':
    case 'done':
      return { symbol: 'passed', tone: 'good' };
    case 'skipped':
    case 'excluded':
      return { symbol: 'skipped', tone: 'muted' };
    case 'pending':
      if (known.approval && !known.approval.granted) return { symbol: 'waiting', tone: 'warn' };
      return asked ? { symbol: 'arrow', tone: 'accent' } : { symbol: 'dot', tone: 'muted' };
  }
}

/** A word for the right edge of the outline: how long it took, or who decided. */
export function statusLabel(known: ItemState): string {
  switch (known.status) {
    case 'passed':
    case 'failed':
    case 'failed-continued':
      if (goesOn(known)) return 'goes on';
      return known.result ? formatDuration(known.result.durationMs) : '';
    case 'skipped':
      return known.by ? visibleText(known.by.user) : 'skipped';
    case 'done':
      return known.by ? visibleText(known.by.user) : 'by hand';
    case 'already-done':
      return 'was done';
    case 'running':
      return 'running';
    case 'retrying':
      return 'again';
    default:
      return '';
  }
}

/** The same as `statusLine`, where an item of a way that was not chosen says so before the run has come to it. */
export function standingLine(
  state: RunState,
  item: PlanItem,
  known: ItemState,
  symbols: Symbols,
): StyledLine {
  const isAhead = known.status === 'pending' && nextChoice(state, item)?.type === 'not-chosen';
  return statusLine(isAhead ? { ...known, status: 'skipped', skipReason: 'not-chosen' } : known, symbols);
}

/** What became of an item, in a line; empty while there is nothing to say. */
export function statusLine(known: ItemState, symbols: Symbols): StyledLine {
  const { symbol, tone } = statusMark(known, false);
  const words = statusWords(known, symbols);
  if (words === '') return [];
  return [
    styled(`${symbols[symbol]} `, { tone }),
    styled(words, { tone: tone === 'bad' ? 'bad' : 'muted' }),
    ...noteOf(known),
  ];
}

function noteOf({ note }: ItemState): StyledRun[] {
  return note ? [styled(` (${visibleText(note)})`, { tone: 'muted' })] : [];
}

/** Where a block is done with one item after the other, each has an attempt of its own. */
function isAgain({ attempts, turn }: ItemState): boolean {
  return attempts > 1 && turn === undefined;
}

function statusWords(known: ItemState, { dot }: Symbols): string {
  const { result, by } = known;
  const took = result ? ` in ${formatDuration(result.durationMs)}` : '';
  const amount = result ? outputWords(result.output) : '';
  const printed = amount === '' ? '' : ` ${dot} ${amount}`;
  switch (known.status) {
    case 'passed':
      if (goesOn(known)) return 'goes on in the background';
      if (known.endedByRun === true) return `went on in the background, ended with the run${printed}`;
      if (result?.finding) return `${findingWords(result)}${took}${printed}`;
      if (known.endedByRun === false && result?.exitCode !== 0)
        return `ended in the background after ${took.slice(4)}: exit ${result?.exitCode ?? 'unknown'}${printed}`;
      return `passed${took}${printed}`;
    case 'failed':
    case 'failed-continued': {
      const why = known.reason ? `: ${reasonWords(known.reason)}` : '';
      const attempts = isAgain(known) ? `, attempt ${known.attempts}` : '';
      return `failed${took}${attempts}${why}${printed}`;
    }
    case 'skipped':
      return `skipped ${by ? `by ${actorWords(by)}` : `(${skipWords(known.skipReason ?? 'operator')})`}`;
    case 'done':
      return by ? `done, confirmed by ${actorWords(by)}` : 'done by hand';
    case 'already-done':
      return 'already done: its check holds';
    case 'in-doubt':
      return 'started, and how it ended is not known';
    case 'running':
      return isAgain(known) ? `running, attempt ${known.attempts}` : 'running';
    case 'retrying':
      return `failed at attempt ${known.attempts}, is tried again`;
    case 'excluded':
      return 'not part of this run';
    case 'pending':
      // The footer counts down to the deadline, and may have no room for what comes then.
      return known.approval?.granted === false ? `${approvalWords(known)}${untilWords(known.approval)}` : '';
  }
}

/** A block in the background that nobody has seen end. */
function goesOn({ status, result, endedByRun }: ItemState): boolean {
  return status === 'passed' && endedByRun === undefined && result?.exitCode === null;
}

/** Whether the run waits for the operator at this very item. */
export function isAsked(question: Question | undefined, address: string): boolean {
  return question !== undefined && 'address' in question && question.address === address;
}
