// Owns what a run that was read has cost, by the rates of its runbook's configuration.
import type { RecordedEvent } from '../../run/event.ts';
import type { RunState } from '../../run/state.ts';
import { costOfRun, type MachineTime, type RunCost } from '../../surfaces/reports/cost/run-cost.ts';
import { courseOfRun, timeSpent } from '../../surfaces/reports/course/course-of-run.ts';
import { personRate } from '../../surfaces/reports/statistics/saved-time.ts';
import { loadConfiguration } from '../load/load-configuration.ts';

/** Undefined where nothing is written that it could be told by, and no server has worked on it. */
export function costOfReadRun(
  { state, history }: { readonly state: RunState; readonly history: readonly RecordedEvent[] },
  machine: MachineTime | undefined,
): RunCost | undefined {
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  if (started?.type !== 'RunStarted') return undefined;
  const { owner, manualEstimateMs } = state.plan;
  const { rates, machineRate } = loadConfiguration(started.runbook.path).configuration;
  if (state.options.servedBy === undefined && manualEstimateMs === undefined && machineRate === undefined)
    return undefined;
  const person = personRate(owner, rates);
  return costOfRun(
    {
      spent: timeSpent(courseOfRun(history)),
      isInVain: state.outcome !== undefined && state.outcome !== 'succeeded',
      ...(machine && { machine }),
      ...(manualEstimateMs !== undefined && { manualEstimateMs }),
    },
    { ...(person && { person }), ...(machineRate && { machine: machineRate }) },
  );
}
