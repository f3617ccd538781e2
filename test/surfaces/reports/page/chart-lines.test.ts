// Tests charts as text.
import { expect, it } from 'vitest';
import { chartLines } from '../../../../src/surfaces/reports/page/chart-lines.ts';

it('draws bars on one scale, every stretch seen, and says what they stand for', () => {
  expect(
    chartLines({
      type: 'chart',
      title: 'Time',
      total: 100,
      totalWords: '100 s',
      legend: [
        { kind: 'work', words: 'blocks' },
        { kind: 'waiting', words: 'waiting' },
        { kind: 'paused', words: 'paused' },
      ],
      rows: [
        {
          label: '全部',
          value: '50 s',
          parts: [
            { kind: 'work', from: 0, to: 50 },
            { kind: 'waiting', from: 50, to: 100 },
          ],
        },
        {
          label: 'a label that is too long for its place',
          value: '0 ms',
          parts: [{ kind: 'work', from: 99.99, to: 100 }],
        },
      ],
    }),
  ).toEqual([
    '全部                   │████████████████████░░░░░░░░░░░░░░░░░░░░│ 50 s',
    'a label that is too l… │                                       █│ 0 ms',
    '                        0                                  100 s',
    '',
    '█ blocks   ░ waiting',
  ]);
});
