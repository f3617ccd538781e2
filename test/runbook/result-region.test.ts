import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address, runId } from '../../src/basics/ids.ts';
import { checkedPlaces } from '../../src/runbook/checked-places.ts';
import type { Runbook } from '../../src/runbook/model.ts';
import { parseRunbook } from '../../src/runbook/parse-runbook.ts';
import { resultPlaces } from '../../src/runbook/result-place.ts';
import { clearResults, planWriteBack, readRunLog } from '../../src/runbook/result-region.ts';
import type { ResultView } from '../../src/runbook/result-view.ts';
import { logRow } from '../../src/runbook/run-log.ts';
import { decodeSource } from '../../src/text/source-file.ts';
import { applySplices } from '../../src/text/splice.ts';
import { generatedDocument } from './generated-document.ts';

const ada = { user: 'ada', host: 'bastion' };
const at = '2026-11-21T02:13:22.000Z';

const parse = (bytes: Uint8Array): Runbook => parseRunbook(decodeSource('deploy.md', bytes).source).runbook;
const ofText = (text: string): Runbook => parse(new TextEncoder().encode(text));
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

/** Laws 1, 2, 3 and 5 of the format for one document; answers with the document that holds the results. */
function expectLaws(bytes: Uint8Array, count: Count): Runbook {
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
  return after;
}

describe('the laws of results in a document', () => {
  test('hold for generated documents', () => {
    const count: Count = { placed: 0, leftOut: 0 };
    fc.assert(
      fc.property(generatedDocument, (bytes) => {
        // What looks like a region is one: such documents are not as their author made them.
        fc.pre(parse(bytes).regions.length === 0);
        const after = expectLaws(bytes, count);
        const results = syntheticResults(after, 'another run', 'failed');
        const again = parse(write(after, results, '20261122-021322-aaaa'));
        expect(again.regions.length).toBe(after.regions.length);
        expect(Buffer.compare(clearResults(again), bytes)).toBe(0);
      }),
      { numRuns: Number(process.env.RUNSHEET_FUZZ_RUNS ?? 100) },
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

describe('a result', () => {
  const passed = (name: string, more: Partial<ResultView> = {}): ResultView => ({
    address: address(name),
    status: 'passed',
    at,
    ...more,
  });
  const region = (name: string, ...lines: readonly string[]): readonly string[] => [
    `<!-- runsheet:result ${name} -->`,
    '> ✔ **passed** · 2026-11-21 02:13:22 UTC',
    ...lines,
    '<!-- /runsheet:result -->',
  ];
  const written = (text: string, ...results: readonly ResultView[]): string =>
    textOf(write(ofText(text), results));

  test('stands in the list item of its block, with the document’s newline', () => {
    const head = new TextEncoder().encode('a\n\nb\n');
    const output = { head, totalBytes: head.length, totalLines: 3 };
    const text = '## Steps\r\n\r\n1. Go\r\n\r\n   ```sh\r\n   go\r\n   ```\r\n2. Rest\r\n';
    expect(written(text, passed('go', { output }))).toBe(
      [
        '## Steps',
        '',
        '1. Go',
        '',
        '   ```sh',
        '   go',
        '   ```',
        '',
        ...region('go', '', '```text', 'a', '', 'b', '```').map((line) => (line === '' ? '' : `   ${line}`)),
        '2. Rest',
        '',
      ].join('\r\n'),
    );
  });

  test('stands in the quote of its block', () => {
    expect(written('> ```sh\n> go\n> ```', passed('go', { note: 'x' }))).toBe(
      ['> ```sh', '> go', '> ```', '>', ...region('go', '>', '> - note: x').map((line) => `> ${line}`)].join(
        '\n',
      ),
    );
  });

  test('of a manual step follows its text', () => {
    const text = '## Steps\n\n### Call the DBA\n\nAnd wait.\n\n### Restart\n\n```sh\nrestart\n```\n';
    expect(written(text, passed('call-the-dba'))).toBe(
      text.replace('And wait.\n', ['And wait.', '', ...region('call-the-dba'), ''].join('\n')),
    );
  });

  test('of a checklist ticks it, and is taken back with its ticks', () => {
    const text = '## Steps\n\n- [ ] one\n- [X] two\n- [ ] three\n';
    const items = ofText(text).steps[0]?.parts.flatMap((part) =>
      part.type === 'checklist' ? [part.checklist.address] : [],
    );
    const name = items?.[0] ?? '';
    const checklist = [
      { text: 'one', ticked: true },
      { text: 'two', ticked: true },
      { text: 'three', ticked: false },
    ];
    const after = written(text, passed(name, { checklist }));
    expect(after.split('\n').slice(0, 8)).toEqual([
      '## Steps',
      '',
      '- [x] one',
      '- [X] two',
      '- [ ] three',
      '',
      `<!-- runsheet:result ${name} marks=_X_ -->`,
      '> ✔ **passed** · 2026-11-21 02:13:22 UTC',
    ]);
    const unticked = [...checklist.slice(0, 1), { text: 'two', ticked: false }, ...checklist.slice(2)];
    const again = written(after, passed(name, { checklist: unticked }));
    expect(again.split('\n').slice(2, 7)).toEqual([
      '- [x] one',
      '- [ ] two',
      '- [ ] three',
      '',
      `<!-- runsheet:result ${name} marks=_X_ -->`,
    ]);
    expect(textOf(clearResults(ofText(again)))).toBe(text);
  });

  test('follows its block when the author moves it, and leaves no other behind', () => {
    const block = (name: string): string => `\`\`\`sh {name=${name}}\ntrue\n\`\`\`\n`;
    const before = written(`# A\n\n${block('a')}\n${block('b')}`, passed('a'), passed('b'));
    const left = region('a').join('\n');
    const moved = before.replace(`${block('a')}\n${left}\n\n`, '').concat(`\n${left}\n\n${block('a')}`);
    expect(moved).not.toBe(before);
    expect(written(moved, passed('a', { note: 'new' }))).toBe(
      `# A\n\n${block('b')}\n${region('b').join('\n')}\n\n${block('a')}\n${region('a', '>', '> - note: new').join('\n')}\n`,
    );
  });

  test('takes the place of a result whose step was renamed', () => {
    const before = written('# A\n\n```sh {name=old}\ntrue\n```\n', passed('old'));
    expect(written(before.replace('name=old', 'name=new'), passed('new'))).toBe(
      written('# A\n\n```sh {name=new}\ntrue\n```\n', passed('new')),
    );
  });

  test('without a place is given back', () => {
    const gone = passed('gone');
    const plan = planWriteBack(ofText('# A\n'), [gone]);
    expect(plan).toEqual({ splices: [], unplaced: [gone], logPlaced: true });
  });

  test('of another run goes where that is asked for', () => {
    const text = '# A\n\n- [ ] one\n\n```sh {name=b}\ntrue\n```\n';
    const name = [...resultPlaces(ofText(text)).keys()].find((key) => key !== 'b') ?? '';
    const checklist = [{ text: 'one', ticked: true }];
    const before = ofText(written(text, passed(name, { checklist }), passed('b')));
    const plan = planWriteBack(before, [passed('b')], undefined, { removeOthers: true });
    expect(textOf(applySplices(before.source.bytes, plan.splices))).toBe(written(text, passed('b')));
  });
});

describe('the run log', () => {
  test('stands at the end, before the last newline, and keeps its place', () => {
    const text = textOf(write(ofText('# A\n\nEnd.\n\n'), [], '20261121-021322-aaaa'));
    expect(text.slice(0, 41)).toBe('# A\n\nEnd.\n\n\n<!-- runsheet:log -->\n## Run');
    expect(text.endsWith('<!-- /runsheet:log -->\n')).toBe(true);
    const more = ofText(`${text}\nAn afterthought.\n`);
    const again = textOf(write(more, [], '20261122-021322-aaaa'));
    expect(again.endsWith('<!-- /runsheet:log -->\n\nAn afterthought.\n')).toBe(true);
    expect(readRunLog(ofText(again)).rows.map((row) => row.run)).toEqual([
      '20261122-021322-aaaa',
      '20261121-021322-aaaa',
    ]);
  });

  test('left twice by a merge becomes one', () => {
    const first = textOf(write(ofText('# A\n'), [], '20261121-021322-aaaa'));
    const second = textOf(write(ofText('# A\n'), [], '20261120-021322-bbbb'));
    const merged = ofText(`${first}\n${second.slice('# A\n'.length)}`);
    expect(merged.regions.length).toBe(2);
    const after = ofText(textOf(write(merged, [], '20261122-021322-cccc')));
    expect(after.regions.length).toBe(1);
    expect(readRunLog(after).rows.map((row) => row.run)).toEqual([
      '20261122-021322-cccc',
      '20261121-021322-aaaa',
      '20261120-021322-bbbb',
    ]);
  });

  test('has no place behind a fence that is never closed', () => {
    const open = ofText('# A\n\n```text\nnever closed\n');
    expect(planWriteBack(open, [], rowOf('20261121-021322-aaaa'))).toEqual({
      splices: [],
      unplaced: [],
      logPlaced: false,
    });
  });
});
