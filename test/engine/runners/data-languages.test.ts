import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { describeWith, findProgram } from '../../e2e/services.ts';
import { ExecutorRig } from '../executors/executor-rig.ts';

let rig: ExecutorRig;

afterEach(() => rig.close());

describeWith(['sqlite3'], 'SQL', () => {
  beforeEach(async () => {
    rig = await ExecutorRig.create({
      interpreters: { psql: ['env', findProgram('sqlite3') ?? '', ':memory:'] },
    });
  });

  test('an `sql` block finds its database in the environment, which earlier blocks can change', async () => {
    expect((await rig.run('sql', 'SELECT 1;')).reason).toEqual({
      type: 'spawn',
      message:
        'nothing says which database an `sql` block is for; ' +
        'set DATABASE_URL, PGHOST, MYSQL_HOST or SQLITE_DB, or label the block psql, mysql or sqlite',
    });
    await rig.sh('export SQLITE_DB=shop.db');
    const made = await rig.run('sql', 'CREATE TABLE t (n); INSERT INTO t VALUES (1), (2); SELECT * FROM t;');
    expect([made.ok, made.stdout]).toEqual([true, '┌───┐\n│ n │\n├───┤\n│ 1 │\n│ 2 │\n└───┘\n']);
    const failed = await rig.run('sql', 'SELECT nope FROM t;', { exit: [0] });
    expect(failed.reason).toEqual({ type: 'exit', code: 1 });
  });

  test('a captured result is its value, and the block gets values as parameters', async () => {
    await rig.sh('export SQLITE_DB=:memory:', {});
    const text = `it's "quoted"\n$(x) | \``;
    const captured = await rig.run('sqlite', 'SELECT $WHO;', {
      env: { WHO: text },
      captures: [{ name: 'COPY' }],
    });
    expect(captured.result.captured).toEqual({ COPY: text });
    expect(await rig.sh('printf %s "$COPY"')).toBe(text);
    const compared = await rig.run('sqlite', 'SELECT 42 AS n;', {
      expect: [{ type: 'number', comparison: '<70' }],
    });
    expect(compared.stdout).toBe('42\n');
  });

  test('the runbook may say how a client is started', async () => {
    const ran = await rig.run('psql', 'SELECT :WHO AS who;', { env: { WHO: 'ada' } });
    expect([ran.ok, ran.stdout, ran.stderr]).toEqual([
      true,
      '┌─────┐\n│ who │\n├─────┤\n│ ada │\n└─────┘\n',
      '',
    ]);
  });

  test('a query that does not end is ended', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;';
    const ran = await rig.run('sqlite', endless, { env: { SQLITE_DB: ':memory:' }, timeoutMs: 200 });
    expect(ran.reason).toEqual({ type: 'timeout', timeoutMs: 200 });
  });
});

describe('HTTP', () => {
  beforeEach(async () => {
    rig = await ExecutorRig.create();
  });

  async function serve(answer: string | undefined): Promise<string> {
    const server = createServer((_, response) => {
      if (answer !== undefined) response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => server.closeAllConnections());
    onTestFinished(() => {
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('an answer is captured and found by later blocks', async () => {
    const BASE = await serve('{"status": "ok"}\n');
    const ran = await rig.run('http', 'GET $BASE/health', { env: { BASE }, captures: [{ name: 'HEALTH' }] });
    expect([ran.ok, ran.result.exitCode, ran.result.captured, ran.stdout]).toEqual([
      true,
      0,
      { HEALTH: '{"status": "ok"}' },
      '{"status": "ok"}\n',
    ]);
    expect(await rig.sh('echo "$HEALTH"')).toBe('{"status": "ok"}');
  });

  test('a server that does not answer is not waited for longer than allowed', async () => {
    const BASE = await serve(undefined);
    const ran = await rig.run('http', 'GET $BASE/', { env: { BASE }, timeoutMs: 150 });
    expect(ran.reason).toEqual({ type: 'timeout', timeoutMs: 150 });
  });
});
