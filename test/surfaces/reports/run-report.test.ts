import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { describe, expect, it } from 'vitest';
import { address } from '../../../src/basics/address.ts';
import type { RecordedEvent } from '../../../src/run/event.ts';
import { renderHtmlReport } from '../../../src/surfaces/reports/render-html-report.ts';
import { renderMarkdownReport } from '../../../src/surfaces/reports/render-markdown-report.ts';
import { type RunReport, reportOf } from '../../../src/surfaces/reports/run-report.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { ada, grace, Scenario } from '../../run/scenario.ts';

const at = '2026-01-01T00:00:00.000Z';
const historyOf = (run: Scenario): RecordedEvent[] =>
  run.events.map((event, index) => ({ seq: index + 1, at, event }));

function story() {
  const plan = planOf([
    block('work', 'steps', { estimateMs: 60_000 }),
    block('later', 'steps'),
    block('undo-work', 'rollback', { undoes: block('work', 'steps').step }),
  ]);
  const run = new Scenario({ ...plan, severity: 'SEV2' }, { exits: { work: [1] } }).start('guided');
  run.drive();
  run.send({ type: 'RunBlock', address: address('work'), by: ada });
  run.drive();
  run.send({
    type: 'DecideFailure',
    address: address('work'),
    decision: 'skip',
    by: grace,
    note: 'by | hand',
  });
  run.drive();
  run.send({ type: 'RunBlock', address: address('later'), by: grace });
  run.drive();
  return reportOf(run.state, historyOf(run));
}

describe('the report of a run', () => {
  it('tells its facts, its steps, who decided what, and its course', () => {
    const told = story();
    expect(told.facts).toEqual([
      ['run', '20260101-000000-test'],
      ['outcome', 'succeeded'],
      ['why', 'every step that was to run has passed'],
      ['severity', 'SEV2'],
      ['started', '2026-01-01 00:00:00 UTC'],
      ['ended', '2026-01-01 00:00:00 UTC'],
      ['took', '0 ms'],
      ['operators', 'ada@bastion'],
      ['runbook', 'sample.md'],
      ['digest', 'd'],
    ]);
    expect(told.steps.map(({ name, status, took, estimate }) => [name, status, took, estimate])).toEqual([
      ['work', 'skipped: by the operator, says grace@laptop (by | hand)', '1 ms', '1 min'],
      ['later', 'passed', '1 ms', ''],
    ]);
    expect(told.decisions.map(({ text }) => text)).toEqual([
      expect.stringContaining('started by ada@bastion'),
      '`work` released by ada@bastion',
      'skip it, decided by grace@laptop (by | hand)',
      '`later` released by grace@laptop',
      'the run succeeded: every step that was to run has passed',
    ]);
    expect(told.timeline).toHaveLength(10);
  });

  const hostile = 'a | b ` c\n# d <img src=x onerror=alert(1)> [e](http://f) **g** <!-- `h | <b>` \\';
  const told: RunReport = {
    title: hostile,
    facts: [['outcome', hostile]],
    steps: [{ phase: hostile, title: hostile, name: '`', status: '``', took: '|', estimate: '</table>' }],
    decisions: [{ at, text: hostile }],
    timeline: [{ at, text: '</script></td> `<i>`' }],
  };

  it('is four tables of Markdown and nothing else, whatever it tells', () => {
    const tree = fromMarkdown(renderMarkdownReport(told), {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    });
    const counts: Record<string, number> = {};
    visit(tree, (node) => {
      counts[node.type] = (counts[node.type] ?? 0) + 1;
    });
    expect(counts).toMatchObject({
      heading: 4,
      table: 4,
      tableRow: 8,
      tableCell: 2 * 2 + 2 * 6 + 2 * 2 + 2 * 2,
    });
    expect(Object.keys(counts).toSorted()).toEqual(
      ['heading', 'inlineCode', 'root', 'table', 'tableCell', 'tableRow', 'text'].toSorted(),
    );
    const texts: string[] = [];
    visit(tree, 'tableCell', (node) => {
      let text = '';
      visit(node, (inner) => {
        if (inner.type === 'text') text += inner.value;
        if (inner.type === 'inlineCode') text += `\`${inner.value}\``;
      });
      texts.push(text);
    });
    expect(texts).toContain(hostile.replace('\n', ' '));
    expect(texts).toContain('</script></td> `<i>`');
  });

  it('is a page of HTML without anything of what it tells in its markup', () => {
    const page = renderHtmlReport(told);
    const tags = new Set([...page.matchAll(/<\/?([a-z!][a-z0-9]*)/g)].map(([, tag]) => tag));
    expect([...tags].toSorted()).toEqual(
      [
        ...['!doctype', 'html', 'head', 'meta', 'title', 'style', 'body', 'h1', 'h2'],
        ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code'],
      ].toSorted(),
    );
    expect(page).toContain('&lt;/script&gt;&lt;/td&gt; <code>&lt;i&gt;</code>');
  });
});
