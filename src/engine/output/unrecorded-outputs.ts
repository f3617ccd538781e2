// Owns what a block has printed of which nobody has recorded the end: it runs, or it was cut off.
import { join } from 'node:path';
import type { Address } from '../../basics/address.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { RunState } from '../../run/state.ts';
import type { CutOffOutput } from '../../run/surface.ts';
import { targetsOfNow } from '../../run/targets/turn-of.ts';
import { sizeOf } from '../files/size-of.ts';
import { outputFileName, outputOwner } from './output-store.ts';

export interface UnrecordedOutput extends CutOffOutput {
  /** As far as it has come; how many lines there are is not counted. */
  readonly output: OutputSummary & { readonly file: string };
}

/** Those of the newest attempt of the item with this index in the plan, where something was kept of them. */
export function unrecordedOutputs(
  runFolder: string,
  state: RunState,
  index: number,
): readonly UnrecordedOutput[] {
  const [item, known] = [state.plan.items[index], state.items[index]];
  if (item?.kind !== 'block' || known === undefined) return [];
  const find = (where: string | number | undefined, attempt: number): UnrecordedOutput['output'][] => {
    const file = join('outputs', outputFileName(outputOwner(item.address, where), attempt));
    const bytes = sizeOf(join(runFolder, file)) ?? 0;
    return bytes === 0 ? [] : [{ file, stdoutBytes: bytes, stderrBytes: 0, lines: 0 }];
  };
  if (known.onHosts === undefined) return find(undefined, known.attempts).map((output) => ({ output }));
  const { all } = targetsOfNow(state, item, known);
  return Object.values(known.onHosts)
    .filter(({ status }) => status === 'running' || status === 'in-doubt')
    .flatMap(({ host, each, attempt = known.attempts }) => {
      const where = each === undefined ? host : all.indexOf(host) + 1;
      const of = { host, ...(each !== undefined && { each }) };
      return find(where, attempt).map((output) => ({ of, output }));
    });
}

/** What a block that is in doubt had printed until it was cut off. */
export function cutOffOutputs(
  runFolder: string,
  state: RunState,
  address: Address,
): readonly UnrecordedOutput[] {
  const index = state.indexOf.get(address) ?? -1;
  return state.items[index]?.status === 'in-doubt' ? unrecordedOutputs(runFolder, state, index) : [];
}
