// Owns mending what can be mended for certain: the fixes that findings bring with them.
import { replaceFile } from '../../engine/disk/replace-file.ts';
import { renderChange } from '../../run/files/render-change.ts';
import { createRedactor } from '../../run/masking/redactor.ts';
import type { Diagnostic, Fix } from '../../text/diagnostic.ts';
import { decodeSource } from '../../text/source-file.ts';
import { applySplices } from '../../text/splice.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type LoadedRunbook, loadRunbook, loadRunbookText } from '../load/load-runbook.ts';
import { complainOfWriting } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { findAll } from './check-page.ts';

/** A page after its fixes, and what was done, a line each. */
export interface FixedPage {
  readonly bytes: Uint8Array;
  readonly done: readonly string[];
}

/** A fix may bring another one to light; more rounds than these are none of an author's slips. */
const mostRounds = 10;

/** Mends the page at a path, or shows what would be mended; false where it could not be written. */
export async function fixPage(path: string, isDry: boolean): Promise<boolean> {
  const loaded = loadRunbook(path);
  if (loaded.runbook === undefined || loaded.file === undefined) return true;
  const { bytes, done } = mend(path, loaded);
  if (done.length === 0) return true;
  const name = visibleText(path);
  if (isDry) {
    const text = (of: Uint8Array) => decodeSource(path, of).source.text;
    const { lines } = renderChange(text(loaded.source.bytes), text(bytes), createRedactor([]));
    writeResult(`--- ${name}\n+++ ${name}\n${(lines ?? '').split('\n').map(visibleText).join('\n')}\n`);
    return true;
  }
  const replaced = await replaceFile(path, bytes, loaded.file.identity);
  if (!replaced.ok) {
    complainOfWriting(replaced.error);
    return false;
  }
  writeMessage(done.map((line) => `fixed: ${name}:${line}\n`).join(''));
  return true;
}

/** Applies fixes until there are none; a round that brings a new error to light is not applied. */
export function mend(path: string, loaded: LoadedRunbook): FixedPage {
  let { bytes } = loaded.source;
  let found = findAll(path, loaded);
  const done: string[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const chosen = withoutOverlaps(found);
    if (chosen.length === 0) break;
    const splices = chosen.map(({ fix }) => ({ span: fix.span, bytes: new TextEncoder().encode(fix.text) }));
    const mended = applySplices(bytes, splices);
    const before = decodeSource(path, bytes).source;
    const after = findAll(path, loadRunbookText(path, mended));
    if (errorsIn(after) > errorsIn(found)) break;
    for (const { fix } of chosen) {
      const { line } = before.lines.placeOf(fix.span.start);
      const old = new TextDecoder().decode(bytes.subarray(fix.span.start, fix.span.end)).trim();
      done.push(`${line}: ${fix.text === '' ? `\`${old}\` is gone` : `\`${old}\` is \`${fix.text}\` now`}`);
    }
    bytes = mended;
    found = after;
  }
  return { bytes, done: done.map(visibleText) };
}

function errorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}

/** Of fixes that touch each other the first stays; the next round comes to the others. */
function withoutOverlaps(diagnostics: readonly Diagnostic[]): readonly { readonly fix: Fix }[] {
  const fixes = diagnostics
    .flatMap(({ fix }) => (fix === undefined ? [] : [{ fix }]))
    .sort((left, right) => left.fix.span.start - right.fix.span.start);
  let end = -1;
  return fixes.filter(({ fix: { span } }) => {
    const isFree = span.start > end;
    if (isFree) end = span.end;
    return isFree;
  });
}
