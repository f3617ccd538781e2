// Owns the choice of a prompter for a terminal: single keys where it can move its cursor, whole lines elsewhere.
import type { Palette } from '../../view/layout/palette.ts';
import { choosePalette } from '../choose-palette.ts';
import { editorOf, editText } from '../edit-text.ts';
import { PeopleWriter } from '../people-writer.ts';
import { LinePrompter } from './line-prompter.ts';
import { OperatorLeft, type Prompter } from './prompter.ts';

/** The terminal, or what stands in for one. */
export interface PromptTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
  readonly env: NodeJS.ProcessEnv;
}

/** The process's own terminal; what people read goes to standard error. */
export function ownTerminal(): PromptTerminal {
  return { input: process.stdin, output: process.stderr, env: process.env };
}

/** What a prompter is opened with. */
export interface OpenPrompterOptions {
  readonly terminal: PromptTerminal;
  readonly palette: Palette;
  readonly write: (text: string) => void;
  /** Gives the terminal away for as long as something else has it. */
  readonly suspend: <Value>(during: () => Promise<Value>) => Promise<Value>;
}

/** Without colours a person may not see, or the terminal may not show, what moves: then lines are asked for. */
export async function openPrompter({
  terminal,
  palette,
  write,
  suspend,
}: OpenPrompterOptions): Promise<Prompter> {
  const { input, output, env } = terminal;
  const moves = input.isTTY === true && output.isTTY === true && env.TERM !== 'dumb' && palette.level > 0;
  if (!moves) return new LinePrompter({ input, write });
  const { InquirerPrompter } = await import('./inquirer-prompter.ts');
  const edit = (text: string) => suspend(() => editText(text, { editor: editorOf(env), extension: '.sh' }));
  return new InquirerPrompter({ input, output, palette, edit });
}

/** What a question outside of a run is asked with. */
export interface PrompterSession {
  readonly prompter: Prompter;
  /** Writes for people, above the next question. */
  readonly write: (text: string) => void;
  readonly palette: Palette;
  /** Never aborts: nothing withdraws such a question. */
  readonly signal: AbortSignal;
}

/** Asks outside of a run, and gives the terminal back; `left` is the answer of a person who leaves. */
export async function askOutsideRun<Value>(
  terminal: PromptTerminal,
  left: Value,
  ask: (session: PrompterSession) => Promise<Value>,
): Promise<Value> {
  const { output, env } = terminal;
  const palette = choosePalette(output, env);
  const writer = new PeopleWriter({ stream: output, palette, terminal: output.isTTY === true });
  const write = (text: string): void => writer.write(text);
  const prompter = await openPrompter({ terminal, palette, write, suspend: (during) => during() });
  try {
    return await ask({ prompter, write, palette, signal: new AbortController().signal });
  } catch (error) {
    if (error instanceof OperatorLeft) return left;
    throw error;
  } finally {
    prompter.close();
    await writer.end();
  }
}
