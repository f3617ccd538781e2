// Owns the port by which a test of a runbook has blocks fail.
import type { FailureReason } from '../event.ts';
import type { BlockItem } from '../plan.ts';
import type { RunState } from '../state.ts';

/**
 * Why a block is to have failed, before anything of it is run or after all of it was; undefined where it is left
 * alone.
 */
export type FailOnPurpose = (
  item: BlockItem,
  when: 'before' | 'after',
  state: RunState,
) => FailureReason | undefined;
