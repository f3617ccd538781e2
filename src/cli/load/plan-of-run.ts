// Owns reading the plan of a run for a command that tells of it.
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { readPlan } from '../../engine/record/read-plan.ts';
import type { RecordedEvent } from '../../run/event.ts';
import type { Plan } from '../../run/plan.ts';
import { complain } from '../report-diagnostics.ts';

/** The plan, or undefined after saying that it is not the one that the run was started with. */
export function planOfRun(folder: RunFolder, events: readonly RecordedEvent[]): Plan | undefined {
  const plan = readPlan(folder, events);
  if (plan.ok) return plan.value;
  complain(
    `run \`${folder.id}\`: ${plan.error}`,
    `\`runsheet verify ${folder.id}\` says what else is not as it was recorded`,
  );
  return undefined;
}
