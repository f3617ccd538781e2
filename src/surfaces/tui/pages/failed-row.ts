// Owns where on its page the line stands at which a block failed.
import type { PlanItem } from '../../../run/plan.ts';
import type { RunState } from '../../../run/state.ts';
import type { StyledLine } from '../../../view/layout/styled-line.ts';
import { cutLine } from '../../../view/layout/wrap-runs.ts';
import { plainCodeLines } from '../../../view/prose/code-lines.ts';

/** The row of a block's code at which it failed; undefined where it has not, or nobody knows where. */
export function failedRow(
  item: PlanItem,
  { state, width }: { readonly state: RunState; readonly width: number },
  cutMark: StyledLine,
): number | undefined {
  const known = state.items[state.indexOf.get(item.address) ?? -1];
  if (item.kind !== 'block' || known?.status !== 'failed' || known.reason?.type !== 'exit') return undefined;
  const line = known.reason.at?.blockLine;
  if (line === undefined) return undefined;
  const before = plainCodeLines(known.code ?? item.code).slice(0, line - 1);
  return before.flatMap((one) => cutLine(one, width - 2, cutMark)).length;
}
