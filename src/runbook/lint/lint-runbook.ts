// Owns the rules that go beyond the format's grammar; knows nothing of who asks.
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { Runbook } from '../model.ts';

/** What could be better in a runbook, in source order. */
export function lintRunbook(_runbook: Runbook): readonly Diagnostic[] {
  return [];
}
