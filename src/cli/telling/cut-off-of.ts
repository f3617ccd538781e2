// Owns what a block of a run had printed until it was cut off, as pages about the run show it.
import type { Address } from '../../basics/address.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import { unrecordedOutputs } from '../../engine/output/unrecorded-outputs.ts';
import type { RunState } from '../../run/state.ts';
import type { PageBlock } from '../../surfaces/reports/page/page.ts';
import { cutOffBlocks } from '../../surfaces/reports/telling/cut-off-blocks.ts';
import type { StoredOutputs } from '../session/stored-outputs.ts';

/** A run as its folder tells it. */
export interface ToldRun {
  readonly state: RunState;
  readonly outputs: StoredOutputs;
}

/** Nothing of blocks of which nothing was kept. */
export function cutOffOf(
  folder: RunFolder,
  { state, outputs }: ToldRun,
): (address: Address) => readonly PageBlock[] {
  return (address) =>
    cutOffBlocks(
      unrecordedOutputs(folder.path, state, state.indexOf.get(address) ?? -1),
      outputs.tail.bind(outputs),
    );
}
