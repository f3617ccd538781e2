// Owns which way of asking suits a terminal: single keys where it can move its cursor, whole lines elsewhere.
import type { Palette } from '../../view/layout/palette.ts';
import { editorOf, editText } from '../edit-text.ts';
import type { Asker } from './asker.ts';
import { LineAsker } from './line-asker.ts';

/** The terminal, or what stands in for one. */
export interface AskTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/** The process's own terminal; what people read goes to standard error. */
export function ownTerminal(): AskTerminal {
  return { input: process.stdin, output: process.stderr, env: process.env };
}

export interface OpenAskerOptions {
  readonly terminal: AskTerminal;
  readonly palette: Palette;
  readonly write: (text: string) => void;
  /** Gives the terminal away for as long as something else has it. */
  readonly suspend: <Value>(during: () => Promise<Value>) => Promise<Value>;
}

/** Without colours a person may not see, or the terminal may not show, what moves: then lines are asked for. */
export async function openAsker({ terminal, palette, write, suspend }: OpenAskerOptions): Promise<Asker> {
  const { input, output, env } = terminal;
  const moves = input.isTTY === true && output.isTTY === true && env.TERM !== 'dumb' && palette.level > 0;
  if (!moves) return new LineAsker({ input, write });
  const { InquirerAsker } = await import('./inquirer-asker.ts');
  const edit = (text: string) => suspend(() => editText(text, { editor: editorOf(env), extension: '.sh' }));
  return new InquirerAsker({ input, output, palette, edit });
}
