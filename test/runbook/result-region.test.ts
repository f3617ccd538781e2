import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runId } from '../../src/basics/ids.ts';
import { checkedPlaces } from '../../src/runbook/checked-places.ts';
import type { Runbook } from '../../src/runbook/model.ts';
import { parseRunbook } from '../../src/runbook/parse-runbook.ts';
import { resultPlaces } from '../../src/runbook/result-place.ts';
import { clearResults, planWriteBack } from '../../src/runbook/result-region.ts';
import type { ResultView } from '../../src/runbook/result-view.ts';
import { logRow } from '../../src/runbook/run-log.ts';
import { decodeSource } from '../../src/text/source-file.ts';
import { applySplices } from '../../src/text/splice.ts';
import { generatedDocument } from './generated-document.ts';

const ada = { user: 'ada', host: 'bastion' };
const at = '2026-11-21T02:13:22.000Z';

const parse = (bytes: Uint8Array): Runbook => parseRunbook(decodeSource('deploy.md', bytes).source).runbook;
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

const rowOf = (id: string) =>
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
function syntheticResults(
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

const write = (runbook: Runbook, results: readonly ResultView[], run?: string): Uint8Array =>
  applySplices(
    runbook.source.bytes,
    planWriteBack(runbook, results, run === undefined ? undefined : rowOf(run)).splices,
  );

/** A runbook as plain data whose offsets are those of the document without its regions. */
function shapeOf({ source: _source, regions, ...rest }: Runbook): string {
  const author = (offset: number): number => {
    let removed = 0;
    for (const { span } of regions) {
      if (span.end <= offset) removed += span.end - span.start;
      else if (span.start < offset) removed += offset - span.start;
    }
    return offset - removed;
  };
  return JSON.stringify(
    rest,
    (key, value) => (typeof value === 'number' && offsets.has(key) ? author(value) : value),
    1,
  );
}

const offsets = new Set(['start', 'end', 'resultOffset', 'markOffset']);

interface Count {
  placed: number;
  /** Places that broken nesting makes unfit. */
  leftOut: number;
}

/** Laws 1, 2, 3 and 5 of the format for one document. */
function expectLaws(bytes: Uint8Array, count: Count): void {
  const before = parse(bytes);
  const results = syntheticResults(before);
  count.placed += results.length;
  count.leftOut += resultPlaces(before).size - results.length;
  const written = write(before, results, '20261121-021322-aaaa');
  const after = parse(written);

  const log = before.endsOpen ? 0 : 1;
  expect(after.regions.length).toBe(results.length + before.regions.length + log);
  expect(shapeOf(after)).toBe(shapeOf(before));
  expect(textOf(clearResults(after))).toBe(textOf(clearResults(before)));
  if (before.regions.length === 0) expect(Buffer.compare(clearResults(after), bytes)).toBe(0);

  const nothing = { splices: [], unplaced: [], logPlaced: log === 1 };
  expect(planWriteBack(after, results, rowOf('20261121-021322-aaaa'))).toEqual(nothing);
  const second = results.map((view): ResultView => ({ ...view, status: 'failed', note: 'again' }));
  const again = parse(write(after, second, '20261122-021322-aaaa'));
  expect(again.regions.length).toBe(after.regions.length);
  expect(textOf(clearResults(again))).toBe(textOf(clearResults(before)));
}

describe('the laws of results in a document', () => {
  test('hold for generated documents', () => {
    const count: Count = { placed: 0, leftOut: 0 };
    fc.assert(
      fc.property(generatedDocument, (bytes) => {
        // What looks like a region is one: such documents are not as their author made them.
        fc.pre(parse(bytes).regions.length === 0);
        expectLaws(bytes, count);
      }),
      { numRuns: Number(process.env.RUNSHEET_FUZZ_RUNS ?? 150) },
    );
    expect(count.placed).toBeGreaterThan(100);
    expect(count.leftOut / count.placed).toBeLessThan(0.02);
  });

  const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus');
  const isThere = existsSync(corpus);
  if (!isThere && process.env.RUNSHEET_REQUIRE_CORPUS) throw new Error(`no corpus at ${corpus}`);
  test.skipIf(!isThere)(`hold for every file of ${isThere ? '' : 'the missing '}../shared/corpus`, () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    const count: Count = { placed: 0, leftOut: 0 };
    for (const name of files) {
      try {
        expectLaws(readFileSync(join(corpus, name)), count);
      } catch (error) {
        throw new Error(`in ${name}`, { cause: error });
      }
    }
    expect(files.length).toBeGreaterThan(100);
    expect(count.placed).toBeGreaterThan(500);
    expect(count.leftOut).toBe(0);
  });
});
