import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address, runId } from '../../../src/basics/address.ts';
import { clearResults, planWriteBack, readRunLog } from '../../../src/runbook/regions/plan-write-back.ts';
import { resultPlaces } from '../../../src/runbook/regions/result-place.ts';
import type { ResultView } from '../../../src/runbook/regions/result-view.ts';
import { applySplices } from '../../../src/text/splice.ts';
import { generatedDocument } from '../markdown/generated-document.ts';
import {
  at,
  type Count,
  expectLaws,
  ofText,
  parse,
  rowOf,
  syntheticResults,
  textOf,
  write,
} from './result-laws.ts';

describe('the laws of results in a document', () => {
  test('hold for generated documents', () => {
    const count: Count = { placed: 0, leftOut: 0 };
    fc.assert(
      fc.property(generatedDocument, (bytes) => {
        // What looks like a region is one: such documents are not as their author made them.
        fc.pre(parse(bytes).regions.length === 0);
        const after = expectLaws(bytes, count);
        const standing = new Set(after.regions.map((region) => region.type === 'result' && region.address));
        const results = syntheticResults(after, 'another run', 'failed').filter((view) =>
          standing.has(view.address),
        );
        const again = parse(write(after, results, '20261122-021322-aaaa'));
        expect(again.regions.length).toBe(after.regions.length);
        expect(Buffer.compare(clearResults(again), bytes)).toBe(0);
      }),
      { numRuns: Number(process.env.RUNSHEET_FUZZ_RUNS ?? 100) },
    );
    expect(count.placed).toBeGreaterThan(100);
    expect(count.leftOut / count.placed).toBeLessThan(0.02);
  });
});

test('a result in a quote that ends with a bare mark is part of nothing else', () => {
  const count: Count = { placed: 0, leftOut: 0 };
  const bytes = new TextEncoder().encode('- [ ] drain\n- > ```sh\n  > ```\n  >  \ndrain');
  expectLaws(bytes, count);
  expect(count).toEqual({ placed: 2, leftOut: 0 });
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
    expect(plan).toEqual({ splices: [], unplaced: [gone], regions: new Map(), logPlaced: true });
  });

  test('of another run goes where that is asked for', () => {
    const text = '# A\n\n- [ ] one\n\n```sh {name=b}\ntrue\n```\n';
    const name = [...resultPlaces(ofText(text)).keys()].find((key) => key !== 'b') ?? '';
    const checklist = [{ text: 'one', ticked: true }];
    const before = ofText(written(text, passed(name, { checklist }), passed('b')));
    const plan = planWriteBack(before, [passed('b')], undefined, { others: 'remove' });
    expect(textOf(applySplices(before.source.bytes, plan.splices))).toBe(written(text, passed('b')));
  });
});

describe('a result of a block that is gone', () => {
  const run = runId('20261121-021322-aaaa');
  const passed = (name: string, more: Partial<ResultView> = {}): ResultView => ({
    address: address(name),
    status: 'passed',
    at,
    ...more,
  });
  const fill = (text: string, ...results: readonly ResultView[]): string => {
    const before = ofText(text);
    const { splices } = planWriteBack(before, results, undefined, { run });
    return textOf(applySplices(before.source.bytes, splices));
  };

  test('is not left below the one that has taken its place', () => {
    const text = '# A\n\n```sh {name=stop}\nstop\n```\n';
    const edited = fill(text, passed('stop')).replace('name=stop}\nstop', 'name=delete}\ndelete');
    expect(fill(edited, passed('stop'))).toBe(text.replace('name=stop}\nstop', 'name=delete}\ndelete'));
  });

  test('takes its ticks with it', () => {
    const text = '# A\n\n## Steps\n\n### Look\n\n- [ ] one\n- [x] two\n';
    const name = [...resultPlaces(ofText(text)).keys()][0] ?? '';
    const checklist = ['one', 'two'].map((item) => ({ text: item, ticked: true }));
    const edited = fill(text, passed(name, { checklist })).replace('### Look', '### Watch');
    expect(edited).toContain('- [x] one');
    expect(fill(edited, passed(name, { checklist }))).toBe(text.replace('### Look', '### Watch'));
  });

  test('that somebody has ticked since is theirs', () => {
    const text = '# A\n\n## Steps\n\n### Look\n\n- [ ] one\n- [ ] two\n';
    const name = [...resultPlaces(ofText(text)).keys()][0] ?? '';
    const checklist = ['one', 'two'].map((item) => ({ text: item, ticked: false }));
    const by = fill(text, passed(name, { checklist })).replace('- [ ] one', '- [x] one');
    expect(fill(by, passed(name, { checklist, note: 'skipped' }))).toContain('- [x] one\n- [ ] two\n');
  });

  test('stays where another run has left it', () => {
    const edited = fill('# A\n\n```sh {name=a}\na\n```\n', passed('a')).replace('name=a', 'name=b');
    const other = runId('20261120-021322-aaaa');
    expect(planWriteBack(ofText(edited), [passed('a')], undefined, { run: other }).splices).toEqual([]);
  });
});

describe('results of other runs', () => {
  const [first, second, third] = ['20261121-021322-aaaa', '20261122-021322-aaaa', '20261123-021322-aaaa'];
  const passed = (name: string, more: Partial<ResultView> = {}): ResultView => ({
    address: address(name),
    status: 'passed',
    at,
    ...more,
  });
  const text = '# A\n\n- [ ] one\n\n> ```sh {name=b}\n> b\n> ```\n\n```sh {name=c}\nc\n```\n';
  const list = [...resultPlaces(ofText(text)).keys()].find((key) => key !== 'b' && key !== 'c') ?? '';
  const ticked = passed(list, { checklist: [{ text: 'one', ticked: true }] });
  const fill = (text: string, run: string, results: readonly ResultView[], others?: 'remove' | 'mark') => {
    const before = ofText(text);
    const plan = planWriteBack(before, results, undefined, { run: runId(run), ...(others && { others }) });
    return textOf(applySplices(before.source.bytes, plan.splices));
  };

  test('that were earlier are taken out with their ticks, those of later ones stay', () => {
    const both = fill(fill(text, first, [ticked, passed('b')]), third, [passed('c')]);
    expect(fill(both, second, [], 'remove')).toBe(fill(text, third, [passed('c')]));
  });

  test('that do not say of which run they are were earlier', () => {
    const before = ofText(text);
    const plan = planWriteBack(before, [ticked, passed('b')]);
    const old = textOf(applySplices(before.source.bytes, plan.splices));
    expect(fill(old, second, [passed('c')], 'remove')).toBe(fill(text, second, [passed('c')]));
    expect(fill(old, second, [], 'mark')).toContain('> > from an earlier run · ✔ **passed**');
  });

  test('that were earlier are marked once where they are kept, and lose their ticks', () => {
    const before = fill(text, first, [ticked, passed('b')]);
    const marked = fill(before, second, [passed('c')], 'mark');
    expect(marked).toBe(
      `# A

- [ ] one

<!-- runsheet:result ${list} run=${first} marks=_ -->
> from run \`${first}\` · ✔ **passed** · 2026-11-21 02:13:22 UTC
>
> - ✔ one · ticked in the page before the run
<!-- /runsheet:result -->

> \`\`\`sh {name=b}
> b
> \`\`\`
>
> <!-- runsheet:result b run=${first} -->
> > from run \`${first}\` · ✔ **passed** · 2026-11-21 02:13:22 UTC
> <!-- /runsheet:result -->

\`\`\`sh {name=c}
c
\`\`\`

<!-- runsheet:result c run=${second} -->
> ✔ **passed** · 2026-11-21 02:13:22 UTC
<!-- /runsheet:result -->
`,
    );
    expect(fill(marked, second, [passed('c')], 'mark')).toBe(marked);
    expect(textOf(clearResults(ofText(marked)))).toBe(text);
    // What stands there is no region of that run any more once the run writes it again.
    expect(fill(marked, third, [passed('b')], 'mark')).toContain('> > ✔ **passed**');
  });

  test('that cannot be marked are taken out', () => {
    const before = fill(text, first, [passed('c')]).replace('> ✔ **passed**', '✔ **passed**');
    expect(fill(before, second, [], 'mark')).toBe(text);
  });

  test('that the run itself has none for any more are taken out, and so is what has lost its place', () => {
    const before = fill(text, first, [passed('b'), passed('c')]);
    expect(fill(before, first, [passed('c')], 'remove')).toBe(fill(text, first, [passed('c')]));
    const moved = before.replace('{name=b}', '{name=other}');
    expect(fill(moved, first, [passed('b'), passed('c')], 'remove')).toBe(
      fill(text.replace('{name=b}', '{name=other}'), first, [passed('c')]),
    );
  });

  test('say which code has run', () => {
    const ran = { code: 'c', digest: '0123456789ab' };
    const marker = `<!-- runsheet:result c run=${first} code=0123456789ab -->`;
    const filled = fill(text, first, [passed('c', { ran })]);
    expect(filled).toContain(`${marker}\n> ✔ **passed** · 2026-11-21`);
    const edited = filled.replace('\nc\n', '\nd\n');
    expect(fill(edited, first, [passed('c', { ran })])).toContain(
      `${marker}\n> ✔ **passed** · ran another text`,
    );
    const region = ofText(filled).regions.find(({ type }) => type === 'result');
    expect(region).toMatchObject({ address: 'c', run: first, code: '0123456789ab' });
  });
});

describe('the run log', () => {
  test('stands at the end, before the last newline, and keeps its place', () => {
    const text = textOf(write(ofText('# A\n\nEnd.\n\n'), [], '20261121-021322-aaaa'));
    expect(text.slice(0, 34)).toBe('# A\n\nEnd.\n\n\n<!-- runsheet:log -->\n');
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
      regions: new Map(),
      logPlaced: false,
    });
  });
});
