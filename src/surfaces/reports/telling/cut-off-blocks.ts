// Owns the end of an output of which nobody has recorded the end, as a page shows it.
import type { OutputSummary } from '../../../run/output-summary.ts';
import type { CutOffOutput, RunView } from '../../../run/surface.ts';
import { screenLines } from '../../../runbook/regions/screen-lines.ts';
import { targetWords } from '../../../view/words/quoted.ts';
import type { PageBlock } from '../page/page.ts';

/** The end of an output is looked for in so many bytes, and so many lines of it are shown. */
const tailBytes = 16 * 1024;
const tailLines = 20;

/** What a block in doubt had printed until it was cut off, each host's by itself. */
export function cutOffBlocks(
  cutOff: readonly CutOffOutput[],
  tail: RunView['readOutputTail'],
): readonly PageBlock[] {
  return cutOff.flatMap(({ of, output }) => {
    const { lines, isCut } = endOfOutput(output, tail);
    const where = of === undefined ? '' : ` ${targetWords(of)}`;
    const text = `${isCut ? 'The last that' : 'What'} it had printed${where} until it was cut off:`;
    return [
      { type: 'paragraph' as const, text },
      { type: 'code' as const, label: 'text' as const, lines },
    ];
  });
}

/** The last lines of an output, and whether there are more. */
export function endOfOutput(
  output: OutputSummary,
  tail: RunView['readOutputTail'],
): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const lines = screenLines(new TextDecoder().decode(tail(output, tailBytes)));
  return {
    lines: lines.slice(-tailLines),
    isCut: output.stdoutBytes > tailBytes || lines.length > tailLines,
  };
}
