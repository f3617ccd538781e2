// Owns one question to a person outside of a run, answered with yes or no.
import { choosePalette } from '../choose-palette.ts';
import { PeopleWriter } from '../people-writer.ts';
import { OperatorLeft } from './asker.ts';
import { type AskTerminal, openAsker, ownTerminal } from './open-asker.ts';

/** False when the person says no, and when they leave. */
export async function askYesOrNo(message: string, terminal: AskTerminal = ownTerminal()): Promise<boolean> {
  const { output, env } = terminal;
  const palette = choosePalette(output, env);
  const writer = new PeopleWriter({ stream: output, palette, terminal: output.isTTY === true });
  const write = (text: string): void => writer.write(text);
  const asker = await openAsker({ terminal, palette, write, suspend: (during) => during() });
  const choices = [
    { key: 'y', label: 'yes', value: true },
    { key: 'n', label: 'no', value: false },
  ];
  try {
    return await asker.choose({ message, choices, layout: 'keys' }, new AbortController().signal);
  } catch (error) {
    if (error instanceof OperatorLeft) return false;
    throw error;
  } finally {
    asker.close();
    await writer.end();
  }
}
