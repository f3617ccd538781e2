// Owns what is shown first of a part that failed: its command, and the last lines of its output.
import type { PlanItem } from '../../../run/plan.ts';
import type { ItemState } from '../../../run/state.ts';
import { excerptLimits, type OutputExcerpt } from '../../../runbook/regions/output-excerpt.ts';
import { counted } from '../../../view/words/quoted.ts';
import { outputLines } from './output-lines.ts';

/** So many lines of an output are shown, its last ones. */
const lastLines = 20;

/** The command that failed, in its own words where the shell tells; else the block. */
export function failedCommand(item: PlanItem, { reason }: Pick<ItemState, 'reason'>): string | undefined {
  if (reason?.type === 'exit' && reason.at !== undefined && reason.at.command !== '')
    return reason.at.command;
  return item.kind === 'block' ? item.code : undefined;
}

/** The end of an output of so many lines, and how it is introduced. */
export function lastOutput(
  output: OutputExcerpt | undefined,
  lines: number,
  where = '',
): { readonly words: string; readonly lines: readonly string[] } {
  if (output === undefined) return { words: `It printed nothing${where}.`, lines: [] };
  const isCut = lines > lastLines && output !== 'altered';
  const shown = outputLines(output, { ...excerptLimits, headLines: 0, tailLines: lastLines });
  return isCut
    ? // What is left out is said already.
      {
        words: `The last ${lastLines} of ${counted(lines, 'line')} that it printed${where}:`,
        lines: shown.slice(-lastLines),
      }
    : { words: `What it printed${where}:`, lines: shown };
}
