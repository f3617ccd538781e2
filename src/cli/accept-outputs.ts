// Owns `--update-expected`: taking over what blocks printed as what they are expected to print, once it was seen.
import type { TakeOutput } from '../engine/create-performer.ts';
import { replaceFile } from '../engine/disk/replace-file.ts';
import { checkExpectations, comparesOutputs } from '../run/expectations/check-expectations.ts';
import { mergeExpected } from '../run/expectations/merge-expected.ts';
import { printedAsTold } from '../run/expectations/printed.ts';
import { renderDifference } from '../run/expectations/render-difference.ts';
import type { MaskedText } from '../run/masking/redactor.ts';
import type { BlockItem } from '../run/plan.ts';
import { blocksByAddress, type ExpectedUpdate, updateExpected } from '../runbook/update-expected.ts';
import { choosePalette } from '../surfaces/choose-palette.ts';
import { visibleText } from '../text/visible-text.ts';
import { paintLine } from '../view/layout/palette.ts';
import { differenceLines } from '../view/words/difference-lines.ts';
import { loadRunbook } from './load/load-runbook.ts';
import { complain, reportDiagnostics } from './report-diagnostics.ts';
import { writeMessage } from './write-result.ts';

/** Collects outputs while a run goes on; of several attempts at a block the last one counts. */
export class PrintedOutputs {
  readonly #taken = new Map<string, { readonly item: BlockItem; readonly stdout: MaskedText }>();

  readonly take: TakeOutput = (item, stdout) => {
    this.#taken.set(item.address, { item, stdout });
  };

  /** Those that are not as their runbook shows them. */
  *changed(): Generator<{ readonly item: BlockItem; readonly stdout: MaskedText }> {
    for (const taken of this.#taken.values()) {
      const { item, stdout } = taken;
      const compared = item.expect.filter(comparesOutputs);
      if (checkExpectations(compared, printedAsTold(stdout), item.expectedOutput)) yield taken;
    }
  }
}

/**
 * Shows every change, and writes them all when `agree` says so. The runbook is read anew: the run may have written
 * results into it. False when something that should have been written was not.
 */
export async function acceptOutputs(
  path: string,
  outputs: PrintedOutputs,
  agree: (question: string) => Promise<boolean>,
): Promise<boolean> {
  const changed = [...outputs.changed()];
  if (changed.length === 0) {
    writeMessage('note: every output is as shown; there is nothing to update\n');
    return true;
  }
  const { runbook, file, source, diagnostics } = loadRunbook(path);
  if (!runbook || !file) {
    reportDiagnostics(diagnostics, source);
    return false;
  }
  const blocks = blocksByAddress(runbook);
  const updates: ExpectedUpdate[] = [];
  let isWhole = true;
  const leave = (name: string, why: string): void => {
    isWhole = false;
    complain(`the expected output of \`${name}\` is left as it is: ${why}`);
  };
  for (const { item, stdout } of changed) {
    const block = blocks.get(item.address);
    const shown = block?.expectedOutput;
    if (block?.console !== undefined && block.console.output !== '')
      leave(
        item.address,
        'it is mixed with the commands, so that its lines cannot be distinguished from theirs',
      );
    else if (shown === undefined) leave(item.address, 'the runbook shows none below the block');
    else if (block?.code !== undefined && block.console === undefined && block.code !== item.code)
      leave(item.address, 'the block was changed since');
    else {
      const merged = mergeExpected(shown.text, stdout);
      if (!merged.ok) leave(item.address, merged.error);
      else {
        updates.push({ address: item.address, lines: merged.value });
        show(item.address, renderDifference(shown.text, stdout));
      }
    }
  }
  const { bytes, unplaced } = updateExpected(runbook, updates);
  for (const address of unplaced) leave(address, 'it cannot be written where it stands');
  const count = updates.length - unplaced.length;
  if (count === 0) return false;
  const what = count === 1 ? 'this change' : `these ${count} changes`;
  if (!(await agree(`Write ${what} into ${path}?`))) {
    writeMessage('note: the runbook is left as it is\n');
    return isWhole;
  }
  const written = await replaceFile(path, bytes, file.identity);
  if (!written.ok) {
    reportDiagnostics([written.error], source);
    return false;
  }
  writeMessage(
    `note: ${count} expected ${count === 1 ? 'output' : 'outputs'} updated in ${visibleText(path)}\n`,
  );
  return isWhole;
}

function show(name: string, difference: string): void {
  const palette = choosePalette(process.stderr, process.env);
  writeMessage(`\n${palette.paint(`${name}: shown (-) and printed (+)`, { bold: true })}\n`);
  for (const line of differenceLines(difference)) writeMessage(`  ${paintLine(line, palette)}\n`);
  writeMessage('\n');
}
