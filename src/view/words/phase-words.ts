// Owns the words for the sections of a runbook, and for those that it does not have.
import type { Phase } from '../../run/plan.ts';
import { listed } from './quoted.ts';

/** A phase as a heading. */
export function phaseWords(phase: Phase): string {
  return phase === 'cleanup' ? 'clean-up' : phase;
}

/** A phase as the title of a section: `Clean-up`. */
export function phaseTitle(phase: Phase): string {
  const words = phaseWords(phase);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The sections that a runbook does not have, in one friendly line; empty when it has them all. */
export function missingSectionsWords(missing: readonly Phase[]): string {
  if (missing.length === 0) return '';
  if (missing.length === 4)
    return 'This runbook is a walkthrough: it has no sections of its own, and each part is a step.';
  const consequence: Partial<Record<Phase, string>> = {
    preconditions: 'nothing is checked before the first change',
    validation: 'nothing is checked at the end',
    rollback: 'a failure cannot be undone from here',
  };
  const effects = missing.flatMap((phase) => consequence[phase] ?? []);
  const named = `This runbook has ${listed(missing.map((phase) => `no ${phaseWords(phase)}`))} section`;
  return effects.length > 0 ? `${named}: ${listed(effects)}.` : `${named}.`;
}
