// Owns `--surface tui`: a run guided on a full screen.
import type { Rejection, RunCommand } from '../../run/command.ts';
import type { RecordedEvent, RunEvent } from '../../run/event.ts';
import type { BlockTerminal } from '../../run/executor.ts';
import type { OutputChunk } from '../../run/output-chunk.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import type { RunView, SendCommand, Surface } from '../../run/surface.ts';
import type { Palette } from '../../view/layout/palette.ts';
import { millisecondsBetween } from '../../view/words/format-time.ts';
import { choosePalette } from '../choose-palette.ts';
import { editorOf, editText } from '../edit-text.ts';
import { passTerminal, shellGreeting } from '../pass-terminal.ts';
import type { Key } from './keys/key-reader.ts';
import { editCommands } from './keys/reduce-dialog.ts';
import { reduceKey } from './keys/reduce-key.ts';
import { endsTypeAhead, letsBlockGo, TypeAhead } from './keys/type-ahead.ts';
import {
  currentAddress,
  initialUi,
  keysGoToBlock,
  shownAddress,
  type UiContext,
  type UiEffect,
  type UiState,
  withQuestion,
} from './keys/ui-state.ts';
import { layOutScreen, liveRows, type Size } from './layout.ts';
import { BlockOutput } from './screen/block-output.ts';
import { composeScreen, type Screen, type ScrollMetrics } from './screen/compose-screen.ts';
import { eventNotice } from './screen/event-notice.ts';
import { goodbyeText } from './screen/opening-lines.ts';
import { outlineOrder } from './screen/outline-lines.ts';
import { StepPages } from './screen/step-page.ts';
import { TerminalScreen } from './terminal/terminal-screen.ts';

export interface TuiSurfaceOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
  readonly env: NodeJS.ProcessEnv;
}

/** Makes the surface that leads an operator through a run on the whole screen of the process's terminal. */
export function createTuiSurface(
  options: TuiSurfaceOptions = { input: process.stdin, output: process.stdout, env: process.env },
): Surface {
  return new TuiSurface(options);
}

/** Signals that end the waiting where no run goes on that could be paused. */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Parts {
  readonly view: RunView;
  readonly send: SendCommand;
  readonly pages: StepPages;
  readonly output: BlockOutput;
}

class TuiSurface implements Surface {
  readonly name = 'tui';
  readonly #options: TuiSurfaceOptions;
  readonly #palette: Palette;
  readonly #stage: TerminalScreen;
  #parts: Parts | undefined;
  #ui: UiState = initialUi;
  #question: Question | undefined;
  #metrics: ScrollMetrics = {
    page: { top: 0, length: 0, height: 1, until: 0 },
    pager: { length: 0, height: 1 },
  };
  /** Settles the question that stands, with an error that happened while its answer was sent. */
  #failAsking: ((error: unknown) => void) | undefined;
  #failure: { readonly error: unknown } | undefined;
  /** Set while the run waits for nothing but the operator: before it begins, and at its end. */
  #settle: ((how: 'now' | 'later') => void) | undefined;
  #ended: Extract<RunEvent, { type: 'RunEnded' }> | undefined;
  #lastAt: string | undefined;
  readonly #remarks: string[] = [];
  #ticking: NodeJS.Timeout | undefined;
  readonly #typeAhead = new TypeAhead((bytes) => this.#stage.type(bytes));

  constructor(options: TuiSurfaceOptions) {
    this.#options = options;
    this.#palette = choosePalette(options.output, options.env);
    this.#stage = new TerminalScreen({
      ...options,
      compose: () => this.#compose(),
      onKeys: (keys) => this.#press(keys),
      block: () => {
        if (this.#typeAhead.isOpen) return (bytes) => this.#typeAhead.push(bytes);
        const child = this.#parts?.output.child;
        return child && keysGoToBlock(this.#ui, true) ? (bytes) => child.write(bytes) : undefined;
      },
      onEnd: () => this.#hangUp(),
      onResize: () => this.#parts?.output.fit(),
      onError: (error) => this.#fail(error),
    });
  }

  async start(view: RunView, send: SendCommand): Promise<'later' | undefined> {
    const output = new BlockOutput({
      level: this.#palette.level,
      size: () => this.terminalSize(),
      readOutputTail: view.readOutputTail,
      onChange: () => this.#stage.soon(),
    });
    this.#parts = { view, send, output, pages: new StepPages(view, this.#palette) };
    const isNew = view.state().lifecycle === 'new';
    if (isNew) this.#ui = { ...initialUi, stage: 'welcome' };
    this.#open();
    this.#stage.draw();
    this.#load().catch((error: unknown) => this.#fail(error));
    if (!isNew) return undefined;
    const how = await this.#waitForOperator();
    this.#ui = { ...this.#ui, stage: 'run', look: undefined, pageTop: undefined };
    this.#stage.now();
    return how === 'later' ? 'later' : undefined;
  }

  onEvent({ at, event }: RecordedEvent): void {
    this.#lastAt = at;
    const { output } = this.#known();
    if (event.type === 'BlockStarted') {
      output.begin(event.address);
      this.#typeAhead.blockStarted();
      if (this.#ui.look === undefined) this.#ui = { ...this.#ui, pageTop: undefined };
    }
    if (event.type === 'BlockPassed' || event.type === 'BlockFailed') {
      output.end(event.address);
    }
    if (endsTypeAhead(event)) this.#typeAhead.take();
    if (event.type === 'RunEnded') this.#ended = event;
    const told = eventNotice(event);
    if (told) {
      this.#ui = { ...this.#ui, message: told };
      if (told.tone === 'warn') this.#remarks.push(told.text);
    }
    this.#stage.soon();
  }

  onOutput(chunk: OutputChunk): void {
    this.#known().output.push(chunk);
  }

  terminalSize(): Size {
    const { main } = layOutScreen(this.#stage.size());
    return { columns: main.width, rows: liveRows(main.height) };
  }

  attachTerminal(terminal: BlockTerminal | undefined): void {
    this.#known().output.attach(terminal);
    const typed = this.#typeAhead.take();
    if (typed.length > 0) terminal?.write(typed);
    this.#ui = { ...this.#ui, focus: terminal ? 'block' : 'tool' };
    this.#stage.soon();
  }

  ask(question: Question, signal: AbortSignal): Promise<RunCommand | undefined> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (signal.aborted) return Promise.resolve(undefined);
    this.#setQuestion(question);
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#failAsking = undefined;
        this.#setQuestion(undefined);
      };
      this.#failAsking = (error) => {
        settle();
        reject(error);
      };
      // Answers go in as commands; the engine then withdraws the question, if it no longer stands.
      signal.addEventListener('abort', () => {
        settle();
        resolve(undefined);
      });
    });
  }

  onRejection({ message }: Rejection): void {
    this.#ui = { ...this.#ui, message: { text: message, tone: 'warn' } };
    this.#stage.now();
  }

  async suspend<Value>(during: () => Promise<Value>): Promise<Value> {
    this.#close();
    try {
      return await during();
    } finally {
      this.#open();
    }
  }

  readonly passTerminal: NonNullable<Surface['passTerminal']> = (about, during) =>
    this.suspend(() => passTerminal(this.#options, during, shellGreeting(about)));

  async end(state: RunState): Promise<void> {
    const chose = state.outcome === 'stopped';
    if (state.lifecycle === 'ended' && !chose && this.#options.input.readable) {
      this.#ui = { ...initialUi, stage: 'end', message: this.#ui.message };
      this.#stage.now();
      await this.#waitForOperator();
    }
    this.#stage.dispose();
    this.#close();
    const { pause } = state;
    if (pause?.reason !== 'hangup') this.#sayGoodbye(state);
    this.#parts?.output.dispose();
  }

  #sayGoodbye(state: RunState): void {
    const { output } = this.#options;
    const width = Math.min(100, output.columns || 80);
    const tookMs = this.#elapsedMs(state);
    const ending = { state, ended: this.#ended, tookMs, width, palette: this.#palette };
    output.write(goodbyeText(ending, this.#remarks));
  }

  #open(): void {
    this.#stage.open();
    this.#ticking = setInterval(() => this.#ui.stage === 'run' && this.#stage.soon(), 1000);
    this.#known().output.fit();
  }

  #close(): void {
    clearInterval(this.#ticking);
    this.#stage.close();
  }

  /** What is heavy comes after the first picture, which is there at once. */
  async #load(): Promise<void> {
    const [{ parseProse }, { highlightCode }] = await Promise.all([
      import('../../view/prose/parse-prose.ts'),
      import('../../view/prose/highlight-code.ts'),
    ]);
    this.#known().pages.useReader({ parseProse, highlightCode });
    // The text is another one now, and what was scrolled to is elsewhere.
    this.#ui = { ...this.#ui, pageTop: undefined };
    await this.#stage.useInk();
  }

  #compose(): Screen {
    const { view, pages, output } = this.#known();
    output.take();
    const state = view.state();
    const current = currentAddress(state, this.#question, this.#ui.listAt);
    const looked = this.#ui.pager?.address ?? this.#ui.look;
    const { screen, metrics } = composeScreen({
      ui: this.#ui,
      state,
      question: this.#question,
      current,
      runbook: view.runbook,
      pages,
      remarks: view.remarks ?? [],
      size: this.#stage.size(),
      palette: this.#palette,
      elapsedMs: this.#elapsedMs(state),
      output: output.shown(looked ?? current, looked === undefined && this.#ui.stage === 'run', state),
      ended: this.#ended,
      context: this.#context(state),
    });
    this.#metrics = metrics;
    return screen;
  }

  #context(state: RunState): UiContext {
    const { output } = this.#known();
    const current = currentAddress(state, this.#question, this.#ui.listAt);
    const { page, pager } = this.#metrics;
    const seen = this.#ui.pager?.address ?? shownAddress(this.#ui, current);
    return {
      state,
      question: this.#question,
      by: state.operator ?? { user: 'operator', host: '' },
      nowMs: performance.now(),
      current,
      order: outlineOrder(state),
      page: { ...page, top: this.#ui.pageTop ?? page.top },
      pager: {
        ...pager,
        find: (text, from, step) => output.shown(seen, false, state)?.screen.find(text, from, step),
      },
      hasOutput: (address) => output.has(address, state),
      childAttached: output.child !== undefined,
      hasEditor: editorOf(this.#options.env) !== undefined,
    };
  }

  #press(keys: readonly Key[]): void {
    for (const key of keys) {
      const { ui, effects } = reduceKey(this.#ui, key, this.#context(this.#known().view.state()));
      this.#ui = ui;
      for (const effect of effects) this.#do(effect);
    }
    const waitMs = this.#ui.quietUntilMs - performance.now();
    if (waitMs > 0) this.#stage.in(waitMs + 1);
    this.#stage.now();
  }

  #do(effect: UiEffect): void {
    switch (effect.type) {
      case 'send':
        this.#sendAll(effect.commands);
        break;
      case 'begin':
        this.#settle?.(effect.how);
        break;
      case 'close':
        this.#settle?.('now');
        break;
      case 'redraw':
        this.#stage.repaint();
        break;
      case 'stop-process':
        this.#stage.stopProcess();
        break;
      case 'edit-outside':
        this.#editOutside(effect).catch((error: unknown) => this.#fail(error));
        break;
    }
  }

  #sendAll(commands: readonly RunCommand[]): void {
    for (const command of commands) {
      if (letsBlockGo(command, this.#known().view.state())) this.#typeAhead.open();
      try {
        const rejection = this.#known().send(command);
        if (!rejection) continue;
        this.#typeAhead.take();
        this.onRejection(rejection);
      } catch (error) {
        this.#fail(error);
      }
      return;
    }
  }

  async #editOutside({ address, code, retry }: Extract<UiEffect, { type: 'edit-outside' }>): Promise<void> {
    const edited = await this.suspend(() =>
      editText(code, { editor: editorOf(this.#options.env), extension: '.sh' }),
    );
    if (edited === undefined || edited.trim() === '' || (edited === code && !retry)) {
      this.#ui = { ...this.#ui, message: { text: 'the command stays as it is', tone: 'muted' } };
      return;
    }
    const by = this.#context(this.#known().view.state()).by;
    this.#sendAll(editCommands(address, edited, retry, by));
  }

  #setQuestion(question: Question | undefined): void {
    this.#question = question;
    // What was typed for a block is no answer to anything else.
    if (question) this.#typeAhead.take();
    this.#ui = withQuestion(this.#ui, question, this.#known().view.state());
    this.#stage.soon();
  }

  /** An error on the way of an answer belongs to whoever drives the run; without a question it waits for the next. */
  #fail(error: unknown): void {
    this.#failure = { error };
    this.#failAsking?.(error);
    this.#settle?.('later');
  }

  #waitForOperator(): Promise<'now' | 'later'> {
    return new Promise((resolve) => {
      const leave = (): void => this.#settle?.('later');
      for (const signal of endingSignals) process.on(signal, leave);
      this.#settle = (how) => {
        this.#settle = undefined;
        for (const signal of endingSignals) process.off(signal, leave);
        resolve(how);
      };
    });
  }

  /** The terminal was closed under us: the run rests, and can be taken up from another one. */
  #hangUp(): void {
    this.#settle?.('later');
    const state = this.#known().view.state();
    if (state.lifecycle !== 'running') return;
    this.#sendAll([
      { type: 'PauseRun', reason: 'hangup', by: state.operator ?? { user: 'operator', host: '' } },
    ]);
  }

  #elapsedMs({ startedAt, lifecycle }: RunState): number | undefined {
    if (startedAt === undefined) return undefined;
    const until =
      lifecycle === 'running' || this.#lastAt === undefined ? new Date().toISOString() : this.#lastAt;
    return millisecondsBetween(startedAt, until);
  }

  #known(): Parts {
    if (!this.#parts) throw new Error('the surface was used before it was started');
    return this.#parts;
  }
}
