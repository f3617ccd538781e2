// Tests the pages of what runs come to; the expected pages stand in `pages/`.
import { describe, expect, it } from 'vitest';
import type { IdleTime } from '../../../../src/surfaces/reports/cost/run-cost.ts';
import { renderHtmlPage } from '../../../../src/surfaces/reports/page/render-html-page.ts';
import { renderMarkdownPage } from '../../../../src/surfaces/reports/page/render-markdown-page.ts';
import { badge } from '../../../../src/surfaces/reports/statistics/badge.ts';
import {
  monthRows,
  runbookPage,
  runbooksPage,
} from '../../../../src/surfaces/reports/statistics/runbook-page.ts';
import { statisticsOfRunbook } from '../../../../src/surfaces/reports/statistics/runbook-statistics.ts';
import { savedTime } from '../../../../src/surfaces/reports/statistics/saved-time.ts';
import { describeWith } from '../../../e2e/services.ts';
import { block } from '../../../run/sample-plan.ts';
import { openPage } from '../chromium.ts';
import { hostile, rolledBack } from '../story.ts';

const now = '2026-01-15T02:07:42.000Z';
const run = {
  status: 'ended' as const,
  startedAt: '2026-01-01T02:00:00.000Z',
  endedAt: '2026-01-01T02:07:42.000Z',
  history: rolledBack.history,
};
const plan = {
  ...rolledBack.state.plan,
  title: hostile,
  manualEstimateMs: 1_800_000,
  items: [...rolledBack.state.plan.items, block('never', 'cleanup')],
};
const rates = { 'team-db': { amount: 120, currency: 'EUR' } };
const one = statisticsOfRunbook(
  '/srv/pool.md',
  [
    { ...run, outcome: 'rolled-back' },
    { ...run, outcome: 'succeeded' },
  ],
  plan,
  rates,
);

it('tells runs, proof, work and waits apart, estimates, savings, and each step', async () => {
  await expect(renderMarkdownPage(runbookPage(one, now))).toMatchFileSnapshot('pages/one.md');
  await expect(renderHtmlPage(runbookPage(one, now))).toMatchFileSnapshot('pages/one.html');
  await expect(renderMarkdownPage(runbooksPage([one], ['a|b.md'], now))).toMatchFileSnapshot('pages/all.md');
  expect(one).toMatchObject({
    newest: { succeeded: false, at: run.endedAt },
    lastSucceededAt: run.endedAt,
    work: { medianMs: 73_000, p90Ms: 73_000, longestMs: 73_000 },
    waits: { medianMs: 389_000, p90Ms: 389_000, longestMs: 389_000 },
    saved: { ms: 1_727_000, money: { amount: 57.57, currency: 'EUR' } },
    mostFailing: ['restart'],
    neverRun: ['check', 'never'],
    alwaysSkipped: [],
  });
});

it('has a row for a month in which workers waited and no run began', () => {
  const idle = { month: '2026-02', runs: 0, ms: 3_600_000, unknown: 0 } as unknown as IdleTime;
  const [first, second] = monthRows(one.months, [idle]);
  expect(first?.slice(0, 2)).toEqual(['2026-02', '0']);
  expect(first?.[3]).toContain('no run began');
  expect(second?.slice(0, 2)).toEqual(['2026-01', '2']);
});

describe('what is saved', () => {
  it.each([
    ['nothing is written of', [60_000], {}, rates, {}],
    ['no rate', [60_000], { manualEstimateMs: 120_000 }, undefined, { ms: 60_000 }],
    [
      'less than nothing',
      [7_200_000, 3_600_000],
      { manualEstimateMs: 3_600_000, owner: 'constructor' },
      { default: { amount: 50, currency: 'USD' } },
      { ms: -3_600_000, money: { amount: -50, currency: 'USD' } },
    ],
  ])('%s', (_, work, page, of, saved) => {
    expect(savedTime(work, page, of)).toEqual(saved);
  });
});

it('is a picture of when it was last proven, in words too', () => {
  const label = (svg: string) => /aria-label="([^"]*)"/.exec(svg)?.[1];
  const at = '2026-01-02T00:00:00.000Z';
  expect(label(badge({}))).toBe('last proof: never run');
  expect(label(badge({ newest: { succeeded: true, at }, lastProvenAt: at }))).toBe('last proof: 2026-01-02');
  expect(label(badge({ newest: { succeeded: false, at } }))).toBe(
    'last proof: failed 2026-01-02, never proven',
  );
  expect(badge({ ...one, ...(run.endedAt && { lastProvenAt: run.endedAt }) })).toBe(
    `<svg xmlns="http://www.w3.org/2000/svg" width="332" height="20" role="img" aria-label="last proof: failed 2026-01-01, proven 2026-01-01">
<rect width="80" height="20" fill="#24292f"/>
<rect x="80" width="252" height="20" fill="#cf222e"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="7" y="14" textLength="66">last proof</text><text x="87" y="14" textLength="238">failed 2026-01-01, proven 2026-01-01</text></g>
</svg>
`,
  );
});

describeWith(['chromium'], 'the pages in a browser', () => {
  it.each([
    ['one', runbookPage(one, now)],
    ['all', runbooksPage([one], ['a|b.md'], now)],
  ])('of %s break no rule of axe-core', async (_, page) => {
    const { violations, complaints } = await openPage(renderHtmlPage(page));
    expect([violations, complaints]).toEqual([[], []]);
  });
});
