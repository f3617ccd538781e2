// Tests the report of a run in all its forms; the expected pages stand in `pages/`.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';
import { expect, it } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import { renderReport } from '../../../../src/surfaces/reports/telling/render-report.ts';
import { reportOf } from '../../../../src/surfaces/reports/telling/report-of.ts';
import { describeWith } from '../../../e2e/services.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { openPage } from '../chromium.ts';
import { hostile, rolledBack, started, storyOf } from '../story.ts';

it('is a page of Markdown, of HTML, a summary and XML, word for word', async () => {
  await expect(renderReport('markdown', rolledBack)).toMatchFileSnapshot('pages/rolled-back.md');
  await expect(renderReport('html', rolledBack)).toMatchFileSnapshot('pages/rolled-back.html');
  await expect(renderReport('step-summary', rolledBack)).toMatchFileSnapshot('pages/rolled-back.summary.md');
  await expect(renderReport('junit', rolledBack)).toMatchFileSnapshot('pages/rolled-back.junit.xml');
});

it('has no markup of Markdown but its own, whatever was printed and said', () => {
  const tree = fromMarkdown(renderReport('markdown', rolledBack), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const kinds = new Set<string>();
  const html = new Set<string>();
  const codes: string[] = [];
  visit(tree, (node) => {
    kinds.add(node.type);
    if (node.type === 'html') html.add(node.value.replace(/<summary>.*<\/summary>/, '<summary>'));
    if (node.type === 'code') codes.push(node.value);
  });
  expect([...kinds].toSorted()).toEqual([
    ...['code', 'heading', 'html', 'inlineCode', 'list', 'listItem', 'paragraph', 'root'],
    ...['table', 'tableCell', 'tableRow', 'text'],
  ]);
  expect([...html].toSorted()).toEqual(['</details>', '<details><summary>']);
  // Escape sequences are gone, and the tool's own marks are none any more.
  const plain = hostile.replaceAll(/\u001b\[\d+m/g, '').replace('<!--', '<\\!--');
  expect(codes.some((code) => code.endsWith(plain))).toBe(true);
});

it('reckons the time of a run that goes on up to its last record, and says so', () => {
  const story = storyOf(planOf([block('slow', 'steps')]), [
    [0, started()],
    [2, { type: 'BlockStarted', address: address('slow'), attempt: 1 }],
  ]);
  const { blocks } = reportOf({ ...story, isLive: true });
  const time = blocks.findIndex((one) => one.type === 'heading' && one.text === 'Time');
  expect(blocks[time + 1]).toEqual({
    type: 'paragraph',
    text: '2.0 s up to its last record: 2.0 s waiting.',
  });
});

it('fetches and runs nothing as HTML', () => {
  const page = renderReport('html', rolledBack);
  expect(page).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
  );
  expect(page).not.toMatch(/<script|https?:\/\/(?!x\))|@import|url\(/);
});

describeWith(['chromium'], 'a report in a browser', () => {
  it('breaks no rule of axe-core, and holds no element of what it tells', async () => {
    const { violations, complaints, elements } = await openPage(renderReport('html', rolledBack));
    expect([violations, complaints]).toEqual([[], []]);
    expect(Object.keys(elements).toSorted()).toEqual([
      ...[
        'code',
        'details',
        'div',
        'figcaption',
        'figure',
        'h1',
        'h2',
        'h3',
        'li',
        'main',
        'p',
        'pre',
        'rect',
      ],
      ...['script', 'span', 'summary', 'svg', 'table', 'tbody', 'td', 'text', 'th', 'thead', 'tr', 'ul'],
    ]);
  });
});
