// Owns what somebody is shown of an item's output who is asked about it from elsewhere.
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { OpenQuestion } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import type { PageBlock } from '../../surfaces/reports/page/page.ts';
import { lastPrinted } from '../../surfaces/reports/telling/failure-blocks.ts';
import type { StoredOutputs } from '../session/stored-outputs.ts';
import { cutOffOf } from './cut-off-of.ts';

/** Of a part that failed, its last lines; of one that was cut off, those until then. `whereAll` says where all of it is. */
export function askedOutput(
  folder: RunFolder,
  { outputs }: { readonly outputs: StoredOutputs },
  asking: RunState,
  question: OpenQuestion,
  whereAll: string,
): readonly PageBlock[] {
  const address = 'address' in question ? question.address : undefined;
  const known = address && asking.items[asking.indexOf.get(address) ?? -1];
  if (known === undefined) return [];
  if (question.type === 'failure') return lastPrinted(known, (output) => outputs.excerpt(output, whereAll));
  return question.type === 'in-doubt' ? cutOffOf(folder, { state: asking, outputs })(question.address) : [];
}
