// Owns the state of the screen, and what keys, events and questions change in it.
import type { Address } from '../../basics/address.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import type { EventLine } from '../../view/words/describe-event.ts';
import { millisecondsBetween } from '../../view/words/format-time.ts';
import type { UiEffect } from './keys/dialog.ts';
import type { Key } from './keys/key-reader.ts';
import { reduceKey } from './keys/reduce-key.ts';
import {
  currentAddress,
  initialUi,
  operatorOf,
  shownAddress,
  type UiContext,
  type UiState,
  withQuestion,
} from './keys/ui-state.ts';
import type { BlockOutput } from './output/block-output.ts';
import { eventNotice } from './pages/event-notice.ts';
import { happenedLine } from './pages/happened-line.ts';
import { outlineOrder } from './pages/outline-rows.ts';
import type { ScreenModel, ScrollMetrics } from './pages/screen-model.ts';

/** How long after something closed by itself no key makes the run go on. */
const restMs = 1000;

/** What the store reads of everything else while it makes a context. */
export interface UiSurroundings {
  readonly state: RunState;
  readonly output: BlockOutput;
  /** Whether the operator has an editor of their own. */
  readonly hasEditor: boolean;
}

/** Holds what is on the screen beside the run itself. */
export class UiStore {
  #ui: UiState = initialUi;
  #question: Question | undefined;
  #metrics: ScrollMetrics = {
    page: { top: 0, length: 0, height: 1, until: 0 },
    pager: { length: 0, height: 1 },
  };
  #ended: ScreenModel['ended'];
  #happened: EventLine | undefined;
  #lastAt: string | undefined;
  /** Counts what no earlier key is to answer: questions, the ends of blocks, the last page. */
  #moment = 0;
  /** The newest moment before which all that was typed has been read, and the one that is on the screen. */
  #readMoment = 0;
  #shownMoment = 0;
  readonly #warnings: string[] = [];

  get ui(): UiState {
    return this.#ui;
  }

  get question(): Question | undefined {
    return this.#question;
  }

  /** The event that the run ended with, once it has. */
  get ended(): ScreenModel['ended'] {
    return this.#ended;
  }

  /** What happened last, for the status line. */
  get happened(): EventLine | undefined {
    return this.#happened;
  }

  /** The notices that warned of something, in their order. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Sets some of the state, and leaves the rest. */
  change(changes: Partial<UiState>): void {
    this.#ui = { ...this.#ui, ...changes };
  }

  /** Begins anew with nothing open, but for what is given. */
  reset(changes: Partial<UiState>): void {
    this.#ui = { ...initialUi, ...changes };
  }

  /** Something comes that no earlier key is to answer: keys do not count until it was in sight. */
  beginMoment(): number {
    this.#moment += 1;
    this.change({ hears: false });
    return this.#moment;
  }

  /** All that was typed before a moment has been read, and dropped. */
  readAway(moment: number): void {
    this.#readMoment = moment;
  }

  /** A picture of things as they are is being made. */
  beginPicture(): void {
    this.#shownMoment = this.#readMoment;
  }

  /** The picture is on the screen: keys count from now on if nothing new has come since; true where they did not before. */
  endPicture(): boolean {
    if (this.#ui.hears || this.#shownMoment !== this.#moment) return false;
    this.change({ hears: true });
    return true;
  }

  /** How far what is on the screen scrolls. */
  setMetrics(metrics: Partial<ScrollMetrics>): void {
    this.#metrics = { ...this.#metrics, ...metrics };
  }

  /** A question comes, or goes. */
  setQuestion(question: Question | undefined, state: RunState): void {
    this.#question = question;
    const closes = this.#ui.dialog?.type === 'confirmation';
    this.#ui = withQuestion(this.#ui, question, state);
    // Its `y` may be on the way, and is no answer to what comes instead.
    if (closes) this.change({ quietUntilMs: performance.now() + restMs });
  }

  /** What an event changes: where the text is scrolled to, and the notice. */
  onEvent({ at, event }: RecordedEvent): void {
    this.#lastAt = at;
    if (event.type === 'BlockStarted' && this.#ui.look === undefined) this.change({ pageTop: undefined });
    if (event.type === 'RunEnded') this.#ended = event;
    this.#happened = happenedLine(event) ?? this.#happened;
    const notice = eventNotice(event);
    if (!notice) return;
    this.change({ notice });
    if (notice.tone === 'warn') this.#warnings.push(notice.text);
  }

  /** What a key changes; the effects are for the caller to perform. */
  press(key: Key, surroundings: UiSurroundings): readonly UiEffect[] {
    const { ui, effects } = reduceKey(this.#ui, key, this.context(surroundings));
    this.#ui = ui;
    return effects;
  }

  /** Where the run is. */
  current(state: RunState): Address | undefined {
    return currentAddress(state, this.#question, this.#ui.listAt);
  }

  /** What keys are judged by at this moment. */
  context({ state, output, hasEditor }: UiSurroundings): UiContext {
    const current = this.current(state);
    const { page, pager } = this.#metrics;
    const seen = this.#ui.pager?.address ?? shownAddress(this.#ui, current);
    return {
      state,
      question: this.#question,
      by: operatorOf(state),
      nowMs: performance.now(),
      current,
      order: outlineOrder(state),
      page: { ...page, top: this.#ui.pageTop ?? page.top },
      pager: {
        ...pager,
        find: (text, from, step) => output.shown(seen, false, state)?.screen.find(text, from, step),
      },
      hasOutput: (address) => output.has(address, state),
      shownOutput: this.#shownOutput(current, output, state),
      childAttached: output.child !== undefined,
      hasEditor,
    };
  }

  /** The output below the text: of what is looked at, or of the last block while the run is followed. */
  #shownOutput(current: Address | undefined, output: BlockOutput, state: RunState): Address | undefined {
    const { look, stage } = this.#ui;
    const shown = output.shown(look ?? current, look === undefined && stage === 'run', state);
    return shown && shown.screen.length > 0 ? shown.address : undefined;
  }

  /** Since the start of the run: until now while it goes on, else until its last event. */
  elapsedMs({ startedAt, lifecycle }: RunState): number | undefined {
    if (startedAt === undefined) return undefined;
    const until =
      lifecycle === 'running' || this.#lastAt === undefined ? new Date().toISOString() : this.#lastAt;
    return millisecondsBetween(startedAt, until);
  }
}
