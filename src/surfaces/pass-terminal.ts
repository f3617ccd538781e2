// Owns giving the operator's terminal through to a shell on a terminal of its own.
import type { BlockTerminal } from '../run/executor.ts';
import type { PassedTerminal } from '../run/surface.ts';
import { visibleText } from '../text/visible-text.ts';
import { keepTerminal, terminalGivenBack } from './keep-terminal.ts';

/** The two sides of a terminal that may be given through. */
export interface PassableTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
}

type Listener = (...parts: unknown[]) => void;

/** What a shell that did not end by itself may have left switched on: marked pastes, a hidden cursor, colours. */
const resetCodes = '\u001b[?2004l\u001b[?25h\u001b[0m';

/** Whether there is a terminal on both sides to give through. */
export function canPassTerminal({ input, output }: PassableTerminal): boolean {
  return input.isTTY === true && output.isTTY === true;
}

/** What the operator reads before the first prompt. */
export function shellGreeting(about: string | undefined): string {
  const where = about === undefined ? 'of the run' : `of \`${visibleText(about)}\``;
  // Two lines: one would be broken within a word by a terminal of 80 columns.
  return `A shell in the environment ${where}.\nLater blocks see what you change. Ctrl-D or \`exit\` goes back.`;
}

/**
 * From now on what is typed goes to `type`, byte for byte and unseen, and not to whoever else reads this input, such as
 * one that reads lines. Call the answer to give the keyboard back.
 */
export function takeKeys({ input, output }: PassableTerminal, type: (typed: Buffer) => void): () => void {
  const others = input.listeners('data') as Listener[];
  input.removeAllListeners('data');
  const take = (typed: Buffer | string): void => type(Buffer.from(typed));
  input.on('data', take);
  input.setRawMode(true);
  input.resume();
  keepTerminal(output.fd, 'keys');
  return () => {
    input.off('data', take);
    input.pause();
    try {
      input.setRawMode(false);
    } catch {
      // The terminal is gone, and the run is about to hear of it.
    }
    terminalGivenBack();
    for (const other of others) input.on('data', other);
    // A listener that is added lets the data flow; who asks next does that.
    input.pause();
  };
}

/** For as long as `during` takes, keys go to what was attached and its bytes to the screen, below the greeting. */
export async function passTerminal<Value>(
  terminal: PassableTerminal,
  during: (terminal: PassedTerminal) => Promise<Value>,
  greeting?: string,
): Promise<Value> {
  const { output } = terminal;
  if (greeting !== undefined) output.write(`${greeting}\n`);
  let shell: BlockTerminal | undefined;
  const columns = (): number => output.columns || 80;
  const rows = (): number => output.rows || 24;
  const fit = (): void => shell?.resize(columns(), rows());
  const giveBack = takeKeys(terminal, (typed) => shell?.write(typed));
  output.on('resize', fit);
  try {
    return await during({
      columns: columns(),
      rows: rows(),
      attach: (attached) => {
        shell = attached;
      },
      onBytes: (bytes) => output.write(bytes),
    });
  } finally {
    output.off('resize', fit);
    giveBack();
    try {
      output.write(resetCodes);
    } catch {
      // The terminal is gone.
    }
  }
}
