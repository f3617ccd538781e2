import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { renderEvent, renderEvents } from '../../../src/cli/history/render-event.ts';
import type { KeptEvent } from '../../../src/engine/queue/kept-event.ts';
import type { Decided } from '../../../src/engine/queue/rule-decision.ts';
import { alert } from '../../engine/queue/example-event.ts';

const moment = Date.parse('2026-11-28T10:00:00Z');
const of = { rule: 'on[0]', runbook: { path: 'disk.md' } };
const run = runId('20261128-100000-k3f9');

function kept(decided: readonly Decided[], more: Partial<KeptEvent> = {}): KeptEvent {
  return {
    ...{ id: 17, told: { type: 'event', ...alert() }, times: 1, receivedAt: moment, lastToldAt: moment },
    rounds: [{ at: moment, decided, leftOut: 0 }],
    ...more,
  };
}

test('a list has a line for each event, and what came of it', () => {
  const unreadable = {
    type: 'unreadable',
    endpoint: '',
    source: 'github',
    reason: 'It is no JSON.',
  } as const;
  const events = [
    kept([{ ...of, type: 'queued', run }]),
    kept(
      [
        { ...of, type: 'joined', run, why: 'dedup' },
        { ...of, type: 'queued', run },
      ],
      { id: 16, times: 12 },
    ),
    kept(
      [
        { ...of, type: 'no-match', reason: 'r' },
        { ...of, type: 'rejected', reason: 'r' },
      ],
      { id: 15 },
    ),
    kept([{ ...of, type: 'no-match', reason: 'r' }], { id: 14 }),
    kept([], { id: 3, told: unreadable, rounds: [] }),
    kept([], { id: 2, told: { type: 'event', ...alert({ title: '\u001b[31mred\nline' }) } }),
  ];
  expect(renderEvents(events, undefined)).toBe(
    [
      '17  2026-11-28 10:00:00 UTC  alertmanager/prod  firing       1×  20261128-100000-k3f9  Disk is full',
      '16  2026-11-28 10:00:00 UTC  alertmanager/prod  firing      12×  2 runs                Disk is full',
      '15  2026-11-28 10:00:00 UTC  alertmanager/prod  firing       1×  rejected              Disk is full',
      '14  2026-11-28 10:00:00 UTC  alertmanager/prod  firing       1×  no match              Disk is full',
      ' 3  2026-11-28 10:00:00 UTC  github             unreadable   1×  no rules              It is no JSON.',
      ' 2  2026-11-28 10:00:00 UTC  alertmanager/prod  firing       1×  no rules              ␛[31mred␊line',
      '',
    ].join('\n'),
  );
  const narrow = renderEvents(events.slice(0, 1), 60);
  expect(narrow).toBe('17  alertmanager/prod  firing  1×  20261128-100000-k3f9  Disk is…\n');
});

test('one event is told with its facts, what came of it each time, and its bytes', () => {
  const decided: readonly Decided[] = [
    { ...of, type: 'queued', run },
    { ...of, rule: 'on[1]', type: 'held', run, until: moment + 1_000, reason: 'It is night.' },
    { ...of, rule: 'on[2]', type: 'asking', run, reason: 'It is night.' },
    { ...of, rule: 'on[3]', type: 'joined', run, why: 'dedup' },
    { ...of, rule: 'on[4]', type: 'joined', run, why: 'concurrency' },
    { ...of, rule: 'on[5]', type: 'no-match', reason: 'The label `env` is `dev`.' },
    { ...of, rule: 'on[6]', type: 'refused', reason: '1000 runs of this rule wait already.' },
    {
      rule: 'on[0]',
      runbook: { repository: 'https://git/ops', path: 'web.md' },
      type: 'dropped',
      reason: 'Quiet.',
    },
  ];
  const rounds = [
    { at: moment, decided, leftOut: 3 },
    { at: moment + 60_000, by: 'ann', decided: [], leftOut: 0 },
  ];
  const more = { at: '2026-11-28T09:59:00Z', link: 'https://prometheus/graph', person: 'bob' };
  const event = kept([], {
    rounds,
    times: 2,
    lastToldAt: moment + 5_000,
    told: { type: 'event', ...alert(more) },
  });
  expect(renderEvent({ ...event, rawBytes: 70_000 }, '{"a": "\u001b]0;x"}\r\nb\n')).toBe(
    `event 17: Disk is full
  source      alertmanager, endpoint prod
  told        2 times, 2026-11-28 10:00:00 UTC to 2026-11-28 10:00:05 UTC
  state       firing
  subject     disk
  key         disk:1
  at          2026-11-28T09:59:00Z
  person      bob
  link        https://prometheus/graph
  label host  db1

what came of it
  disk.md on[0]: run 20261128-100000-k3f9
  disk.md on[1]: run 20261128-100000-k3f9, held until 2026-11-28 10:00:01 UTC: It is night.
  disk.md on[2]: run 20261128-100000-k3f9, when a person lets it begin: It is night.
  disk.md on[3]: left to run 20261128-100000-k3f9, by its dedup key
  disk.md on[4]: left to run 20261128-100000-k3f9, by its concurrency
  disk.md on[5]: no match: The label \`env\` is \`dev\`.
  disk.md on[6]: refused: 1000 runs of this rule wait already.
  https://git/ops web.md on[0]: dropped: Quiet.
  and 3 more rules that do not match

gone through anew by ann, 2026-11-28 10:01:00 UTC
  no runbook has a rule for events of this sender

as it came, of 70000 bytes
  {"a": "␛]0;x"}
  b

`,
  );
});
