// Owns an operator at the keys, without a terminal: presses keys, and hands what follows from them to a scripted run.
import type { Address } from '../../../src/basics/address.ts';
import type { RunCommand } from '../../../src/run/command.ts';
import type { Question } from '../../../src/run/question.ts';
import type { UiEffect } from '../../../src/surfaces/tui/keys/dialog.ts';
import { KeyReader } from '../../../src/surfaces/tui/keys/key-reader.ts';
import { reduceKey } from '../../../src/surfaces/tui/keys/reduce-key.ts';
import {
  currentAddress,
  initialUi,
  type UiContext,
  type UiState,
  withQuestion,
} from '../../../src/surfaces/tui/keys/ui-state.ts';
import { outlineOrder } from '../../../src/surfaces/tui/pages/outline-rows.ts';
import { ada, type Scenario } from '../../run/scenario.ts';

export class Operator {
  /** What is asked stands on the screen by the time of the next key. */
  ui: UiState = { ...initialUi, hears: true };
  /** Everything that the keys brought about, in order. */
  readonly effects: UiEffect[] = [];
  nowMs = 0;
  page: UiContext['page'] = { top: 0, length: 5, height: 20, until: 5 };
  childAttached = false;
  hasEditor = false;
  output: readonly string[] = [];
  readonly #scenario: Scenario;
  #question: Question | undefined;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#goOn();
  }

  get question(): Question | undefined {
    return this.#question;
  }

  /** The commands that were sent and taken or not, without who sent them. */
  get commands(): object[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'send' ? effect.commands.map(({ by: _, ...command }) => command) : [],
    );
  }

  /** Types text or bytes of keys, each a moment after the one before. */
  type(bytes: string): this {
    const reader = new KeyReader();
    const keys = [...reader.push(new TextEncoder().encode(bytes)), ...reader.flush()];
    for (const key of keys) {
      this.nowMs += 1000;
      this.press(key);
    }
    return this;
  }

  /** One key, at once. */
  press(key: Parameters<typeof reduceKey>[1]): this {
    const { ui, effects } = reduceKey(this.ui, key, this.context());
    this.ui = ui;
    this.effects.push(...effects);
    for (const effect of effects) if (effect.type === 'send') this.#send(effect.commands);
    return this;
  }

  /** Somebody else answers. */
  elsewhere(command: RunCommand): this {
    // Until it is known what comes next, nothing is asked.
    this.#question = undefined;
    this.ui = withQuestion(this.ui, undefined, this.#scenario.state);
    this.#send([command]);
    return this;
  }

  context(): UiContext {
    const { state } = this.#scenario;
    return {
      state,
      question: this.#question,
      by: ada,
      nowMs: this.nowMs,
      current: currentAddress(state, this.#question, this.ui.listAt),
      order: outlineOrder(state),
      page: { ...this.page, top: this.ui.pageTop ?? this.page.top },
      pager: {
        length: this.output.length,
        height: 4,
        find: (text, from, step) => {
          for (let line = from; line >= 0 && line < this.output.length; line += step) {
            if (this.output[line]?.includes(text)) return line;
          }
          return undefined;
        },
      },
      hasOutput: (_: Address) => this.output.length > 0,
      shownOutput: undefined,
      childAttached: this.childAttached,
      hasEditor: this.hasEditor,
    };
  }

  #send(commands: readonly RunCommand[]): void {
    for (const command of commands) if (command.type !== 'InterruptBlock') this.#scenario.send(command);
    this.#goOn();
  }

  #goOn(): void {
    const effect = this.#scenario.drive();
    const question = effect.type === 'ask' ? effect.question : undefined;
    if (JSON.stringify(question) === JSON.stringify(this.#question)) return;
    this.#question = question;
    this.ui = { ...withQuestion(this.ui, question, this.#scenario.state), hears: true };
  }
}
