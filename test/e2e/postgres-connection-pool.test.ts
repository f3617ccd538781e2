// Tests runbooks/postgres-connection-pool.md with a real PostgreSQL whose pool is full.
import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { resultsOf, statusesOf } from './document-results.ts';
import { pageOf } from './plain-pages.ts';
import { expectExit, inputs, Rig } from './rig.ts';
import { describeWith, startPostgres } from './services.ts';

const maxConnections = 20;
/** As many as an ordinary user gets: the server keeps three for superusers. */
const full = 17;

async function rigWithPool() {
  const rig = await Rig.create();
  await rig.copy(pageOf('postgres-connection-pool'));
  const postgres = await startPostgres({ maxConnections });
  await postgres.query('CREATE ROLE shop LOGIN');
  const sessions = async () =>
    Number((await postgres.query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'shop'"))[0]);
  return {
    rig,
    postgres,
    sessions,
    /** The server itself waits until all sessions have been idle for longer than a second. */
    untilIdleForASecond: () =>
      postgres.query(
        "SELECT pg_sleep(greatest(0, 1.1 - min(extract(epoch FROM clock_timestamp() - state_change)))) FROM pg_stat_activity WHERE usename = 'shop'",
      ),
    run: (more: Record<string, string>) =>
      rig.run([
        'run',
        'postgres-connection-pool.md',
        '--yes',
        '--manual',
        'skip',
        ...inputs({ ...postgres.env, MAX_IDLE: '1 second', APP_RESTART: 'false', ...more }),
      ]),
  };
}

describeWith(['initdb', 'postgres', 'psql'], 'postgres-connection-pool.md', () => {
  test('ends the forgotten sessions of a full pool, and does not restart what need not be restarted', async () => {
    const { rig, postgres, sessions, untilIdleForASecond, run } = await rigWithPool();
    await postgres.openIdleSessions(full, 'shop');
    await expect(postgres.openIdleSessions(1, 'shop')).rejects.toThrow('ended before it was idle');
    await untilIdleForASecond();

    expectExit(await run({}), 0);

    expect(await sessions()).toBe(0);
    const document = await rig.file('postgres-connection-pool.md');
    expect(statusesOf(document)).toEqual({
      'may-end-sessions': 'passed',
      'who-holds': 'passed',
      'find-idle': 'passed',
      'tell-the-others': 'skipped',
      'end-idle-sessions': 'passed',
      'count-again': 'passed',
      'restart-app': 'skipped',
      'pool-is-healthy': 'passed',
    });
    const results = resultsOf(document);
    expect(results['who-holds']?.output).toMatch(/^ +18 \| +20 \| +90$/m);
    expect(results['end-idle-sessions']?.output).toContain(`(${full} rows)`);
    expect(results['pool-is-healthy']?.output).toMatch(/^ +5 \| healthy$/m);
  });

  test('restarts the application when its sessions are too young to be ended', async () => {
    const { rig, postgres, sessions, run } = await rigWithPool();
    await postgres.openIdleSessions(16, 'shop');
    // A restart that takes the application's sessions with it, and keeps a trace of having happened.
    const restarted = rig.path('restarted');
    const restart = await rig.write(
      'restart-app',
      `#!/bin/sh\nset -e\npsql -XwqAtc "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shop'" > '${restarted}'\n`,
    );
    await chmod(restart, 0o755);

    expectExit(await run({ MAX_IDLE: '1 hour', APP_RESTART: restart }), 0);

    expect((await rig.file('restarted')).split('\n').filter((line) => line === 't')).toHaveLength(16);
    expect(await sessions()).toBe(0);
    const document = await rig.file('postgres-connection-pool.md');
    expect(statusesOf(document)).toMatchObject({ 'restart-app': 'passed', 'pool-is-healthy': 'passed' });
    expect(resultsOf(document)['end-idle-sessions']?.output).toContain('(0 rows)');
  });

  test('fails when the pool stays full', async () => {
    const { rig, postgres, sessions, run } = await rigWithPool();
    await postgres.openIdleSessions(16, 'shop');
    const document = await rig.file('postgres-connection-pool.md');
    await rig.write(
      'postgres-connection-pool.md',
      document.replace('retries=9 interval=2s', 'retries=2 interval=1s'),
    );
    expectExit(await run({ MAX_IDLE: '1 hour', APP_RESTART: 'true' }), 1);
    expect(await sessions()).toBe(16);
    expect(statusesOf(await rig.file('postgres-connection-pool.md'))['pool-is-healthy']).toBe('failed');
  });

  test('begins nothing for a user who may not end sessions', async () => {
    const { rig, postgres, run } = await rigWithPool();
    expectExit(await run({ PGUSER: 'shop' }), 4);
    expect(statusesOf(await rig.file('postgres-connection-pool.md'))).toEqual({
      'may-end-sessions': 'failed',
    });
    expect(await postgres.query('SELECT 1')).toEqual(['1']);
  });
});
