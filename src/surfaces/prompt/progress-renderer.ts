// Owns what the prompt surface writes of a run's events between the questions: what began and how it ended.

import type { Address } from '../../basics/address.ts';
import type { AttemptResult, FailureReason, RecordedEvent, RunEvent } from '../../run/event.ts';
import { isGoodEnd } from '../../run/outcomes.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type StyledRun, styled } from '../../view/layout/styled-line.ts';
import { stepCountWords } from '../../view/steps/count-steps.ts';
import { openGateWords } from '../../view/words/approval-words.ts';
import { declaredOutputLines } from '../../view/words/declared-output-lines.ts';
import { describeEvent } from '../../view/words/describe-event.ts';
import { findingWords } from '../../view/words/finding-words.ts';
import { millisecondsBetween } from '../../view/words/format-time.ts';
import { endWords } from '../../view/words/outcome-words.ts';
import { listed, quoted, turnWords } from '../../view/words/quoted.ts';
import { pauseEnding, reasonWords } from '../../view/words/reason-words.ts';
import { wayOnWords } from '../../view/words/way-on-words.ts';
import { writtenDuration } from '../../view/words/written-duration.ts';
import { isToldByItems } from '../is-told-by-items.ts';
import type { PeopleWriter } from '../people-writer.ts';
import type { Page } from './page.ts';

/** What the operator has just done themselves needs no line. */
const ownActions: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'BlockReleased',
  'ChecklistItemSet',
  'CommandEdited',
  'ConditionChecked',
  'ManualStepClaimed',
  'NoteAdded',
  'UpdateWritten',
  // The runbook's own heading of the section says it.
  'PhaseStarted',
  'RollbackPlanned',
]);

interface RunEnd {
  readonly event: Extract<RunEvent, { type: 'RunEnded' }>;
  readonly at: string;
}

/** Writes a run onto the page as it goes, and its end. */
export class ProgressRenderer {
  readonly #page: Page;
  readonly #writer: PeopleWriter;
  #lastFailure: Address | undefined;
  #ended: RunEnd | undefined;

  constructor(page: Page, writer: PeopleWriter) {
    this.#page = page;
    this.#writer = writer;
  }

  /** Whether the newest failure on the page is that of this item. */
  readonly showsFailure = (address: Address): boolean => this.#lastFailure === address;

  /** The head of a new run, or where a run stands that is taken up again. */
  begin(state: RunState): void {
    if (state.lifecycle === 'new') {
      this.#page.showHead();
      return;
    }
    for (const [index, { address }] of state.plan.items.entries()) {
      if (index < state.cursor) this.#page.skipLeadIn(address);
    }
    this.#page.writeBlank();
    this.#page.writeLine([styled(visibleText(state.plan.title), { bold: true, underline: true })]);
    this.#page.writeLine([styled(stepCountWords(state), { tone: 'muted' })]);
  }

  /** What there is to write of an event; nothing for most. */
  showEvent({ at, event }: RecordedEvent, state: RunState): void {
    switch (event.type) {
      case 'RunStarted':
        this.#page.writeBlank();
        this.#page.writeLine([styled(`run ${event.run}`, { tone: 'muted' })]);
        this.#page.writeLine([styled('Ctrl-C ends a block, or pauses the run.', { tone: 'muted' })]);
        return;
      case 'RunResumed': {
        this.#writeEvent(event);
        const gate = openGateWords(state);
        if (gate !== undefined)
          this.#page.writeLine([styled(`  ${this.#page.palette.symbols.waiting} ${gate}`, { tone: 'warn' })]);
        return;
      }
      case 'RunEnded':
        this.#ended = { event, at };
        return;
      case 'BlockStarted':
        this.#page.showBriefly(event.address);
        return;
      case 'TurnEnded':
        this.#writer.finishOutput();
        if (!isToldByItems(event))
          this.#writeResult(event.address, event.result, goodWord(event.result, turnWords(event)));
        return;
      case 'BlockPassed':
        this.#writer.finishOutput();
        // Another block may have run since, so that it says which one is through with its list.
        if (isItemByItem(this.#page.item(event.address))) this.#writeEvent(event);
        else this.#writeResult(event.address, event.result, goodWord(event.result));
        this.#page.showAfter(event.address);
        return;
      case 'BlockFailed':
        this.#writer.finishOutput();
        this.#lastFailure = event.address;
        this.#writeResult(event.address, event.result, styled('failed', { tone: 'bad' }), event.reason);
        return;
      case 'BlockSkipped':
      case 'BlockAlreadyDone':
        this.#page.showBriefly(event.address);
        this.#writeEvent(event);
        return;
      case 'ManualStepDone':
      case 'BlockMarkedDone':
        this.#writeEvent(event);
        this.#page.showAfter(event.address);
        return;
      case 'GateOpened':
        if (state.plan.items.some((item) => item.phase === 'preconditions')) this.#writeEvent(event);
        return;
      case 'RunPaused':
        return;
      case 'ConfirmationGiven':
      case 'FailureDecided':
        if (event.automatic) this.#writeEvent(event);
        return;
      default:
        if (!ownActions.has(event.type) && state.lifecycle !== 'new') this.#writeEvent(event);
    }
  }

  /** The last words: how it ended, or where it rests and how to come back. */
  finish(state: RunState): void {
    this.#writer.finishOutput();
    const { symbols } = this.#page.palette;
    if (this.#ended) this.#writeEnd(this.#ended, state);
    else if (state.pause) {
      this.#page.writeBlank();
      const at = state.pause.at === undefined ? '' : ` at ${quoted(state.pause.at)}`;
      this.#page.writeLine([
        styled(`${symbols.paused} paused${at}`, { tone: 'warn', bold: true }),
        styled(pauseEnding(state.pause)),
      ]);
    }
    for (const words of wayOnWords(state)) this.#page.writeLine([styled(`  ${words}`, { tone: 'muted' })]);
  }

  #writeEnd({ event, at }: RunEnd, state: RunState): void {
    const { symbols } = this.#page.palette;
    const good = isGoodEnd(event.outcome);
    if (good) this.#page.showRest();
    const tone = good ? 'good' : 'bad';
    const mark = good ? symbols.passed : symbols.failed;
    const { estimateMs } = state.plan;
    const estimate = estimateMs === undefined ? '' : `, estimated ${writtenDuration(estimateMs)}`;
    const took =
      state.startedAt === undefined || at < state.startedAt
        ? ''
        : ` after ${formatDuration(millisecondsBetween(state.startedAt, at))}`;
    this.#page.writeBlank();
    this.#page.writeLine([
      styled(`${mark} the run ${endWords(event)}`, { tone, bold: true }),
      styled(`${took}${estimate}`, { tone: 'muted' }),
    ]);
    this.#page.writeLine([styled(`  ${visibleText(event.message)}`)]);
    for (const line of declaredOutputLines(event, state.plan, symbols.ellipsis)) this.#page.writeLine(line);
    this.#page.writeLine([styled(`  ${stepCountWords(state)}`, { tone: 'muted' })]);
    if (event.left.length > 0) {
      this.#page.writeLine([
        styled(`  left undone: ${listed(event.left.map(quoted))}`, { tone: 'bad', bold: true }),
      ]);
    }
  }

  #writeResult(address: Address, result: AttemptResult, word: StyledRun, reason?: FailureReason): void {
    const { symbols } = this.#page.palette;
    const estimateMs = this.#page.item(address)?.estimateMs;
    const estimate = estimateMs === undefined ? '' : `, estimated ${writtenDuration(estimateMs)}`;
    const tone = reason ? 'bad' : result.finding ? 'accent' : 'good';
    this.#page.writeLine([
      styled(`  ${reason ? symbols.failed : result.finding ? symbols.found : symbols.passed} `, { tone }),
      word,
      styled(reason ? `: ${reasonWords(reason)}` : ''),
      styled(` ${reason ? `after` : 'in'} ${formatDuration(result.durationMs)}${estimate}`, {
        tone: 'muted',
      }),
    ]);
    for (const [name, value] of Object.entries(result.captured)) {
      this.#page.writeLine([
        styled(`    ${name}`, { tone: 'variable' }),
        styled(`=${visibleText(value)}`, { tone: 'muted' }),
      ]);
    }
    for (const warning of result.warnings) {
      this.#page.writeLine([styled(`  ${symbols.warning} ${visibleText(warning)}`, { tone: 'warn' })]);
    }
  }

  #writeEvent(event: RunEvent): void {
    const { symbol, tone, text } = describeEvent(event);
    this.#page.writeLine([
      styled(`  ${this.#page.palette.symbols[symbol]} `, { tone }),
      styled(text, { tone: 'muted' }),
    ]);
  }
}

function isItemByItem(item: PlanItem | undefined): boolean {
  return item?.kind === 'block' && item.hasTurns === true;
}

/** The word for a block that has not failed. */
function goodWord(result: AttemptResult, more = ''): StyledRun {
  return result.finding
    ? styled(`${findingWords(result)}${more}`, { tone: 'accent' })
    : styled(`${more === '' ? 'passed' : 'done'}${more}`, { tone: 'good' });
}
