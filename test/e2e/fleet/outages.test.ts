// Tests a fleet whose database is away for a while, or out of reach of one of its workers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunId } from '../../../src/basics/address.ts';
import type { QueuedRun } from '../../../src/engine/queue/queued-run.ts';
import { testMs } from '../../budgets.ts';
import { signal } from '../processes-with.ts';
import { describeWith } from '../services.ts';
import { type Fleet, openFleet, toolsWith, until } from './open-fleet.ts';

/** Its effects are lines of a file: they can be counted while the database is away. */
const lines = `---
concurrency: allow
inputs:
  N: { pattern: '^[0-9a-z]+$' }
---
# Lines

## Steps
${['one', 'two', 'three', 'four'].map((name) => `\n### ${name}\n\n\`\`\`sh\necho "$N ${name}" >> "$LINES"\nsleep 0.7\n\`\`\`\n`).join('')}`;

const settled = (run: QueuedRun | undefined): boolean =>
  run?.status === 'ended' || (run?.status === 'resting' && run.dueAt === undefined);

/** How many processes a worker has for its runs. */
const childrenOf = (pid: number): number =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).length;

/** How often each happens, at another moment each time: more of them by hand, few in the suite. */
const rounds = Number(process.env.RUNSHEET_FLEET_ROUNDS ?? 1);
/** Long enough that nobody who only waits for a busy machine is taken for dead. */
const beat = 2_000;
/** How long the database is away in one of these. */
const awayMs = Number(process.env.RUNSHEET_FLEET_AWAY_MS ?? 5 * beat);

/** A network of its own, whose only way out can be cut. */
class CutNetwork {
  /** A block of addresses that is for tests of networks: another run of these may be going on, or have been killed. */
  readonly #block = `198.${18 + ((process.pid >> 8) % 2)}.${process.pid % 256}`;
  readonly hostAddress = `${this.#block}.1`;
  readonly name = `runsheet${process.pid}`;
  readonly #outside = `rs${process.pid}a`;

  /** Undefined where this machine does not let us make one. */
  static make(): CutNetwork | undefined {
    const network = new CutNetwork();
    try {
      network.#ip('netns', 'add', network.name);
      const inside = `rs${process.pid}b`;
      network.#ip('link', 'add', 'name', network.#outside, 'type', 'veth', 'peer', 'name', inside);
      network.#ip('link', 'set', inside, 'netns', network.name);
      network.#ip('addr', 'add', `${network.hostAddress}/24`, 'dev', network.#outside);
      network.#ip('link', 'set', network.#outside, 'up');
      network.#ip('-n', network.name, 'addr', 'add', `${network.#block}.2/24`, 'dev', inside);
      network.#ip('-n', network.name, 'link', 'set', inside, 'up');
      network.#ip('-n', network.name, 'link', 'set', 'lo', 'up');
      return network;
    } catch {
      network.remove();
      return undefined;
    }
  }

  cut(): void {
    this.#ip('link', 'set', this.#outside, 'down');
  }

  mend(): void {
    this.#ip('link', 'set', this.#outside, 'up');
  }

  remove(): void {
    for (const words of [
      ['link', 'del', this.#outside],
      ['netns', 'del', this.name],
    ])
      try {
        this.#ip(...words);
      } catch {
        // It was never made.
      }
  }

  #ip(...words: readonly string[]): void {
    execFileSync('ip', words, { stdio: 'ignore' });
  }
}

describeWith(['initdb', 'postgres', 'psql', 'ip'], 'a fleet whose database cannot be reached', () => {
  /** Blocks that have done something, sorted; a block that has done it twice is there twice. */
  const done = (fleet: Fleet): readonly string[] =>
    readFileSync(fleet.lines, 'utf8').split('\n').filter(Boolean).sort();
  const all = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => ['four', 'one', 'three', 'two'].map((block) => `${name} ${block}`)).sort();
  const beginning = (fleet: Fleet, run: RunId) =>
    until(
      `the beginning of ${run}`,
      () => fleet.queue.run(run),
      () => toolsWith((word) => word === run).length > 0,
    );

  test('goes on with its runs where it was away for a while, and no worker takes another for dead', {
    timeout: rounds * testMs.machine,
  }, async () => {
    const fleet = await openFleet({ 'lines.md': lines }, { beat });
    onTestFinished(() => fleet.dispose());
    const workers = [fleet.work('--slots', '1'), fleet.work('--slots', '1')];
    const names: string[] = [];
    const inDoubt: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const ours = [`a${round}`, `b${round}`];
      names.push(...ours);
      const runs = await Promise.all(ours.map((name) => fleet.order('lines.md', { N: name })));
      for (const run of runs) await beginning(fleet, run);
      await sleep(Math.random() * 2_000);
      await fleet.cluster.stop();
      // Every other one is a restart.
      if (round % 2 === 0) await sleep(awayMs);
      await fleet.cluster.start();
      for (const run of runs) {
        const rested = await until('its end', () => fleet.queue.run(run), settled);
        const record = await fleet.record(run);
        const story = JSON.stringify([rested, record.map(({ type }) => type)]);
        if (rested?.status === 'ended') expect(rested, story).toMatchObject({ outcome: 'succeeded' });
        else {
          // Who has waited for longer than the limit has stopped at that place.
          expect(awayMs, story).toBeGreaterThan(25_000);
          expect(
            record.findLast(({ type }) => type === 'RunPaused'),
            story,
          ).toMatchObject({ reason: 'in-doubt' });
          inDoubt.push(ours[runs.indexOf(run)] ?? '');
        }
        if (awayMs < 25_000) expect(rested, story).toMatchObject({ epoch: 1 });
      }
    }
    const seen = done(fleet);
    expect(new Set(seen).size).toBe(seen.length);
    const isWhole = (line: string): boolean => !inDoubt.some((name) => line.startsWith(`${name} `));
    expect(seen.filter(isWhole)).toEqual(all(names).filter(isWhole));
    console.info(`${names.length} runs, ${inDoubt.length} in doubt`);
    for (const worker of workers) signal(worker.pid, 'SIGTERM');
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
  });

  test('no worker takes another for dead where the database, or all of them, have stood still', {
    timeout: rounds * testMs.machine,
  }, async () => {
    const fleet = await openFleet({ 'lines.md': lines }, { beat });
    onTestFinished(() => fleet.dispose());
    // One of them has room for what it would take from others.
    const workers = Array.from({ length: 3 }, () => fleet.work('--slots', '1'));
    for (let round = 0; round < 2 * rounds; round++) {
      const runs = await Promise.all(
        ['a', 'b'].map((name) => fleet.order('lines.md', { N: `${name}${round}` })),
      );
      for (const run of runs) await beginning(fleet, run);
      await sleep(Math.random() * 1_000);
      if (round % 2 === 0) {
        fleet.cluster.signalAll('SIGSTOP');
        await sleep(awayMs);
        fleet.cluster.signalAll('SIGCONT');
      } else {
        // The one that goes on first has room for their runs, and finds that they have been silent for long, as it has
        // been itself.
        const byChildren = async () =>
          [...workers].sort((one, other) => childrenOf(one.pid) - childrenOf(other.pid));
        // The process of a run that has ended may be about to end.
        const [idle, ...busy] = await until(
          'a worker without a run',
          byChildren,
          ([one]) => childrenOf(one?.pid ?? 0) === 0,
        );
        for (const { pid } of workers) signal(pid, 'SIGSTOP');
        await sleep(awayMs);
        signal(idle?.pid ?? 0, 'SIGCONT');
        await sleep(1.5 * beat);
        for (const { pid } of busy) signal(pid, 'SIGCONT');
      }
      for (const run of runs)
        expect(await until('its end', () => fleet.queue.run(run), settled)).toMatchObject({
          ...{ status: 'ended', outcome: 'succeeded', epoch: 1 },
        });
    }
    const seen = done(fleet);
    expect(new Set(seen).size).toBe(seen.length);
    for (const worker of workers) signal(worker.pid, 'SIGTERM');
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  });

  test('a worker that is cut off from it loses its run to another one, and begins no other block', {
    timeout: rounds * testMs.machine,
  }, async (context) => {
    const network = CutNetwork.make();
    if (network === undefined) return context.skip('this account may make no network');
    onTestFinished(() => network.remove());
    const fleet = await openFleet({ 'lines.md': lines }, { alsoAt: network.hostAddress });
    onTestFinished(() => fleet.dispose());
    for (let round = 0; round < rounds; round++) {
      const cutOff = fleet.workIn(network.name, '--slots', '1');
      const run = await fleet.order('lines.md', { N: `cut${round}` });
      await beginning(fleet, run);
      const other = fleet.work('--slots', '1');
      await until(
        'the other worker',
        async () => other.said(),
        (said) => said !== '',
      );
      await sleep(Math.random() * 1_500);
      network.cut();
      await until(
        'another worker',
        () => fleet.queue.run(run),
        (one) => (one?.epoch ?? 0) > 1 || settled(one),
      );
      network.mend();
      const rested = await until('its rest', () => fleet.queue.run(run), settled);
      await until(
        'the ends of its processes',
        async () => toolsWith((word) => word === run),
        (pids) => pids.length === 0,
      );
      const record = await fleet.record(run);
      const effects = done(fleet).filter((line) => line.startsWith(`cut${round} `));
      const story = JSON.stringify([rested, effects, record.map(({ type }) => type)]);
      expect(new Set(effects).size, story).toBe(effects.length);
      if (rested?.status === 'ended') expect(effects, story).toEqual(all([`cut${round}`]));
      else
        expect(
          record.findLast(({ type }) => type === 'RunPaused'),
          story,
        ).toMatchObject({ reason: 'in-doubt' });
      for (const { pid } of [cutOff, other]) signal(pid, 'SIGTERM');
      await Promise.all([cutOff.ended, other.ended]);
    }
  });
});
