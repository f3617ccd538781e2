// Tests workers of a fleet, and that what happens to one of them runs no block twice and loses none.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunId } from '../../../src/basics/address.ts';
import { postToRun } from '../../../src/cli/serving/fleet/post-to-run.ts';
import type { PostedCommand } from '../../../src/engine/inbox/posted-command.ts';
import { recoverJournal } from '../../../src/engine/journal/recover-journal.ts';
import type { QueuedRun } from '../../../src/engine/queue/queued-run.ts';
import { testMs } from '../../budgets.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { signal } from '../processes-with.ts';
import { describeWith } from '../services.ts';
import { type Fleet, type FleetProcess, openFleet, toolsWith, until } from './open-fleet.ts';

const effect = (name: string) =>
  `psql -XqAt "$EFFECTS" -c "INSERT INTO public.effect (name) VALUES ('$N ${name}')"`;
const seen = (name: string) =>
  `test "$(psql -XqAt "$EFFECTS" -c "SELECT count(*) FROM public.effect WHERE name = '$N ${name}'")" = 1`;

/** Every block has an effect that is counted, then takes a while. */
const count = `---
concurrency: allow
inputs:
  N: { pattern: '^[0-9a-z]+$' }
---
# Count

## Steps

### Look

\`\`\`sh {risk=read}
${effect('look')}
sleep 0.3
\`\`\`

### One

\`\`\`sh
KEPT=kept
${effect('one')}
sleep 0.5
\`\`\`

### Two

\`\`\`sh {check="${seen('two').replaceAll('"', '\\"')}"}
test "$KEPT" = kept
${effect('two')}
sleep 0.5
\`\`\`

### Three

\`\`\`sh
${effect('three')}
\`\`\`
`;

const ask = '# Question\n\n## Steps\n\n### Ask\n\nAsk ann.\n\n### Go\n\n```sh\ntrue\n```\n';

/** Its first block ends when the test says so. */
const wait = `---
concurrency: allow
---
# Wait

## Steps

\`\`\`sh
touch "$LINES.begun"
until test -e "$LINES.go"; do sleep 0.05; done
\`\`\`

\`\`\`sh
true
\`\`\`
`;

const blocks = ['look', 'one', 'two', 'three'];
const settled = (run: QueuedRun | undefined): boolean =>
  run?.status === 'ended' || (run?.status === 'resting' && run.dueAt === undefined);
const pidOf = (worker: string): number => Number(/-(\d+)-[0-9a-f]+$/.exec(worker)?.[1]);

/** The processes that drive a run. */
const driversOf = (run: RunId): readonly number[] => toolsWith((word) => word === run);

/** What is done to the worker of a run, and to the process that drives it. */
const accidents: Readonly<Record<string, (worker: FleetProcess, drivers: readonly number[]) => void>> = {
  worker: ({ pid }) => signal(pid, 'SIGKILL'),
  child: (_, drivers) => drivers.forEach((pid) => void signal(pid, 'SIGKILL')),
  both: ({ pid }, drivers) => [pid, ...drivers].forEach((one) => void signal(one, 'SIGKILL')),
  disk: ({ pid, state }, drivers) => {
    for (const one of [pid, ...drivers]) signal(one, 'SIGKILL');
    rmSync(state, { recursive: true, force: true });
  },
  stopped: ({ pid }, drivers) => [pid, ...drivers].forEach((one) => void signal(one, 'SIGSTOP')),
};

/** How often each accident happens: more of them by hand, a few in the suite. */
const rounds = Number(process.env.RUNSHEET_FLEET_ROUNDS ?? 1);

describeWith(['initdb', 'postgres', 'psql'], 'workers of a fleet', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    fleet = await openFleet({ 'count.md': count, 'ask.md': ask, 'wait.md': wait });
  });
  afterAll(() => fleet?.dispose());

  test('a run goes to its end, is kept in the database, and its worker ends when it is idle', async () => {
    const run = await fleet.order('count.md', { N: 'a' });
    const worker = fleet.work('--until-idle', '2s', '--queues', 'dmz,default');
    expect({ code: await worker.ended, said: worker.said() }).toEqual({
      code: 0,
      said: expect.stringMatching(/^working on the runs of `dmz`, `default` as \S+\n$/),
    });
    expect(await fleet.queue.run(run)).toMatchObject({
      status: 'ended',
      exit: 0,
      outcome: 'succeeded',
      epoch: 1,
    });
    expect(await fleet.effects('a ')).toEqual({ look: 1, one: 1, two: 1, three: 1 });
    const types = (await fleet.record(run)).map(({ type }) => type);
    // Its lines are the bytes of its journal: their chain of hashes holds.
    const dump = join(temporaryFolder(), 'journal.ndjson');
    writeFileSync(dump, await fleet.journal(run));
    expect(recoverJournal(dump)).toMatchObject({ events: { length: types.length } });
    expect([types[0], ...types.slice(-2)]).toEqual(['RunStarted', 'RunEnded', 'RecordSealed']);
  });

  test('a run that rests is taken up for what was said to it, not for a note, and not past a pause', async () => {
    const course = async (run: RunId) =>
      (await fleet.record(run))
        .map(({ type }) => type)
        .filter((type) => ['RunPaused', 'RunResumed', 'NoteAdded'].includes(type))
        .join(' ');
    const say = (run: RunId, command: PostedCommand) => postToRun(fleet.queue, run, command, Date.now);
    const worker = fleet.work();
    const run = await fleet.order('ask.md');
    const rests = () => until('its rest', () => fleet.queue.run(run), settled);
    await rests();
    expect(await say(run, { type: 'AddNote', text: 'seen', host: 'h' })).toBe('taken');
    expect([(await rests())?.reason, await course(run)]).toEqual([
      '`ask` has to be done by a person',
      'RunPaused NoteAdded',
    ]);
    expect(await say(run, { type: 'AddNote', text: 'go', goesOn: true, host: 'h' })).toBe('taken');
    await until(
      'its resume',
      () => course(run),
      (all) => all === 'RunPaused NoteAdded NoteAdded RunResumed RunPaused',
    );

    const paused = await fleet.order('wait.md');
    await until('its first block', async () => existsSync(`${fleet.lines}.begun`), Boolean);
    expect(await say(paused, { type: 'PauseRun', host: 'h' })).toBe('taken');
    signal(worker.pid, 'SIGTERM');
    writeFileSync(`${fleet.lines}.go`, '');
    await worker.ended;
    // Runs are taken in their order.
    const next = fleet.work('--slots', '1');
    const other = await fleet.order('count.md', { N: 'q' });
    await until('the end of the other', () => fleet.queue.run(other), settled);
    expect([await fleet.queue.run(paused), await course(paused)]).toEqual([
      expect.objectContaining({ status: 'resting', reason: expect.stringMatching(/^paused by /) }),
      'RunPaused',
    ]);
    signal(next.pid, 'SIGTERM');
    await next.ended;
  });

  test('whatever happens to its worker, no block runs twice unseen and none is lost', {
    timeout: rounds * testMs.machine,
  }, async () => {
    const kinds = Object.keys(accidents);
    for (let round = 0; round < rounds; round++) {
      const runs = new Map<string, RunId>();
      for (const kind of kinds) runs.set(kind, await fleet.order('count.md', { N: `${kind}${round}` }));
      const workers = new Map(kinds.map(() => fleet.work('--slots', '1')).map((one) => [one.pid, one]));
      const stopped: number[] = [];
      const begun = await Promise.all(
        [...runs].map(async ([kind, run]) => {
          const isDriven = (one: QueuedRun | undefined) =>
            one?.status === 'running' && driversOf(run).length > 0;
          const { worker = '' } =
            (await until(`the beginning of ${kind}`, () => fleet.queue.run(run), isDriven)) ?? {};
          return { kind, run, worker: workers.get(pidOf(worker)) };
        }),
      );
      // Those that are left when all the others are gone.
      const late = fleet.work('--slots', '6');
      await Promise.all(
        begun.map(async ({ kind, run, worker }) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_500));
          if (worker === undefined) throw new Error(`nobody knows the worker of ${kind}`);
          const drivers = driversOf(run);
          if (kind === 'stopped') stopped.push(worker.pid, ...drivers);
          accidents[kind]?.(worker, drivers);
        }),
      );
      if (stopped.length > 0) {
        const run = runs.get('stopped') ?? (await fleet.order('count.md'));
        await until(
          'another worker',
          () => fleet.queue.run(run),
          (one) => (one?.epoch ?? 0) > 1 || settled(one),
        );
        for (const pid of stopped) signal(pid, 'SIGCONT');
      }
      for (const [kind, run] of runs) {
        const rested = await until(`the rest of ${kind}`, () => fleet.queue.run(run), settled);
        await until(
          'the ends of its processes',
          async () => driversOf(run),
          (pids) => pids.length === 0,
        );
        const record = await fleet.record(run);
        const effects = await fleet.effects(`${kind}${round} `);
        const { look = 0, ...others } = effects;
        const story = `${kind}: ${JSON.stringify([rested, effects, record.map(({ type }) => type).join(' ')])}`;
        // What only looks may run again; nothing else does.
        expect(
          Object.values(others).filter((times) => times !== 1),
          story,
        ).toEqual([]);
        expect(look, story).toBeGreaterThan(0);
        if (rested?.status === 'ended')
          expect(Object.keys(effects).sort(), story).toEqual([...blocks].sort());
        else
          expect(
            record.findLast(({ type }) => type === 'RunPaused'),
            story,
          ).toMatchObject({ reason: 'in-doubt' });
      }
      for (const worker of [...workers.values(), late]) signal(worker.pid, 'SIGTERM');
      await Promise.all([...workers.values(), late].map(({ ended }) => ended));
    }
  });
});
