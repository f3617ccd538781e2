// Tests many runs of a fleet while its workers die, an answer of five hours later, and what a run of many blocks costs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunId, runId } from '../../../src/basics/address.ts';
import type { QueuedRun } from '../../../src/engine/queue/queued-run.ts';
import { signal } from '../processes-with.ts';
import { Rig } from '../rig.ts';
import { hiddenFields, Served, serveFile } from '../served.ts';
import { describeWith } from '../services.ts';
import { laterBy } from './moved-clock.ts';
import { type Fleet, openFleet, toolsWith, until } from './open-fleet.ts';

/** More of them by hand, few in the suite. */
const size = {
  runs: Number(process.env.RUNSHEET_FLEET_RUNS ?? 12),
  workers: Number(process.env.RUNSHEET_FLEET_WORKERS ?? 2),
  kills: Number(process.env.RUNSHEET_FLEET_KILLS ?? 1),
  blocks: Number(process.env.RUNSHEET_FLEET_BLOCKS ?? 30),
  /** Runs of 50 blocks by 1, 2 and 4 workers; none in the suite. */
  throughput: Number(process.env.RUNSHEET_FLEET_THROUGHPUT ?? 0),
};
const longMs = 3_600_000;

const effect = (name: string) =>
  `psql -XqAt "$EFFECTS" -c "INSERT INTO public.effect (name) VALUES ('$K $N ${name}')"`;

/** Two of each key at once. */
const keyed = `---
concurrency: { key: $K, limit: 2, when-full: queue }
inputs:
  N: { pattern: '^[0-9a-z]+$' }
  K: { pattern: '^[0-9a-z]+$' }
---
# Keyed

## Steps

### One

\`\`\`sh
${effect('begun')}
sleep 0.1
\`\`\`

### Two

\`\`\`sh
${effect('ended')}
\`\`\`
`;

/** So many in any time of this length, whatever number could go on at once. */
const rate = { count: 5, perMs: 2_000 };
const rated = keyed
  .replace(/concurrency: .*/, `concurrency: allow\nrate: ${rate.count}/${rate.perMs / 1000}s`)
  .replace('# Keyed', '# Rated');
/** One of so many runs is of that page. */
const ratedEach = 4;

const gated = `---
approvals: { dba: { people: [ann] } }
---
# Free the pool

## Steps

### Look

\`\`\`sh {risk=read}
seq 1 3
\`\`\`

### End sessions

\`\`\`sh {approve=dba timeout=8h}
echo ended
\`\`\`

### Tell

\`\`\`sh
echo "told after $(wc -c < /dev/null) complaints"
\`\`\`
`;

const blocksPage = (count: number): string =>
  `# Many\n\n## Steps\n${Array.from({ length: count }, (_, index) => `\n### Step ${index + 1}\n\n\`\`\`sh\nN=$((N + 1)); echo "block $N"\n\`\`\`\n`).join('')}`;

const isOver = (run: QueuedRun | undefined): boolean =>
  run?.status === 'ended' || (run?.status === 'resting' && run.dueAt === undefined);

describeWith(['initdb', 'postgres', 'psql'], 'many runs of a fleet', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    const pages = {
      'keyed.md': keyed,
      'rated.md': rated,
      'gated.md': gated,
      'many.md': blocksPage(size.blocks),
    };
    fleet = await openFleet(pages, { isDurable: true });
  });
  afterAll(() => fleet?.dispose());

  test('are all accounted for when workers die with some, and limits and rates hold', {
    timeout: longMs,
  }, async () => {
    const start = () => fleet.work('--slots', '3');
    let workers = Array.from({ length: size.workers }, start);
    const ordered: RunId[] = [];
    for (let number = 0; number < size.runs; number++)
      ordered.push(
        await fleet.order(number % ratedEach === 1 ? 'rated.md' : 'keyed.md', {
          ...{ N: `n${number}`, K: number % ratedEach === 1 ? 'rated' : `k${number % 3}` },
        }),
      );
    const counts = async () => {
      const { rows } = await fleet.database.query(
        `SELECT count(*) FILTER (WHERE status = 'ended' OR (status = 'resting' AND due_at IS NULL)) AS over,
           count(*) FILTER (WHERE started_at IS NOT NULL) AS begun FROM run WHERE path IN ('keyed.md', 'rated.md')`,
      );
      return { over: Number(rows[0]?.over), begun: Number(rows[0]?.begun) };
    };
    for (let kill = 1; kill <= size.kills; kill++) {
      const share = (kill * size.runs) / (size.kills + 1);
      await until('its share', counts, ({ begun }) => begun >= share, longMs);
      await sleep(Math.random() * 500);
      const victim = workers[kill % workers.length];
      if (victim === undefined) continue;
      signal(victim.pid, 'SIGKILL');
      for (const pid of toolsWith((word) => word.startsWith(victim.state))) signal(pid, 'SIGKILL');
      workers = [...workers.filter((worker) => worker !== victim), start()];
    }
    await until('the end of all', counts, ({ over }) => over === size.runs, longMs);
    const { rows } = await fleet.database.query(
      `SELECT id, status, outcome, reason, inputs::json ->> 'N' AS n, inputs::json ->> 'K' AS k, started_at FROM run WHERE path IN ('keyed.md', 'rated.md') ORDER BY number`,
    );
    expect(rows.map(({ id }) => id)).toEqual(ordered);
    const done = await fleet.effects('');
    const doubtful = new Set<string>();
    for (const { id, status, outcome, n, k } of rows) {
      const effects = [done[`${k} ${n} begun`] ?? 0, done[`${k} ${n} ended`] ?? 0];
      if (status === 'ended') expect([outcome, ...effects]).toEqual(['succeeded', 1, 1]);
      else {
        expect(effects.filter((times) => times > 1)).toEqual([]);
        doubtful.add(String(n));
        const record = await fleet.record(runId(String(id)));
        expect(record.findLast(({ type }) => type === 'RunPaused')).toMatchObject({ reason: 'in-doubt' });
      }
    }
    // Of one key they begin in the order in which they were accepted, two at a time.
    for (const key of new Set(rows.map(({ k }) => k))) {
      const accepted = rows.filter(({ k }) => k === key);
      const begun = [...accepted].sort((left, right) => Number(left.started_at) - Number(right.started_at));
      const moved = begun.map((row, place) => Math.abs(accepted.indexOf(row) - place));
      expect(Math.max(...moved)).toBeLessThanOrEqual(1);
    }
    // Of one key no more than two at once, but for those whose end nobody saw.
    const going = new Map<string, number>();
    const { rows: effects } = await fleet.database.query('SELECT name FROM public.effect ORDER BY id');
    for (const { name } of effects) {
      const [k = '', n = '', what] = String(name).split(' ');
      if (doubtful.has(n) || k === 'rated') continue;
      going.set(k, (going.get(k) ?? 0) + (what === 'begun' ? 1 : -1));
      expect(going.get(k)).toBeLessThanOrEqual(2);
    }
    // In no time of that length have more begun than may.
    const starts = rows.filter(({ k }) => k === 'rated').map(({ started_at }) => Number(started_at));
    starts.sort((left, right) => left - right);
    for (const [place, at] of starts.entries())
      expect((starts[place + rate.count] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(
        rate.perMs,
      );
    console.info(`${size.runs} runs, ${rows.length - doubtful.size} succeeded, ${doubtful.size} in doubt`);
    for (const { pid } of workers) signal(pid, 'SIGTERM');
    await Promise.all(workers.map(({ ended }) => ended));
  });

  test('an answer five hours later reaches a run all of whose workers have been replaced', async () => {
    const rig = await Rig.create();
    await rig.write('serve.yaml', serveFile);
    const first = fleet.work();
    const run = await fleet.order('gated.md');
    await until('its rest', () => fleet.queue.run(run), isOver);
    signal(first.pid, 'SIGKILL');
    const later = laterBy(5 * 3_600_000, rig.path());
    const next = fleet.workAs(later, '--slots', '1');
    const env = { RUNSHEET_DATABASE: fleet.url, ...later };
    const served = await Served.start(rig, ['--no-worker'], env, ['--library', fleet.libraryFolder]);
    const page = await served.until(`/runs/${run}`, /Waits for approval/);
    const posted = await served.post(
      `/runs/${run}/answers`,
      {
        ...hiddenFields(page),
        ...hiddenFields((await served.get(`/runs/${run}`, 'ann')).text),
        type: 'approve',
      },
      'ann',
    );
    expect(posted.status).toBe(303);
    await until(
      'its end',
      () => fleet.queue.run(run),
      (one) => one?.status === 'ended',
    );
    expect(await fleet.queue.run(run)).toMatchObject({ outcome: 'succeeded' });
    const lines = (await fleet.journal(run))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const at = (type: string) => Date.parse(lines.find(({ event }) => event.type === type).at);
    expect(at('ApprovalGiven') - at('ApprovalRequested')).toBeGreaterThan(5 * 3_600_000);
    const record = await fleet.record(run);
    expect(record.filter(({ type }) => type === 'RunTakenOver')).toMatchObject([{ epoch: 2 }]);
    expect(new Set(record.map(({ worker }) => worker)).size).toBe(2);
    signal(next.pid, 'SIGTERM');
    await next.ended;
  });

  test('what a run of many blocks costs, and that its report is that of one machine', {
    timeout: longMs,
  }, async () => {
    const rig = await Rig.create();
    await rig.write('serve.yaml', serveFile);
    const worker = fleet.work('--slots', '1');
    const run = await fleet.order('many.md');
    await until('its end', () => fleet.queue.run(run), isOver, longMs);
    signal(worker.pid, 'SIGTERM');
    await worker.ended;
    // At most one commit before a block and one after.
    const { rows } = await fleet.database.query(
      'SELECT count(DISTINCT xmin::text) AS commits FROM run_line WHERE run = $1',
      [run],
    );
    expect(Number(rows[0]?.commits)).toBeLessThanOrEqual(2 * size.blocks + 8);
    const page = join(fleet.libraryFolder, 'many.md');
    const here = await rig.run([
      ...['run', page, '--yes', '--no-wait', '--surface', 'plain', '--log', 'none', '--may', 'change'],
      ...['--on-behalf', 'ada', '--cause', 'a start by ada on the page', '--served-by', 'the fleet'],
    ]);
    expect(here.exitCode).toBe(0);
    const served = await Served.start(rig, ['--no-worker'], { RUNSHEET_DATABASE: fleet.url }, [
      '--library',
      fleet.libraryFolder,
    ]);
    await served.until(`/runs/${run}`, /succeeded/);
    served.process.kill('SIGTERM');
    await served.process.ended;
    const told = async (...more: readonly string[]) => {
      const verified = await rig.run(['verify', ...more]);
      const report = await rig.run(['report', ...more, '--format', 'markdown']);
      return `${verified.stdout}${report.stdout}`;
    };
    const [mine = ''] = (await rig.run(['runs', '--json'])).stdout.match(/\d{8}-\d{6}-\w+/) ?? [];
    const embedded = await told(mine);
    const ofFleet = await told(run, '--state-dir', join(rig.stateFolder, 'mirror'));
    console.info(
      `${size.blocks} blocks: embedded ${secondsOf(readFileSync(join(rig.stateFolder, 'runs', mine, 'journal.ndjson'), 'utf8'))} s, fleet ${secondsOf(await fleet.journal(run))} s, commits ${rows[0]?.commits}`,
    );
    expect(alike(ofFleet)).toEqual(alike(embedded));
  });

  test.runIf(size.throughput > 0)('how many runs workers do in a minute', { timeout: longMs }, async () => {
    for (const count of [1, 2, 4]) {
      const fleet = await openFleet(
        { 'many.md': `---\nconcurrency: allow\n---\n${blocksPage(50)}` },
        { isDurable: true },
      );
      const workers = Array.from({ length: count }, () => fleet.work('--slots', '1'));
      for (const { said } of workers)
        await until(
          'a worker',
          async () => said(),
          (words) => words !== '',
        );
      const begunAt = performance.now();
      for (let number = 0; number < size.throughput; number++) await fleet.order('many.md');
      await allOver(fleet, size.throughput);
      const seconds = (performance.now() - begunAt) / 1000;
      console.info(`${count} workers: ${size.throughput} runs of 50 blocks in ${seconds.toFixed(1)} s`);
      await fleet.dispose();
    }
  });
});

async function allOver(fleet: Fleet, count: number): Promise<void> {
  await until(
    'the end of all',
    async () =>
      (await fleet.database.query("SELECT count(*) AS count FROM run WHERE status = 'ended'")).rows[0]?.count,
    (ended) => ended === count,
    longMs,
  );
}

/** What tells one run from another taken out: its name, times, places and who has done it. */
function alike(text: string): string {
  return (
    text
      .replaceAll(/\d{8}-\d{6}-\w{4}/g, 'RUN')
      .replaceAll(/\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?(?: UTC)?/g, 'TIME')
      .replaceAll(/\b\d+(?:\.\d+)? (?:ms|s|min)(?: \d+ s)?\b/g, 'SPAN')
      .replaceAll(/[0-9a-f]{64}/g, 'HASH')
      // How long each took, as a picture.
      .replaceAll(/│.*│/g, '│ │')
      .replaceAll(/ {2,}/g, '  ')
  );
}

/** How long a run took, by its journal. */
function secondsOf(journal: string): number {
  const at = journal
    .trimEnd()
    .split('\n')
    .map((line) => Date.parse(JSON.parse(line).at));
  return ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1000;
}
