import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runSql } from '../../../src/engine/runners/run-sql.ts';
import type { SqlDialect } from '../../../src/languages/sql/parse-database-url.ts';
import type { ResultStyle } from '../../../src/languages/sql/result-renderer.ts';
import { anyCharacter } from '../../any-character.ts';
import { describeWith, findProgram, startMariadb, startPostgres } from '../../e2e/services.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const programs: Readonly<Record<SqlDialect, string>> = { psql: 'psql', mysql: 'mariadb', sqlite: 'sqlite3' };

interface Options {
  readonly style?: ResultStyle;
  readonly command?: readonly string[];
  readonly extra?: readonly string[];
}

async function run(
  dialect: SqlDialect,
  code: string,
  env: Readonly<Record<string, string>>,
  { style = 'table', command = [findProgram(programs[dialect]) ?? ''], extra = [] }: Options = {},
) {
  const folder = temporaryFolder();
  const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const writers = [openSync(paths[0], 'w'), openSync(paths[1], 'w')] as const;
  try {
    const started: number[] = [];
    const outcome = await runSql({
      dialect,
      command,
      extra,
      style,
      code,
      name: 'block',
      folder: join(folder, 'code "quoted\\'),
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: folder, ...env },
      cwd: folder,
      writers,
      onStarted: (pid) => started.push(pid),
    });
    const [stdout = '', stderr = ''] = paths.map((path) => readFileSync(path, 'utf8'));
    return { outcome, stdout, stderr };
  } finally {
    for (const writer of writers) closeSync(writer);
  }
}

const passed = { status: 0, shellLost: false };

/** Values that a database takes as text, the hard ones among them. */
const texts = fc.array(
  fc.oneof(
    fc.constantFrom(
      `'"\\\`$(id) :x @x $x`,
      'a\n\nb\n\n',
      '\t\r\n',
      '  ',
      '漢字 🎉',
      '\\N',
      'NULL',
      '--',
      '*/',
      '</field>',
      '{}',
    ),
    fc.string({ unit: anyCharacter }).map((text) => text.replaceAll('\0', '')),
  ),
  { minLength: 12, maxLength: 12 },
);
const large = `'"\\\n漢$(x)`.repeat(8000).slice(0, 100_000);

/** Hands values to a block as variables and looks at what comes back of each alone. */
async function expectUnchanged(
  dialect: SqlDialect,
  values: readonly string[],
  select: (name: string) => string,
  env: Readonly<Record<string, string>>,
  options: Options = {},
) {
  for (const [index, value] of values.entries()) {
    const { outcome, stdout, stderr } = await run(
      dialect,
      select(`V${index}`),
      { ...env, [`V${index}`]: value },
      { style: 'values', ...options },
    );
    expect({ outcome, stdout, stderr }).toEqual({ outcome: passed, stdout: `${value}\n`, stderr: '' });
  }
}

describeWith(['sqlite3'], 'sqlite', () => {
  test('results are tables, and an error stops the block', async () => {
    const code = [
      'CREATE TABLE t (id INTEGER, note TEXT);',
      "INSERT INTO t VALUES (1, 'a|b'), (2, NULL), (3, '');",
      'SELECT * FROM t;',
      'SELECT * FROM nope;',
      'SELECT 2;',
    ].join('\n');
    expect(await run('sqlite', code, { SQLITE_DB: 'new.db' })).toEqual({
      outcome: { status: 1, shellLost: false },
      stdout: '|  id | note   |\n| --: | ------ |\n|   1 | a\\|b   |\n|   2 | *null* |\n|   3 |        |\n',
      stderr: 'Parse error near line 4: no such table: nope\n',
    });
  });

  test("with variables the code keeps its line numbers, and the user's start-up file is not read", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.sqliterc'), '.headers off\nSELECT 1;\n');
    const code = 'SELECT :WHO AS who, $WHO IS @WHO AS same;\n\nSELECT 1 FROM nope;\n';
    expect(await run('sqlite', code, { SQLITE_DB: ':memory:', WHO: "O'Hara", HOME: folder })).toEqual({
      outcome: { status: 1, shellLost: false },
      stdout: "| who    | same |\n| ------ | ---: |\n| O'Hara |    1 |\n",
      stderr: expect.stringMatching(/near line 3: no such table: nope\n$/),
    });
  });

  test('without a file nothing is run', async () => {
    expect(await run('sqlite', 'SELECT 1;', {})).toEqual({
      outcome: { startFailure: 'nothing says which database file is meant; set SQLITE_DB' },
      stdout: '',
      stderr: '',
    });
  });

  test('the runbook may name the client and its file', async () => {
    const command = [findProgram('sqlite3') ?? ''];
    expect(await run('sqlite', 'SELECT 1 AS a;', {}, { command, extra: [':memory:'] })).toEqual({
      outcome: passed,
      stdout: '|   a |\n| --: |\n|   1 |\n',
      stderr: '',
    });
  });

  test('values of every kind come back unchanged', async () => {
    const [values] = fc.sample(texts, { numRuns: 1, seed: 11 });
    const env = { SQLITE_DB: ':memory:' };
    await expectUnchanged('sqlite', [...(values ?? []), large], (name) => `SELECT $${name};`, env);
  });

  test('100,000 rows pass through', async () => {
    const code =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n;';
    const { outcome, stdout } = await run('sqlite', code, { SQLITE_DB: ':memory:' }, { style: 'values' });
    expect([outcome, stdout.length, stdout.slice(-14)]).toEqual([passed, 588_895, '\n99999\n100000\n']);
  });
});

describeWith(['initdb', 'postgres', 'psql'], 'psql', () => {
  test('tables, tags, errors, variables and passwords', async () => {
    const { env } = await startPostgres({ maxConnections: 20 });
    const code = [
      'CREATE TEMP TABLE t AS SELECT 1.50 AS n, E\'two\\nlines\' AS "a|b", NULL AS nothing;',
      'TABLE t;',
      '\\echo said',
      'SELECT 1 AS none WHERE false;',
      "SELECT :'WHO' AS who;",
      'SELECT broken;',
      'SELECT 2;',
    ].join('\n');
    const first = await run('psql', code, { ...env, WHO: 'O\'Hara "x"\n' });
    expect(first).toEqual({
      outcome: { status: 3, shellLost: false },
      stdout: [
        'SELECT 1',
        '',
        '|    n | a\\|b         | nothing |',
        '| ---: | ------------ | ------- |',
        '| 1.50 | two<br>lines | *null*  |',
        'said',
        '',
        '| none |',
        '| ---- |',
        '',
        '| who            |',
        '| -------------- |',
        '| O\'Hara "x"<br> |',
        '',
      ].join('\n'),
      stderr: [
        'psql:<stdin>:6: ERROR:  column "broken" does not exist',
        'LINE 1: SELECT broken;',
        '               ^',
        '',
      ].join('\n'),
    });

    const url = `postgres://postgres:unused@127.0.0.1:${env.PGPORT}/postgres?application_name=runsheet`;
    const named = "SELECT current_setting('application_name');";
    expect(await run('psql', named, { DATABASE_URL: url }, { style: 'values' })).toEqual({
      outcome: passed,
      stdout: 'runsheet\n',
      stderr: '',
    });

    const [values] = fc.sample(texts, { numRuns: 1, seed: 12 });
    await expectUnchanged('psql', [...(values ?? []), large], (name) => `SELECT :'${name}';`, env);

    const wrapper = { command: ['/usr/bin/env', findProgram('psql') ?? ''], extra: ['--dbname=postgres'] };
    await expectUnchanged('psql', values ?? [], (name) => `SELECT :'${name}';`, env, wrapper);
  });
});

describeWith(['mariadbd', 'mariadb', 'mariadb-install-db'], 'mysql', () => {
  test('tables, errors and variables', async () => {
    const env = await startMariadb();
    const code = [
      'SELECT @WHO AS who, NULL AS nothing, 7 AS n',
      "UNION SELECT 'a|b', 'x', 10;",
      'SELECT 1 WHERE 1 = 0;',
      'SELECT * FROM mysql.nope;',
      'SELECT 2;',
    ].join('\n');
    const first = await run('mysql', code, { ...env, WHO: "O'Hara\n" });
    expect(first).toEqual({
      outcome: { status: 1, shellLost: false },
      stdout: [
        '| who        | nothing |   n |',
        '| ---------- | ------- | --: |',
        "| O'Hara<br> | *null*  |   7 |",
        '| a\\|b       | x       |  10 |',
        '',
        '(no rows)',
        '',
      ].join('\n'),
      stderr: expect.stringContaining("ERROR 1146 (42S02) at line 4: Table 'mysql.nope' doesn't exist\n"),
    });
    const [values] = fc.sample(texts, { numRuns: 1, seed: 13 });
    await expectUnchanged('mysql', [...(values ?? []), large], (name) => `SELECT @${name};`, env);
  });
});
