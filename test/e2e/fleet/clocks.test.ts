// Tests a fleet whose machines do not agree on what time it is: the clock of the database is the one that counts.
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { signal } from '../processes-with.ts';
import { Rig } from '../rig.ts';
import { Served, serveFile } from '../served.ts';
import { describeWith } from '../services.ts';
import { laterBy } from './moved-clock.ts';
import { openFleet, toolsWith, until } from './open-fleet.ts';

const effect = (name: string) =>
  `psql -XqAt "$EFFECTS" -c "INSERT INTO public.effect (name) VALUES ('$N ${name}')"`;
const page = `---
concurrency: allow
inputs:
  N: { pattern: '[a-z]' }
---
# Wait

## Steps

\`\`\`sh
${effect('begun')}
until test -e "$LINES.go"; do sleep 0.1; done
${effect('ended')}
\`\`\`
`;
const hourMs = 3_600_000;
/** Long enough that nobody who only waits for a busy machine is taken for dead. */
const beat = 2_000;

describeWith(['initdb', 'postgres', 'psql'], 'a fleet with clocks that differ', () => {
  test('a worker whose clock is put forward takes no run from others, and has died when it is silent', async () => {
    const fleet = await openFleet({ 'wait.md': page }, { beat });
    onTestFinished(() => fleet.dispose());
    const rig = await Rig.create();
    const begun = (name: string) =>
      until(
        'its beginning',
        () => fleet.effects(''),
        (done) => done[`${name} begun`] === 1,
      );
    const jumping = fleet.workAs(laterBy(hourMs, rig.path(), { once: true }), '--slots', '1');
    const own = await fleet.order('wait.md', { N: 'a' });
    await begun('a');
    const steady = fleet.work('--slots', '1');
    const others = await fleet.order('wait.md', { N: 'b' });
    await begun('b');

    signal(jumping.pid, 'SIGUSR2');
    const { rows: told } = await fleet.database.query(`SELECT worker FROM run WHERE id = $1`, [own]);
    const beats = async () => {
      const { rows } = await fleet.database.query(
        `SELECT beat_at - (extract(epoch FROM now()) * 1000)::bigint AS ahead, beat_at FROM worker WHERE name = $1`,
        [String(told[0]?.worker)],
      );
      return { ahead: Number(rows[0]?.ahead), at: Number(rows[0]?.beat_at) };
    };
    const first = await beats();
    // By then it has looked after the fleet several times.
    const later = await until('its beats', beats, ({ at }) => at > first.at + 5 * beat);
    expect(later.ahead).toBeLessThan(hourMs / 2);
    expect(await fleet.queue.run(others)).toMatchObject({ status: 'running', epoch: 1 });

    signal(jumping.pid, 'SIGKILL');
    for (const pid of toolsWith((word) => word.startsWith(jumping.state))) signal(pid, 'SIGKILL');
    const third = fleet.work('--slots', '1');
    await until(
      'its rest',
      () => fleet.queue.run(own),
      (run) => run?.status === 'resting' && run.dueAt === undefined,
    );
    expect((await fleet.record(own)).findLast(({ type }) => type === 'RunPaused')).toMatchObject({
      reason: 'in-doubt',
    });
    writeFileSync(`${fleet.lines}.go`, '');
    await until(
      'its end',
      () => fleet.queue.run(others),
      (run) => run?.status === 'ended',
    );
    expect(await fleet.effects('b')).toEqual({ ' begun': 1, ' ended': 1 });
    for (const { pid } of [steady, third]) signal(pid, 'SIGTERM');
    expect(await Promise.all([steady.ended, third.ended])).toEqual([0, 0]);
  });

  test('what a server orders that is five hours ahead, or behind, begins at once', async () => {
    const fleet = await openFleet({ 'wait.md': page });
    onTestFinished(() => fleet.dispose());
    writeFileSync(`${fleet.lines}.go`, '');
    const worker = fleet.work();
    for (const [name, ms] of [
      ['c', 5 * hourMs],
      ['d', -5 * hourMs],
    ] as const) {
      const rig = await Rig.create();
      await rig.write('serve.yaml', serveFile);
      const env = { RUNSHEET_DATABASE: fleet.url, ...laterBy(ms, rig.path()) };
      const served = await Served.start(rig, ['--no-worker'], env, ['--library', fleet.libraryFolder]);
      const run = await served.startRun('wait.md', { N: name });
      await served.until(run, /succeeded/);
      served.process.kill('SIGTERM');
      expect((await served.process.ended).exitCode).toBe(0);
    }
    signal(worker.pid, 'SIGTERM');
    expect(await worker.ended).toBe(0);
  });
});
