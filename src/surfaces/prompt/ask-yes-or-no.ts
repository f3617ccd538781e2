// Owns one question to a person outside of a run, answered with yes or no.
import { askOutsideRun, ownTerminal, type PromptTerminal } from './open-prompter.ts';

/** False when the person says no, and when they leave. */
export function askYesOrNo(message: string, terminal: PromptTerminal = ownTerminal()): Promise<boolean> {
  const choices = [
    { key: 'y', label: 'yes', value: true },
    { key: 'n', label: 'no', value: false },
  ];
  return askOutsideRun(terminal, false, ({ prompter, signal }) =>
    prompter.choose({ message, choices, layout: 'keys' }, signal),
  );
}
