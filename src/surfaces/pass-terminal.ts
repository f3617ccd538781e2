// Owns giving the operator's terminal through to a shell on a terminal of its own.
import type { BlockTerminal } from '../run/executor.ts';
import type { PassedTerminal } from '../run/surface.ts';
import { visibleText } from '../text/visible-text.ts';

/** The two sides of a terminal that may be given through. */
export interface PassableTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
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
  return `A shell in the environment ${where}.\nWhat it changes, later blocks find. Ctrl-D or \`exit\` goes back.`;
}

/** For as long as `during` takes, keys go to what was attached and its bytes to the screen, below the greeting. */
export async function passTerminal<Value>(
  { input, output }: PassableTerminal,
  during: (terminal: PassedTerminal) => Promise<Value>,
  greeting?: string,
): Promise<Value> {
  if (greeting !== undefined) output.write(`${greeting}\n`);
  // Whoever else reads this input, such as one that reads lines, is not to take what is typed for the shell.
  const others = input.listeners('data') as Listener[];
  input.removeAllListeners('data');
  let shell: BlockTerminal | undefined;
  const columns = (): number => output.columns || 80;
  const rows = (): number => output.rows || 24;
  const type = (typed: Buffer | string): void => shell?.write(Buffer.from(typed));
  const fit = (): void => shell?.resize(columns(), rows());
  input.on('data', type);
  output.on('resize', fit);
  input.setRawMode(true);
  input.resume();
  try {
    return await during({
      columns: columns(),
      rows: rows(),
      attach: (terminal) => {
        shell = terminal;
      },
      onBytes: (bytes) => output.write(bytes),
    });
  } finally {
    input.off('data', type);
    output.off('resize', fit);
    input.pause();
    try {
      input.setRawMode(false);
      output.write(resetCodes);
    } catch {
      // The terminal is gone, and the run is about to hear of it.
    }
    for (const other of others) input.on('data', other);
    // A listener that is added lets the data flow; who asks next does that.
    input.pause();
  }
}
