import { expect, test } from 'vitest';
import { runId } from '../../src/basics/address.ts';
import { EmbeddedQueue } from '../../src/engine/queue/embedded-queue.ts';
import { alert, request } from '../engine/queue/example-event.ts';
import { Rig } from './rig.ts';

test('`events` lists and shows what the queue of the state folder holds, beside who writes to it', async () => {
  const rig = await Rig.create();
  const help =
    '  = help: `runsheet serve` takes in events, and keeps them in the state folder; `--state-dir` names another one\n';
  expect(await rig.run(['events', 'list'])).toEqual({
    exitCode: 2,
    signal: null,
    stdout: '',
    stderr: `error: there is no \`${rig.stateFolder}/queue/queue.db\`\n${help}`,
  });
  const queue = await EmbeddedQueue.open({
    ...{
      stateDir: rig.stateFolder,
      use: 'write',
      makeRunId: () => runId('20261128-100000-k3f9'),
      leaseMs: 1_000,
    },
  });
  const decisions = [{ type: 'start', rule: 'on[0]', request: request() } as const];
  const events = [
    { event: alert(), decisions },
    { event: alert({ source: 'github', key: '2' }), decisions: [] },
  ];
  await queue.accept({ events, raw: new TextEncoder().encode('{}'), at: 0 });
  const all = await rig.run(['events', 'list']);
  expect(all.stdout).toBe(
    [
      '2  1970-01-01 00:00:00 UTC  github/prod        firing  1×  no rules              Disk is full',
      '1  1970-01-01 00:00:00 UTC  alertmanager/prod  firing  1×  20261128-100000-k3f9  Disk is full',
      '',
    ].join('\n'),
  );
  const led = await rig.run(['events', 'list', '--led', '--json', '--endpoint', 'prod']);
  expect(JSON.parse(led.stdout)).toEqual((await queue.events({ led: true }, { limit: 9 })).entries);
  const shown = await rig.run(['events', 'show', '2', '--json']);
  const { raw: _raw, ...event } = (await queue.event(2)) ?? {};
  expect(JSON.parse(shown.stdout)).toEqual({ ...event, raw: '{}' });
  for (const [args, message] of [
    [['list', '3'], '`events list` takes no event\n  = help: `runsheet events show 3` shows one'],
    [['show'], '`events show` needs the number of an event\n  = help: `runsheet events list` lists them'],
    [
      ['show', '1', '--source', 'github'],
      '`events show` takes no `--source`\n  = help: it is an option of `events list` and `events test`',
    ],
    [['show', '1e3'], 'there is no event `1e3`\n  = help: `runsheet events list` lists them'],
  ] as const)
    expect(await rig.run(['events', ...args])).toEqual({
      exitCode: 2,
      signal: null,
      stdout: '',
      stderr: `error: ${message}\n`,
    });
  await queue.close();
});
