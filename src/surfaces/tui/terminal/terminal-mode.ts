// Owns the state of the real terminal: entered for the full screen, and given back as it was found, whatever happens.
import { writeSync } from 'node:fs';
import { keepTerminal, terminalGivenBack } from '../../keep-terminal.ts';

/** Alternate screen, no cursor, no wrapping at the edge, pastes marked as such. */
const enterCodes = '\u001b[?1049h\u001b[?7l\u001b[?2004h\u001b[?25l\u001b[0m\u001b[H\u001b[2J';
const leaveCodes = '\u001b[?2026l\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';

/** Reports of buttons, the wheel among them, in a form that has no limit of columns. */
const mouseOnCodes = '\u001b[?1000h\u001b[?1006h';
const mouseOffCodes = '\u001b[?1006l\u001b[?1000l';

/** Both sides of the terminal. */
export interface TerminalModeOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
}

/** Enters the full screen and leaves it again, once each. */
export class TerminalMode {
  readonly #input: NodeJS.ReadStream;
  readonly #output: TerminalModeOptions['output'];
  #entered = false;
  #hasMouse = false;

  constructor({ input, output }: TerminalModeOptions) {
    this.#input = input;
    this.#output = output;
  }

  get isEntered(): boolean {
    return this.#entered;
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    process.on('exit', this.#leaveAtExit);
    if (this.#input.isTTY) this.#input.setRawMode(true);
    this.#output.write(enterCodes);
    if (this.#input.isTTY) keepTerminal(this.#output.fd, 'screen');
  }

  /** Takes the mouse, or leaves it to the terminal, which marks text with it. */
  useMouse(isWanted: boolean): void {
    if (!this.#entered || isWanted === this.#hasMouse || !this.#input.isTTY) return;
    this.#hasMouse = isWanted;
    this.#output.write(isWanted ? mouseOnCodes : mouseOffCodes);
  }

  leave(): void {
    if (!this.#entered) return;
    this.useMouse(false);
    this.#entered = false;
    process.off('exit', this.#leaveAtExit);
    this.#output.write(leaveCodes);
    this.#lowerInput();
    terminalGivenBack();
  }

  /** The last chance, also after an error that nobody caught; what is written later would not arrive. */
  readonly #leaveAtExit = (): void => {
    this.#entered = false;
    try {
      writeSync(this.#output.fd, `${this.#hasMouse ? mouseOffCodes : ''}${leaveCodes}`);
    } catch {
      // The terminal is gone; there is nothing to give back.
    }
    this.#lowerInput();
    terminalGivenBack();
  };

  #lowerInput(): void {
    try {
      if (this.#input.isTTY) this.#input.setRawMode(false);
    } catch {
      // As above: a terminal that has hung up has no modes any more.
    }
  }
}
