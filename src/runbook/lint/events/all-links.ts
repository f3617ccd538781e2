// Owns which other pages a runbook brings.
import type { Runbook, RunbookLink } from '../../runbook.ts';
import { allSteps } from '../lint-rule.ts';

/** Every link that runs another page, in document order. */
export function allLinks(runbook: Runbook): readonly RunbookLink[] {
  return allSteps(runbook).flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'runbook-link' ? [part.link] : [])),
  );
}
