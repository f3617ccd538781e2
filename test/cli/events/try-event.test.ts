import { expect, test } from 'vitest';
import { Rig } from '../../e2e/rig.ts';

const page = `---
on:
  - { source: webhook/prod, match: { kind: disk }, quiet: { days: [sun], then: wait }, dedup: { for: 30m } }
  - { source: webhook, match: { kind: net } }
  - { source: webhook, set: { HOST: event.gone } }
inputs: { HOST: { from: event.host, pattern: '[a-z0-9]+' } }
rate: 2/h
---

# Make room

## Steps

\`\`\`sh
echo $HOST
\`\`\`
`;
const event = {
  source: 'webhook',
  endpoint: '',
  key: 'k1',
  subject: 's1',
  state: 'firing',
  title: 'Disk \u001b[31mfull',
  labels: { kind: 'disk' },
  fields: { host: 'db1' },
};

test('an event is tried on each rule, and nothing is run', async () => {
  const rig = await Rig.create();
  await rig.write('pages/room.md', page);
  await rig.write('event.json', JSON.stringify(event));
  const tried = await rig.run(['events', 'test', 'pages', 'event.json', '--at', '2026-11-29T12:00:00Z']);
  expect([tried.exitCode, tried.stderr, tried.stdout]).toEqual([
    0,
    '',
    [
      'Disk ␛[31mfull, taken for an event that is firing',
      '  pages/room.md, rule 1 (webhook): starts a run later: it is within the quiet hours of UTC, and starts when they are over',
      '    input   HOST=db1',
      '    once    s1, for 30 min',
      '    may     read',
      '    rate    2 in 1 h',
      '    until   2026-11-30T00:00:00.000Z',
      '  pages/room.md, rule 2 (webhook): no: `kind` is `disk`, and has to be `net`',
      '  pages/room.md, rule 3 (webhook): rejected: `set.HOST` asks for `gone`, which the event does not have',
      '',
    ].join('\n'),
  ]);
});

test('whose payload it is has to be clear', async () => {
  const rig = await Rig.create();
  await rig.write('room.md', page);
  await rig.write('other.json', '{"a": 1}');
  const unclear = await rig.run(['events', 'test', 'room.md', 'other.json']);
  expect([unclear.exitCode, unclear.stdout]).toEqual([2, '']);
  expect(unclear.stderr).toMatch(/^error: it is not clear which sender tells what `other.json` holds\n/);
  const signed = await rig.run(['events', 'test', 'room.md', 'other.json', '--source', 'github']);
  expect(signed.stderr).toMatch(
    /^error: what `github` sends cannot be tried from a file: its proof is more than the body\n/,
  );
});
