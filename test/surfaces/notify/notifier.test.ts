import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { address, runId } from '../../../src/basics/address.ts';
import type { RecordedEvent, RunEvent } from '../../../src/run/event.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import { createRedactor } from '../../../src/run/masking/redactor.ts';
import type { Plan } from '../../../src/run/plan.ts';
import type { ChannelSettings } from '../../../src/runbook/front-matter/channels/channel-settings.ts';
import { Notifier, type NotifierOptions } from '../../../src/surfaces/notify/notifier.ts';
import { block, planOf } from '../../run/sample-plan.ts';
import { ada, defaultOptions } from '../../run/scenario.ts';
import { serve } from './local-service.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const started: RunEvent = {
  type: 'RunStarted',
  run: runId('20260101-000000-test'),
  runbook: { path: 'sample.md', title: 'Sample', digest: 'd' },
  planDigest: 'p',
  by: ada,
  mode: 'guided',
  options: defaultOptions,
  inputs: {},
  secretInputs: [],
  cwd: '/',
  version: '0',
};
const ended: RunEvent = { type: 'RunEnded', outcome: 'failed', message: 'it holds s3cret', left: [] };

interface Told {
  readonly recorded: readonly RunEvent[];
}

/** Plays events to a notifier as the engine does, and closes it. */
async function tell(
  channels: Readonly<Record<string, ChannelSettings>>,
  rules: Pick<Plan, 'notify' | 'escalation'>,
  events: readonly RunEvent[],
  options: Partial<NotifierOptions> & { readonly until?: () => Promise<void> } = {},
): Promise<Told> {
  const plan = { ...planOf([block('one', 'steps')]), severity: 'SEV2', ...rules };
  const recorded: RunEvent[] = [];
  let state = initialState(plan);
  const notifier = new Notifier({
    channels,
    env: { KEY: 'k3y' },
    record: (event) => recorded.push(event),
    nowMs: () => Date.parse(startedAt),
    redact: (text) => createRedactor(['s3cret']).redactText(text),
    state: () => state,
    history: [],
    ...options,
  });
  for (const [index, event] of events.entries()) {
    const one: RecordedEvent = { seq: index + 1, at: startedAt, event };
    state = evolve(state, one);
    notifier.onEvent(one, state);
  }
  await options.until?.();
  await notifier.close();
  return { recorded };
}

const toldEverything = { notify: [{ on: ['ended'], to: 'ops' }] };
const sent = (about = 'failed') => ({ type: 'NotificationSent', to: 'ops', about });
const failed = (message: string, about = 'failed') => ({
  type: 'NotificationFailed',
  to: 'ops',
  about,
  message,
});

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const status = (code: number) => (response: ServerResponse) => {
  response.statusCode = code;
  response.end(' '.repeat(100_000));
};

const webhook = (url: string, more: object = {}): ChannelSettings => ({
  type: 'webhook',
  url,
  headers: {},
  timeoutMs: 5_000,
  retries: 2,
  ...more,
});

describe('a program as a channel', () => {
  const command = (script: string, timeoutMs = 5_000, ...rest: string[]): ChannelSettings => ({
    type: 'command',
    command: ['sh', '-c', script, 'channel', ...rest],
    timeoutMs,
  });

  test('gets the notification as JSON, without secrets', async () => {
    const file = join(scratch(), 'got');
    const told = await tell({ ops: command('cat >"$1"', 5_000, file) }, toldEverything, [started, ended]);
    expect(told.recorded).toEqual([sent()]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      v: 1,
      to: 'ops',
      about: 'failed',
      text: 'Sample: the run failed: it holds ***',
      at: startedAt,
      run: '20260101-000000-test',
      title: 'Sample',
      severity: 'SEV2',
      operator: 'ada@bastion',
      outcome: 'failed',
    });
  });

  test.each([
    [
      'says why it failed',
      'echo first >&2; echo "no s3cret route" >&2; exit 3',
      '`sh` ended with exit 3: no *** route',
    ],
    ['is killed', 'kill -9 $$', '`sh` ended with SIGKILL'],
    ['does not read', 'exec <&-; exit 1', '`sh` ended with exit 1'],
  ])('that %s', async (_, script, message) => {
    const told = await tell({ ops: command(script) }, toldEverything, [started, ended]);
    expect(told.recorded).toEqual([failed(message)]);
  });

  test('that is not there', async () => {
    const channel: ChannelSettings = { type: 'command', command: ['/no/such'], timeoutMs: 1_000 };
    expect((await tell({ ops: channel }, toldEverything, [started, ended])).recorded).toEqual([
      failed('`/no/such` cannot be started: spawn /no/such ENOENT'),
    ]);
  });

  test('that hangs is ended with all that it started', async () => {
    const file = join(scratch(), 'pid');
    const told = await tell({ ops: command('sleep 1000 & echo $! >"$1"; wait', 300, file) }, toldEverything, [
      started,
      ended,
    ]);
    expect(told.recorded).toEqual([failed('`sh` took longer than 0.3 s')]);
    const pid = Number(readFileSync(file, 'utf8'));
    await expect.poll(() => readStat(pid)).toMatch(/^(gone|Z)$/);
  });

  test('is told one thing after the other, and not more than waits', async () => {
    const file = join(scratch(), 'got');
    const failure: RunEvent = { type: 'ApprovalTimedOut', address: address('one'), action: 'escalate' };
    const events = [started, ...Array.from({ length: 60 }, () => failure)];
    const told = await tell(
      { ops: command('cat >>"$1"', 5_000, file) },
      { escalation: [{ after: 'approval-timeout', to: 'ops' }] },
      events,
    );
    expect(told.recorded.filter(({ type }) => type === 'NotificationSent')).toHaveLength(50);
    expect(told.recorded.filter(({ type }) => type === 'NotificationFailed')).toEqual(
      Array.from({ length: 10 }, () =>
        failed('50 notifications are waiting for it', 'approval timeout of one'),
      ),
    );
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(50);
  });
});

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.[0] ?? 'gone';
  } catch {
    return 'gone';
  }
}

describe('an address as a channel', () => {
  test('gets the notification posted, with what the environment holds', async () => {
    const { received, url } = await serve(status(204));
    const channel = webhook(`${url}/hook/\${KEY}`, { headers: { Authorization: 'Bearer ${KEY}' } });
    expect((await tell({ ops: channel }, toldEverything, [started, ended])).recorded).toEqual([sent()]);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      url: '/hook/k3y',
      headers: { authorization: 'Bearer k3y', 'content-type': 'application/json' },
    });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      text: 'Sample: the run failed: it holds ***',
    });
  });

  test('that is busy is tried again, a few times', async () => {
    const busy = await serve((response, count) => status(count < 3 ? 503 : 200)(response));
    expect((await tell({ ops: webhook(busy.url) }, toldEverything, [started, ended])).recorded).toEqual([
      sent(),
    ]);
    expect(busy.received).toHaveLength(3);
    const ever = await serve(status(429));
    expect(
      (await tell({ ops: webhook(ever.url, { retries: 1 }) }, toldEverything, [started, ended])).recorded,
    ).toEqual([failed('it answered 429')]);
    expect(ever.received).toHaveLength(2);
  });

  test('that says when it wants to be asked again is asked then, and not where that is too long', async () => {
    const seconds: number[] = [];
    const busy = await serve((response, count) => {
      seconds.push(performance.now() / 1000);
      response.writeHead(count === 1 ? 429 : 200, count === 1 ? { 'retry-after': '1' } : {}).end();
    });
    const told = await tell({ ops: webhook(busy.url) }, toldEverything, [started, ended]);
    expect(told.recorded).toEqual([sent()]);
    expect((seconds[1] ?? 0) - (seconds[0] ?? 0)).toBeGreaterThan(0.95);
    const later = await serve((response) => {
      const date = new Date();
      const headers = { date: date.toUTCString(), 'retry-after': new Date(+date + 3_600_000).toUTCString() };
      response.writeHead(503, headers).end('closed for today');
    });
    expect((await tell({ ops: webhook(later.url) }, toldEverything, [started, ended])).recorded).toEqual([
      failed('it answered 503, and asks to wait 3600 s: closed for today'),
    ]);
    expect(later.received).toHaveLength(1);
  });

  test('that refuses is not tried again, and what it says is told without secrets and in bounds', async () => {
    const { received, url } = await serve((response) => {
      response.writeHead(404).end(`no team\n k3y-of-s3cret \u001b[31m ${'long '.repeat(10_000)}`);
    });
    const channel = webhook(`${url}/\${TOKEN}`);
    const { recorded } = await tell({ ops: channel }, toldEverything, [started, ended], {
      env: { TOKEN: 'k3y-of-s3cret' },
    });
    const message = `it answered 404: no team *** ␛[31m ${'long '.repeat(100)}`;
    expect(recorded).toEqual([failed(`${message.slice(0, 250)}…`)]);
    expect(received).toHaveLength(1);
  });

  test('that refuses and never ends what it says is given up in time', async () => {
    const { url } = await serve((response) => {
      response.writeHead(400).write('because');
    });
    const channel = webhook(url, { timeoutMs: 300, retries: 0 });
    expect((await tell({ ops: channel }, toldEverything, [started, ended])).recorded).toEqual([
      failed('it answered 400: because'),
    ]);
  });

  test('that leads elsewhere is not followed, and where to is told without what may be a token', async () => {
    const { received, url } = await serve((response) => {
      response.writeHead(302, { location: 'https://login.example.org/in?token=abc' }).end();
    });
    const told = await tell({ ops: webhook(url) }, toldEverything, [started, ended]);
    expect(told.recorded).toEqual([
      failed('it answered 302, which leads to `https://login.example.org`; redirects are not followed'),
    ]);
    expect(received).toHaveLength(1);
  });

  test('that never answers is given up in time, also where memory is tidied up meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const timer = setInterval(() => typeof collect === 'function' && collect(), 20);
    onTestFinished(() => clearInterval(timer));
    const { url } = await serve(() => {});
    const silent = webhook(url, { timeoutMs: 700, retries: 0 });
    const told = await tell({ ops: silent }, toldEverything, [started, ended], { patienceMs: 8_000 });
    expect(told.recorded).toEqual([failed('it did not answer in time')]);
  });

  test('that never answers, is not there, or lacks its key', async () => {
    const { url } = await serve(() => {});
    const silent = webhook(url, { timeoutMs: 200, retries: 0 });
    expect((await tell({ ops: silent }, toldEverything, [started, ended])).recorded).toEqual([
      failed('it did not answer in time'),
    ]);
    const nobody = webhook('http://127.0.0.1:9/${KEY}', { retries: 0 });
    const told = (await tell({ ops: nobody }, toldEverything, [started, ended])).recorded;
    expect(told).toMatchObject([
      { type: 'NotificationFailed', message: expect.stringMatching(/^it cannot be reached/) },
    ]);
    expect(JSON.stringify(told)).not.toContain('k3y');
    const keyless = webhook('https://example.invalid/${NONE}');
    expect((await tell({ ops: keyless }, toldEverything, [started, ended])).recorded).toEqual([
      failed('the environment has no `NONE`'),
    ]);
  });

  test('does not hold up the end of the run for ever', async () => {
    const { url } = await serve(() => {});
    const told = await tell({ ops: webhook(url, { timeoutMs: 60_000 }) }, toldEverything, [started, ended], {
      patienceMs: 200,
    });
    expect(told.recorded).toEqual([failed('the run came to its end first')]);
  });
});

describe('a time since the start', () => {
  const rules = { escalation: [{ after: '5m', afterMs: 300_000, to: 'ops' }] };
  const late = (ms: number) => ({ nowMs: () => Date.parse(startedAt) + ms });

  test('is told of when it has gone by, once over all of a run', async () => {
    const { received, url } = await serve(status(200));
    const until = () => expect.poll(() => received.length).toBe(1);
    const told = await tell({ ops: webhook(url) }, rules, [started], {
      ...late(299_950),
      until: async () => {
        await until();
      },
    });
    expect(told.recorded).toEqual([sent('after 5m')]);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      text: 'Sample: the run has not ended after 5m after its start',
    });
    const history = told.recorded.map(
      (event, index): RecordedEvent => ({ seq: index, at: startedAt, event }),
    );
    const again = await tell({ ops: webhook(url) }, rules, [started], { ...late(400_000), history });
    expect(again.recorded).toEqual([]);
  });

  test('is not told of where the run was over before', async () => {
    const told = await tell({}, rules, [started, ended], late(299_999));
    expect(told.recorded).toEqual([]);
  });
});

test('a channel that nobody configured is told of, and costs nothing', async () => {
  const told = await tell({}, toldEverything, [started, ended]);
  expect(told.recorded).toEqual([failed('no such channel is configured')]);
});

describe('an escalation with a delay', () => {
  const rules = { escalation: [{ after: 'failure', delay: '10m', delayMs: 600_000, to: 'ops' }] };
  const soon = { escalation: [{ after: 'failure', delay: '1ms', delayMs: 1, to: 'ops' }] };
  const result = { exitCode: 1, durationMs: 1, output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 } };
  const attempt = { address: address('one'), attempt: 1 };
  const begun: RunEvent = { type: 'BlockStarted', ...attempt };
  const failure: RunEvent = {
    type: 'BlockFailed',
    ...attempt,
    result: { ...result, captured: {}, warnings: [] },
    reason: { type: 'exit', code: 1 },
  };
  const decided = (automatic: boolean): RunEvent => ({
    type: 'FailureDecided',
    address: address('one'),
    decision: 'stop',
    by: ada,
    automatic,
  });
  const paused = (reason: 'operator' | 'hangup'): RunEvent => ({ type: 'RunPaused', reason, message: '' });
  const story = [started, begun, failure];

  test('is told when nobody has seen to it', async () => {
    const { received, url } = await serve(status(200));
    const until = async () => {
      await expect.poll(() => received.length).toBe(1);
    };
    const told = await tell({ ops: webhook(url) }, soon, story, { until });
    expect(told.recorded).toEqual([sent('failure of one after 1ms')]);
    expect(JSON.parse(received[0]?.body ?? '').text).toBe(
      'Sample: `one` failed in 1 ms: exit 1; nobody has handled it for 1ms',
    );
  });

  test('is told at once when the run comes to rest, for nobody is left to wait', async () => {
    const { received, url } = await serve(status(200));
    const told = await tell({ ops: webhook(url) }, rules, [...story, decided(true), ended]);
    expect(told.recorded).toEqual([sent('failure of one after 10m')]);
    expect(JSON.parse(received[0]?.body ?? '').text).toBe(
      'Sample: `one` failed in 1 ms: exit 1; nobody works on the run any more',
    );
    expect((await tell({ ops: webhook(url) }, rules, [...story, paused('hangup')])).recorded).toEqual([
      sent('failure of one after 10m'),
    ]);
  });

  test.each([
    ['a person has decided what follows', [decided(false), ended]],
    ['a person takes a break', [paused('operator')]],
    [
      'it has passed meanwhile',
      [
        { type: 'BlockPassed', ...attempt, result: { ...result, exitCode: 0, captured: {}, warnings: [] } },
        ended,
      ],
    ],
  ] as const)('is not told where %s', async (_, events) => {
    expect((await tell({}, rules, [...story, ...events])).recorded).toEqual([]);
  });

  test('of a run of a server is left to the server while it rests, and waited with again by who takes it up', async () => {
    const served: RunEvent = { ...started, options: { ...defaultOptions, servedBy: 'https://ops.example' } };
    const rest = [served, begun, failure, paused('hangup')];
    expect((await tell({}, rules, rest)).recorded).toEqual([]);
    const { received, url } = await serve(status(200));
    const resumed: RunEvent = { type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: 'd' };
    const history = rest.map((event, index): RecordedEvent => ({ seq: index + 1, at: startedAt, event }));
    const later = Date.parse(startedAt) + 600_000;
    const until = async () => {
      await expect.poll(() => received.length).toBe(1);
    };
    const told = await tell({ ops: webhook(url) }, rules, [...rest, resumed], {
      ...{ history, until, nowMs: () => later },
    });
    expect(told.recorded).toEqual([sent('failure of one after 10m')]);
    const known = [
      ...history,
      { seq: 5, at: startedAt, event: sent('failure of one after 10m') as RunEvent },
    ];
    const again = await tell({}, rules, [...rest, resumed], { history: known, nowMs: () => later });
    expect(again.recorded).toEqual([]);
  });

  test('of an approval is not told at a rest, and the record says so', async () => {
    const asked: RunEvent = {
      type: 'ApprovalRequested',
      address: address('one'),
      gate: 'dba',
      people: ['grace'],
      needed: 1,
      by: ada,
      onTimeout: 'deny',
    };
    const told = await tell(
      {},
      { escalation: [{ after: 'approval', delay: '10m', delayMs: 600_000, to: 'ops' }] },
      [started, asked, paused('operator')],
    );
    expect(told.recorded).toEqual([
      failed('the run paused or ended before 10m were over', 'approval of one after 10m'),
    ]);
  });
});

describe('the alert of a run', () => {
  const pager = (url: string): ChannelSettings => ({
    ...{ type: 'pagerduty', routingKey: '0123456789abcdef0123456789abcdef', url },
    ...{ timeoutMs: 5_000, retries: 0 },
  });
  const rules = { notify: [{ on: ['paused'], to: 'ops' }] };
  const story: readonly RunEvent[] = [
    started,
    { type: 'RunPaused', reason: 'failure', message: '' },
    { type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' },
  ];
  const good: RunEvent = { type: 'RunEnded', outcome: 'succeeded', message: 'well', left: [] };
  const actions = (received: readonly { readonly body: string }[]) =>
    received.map(({ body }) => JSON.parse(body).event_action);

  test('is acknowledged when somebody takes the run up, and over with the good end, without a rule', async () => {
    const { received, url } = await serve(status(202));
    const told = await tell({ ops: pager(url) }, rules, [...story, good]);
    expect(told.recorded).toEqual([sent('paused'), sent('resumed'), sent('succeeded')]);
    expect(actions(received)).toEqual(['trigger', 'acknowledge', 'resolve']);
  });

  test('is known to be open from the record, and not told of again once it is over', async () => {
    const { received, url } = await serve(status(202));
    const history = [sent('paused'), sent('succeeded')].map(
      (event, index): RecordedEvent => ({ seq: index, at: startedAt, event: event as RunEvent }),
    );
    await tell({ ops: pager(url) }, {}, [started, good], { history: history.slice(0, 1) });
    expect(actions(received)).toEqual(['resolve']);
    await tell({ ops: pager(url) }, {}, [started, good], { history });
    expect(received).toHaveLength(1);
  });

  test('that was never opened is not touched', async () => {
    const { received, url } = await serve(status(202));
    await tell({ ops: pager(url) }, rules, [started, good]);
    expect(received).toEqual([]);
  });
});

test('an update goes to the channels of its event, in the words of the operator', async () => {
  const { received, url } = await serve(status(200));
  const update: RunEvent = { type: 'UpdateWritten', text: 'the s3cret of <!here>', to: ['ops'], by: ada };
  const told = await tell({ ops: webhook(url) }, {}, [started, update]);
  expect(told.recorded).toEqual([sent('update')]);
  expect(JSON.parse(received[0]?.body ?? '').text).toBe(
    'Sample: update by ada@bastion: the *** of &lt;!here&gt;',
  );
});
