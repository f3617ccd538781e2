// Owns what keys bring about outside of the screen: commands into the run, the editor, the process's own stop.
import type { Rejection, RunCommand } from '../../run/command.ts';
import type { RunState } from '../../run/state.ts';
import type { SendCommand } from '../../run/surface.ts';
import { editText } from '../edit-text.ts';
import type { BlockConsole } from './block-console.ts';
import type { UiEffect } from './keys/dialog.ts';
import { editCommands } from './keys/reduce-dialog.ts';
import { operatorOf } from './keys/ui-state.ts';
import type { OperatorWait } from './operator-wait.ts';
import type { TerminalScreen } from './terminal/terminal-screen.ts';
import type { UiStore } from './ui-store.ts';

/** What effects reach. */
export interface EffectPerformerOptions {
  readonly state: () => RunState;
  readonly send: SendCommand;
  readonly store: UiStore;
  readonly console: BlockConsole;
  readonly screen: TerminalScreen;
  readonly wait: OperatorWait;
  /** The operator's own editor, as a command line. */
  readonly editor: string | undefined;
  /** Gives the terminal away for as long as something else has it. */
  readonly suspend: <Value>(during: () => Promise<Value>) => Promise<Value>;
  readonly onRejection: (rejection: Rejection) => void;
  readonly onError: (error: unknown) => void;
}

/** Performs the effects of keys, one after the other. */
export class EffectPerformer {
  readonly #options: EffectPerformerOptions;

  constructor(options: EffectPerformerOptions) {
    this.#options = options;
  }

  perform(effect: UiEffect): void {
    const { wait, screen, onError } = this.#options;
    switch (effect.type) {
      case 'send':
        this.sendAll(effect.commands);
        break;
      case 'begin':
        wait.answer(effect.how);
        break;
      case 'close':
        wait.answer('now');
        break;
      case 'redraw':
        screen.repaint();
        break;
      case 'stop-process':
        screen.stopProcess();
        break;
      case 'edit-outside':
        this.#editOutside(effect).catch(onError);
        break;
    }
  }

  /** Sends commands up to the first that is rejected. */
  sendAll(commands: readonly RunCommand[]): void {
    const { state, send, console, onRejection, onError } = this.#options;
    for (const command of commands) {
      console.beforeCommand(command, state());
      try {
        const rejection = send(command);
        if (!rejection) continue;
        console.dropTypedAhead();
        onRejection(rejection);
      } catch (error) {
        onError(error);
      }
      return;
    }
  }

  async #editOutside({ address, code, retry }: Extract<UiEffect, { type: 'edit-outside' }>): Promise<void> {
    const { state, store, editor, suspend } = this.#options;
    const edited = await suspend(() => editText(code, { editor, extension: '.sh' }));
    if (edited === undefined || edited.trim() === '' || (edited === code && !retry)) {
      store.change({ notice: { text: 'the command stays as it is', tone: 'muted' } });
      return;
    }
    this.sendAll(editCommands(address, edited, retry, operatorOf(state())));
  }
}
