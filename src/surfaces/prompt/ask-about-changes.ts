// Owns asking what to do with a runbook that has changed since its run was started.
import type { MenuChoice } from '../question-choices.ts';
import { askOutsideRun, ownTerminal, type PromptTerminal } from './open-prompter.ts';

/** Go on with the old steps, take the new ones, or leave the run as it is. */
export type ChangeAnswer = 'keep' | 'take' | 'leave';

const keep: MenuChoice<ChangeAnswer> = {
  key: 'k',
  label: 'keep',
  value: 'keep',
  does: 'go on with the steps as they were when the run started',
};
const take: MenuChoice<ChangeAnswer> = {
  key: 't',
  label: 'take',
  value: 'take',
  does: 'use the new text for what has not run yet',
};
const leave: MenuChoice<ChangeAnswer> = {
  key: 'q',
  label: 'leave',
  value: 'leave',
  does: 'leave the run as it is',
};

/** What the operator answers; whoever leaves the question leaves the run as it is. */
export function askAboutChanges(
  { mayTake }: { readonly mayTake: boolean },
  terminal: PromptTerminal = ownTerminal(),
): Promise<ChangeAnswer> {
  const choices = mayTake ? [keep, take, leave] : [keep, leave];
  const message = 'Part of what has changed has not run yet. How should the run go on?';
  return askOutsideRun(terminal, 'leave', ({ prompter, signal }) =>
    prompter.choose({ message, choices, layout: 'list' }, signal),
  );
}
