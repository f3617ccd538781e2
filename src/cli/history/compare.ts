// Owns `runsheet show A B`: what is different between two runs.
import type { RunStore } from '../../engine/journal/run-store.ts';
import { decodeMasked } from '../../run/masking/redactor.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { type ComparedRun, compareRuns } from '../../surfaces/reports/telling/compare-runs.ts';
import { comparisonLines } from '../../surfaces/reports/telling/comparison-lines.ts';
import { paintLine } from '../../view/layout/palette.ts';
import { exitCode } from '../exit-code.ts';
import { findRun } from '../runs/find-run.ts';
import { writeResult } from '../write-result.ts';
import { type ReadRun, readRun } from './read-run.ts';

/** So much of each output is compared, in bytes. */
const comparedBytes = 4 * 1024 * 1024;

/** Prints how the second run differs from the first; gives the exit code. */
export async function compare(
  store: RunStore,
  names: readonly [string, string],
  { json }: { readonly json?: boolean },
): Promise<number> {
  const runs: ComparedRun[] = [];
  let status: number = exitCode.succeeded;
  for (const name of names) {
    const found = findRun(store, name);
    if (!found.ok) return found.error;
    const { folder } = found.value;
    const read = readRun(folder);
    if (read === undefined) return exitCode.failed;
    runs.push(comparedRun(read));
    status = Math.max(status, store.isLive(folder) ? 0 : read.tellDamage());
  }
  const [first, other] = runs;
  if (first === undefined || other === undefined) return exitCode.failed;
  const comparison = compareRuns(first, other);
  if (json) writeResult(`${JSON.stringify(comparison, null, 2)}\n`);
  else {
    const palette = choosePalette(process.stdout, process.env);
    for (const line of comparisonLines(comparison, palette)) writeResult(`${paintLine(line, palette)}\n`);
  }
  return status;
}

function comparedRun({ state, history, outputs }: ReadRun): ComparedRun {
  return {
    state,
    history,
    read: (output) => {
      const beginning = outputs.beginning(output, comparedBytes);
      return beginning && { text: decodeMasked(beginning.bytes), isWhole: beginning.isWhole };
    },
  };
}
