// Tests the page that is handed over with a run; the expected pages stand in `pages/`.
import { expect, it } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import { ownText } from '../../../../src/run/masking/redactor.ts';
import { renderHtmlPage } from '../../../../src/surfaces/reports/page/render-html-page.ts';
import { renderMarkdownPage } from '../../../../src/surfaces/reports/page/render-markdown-page.ts';
import { handOverPage } from '../../../../src/surfaces/reports/telling/hand-over-page.ts';
import { describeWith } from '../../../e2e/services.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { ada, emptyResult, grace } from '../../../run/scenario.ts';
import { openPage } from '../chromium.ts';
import { hostile, resultOf, rolledBack, started, storyOf, type Timed } from '../story.ts';

const plan = planOf(
  [
    block('watch', 'steps', { stepTitle: 'Watch', background: true }),
    block('drain', 'steps', { stepTitle: 'Drain' }),
    block('move', 'steps', { stepTitle: 'Move' }),
    block('restart', 'steps', { stepTitle: 'Restart', approve: { type: 'count', count: 2 } }),
    block('other', 'steps', {
      stepTitle: 'Other way',
      doubts: [
        { code: 'alternative', text: 'it is likely to be another way', help: '', span: { start: 0, end: 0 } },
      ],
    }),
    block('undo-drain', 'rollback', { stepTitle: 'Drain', undoes: block('drain', 'steps').step }),
  ],
  {
    title: 'Pool',
    inputs: [{ name: 'KEY', type: 'string', required: true, secret: { type: 'prompt' } }],
    responders: ['$WHO'],
  },
);
const [drain, move, watch, restart] = ['drain', 'move', 'watch', 'restart'].map(address) as [
  ReturnType<typeof address>,
  ReturnType<typeof address>,
  ReturnType<typeof address>,
  ReturnType<typeof address>,
];
const events: Timed = [
  [0, started({ inputs: { WHO: 'linus' } })],
  [0, { type: 'BlockStarted', address: watch, attempt: 1 }],
  [1, { type: 'BlockPassed', address: watch, attempt: 1, result: { ...emptyResult, exitCode: null } }],
  [2, { type: 'BlockStarted', address: drain, attempt: 1 }],
  [
    3,
    {
      type: 'BlockPassed',
      address: drain,
      attempt: 1,
      result: resultOf('drain', 1, { warnings: [ownText('something that it has started still runs')] }),
    },
  ],
  [4, { type: 'NoteAdded', text: hostile, by: grace, address: drain }],
  [5, { type: 'ShellOpened', by: ada }],
  [6, { type: 'ShellClosed', durationMs: 1000 }],
  [7, { type: 'BlockStarted', address: move, attempt: 1 }],
];
const waiting: Timed = [
  ...events,
  [8, { type: 'BlockPassed', address: move, attempt: 1, result: emptyResult }],
  [
    9,
    {
      type: 'ApprovalRequested',
      address: restart,
      gate: 'restart',
      people: ['grace', 'linus'],
      needed: 2,
      by: ada,
      expiresAt: '2026-01-01T03:00:00.000Z',
      onTimeout: 'deny',
    },
  ],
  [
    10,
    { type: 'BackgroundEnded', address: watch, result: { ...emptyResult, exitCode: null }, ended: 'by-run' },
  ],
  [10, { type: 'RunPaused', reason: 'approval', message: 'an approval is missing', at: restart }],
];
const pageOf = (timed: Timed, isLive: boolean) =>
  handOverPage({ ...storyOf(plan, timed), isLive, isElsewhere: false });

it('tells where a run stands that was interrupted, goes on, waits, or has ended', async () => {
  await expect(renderMarkdownPage(pageOf(events, false))).toMatchFileSnapshot('pages/interrupted.md');
  await expect(renderMarkdownPage(pageOf(events, true))).toMatchFileSnapshot('pages/live.md');
  await expect(renderMarkdownPage(pageOf(waiting, false))).toMatchFileSnapshot('pages/waiting.md');
  await expect(
    renderMarkdownPage(handOverPage({ ...rolledBack, isLive: false, isElsewhere: false })),
  ).toMatchFileSnapshot('pages/handed-over-at-its-end.md');
});

it('tells how a run goes on that has failed, and not how one does that has nothing left', () => {
  const failed: Timed = [
    ...events,
    [
      8,
      {
        type: 'BlockFailed',
        address: move,
        attempt: 1,
        reason: { type: 'exit', code: 1 },
        result: { ...emptyResult, exitCode: 1 },
      },
    ],
    [9, { type: 'RunEnded', outcome: 'failed', message: ownText('`move` failed'), left: [] }],
  ];
  const text = renderMarkdownPage(pageOf(failed, false));
  const part = (title: string): string | undefined =>
    text.split(/^## /m).find((one) => one.startsWith(title));
  expect([part('What is next'), part('How to go on')]).toMatchInlineSnapshot(`
    [
      "What is next

    - “Move” at \`move\`, then 2 more steps

    ",
      "How to go on

    - \`runsheet resume 20260101-020000-test\` takes it up
    - it needs \`KEY\`, which no run keeps
    - ask linus

    ",
    ]
  `);
  const undone = handOverPage({ ...rolledBack, isLive: false, isElsewhere: false });
  expect(renderMarkdownPage(undone)).not.toContain('runsheet resume');
});

it('does not lead back to a run that goes on elsewhere', () => {
  const page = handOverPage({ ...storyOf(plan, waiting), isLive: false, isElsewhere: true });
  const text = renderMarkdownPage(page);
  expect(text).toContain('it was handed over, and goes on where it was taken over');
  expect(text).not.toContain('runsheet resume');
});

describeWith(['chromium'], 'the page in a browser', () => {
  it('breaks no rule of axe-core', async () => {
    const { violations, complaints } = await openPage(renderHtmlPage(pageOf(waiting, false)));
    expect([violations, complaints]).toEqual([[], []]);
  });
});
