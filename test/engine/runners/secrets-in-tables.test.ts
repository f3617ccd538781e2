import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSql } from '../../../src/engine/runners/run-sql.ts';
import type { SqlDialect } from '../../../src/languages/sql/parse-database-url.ts';
import { createRedactor } from '../../../src/run/masking/redactor.ts';
import { describeWith, findProgram, startMariadb, startPostgres } from '../../e2e/services.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** Written with Q, Z and 漢, which nothing else that a client prints has in it. */
const secrets = [
  'QZQZ\tZQZQ',
  '\tQ\tZZ \t QQ漢Z\tZ',
  'QZQZ1\nZQZQ2\nQQZZ3',
  'QZQZ\tQ\nZZZZ\n\tQQQ',
  'QZQZQZQZQ\r\nZQZQZQZQZQ\nQQQQQQ\tZZ',
  'QZQZ\rZQZQ',
  'QZQZ\x01ZQZQ\x1b[1mZZZZ\x7f',
  'QZ\tQZQZ\x01\tZQ\x1bQZQZ\tQ',
  'QZQZ\u0085ZQZQ',
  'QZQZQZQZQ\n\n漢漢漢\tZQZQ\n',
];

/** What a client prints where each secret stands alone, behind a text, and between columns. */
async function printed(
  dialect: SqlDialect,
  program: string,
  value: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = temporaryFolder();
  const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const writers = [openSync(paths[0], 'w'), openSync(paths[1], 'w')] as const;
  const name = { psql: ":'V'", mysql: '@V', sqlite: '$V' }[dialect];
  const joined = dialect === 'mysql' ? `CONCAT('abc', ${name}, 'd')` : `'abc' || ${name} || 'd'`;
  try {
    const outcome = await runSql({
      dialect,
      command: [findProgram(program) ?? ''],
      extra: [],
      style: 'table',
      code: `SELECT ${name} AS a;\nSELECT 1 AS b, ${name} AS c, ${joined} AS d, ${name} AS e;`,
      fileName: 'block.sql',
      folder: join(folder, 'code'),
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: folder, V: value, ...env },
      cwd: folder,
      writers,
      onStarted: () => {},
    });
    expect([outcome, readFileSync(paths[1], 'utf8')]).toEqual([{ status: 0, shellLost: false }, '']);
    return readFileSync(paths[0], 'utf8');
  } finally {
    for (const writer of writers) closeSync(writer);
  }
}

async function expectMasked(
  dialect: SqlDialect,
  program: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  for (const secret of secrets) {
    const text = await printed(dialect, program, secret, env);
    expect(text).toMatch(/[QZ漢]/);
    expect(createRedactor([secret]).redactText(text)).not.toMatch(/[QZ漢]/);
  }
}

describeWith(['sqlite3'], 'tables of sqlite3', () => {
  test('show no secret', async () => expectMasked('sqlite', 'sqlite3', { SQLITE_DB: ':memory:' }));
});

describeWith(['initdb', 'postgres', 'psql'], 'tables of psql', () => {
  test('show no secret', async () =>
    expectMasked('psql', 'psql', (await startPostgres({ maxConnections: 20 })).env));
});

describeWith(['mariadbd', 'mariadb', 'mariadb-install-db'], 'tables of mysql', () => {
  test('show no secret', async () => expectMasked('mysql', 'mariadb', await startMariadb()));
});
