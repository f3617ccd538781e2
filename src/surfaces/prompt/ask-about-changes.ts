// Owns asking what to do with a runbook that has changed since its run was started.
import { choosePalette } from '../choose-palette.ts';
import { PeopleWriter } from '../people-writer.ts';
import { type Choice, OperatorLeft } from './asker.ts';
import { type AskTerminal, openAsker, ownTerminal } from './open-asker.ts';

export type ChangeAnswer = 'keep' | 'take' | 'leave';

const keep: Choice<ChangeAnswer> = {
  key: 'k',
  label: 'keep',
  value: 'keep',
  does: 'go on with the steps as they were when the run was started',
};
const take: Choice<ChangeAnswer> = {
  key: 't',
  label: 'take',
  value: 'take',
  does: 'take the new text of what has not run yet',
};
const leave: Choice<ChangeAnswer> = {
  key: 'q',
  label: 'leave',
  value: 'leave',
  does: 'leave the run as it is',
};

/** What the operator wants; whoever leaves the question leaves the run as it is. */
export async function askAboutChanges(
  { mayTake }: { readonly mayTake: boolean },
  terminal: AskTerminal = ownTerminal(),
): Promise<ChangeAnswer> {
  const { output, env } = terminal;
  const palette = choosePalette(output, env);
  const writer = new PeopleWriter({ stream: output, palette, terminal: output.isTTY === true });
  const write = (text: string): void => writer.write(text);
  const asker = await openAsker({ terminal, palette, write, suspend: (during) => during() });
  try {
    const choices = mayTake ? [keep, take, leave] : [keep, leave];
    const message = 'Some of what has changed has not run yet. How shall the run go on?';
    return await asker.choose({ message, choices, layout: 'list' }, new AbortController().signal);
  } catch (error) {
    if (error instanceof OperatorLeft) return 'leave';
    throw error;
  } finally {
    asker.close();
    await writer.end();
  }
}
