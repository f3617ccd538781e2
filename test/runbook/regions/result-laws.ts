// Owns the laws of results in a document, checked for one document at a time.
import { expect } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { checkedPlaces } from '../../../src/runbook/checked-places.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { clearResults, planWriteBack } from '../../../src/runbook/regions/plan-write-back.ts';
import { resultPlaces } from '../../../src/runbook/regions/result-place.ts';
import type { ResultView } from '../../../src/runbook/regions/result-view.ts';
import { logRow } from '../../../src/runbook/regions/run-log.ts';
import type { Runbook } from '../../../src/runbook/runbook.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { applySplices } from '../../../src/text/splice.ts';

export const ada = { user: 'ada', host: 'bastion' };
export const at = '2026-11-21T02:13:22.000Z';

export const parse = (bytes: Uint8Array): Runbook =>
  parseRunbook(decodeSource('deploy.md', bytes).source).runbook;
export const ofText = (text: string): Runbook => parse(new TextEncoder().encode(text));
export const textOf = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

export const rowOf = (id: string) =>
  logRow({
    run: runId(id),
    at,
    by: ada,
    outcome: '✔ succeeded',
    durationMs: 1_000,
    inputs: {},
    version: 'abc',
  });

const hostile = [
  'plain',
  '',
  '```',
  '~~~',
  '````text',
  '<!-- /runsheet:result -->',
  '<!-- runsheet:result other -->',
  '<!-- runsheet:log -->',
  '</details>',
  '\u001b[31mred\u001b[0m',
  '\ttab',
  '    four',
  '> quote',
  '- item',
  '# heading',
  '\u0000\u202e',
  '<script>',
].join('\n');

/** A result for everything that can have one, the output of some as unfriendly as can be. */
export function syntheticResults(
  runbook: Runbook,
  output = hostile,
  status: ResultView['status'] = 'passed',
): ResultView[] {
  return [...checkedPlaces(runbook).values()].map((place, number) => {
    const printed = number % 5 === 0 ? output : 'done\n';
    const head = new TextEncoder().encode(printed);
    return {
      address: place.address,
      status,
      at,
      by: ada,
      durationMs: 1_300,
      exitCode: 0,
      note: printed,
      output: { head, totalBytes: head.length, totalLines: 1 },
      ...(place.items && {
        checklist: place.items.map((item, index) => ({
          text: item.text,
          ticked: index % 2 === 0,
          by: ada,
          at,
        })),
      }),
    };
  });
}

export const write = (runbook: Runbook, results: readonly ResultView[], run?: string): Uint8Array =>
  applySplices(
    runbook.source.bytes,
    planWriteBack(runbook, results, run === undefined ? undefined : rowOf(run)).splices,
  );

/**
 * A runbook as plain data whose offsets are those of the author's bytes, without regions. Whether a range ends
 * before or behind the blanks at the end of a line is of no meaning.
 */
function shapeOf({ source: _source, regions, ...rest }: Runbook, authorBytes: Uint8Array): string {
  const author = (key: string, offset: number): number => {
    let place = offset;
    for (const { span } of regions) {
      if (span.start < offset) place -= Math.min(span.end, offset) - span.start;
    }
    while (key === 'end' && isBlank(authorBytes[place - 1])) place -= 1;
    return place;
  };
  return JSON.stringify(
    rest,
    (key, value) => (typeof value === 'number' && offsets.has(key) ? author(key, value) : value),
    1,
  );
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

const offsets = new Set(['start', 'end', 'resultOffset', 'markOffset']);

export interface Count {
  placed: number;
  /** Places that broken nesting makes unfit. */
  leftOut: number;
}

/** Laws 1, 2, 3 and 5 of the format for one document; answers with the document that holds the results. */
export function expectLaws(bytes: Uint8Array, count: Count): Runbook {
  const before = parse(bytes);
  const results = syntheticResults(before);
  count.placed += results.length;
  count.leftOut += resultPlaces(before).size - results.length;
  const written = write(before, results, '20261121-021322-aaaa');
  const after = parse(written);

  const log = before.endsOpen ? 0 : 1;
  expect(after.regions.length).toBe(results.length + before.regions.length + log);
  const author = clearResults(before);
  expect(shapeOf(after, author)).toBe(shapeOf(before, author));
  expect(textOf(clearResults(after))).toBe(textOf(clearResults(before)));
  if (before.regions.length === 0) expect(Buffer.compare(clearResults(after), bytes)).toBe(0);

  const nothing = { splices: [], unplaced: [], logPlaced: log === 1 };
  expect(planWriteBack(after, results, rowOf('20261121-021322-aaaa'))).toMatchObject(nothing);
  return after;
}
