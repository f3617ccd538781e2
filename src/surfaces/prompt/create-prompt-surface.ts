// Owns `--surface prompt`: a run guided line by line.

import type { Address } from '../../basics/address.ts';
import type { PauseReason } from '../../run/belonging/pause-reason.ts';
import type { Rejection, RunCommand } from '../../run/command.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { BlockTerminal } from '../../run/executor.ts';
import { reshapeMasked } from '../../run/masking/redactor.ts';
import type { OutputChunk } from '../../run/output-chunk.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import type { EarlierTimes, RunView, SendCommand, Surface } from '../../run/surface.ts';
import type { Palette } from '../../view/layout/palette.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { choosePalette } from '../choose-palette.ts';
import { canPassTerminal, passTerminal, shellGreeting, takeKeys } from '../pass-terminal.ts';
import { PeopleWriter } from '../people-writer.ts';
import { withoutRecording } from '../record-terminal.ts';
import { withOffers } from '../with-offers.ts';
import { askQuestion } from './ask-question.ts';
import { GateWait } from './gate-wait.ts';
import { openPrompter, ownTerminal, type PromptTerminal } from './open-prompter.ts';
import { Page } from './page.ts';
import { ProgressRenderer } from './progress-renderer.ts';
import { OperatorLeft, type Prompter, QuestionWithdrawn } from './prompter.ts';

/** How much of a stored output is looked at when its end is shown again. */
const shownTailBytes = 32_000;
const shownTailLines = 40;
/** What stands before each line that a block prints. */
const marginColumns = 4;
const narrowest = 20;
const ctrlC = 3;

/** Makes the surface that leads an operator through a run, a question at a time. */
export function createPromptSurface(terminal: PromptTerminal = ownTerminal()): Surface {
  return new PromptSurface(terminal, choosePalette(terminal.output, terminal.env));
}

interface Parts {
  readonly view: RunView;
  readonly send: SendCommand;
  readonly page: Page;
  readonly progress: ProgressRenderer;
}

class PromptSurface implements Surface {
  readonly name = 'prompt';
  readonly #terminal: PromptTerminal;
  readonly #palette: Palette;
  readonly #writer: PeopleWriter;
  #parts: Parts | undefined;
  #earlier: Promise<EarlierTimes> = Promise.resolve(new Map());
  #prompter: Prompter | undefined;
  #gate: GateWait | undefined;
  /** Items whose page stands above, with the command that was shown. */
  readonly #shown = new Map<Address, string>();
  #confirmed: Address | undefined;
  /** Takes the keyboard from the block that has it. */
  #giveBackKeys: (() => void) | undefined;

  constructor(terminal: PromptTerminal, palette: Palette) {
    this.#terminal = terminal;
    this.#palette = palette;
    const { output } = terminal;
    this.#writer = new PeopleWriter({ stream: output, palette, terminal: output.isTTY === true });
  }

  start(view: RunView, send: SendCommand): void {
    const page = new Page(view, {
      write: (text) => this.#writer.write(text),
      palette: this.#palette,
      columns: () => this.#terminal.output.columns || 80,
    });
    const progress = new ProgressRenderer(page, this.#writer);
    this.#parts = { view, send, page, progress };
    progress.begin(view.state());
    // What comes by pipe was written as answers to what the run asks.
    if (this.#terminal.input.isTTY === true)
      this.#gate = new GateWait({
        ask: (question, signal) => this.#ask(question, signal),
        send,
        state: () => view.state(),
        onRejection: (rejection) => this.onRejection(rejection),
      });
    this.#earlier = view.readEarlierTimes?.() ?? Promise.resolve(new Map());
  }

  onEvent(recorded: RecordedEvent, state: RunState): void {
    this.#gate?.withdraw();
    this.#parts?.progress.showEvent(recorded, state);
    this.#gate?.after(recorded.event);
  }

  onOutput(chunk: OutputChunk): void {
    this.#writer.writeOutput(chunk);
  }

  async ask(question: Question, signal: AbortSignal): Promise<RunCommand | undefined> {
    this.#gate?.withdraw();
    await this.#gate?.ended;
    return this.#ask(question, signal);
  }

  async #ask(question: Question, signal: AbortSignal): Promise<RunCommand | undefined> {
    const { view, send, page, progress } = this.#known();
    const state = view.state();
    const by = state.operator ?? { user: 'operator', host: '' };
    // Who has just confirmed a block has said that it may run.
    if (question.type === 'release' && question.address === this.#confirmed) {
      this.#confirmed = undefined;
      return { type: 'RunBlock', address: question.address, by };
    }
    page.useEarlierTimes(await this.#earlier);
    const shown = 'address' in question && this.#showItem(question.address, state);
    if (shown && question.type !== 'failure') page.writeBlank();
    this.#prompter ??= await this.#openPrompter();
    const prompter = this.#prompter;
    await prompter.dropTypedAhead();
    try {
      const showOutput = (output: OutputSummary): void => this.#showOutput(output);
      const canOpenShell = canPassTerminal(this.#terminal);
      const { showsFailure } = progress;
      const shared = { view, send, prompter, page, by, signal };
      const answer = await askQuestion(withOffers(question, view), {
        ...shared,
        showOutput,
        showsFailure,
        canOpenShell,
      });
      if (answer?.type === 'Confirm') this.#confirmed = answer.address;
      return answer;
    } catch (error) {
      if (error instanceof QuestionWithdrawn || signal.aborted) return undefined;
      if (!(error instanceof OperatorLeft)) throw error;
      return { type: 'PauseRun', reason: this.#whyLeft(error), by };
    }
  }

  onRejection({ message }: Rejection): void {
    this.#confirmed = undefined;
    this.#known().page.writeLine([styled(`${this.#palette.symbols.warning} ${message}`, { tone: 'warn' })]);
  }

  /** What blocks print stands behind a margin, line by line, so that programs are told of a terminal that can no more. */
  terminalSize(): ReturnType<NonNullable<Surface['terminalSize']>> {
    const { output } = this.#terminal;
    if (!canPassTerminal(this.#terminal)) return undefined;
    return {
      columns: Math.max(narrowest, (output.columns || 80) - marginColumns),
      rows: output.rows || 24,
      kind: 'dumb',
    };
  }

  attachTerminal(block: BlockTerminal | undefined): void {
    this.#giveBackKeys?.();
    this.#giveBackKeys = block && this.#giveKeysTo(block);
  }

  async suspend<Value>(during: () => Promise<Value>): Promise<Value> {
    this.#writer.finishOutput();
    this.#prompter?.suspend();
    try {
      return await withoutRecording(this.#terminal.output, during);
    } finally {
      this.#prompter?.resume();
    }
  }

  readonly passTerminal: NonNullable<Surface['passTerminal']> = (about, during) => {
    const { page } = this.#known();
    page.writeBlank();
    page.writeLine([styled(shellGreeting(about), { tone: 'accent' })]);
    return this.suspend(() => passTerminal(this.#terminal, during));
  };

  async end(state: RunState): Promise<void> {
    this.#gate?.withdraw();
    await this.#gate?.ended;
    this.#known().progress.finish(state);
    this.#prompter?.close();
    await this.#writer.end();
  }

  #giveKeysTo(block: BlockTerminal): () => void {
    const { view, send } = this.#known();
    const fit = (): void => {
      const size = this.terminalSize();
      if (size) block.resize(size.columns, size.rows);
    };
    const giveBack = takeKeys(this.#terminal, (typed) => {
      if (!typed.includes(ctrlC)) block.write(typed);
      else send({ type: 'InterruptBlock', by: view.state().operator ?? { user: 'operator', host: '' } });
    });
    this.#terminal.output.on('resize', fit);
    return () => {
      this.#terminal.output.off('resize', fit);
      giveBack();
    };
  }

  #known(): Parts {
    if (!this.#parts) throw new Error('the surface was used before it was started');
    return this.#parts;
  }

  /** Shows what is new to the page of an item; true where anything was. */
  #showItem(address: Address, state: RunState): boolean {
    const { page } = this.#known();
    const item = page.item(address);
    const known = state.items[state.indexOf.get(address) ?? -1];
    const command = known?.code ?? (item?.kind === 'block' ? item.code : '');
    const before = this.#shown.get(address);
    this.#shown.set(address, command);
    if (before === undefined) page.showItem(address, state);
    else if (before !== command && item) page.showCommand(item, state);
    return before !== command;
  }

  /** Ctrl-D at a terminal is a person who leaves; an input that is gone is a terminal that went away. */
  #whyLeft({ how }: OperatorLeft): PauseReason {
    if (how === 'interrupt') return 'interrupt';
    return this.#terminal.input.isTTY === true ? 'operator' : 'hangup';
  }

  #showOutput(output: OutputSummary): void {
    const { view } = this.#known();
    const bytes = view.readOutputTail(output, shownTailBytes);
    const shown = reshapeMasked(bytes, lastLines);
    this.#writer.writeOutput({ address: '', stream: 'stdout', bytes: shown });
    this.#writer.finishOutput();
  }

  #openPrompter(): Promise<Prompter> {
    return openPrompter({
      terminal: this.#terminal,
      palette: this.#palette,
      write: (text) => this.#writer.write(text),
      suspend: (during) => this.suspend(during),
    });
  }
}

function lastLines(bytes: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n').slice(-shownTailLines);
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}
