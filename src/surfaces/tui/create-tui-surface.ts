// Owns `--surface tui`: a run guided on a full screen.

import type { Rejection, RunCommand } from '../../run/command.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { BlockTerminal } from '../../run/executor.ts';
import type { OutputChunk } from '../../run/output-chunk.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import type { RunView, SendCommand, Surface } from '../../run/surface.ts';
import type { Palette } from '../../view/layout/palette.ts';
import { unstyledText } from '../../view/layout/styled-line.ts';
import { loadProseReader } from '../../view/prose/prose-reader.ts';
import { afterInputPoll } from '../after-input-poll.ts';
import { choosePalette } from '../choose-palette.ts';
import { editorOf } from '../edit-text.ts';
import { passTerminal, shellGreeting } from '../pass-terminal.ts';
import { withoutRecording } from '../record-terminal.ts';
import { withOffers } from '../with-offers.ts';
import { BlockConsole } from './block-console.ts';
import { EffectPerformer } from './effect-performer.ts';
import type { Key } from './keys/key-reader.ts';
import { keysGoToBlock, operatorOf } from './keys/ui-state.ts';
import { blockTerminalSize, headerRows, type Size } from './main-size.ts';
import { OperatorWait } from './operator-wait.ts';
import { goodbyeText } from './pages/ending-lines.ts';
import { factsLine } from './pages/facts-line.ts';
import { firstPicture } from './pages/first-picture.ts';
import { questionLine } from './pages/question-line.ts';
import type { ScreenModel } from './pages/screen-model.ts';
import { StepPages } from './pages/step-page.ts';
import { QuestionPrompter } from './question-prompter.ts';
import { TerminalScreen } from './terminal/terminal-screen.ts';
import { UiStore, type UiSurroundings } from './ui-store.ts';

/** The terminal, or what stands in for one. */
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

/** What there is from the start of the run on. */
interface StartedRun {
  readonly view: RunView;
  readonly pages: StepPages;
  readonly effects: EffectPerformer;
}

class TuiSurface implements Surface {
  readonly name = 'tui';
  readonly #options: TuiSurfaceOptions;
  readonly #palette: Palette;
  readonly #screen: TerminalScreen;
  readonly #console: BlockConsole;
  readonly #store = new UiStore();
  readonly #wait = new OperatorWait();
  readonly #prompter = new QuestionPrompter((question) => this.#setQuestion(question));
  #run: StartedRun | undefined;
  #ticking: NodeJS.Timeout | undefined;
  /** The question that stands, or is about to be shown. */
  #asked: Question | undefined;
  /** What the run waits for, as the last second showed it. */
  #says = '';

  constructor(options: TuiSurfaceOptions) {
    this.#options = options;
    this.#palette = choosePalette(options.output, options.env);
    this.#screen = new TerminalScreen({
      ...options,
      palette: this.#palette,
      firstPicture: () => this.#firstPicture(),
      onKeys: (keys) => this.#press(keys),
      block: () => this.#console.keyboard(this.#store.ui),
      onEnd: () => this.#hangUp(),
      onResize: () => this.#console.output.fit(),
      onShown: () => {
        if (this.#store.endPicture()) this.#screen.now();
      },
      onError: (error) => this.#fail(error),
    });
    this.#console = new BlockConsole(
      {
        level: this.#palette.level,
        size: () => this.terminalSize(),
        readOutputTail: (output, maxBytes) => this.#started().view.readOutputTail(output, maxBytes),
        cutOffOutputs: (address) => this.#started().view.cutOffOutputs?.(address) ?? [],
        onChange: () => this.#screen.soon(),
      },
      (bytes) => this.#screen.type(bytes),
    );
  }

  async start(view: RunView, send: SendCommand): Promise<'later' | undefined> {
    const pages = new StepPages(view, this.#palette);
    this.#run = { view, pages, effects: this.#performer(view, send) };
    this.#wait.listen(() => view.state().lifecycle === 'ended');
    const isNew = view.state().lifecycle === 'new';
    if (isNew) this.#store.reset({ stage: 'welcome', hears: true });
    this.#screen.openDrawn();
    this.#begin();
    this.#loadHeavyParts(pages).catch((error: unknown) => this.#fail(error));
    if (!isNew) return undefined;
    const how = await this.#wait.wait();
    this.#store.change({ stage: 'run', look: undefined, pageTop: undefined });
    this.#screen.now();
    return how === 'later' ? 'later' : undefined;
  }

  onEvent(recorded: RecordedEvent): void {
    this.#console.onEvent(recorded.event);
    this.#store.onEvent(recorded);
    const { type } = recorded.event;
    if (type === 'BlockPassed' || type === 'BlockFailed' || type === 'TurnEnded')
      this.#readAway().catch((error) => this.#fail(error));
    this.#screen.soon();
  }

  onOutput(chunk: OutputChunk): void {
    this.#console.output.push(chunk);
  }

  terminalSize(): Size {
    return blockTerminalSize(this.#screen.size());
  }

  attachTerminal(terminal: BlockTerminal | undefined): void {
    this.#console.attach(terminal);
    this.#store.change({ focus: terminal ? 'block' : 'tool' });
    this.#screen.soon();
  }

  ask(question: Question, signal: AbortSignal): Promise<RunCommand | undefined> {
    return this.#prompter.ask(withOffers(question, this.#started().view), signal);
  }

  onRejection({ message }: Rejection): void {
    this.#store.change({ notice: { text: message, tone: 'warn' } });
    this.#screen.now();
  }

  async suspend<Value>(during: () => Promise<Value>): Promise<Value> {
    this.#close();
    try {
      return await withoutRecording(this.#options.output, during);
    } finally {
      this.#open();
    }
  }

  readonly passTerminal: NonNullable<Surface['passTerminal']> = (about, during) =>
    this.suspend(() => passTerminal(this.#options, during, shellGreeting(about)));

  async end(state: RunState): Promise<void> {
    const chose = state.outcome === 'stopped';
    if (state.lifecycle === 'ended' && !chose && this.#options.input.readable) {
      await this.#readAway();
      this.#store.reset({ stage: 'end', notice: this.#store.ui.notice });
      this.#screen.now();
      await this.#wait.wait();
    }
    this.#wait.close();
    this.#screen.dispose();
    this.#close();
    if (state.pause?.reason !== 'hangup') this.#sayGoodbye(state);
    this.#console.output.dispose();
  }

  #sayGoodbye(state: RunState): void {
    const { output } = this.#options;
    const width = Math.min(100, output.columns || 80);
    const { ended, warnings } = this.#store;
    const tookMs = this.#store.elapsedMs(state);
    output.write(goodbyeText({ state, ended, tookMs, width, palette: this.#palette }, warnings));
  }

  #open(): void {
    this.#screen.open();
    this.#begin();
  }

  #begin(): void {
    this.#ticking = setInterval(() => this.#tick(), 1000);
    this.#console.output.fit();
  }

  /** Each second: the clock by itself, and all where the sentence counts down to something. */
  #tick(): void {
    const { ui, question } = this.#store;
    if (ui.stage !== 'run') return;
    const state = this.#started().view.state();
    const elapsedMs = this.#store.elapsedMs(state);
    const { columns, rows } = this.#screen.size();
    const context = { childAttached: this.#console.output.child !== undefined };
    const says = unstyledText(questionLine({ ui, question, state, elapsedMs, context }));
    if (says !== this.#says) this.#screen.soon();
    else if (headerRows(rows) > 1)
      this.#screen.showLine(1, factsLine(state, elapsedMs, columns, this.#palette.symbols));
    this.#says = says;
  }

  #close(): void {
    clearInterval(this.#ticking);
    this.#screen.close();
  }

  /** What is heavy comes after the first picture, which is there at once. */
  async #loadHeavyParts(pages: StepPages): Promise<void> {
    pages.useReader(await loadProseReader());
    const { runScreen } = await import('./screen/run-screen.tsx');
    await this.#screen.useInk(() =>
      runScreen({ model: this.#model(), onLaidOut: (metrics) => this.#store.setMetrics(metrics) }),
    );
    const earlier = await this.#started().view.readEarlierTimes?.();
    if (earlier === undefined) return;
    pages.useEarlierTimes(earlier);
    this.#screen.soon();
  }

  #performer(view: RunView, send: SendCommand): EffectPerformer {
    return new EffectPerformer({
      state: () => view.state(),
      send,
      store: this.#store,
      console: this.#console,
      screen: this.#screen,
      wait: this.#wait,
      editor: editorOf(this.#options.env),
      suspend: (during) => this.suspend(during),
      onRejection: (rejection) => this.onRejection(rejection),
      onError: (error) => this.#fail(error),
    });
  }

  #firstPicture(): readonly string[] {
    const { lines, page } = firstPicture(this.#model());
    this.#store.setMetrics({ page });
    return lines;
  }

  #model(): ScreenModel {
    const { view, pages } = this.#started();
    const { output } = this.#console;
    this.#store.beginPicture();
    output.take();
    const state = view.state();
    const { ui, question, ended, happened } = this.#store;
    const current = this.#store.current(state);
    const looked = ui.pager?.address ?? ui.look;
    this.#screen.useMouse(ui.wheel && !keysGoToBlock(ui, output.child !== undefined));
    return {
      ui,
      state,
      question,
      current,
      runbook: view.runbook,
      pages,
      remarks: view.remarks ?? [],
      size: this.#screen.size(),
      palette: this.#palette,
      elapsedMs: this.#store.elapsedMs(state),
      output: output.shown(looked ?? current, looked === undefined && ui.stage === 'run', state),
      ended,
      happened,
      context: this.#store.context(this.#surroundings()),
    };
  }

  #surroundings(): UiSurroundings {
    return {
      state: this.#started().view.state(),
      output: this.#console.output,
      hasEditor: editorOf(this.#options.env) !== undefined,
    };
  }

  /** What was typed before something new is read, and dropped, before a picture of it is made that keys can answer. */
  async #readAway(): Promise<void> {
    const moment = this.#store.beginMoment();
    await afterInputPoll();
    this.#store.readAway(moment);
    this.#screen.soon();
  }

  #press(keys: readonly Key[]): void {
    const { effects } = this.#started();
    for (const key of keys) {
      for (const effect of this.#store.press(key, this.#surroundings())) effects.perform(effect);
    }
    const waitMs = this.#store.ui.quietUntilMs - performance.now();
    if (waitMs > 0) this.#screen.in(waitMs + 1);
    this.#screen.now();
  }

  #setQuestion(question: Question | undefined): void {
    this.#asked = question;
    if (!question) {
      this.#showQuestion();
      return;
    }
    // What was typed for a block is no answer to anything else.
    this.#console.dropTypedAhead();
    this.#readAway()
      .then(() => {
        if (this.#asked === question) this.#showQuestion();
      })
      .catch((error: unknown) => this.#fail(error));
  }

  #showQuestion(): void {
    this.#store.setQuestion(this.#asked, this.#started().view.state());
    this.#screen.soon();
  }

  #fail(error: unknown): void {
    this.#prompter.fail(error);
    this.#wait.leave();
  }

  /** The terminal was closed under us: the run rests, and can be taken up from another one. */
  #hangUp(): void {
    this.#wait.leave();
    const { view, effects } = this.#started();
    const state = view.state();
    if (state.lifecycle !== 'running') return;
    effects.sendAll([{ type: 'PauseRun', reason: 'hangup', by: operatorOf(state) }]);
  }

  #started(): StartedRun {
    if (!this.#run) throw new Error('the surface was used before it was started');
    return this.#run;
  }
}
