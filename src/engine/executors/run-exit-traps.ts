// Owns running the EXIT traps that have waited for the end of the run's shells.
import type { ExecutionRequest } from '../../run/executor.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { MachineAttempts } from '../attempts/machine-attempts.ts';
import type { CarriedState } from '../shells/carried-state.ts';

/** The longest that an EXIT trap may take when its run has ended. */
const exitTrapTimeoutMs = 60_000;

/** What they print is shown as that of `last`, the block that was run last on that machine. */
export async function runExitTraps(
  attempts: MachineAttempts,
  carried: CarriedState,
  last: Omit<ExecutionRequest, 'code'>,
): Promise<void> {
  for (const [language, code] of carried.takeExitTraps()) {
    const item = exitTrapItem(last.item, language, code);
    await attempts.runAside({ ...last, purpose: 'block', item, code });
  }
}

function exitTrapItem({ cwd, captures, ...item }: BlockItem, language: string, code: string): BlockItem {
  return {
    ...item,
    language,
    code,
    env: {},
    expect: [],
    background: false,
    interactive: false,
    timeoutMs: exitTrapTimeoutMs,
  };
}
