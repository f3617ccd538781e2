import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runSql } from '../../../src/engine/runners/run-sql.ts';
import type { SqlDialect } from '../../../src/languages/sql/parse-database-url.ts';
import type { ResultStyle } from '../../../src/languages/sql/plan-sql-call.ts';
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
      fileName: 'block.sql',
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
      stdout: [
        '┌────┬──────┐',
        '│ id │ note │',
        '├────┼──────┤',
        '│ 1  │ a|b  │',
        '│ 2  │      │',
        '│ 3  │      │',
        '└────┴──────┘',
        '',
      ].join('\n'),
      stderr: 'Parse error near line 4: no such table: nope\n',
    });
  });

  test("with variables the code keeps its line numbers, and the user's start-up file is not read", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.sqliterc'), '.headers off\nSELECT 1;\n');
    const code = 'SELECT :WHO AS who, $WHO IS @WHO AS same;\n\nSELECT 1 FROM nope;\n';
    expect(await run('sqlite', code, { SQLITE_DB: ':memory:', WHO: "O'Hara", HOME: folder })).toEqual({
      outcome: { status: 1, shellLost: false },
      stdout: [
        '┌────────┬──────┐',
        '│  who   │ same │',
        '├────────┼──────┤',
        "│ O'Hara │ 1    │",
        '└────────┴──────┘',
        '',
      ].join('\n'),
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
      stdout: '┌───┐\n│ a │\n├───┤\n│ 1 │\n└───┘\n',
      stderr: '',
    });
  });

  test('wide rows are whole, and bare values have no frame', async () => {
    const env = { SQLITE_DB: ':memory:', COLUMNS: '20' };
    const wide = 'x'.repeat(400);
    const line = '─'.repeat(402);
    expect(await run('sqlite', `SELECT '${wide}' AS "";`, env)).toEqual({
      outcome: passed,
      stdout: `┌${line}┐\n│${' '.repeat(402)}│\n├${line}┤\n│ ${wide} │\n└${line}┘\n`,
      stderr: '',
    });
    const bare = "SELECT 1, NULL, 'a|b'; SELECT 1 WHERE 0;";
    expect(await run('sqlite', bare, env, { style: 'values' })).toEqual({
      outcome: passed,
      stdout: '1\t\ta|b\n',
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
        '  n   |  a|b  | nothing ',
        '------+-------+---------',
        ' 1.50 | two  +| ',
        '      | lines | ',
        '(1 row)',
        '',
        'said',
        ' none ',
        '------',
        '(0 rows)',
        '',
        '    who     ',
        '------------',
        ' O\'Hara "x"+',
        ' ',
        '(1 row)',
        '',
        '',
      ].join('\n'),
      stderr: [
        'psql:<stdin>:6: ERROR:  column "broken" does not exist',
        'LINE 1: SELECT broken;',
        '               ^',
        '',
      ].join('\n'),
    });

    const home = temporaryFolder();
    writeFileSync(join(home, '.psqlrc'), '\\x on\n\\echo read\n');
    writeFileSync(join(home, 'rc'), '\\x on\n\\echo read\n');
    const settings = {
      HOME: home,
      PSQLRC: join(home, 'rc'),
      PAGER: 'false',
      PSQL_PAGER: 'false',
      COLUMNS: '20',
      LINES: '2',
    };
    const wide = 'x'.repeat(400);
    expect(await run('psql', `SELECT '${wide}' AS wide, 2 AS n;`, { ...env, ...settings })).toEqual({
      outcome: passed,
      stdout: `${' '.repeat(199)}wide${' '.repeat(199)}| n \n${'-'.repeat(402)}+---\n ${wide} | 2\n(1 row)\n\n`,
      stderr: '',
    });
    const bare = "CREATE TEMP TABLE t AS SELECT 1; SELECT 1, NULL, 'a|b'; SELECT 1 WHERE false;";
    expect(await run('psql', bare, { ...env, ...settings }, { style: 'values' })).toEqual({
      outcome: passed,
      stdout: '1\t\ta|b\n',
      stderr: '',
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
        '+---------+---------+----+',
        '| who     | nothing | n  |',
        '+---------+---------+----+',
        "| O'Hara\n | NULL    |  7 |",
        '| a|b     | x       | 10 |',
        '+---------+---------+----+',
        '',
      ].join('\n'),
      stderr: expect.stringContaining("ERROR 1146 (42S02) at line 4: Table 'mysql.nope' doesn't exist\n"),
    });
    const home = temporaryFolder();
    writeFileSync(
      join(home, '.my.cnf'),
      '[client]\nvertical\nxml\nforce\nauto-vertical-output\npager=false\n',
    );
    const settings = { ...env, HOME: home };
    const wide = 'x'.repeat(400);
    expect(await run('mysql', `SELECT '${wide}' AS wide; SELECT nope; SELECT 2;`, settings)).toEqual({
      outcome: { status: 1, shellLost: false },
      stdout: [
        `+-${'-'.repeat(400)}-+`,
        `| wide${' '.repeat(396)} |`,
        `+-${'-'.repeat(400)}-+`,
        `| ${wide} |`,
      ]
        .concat(`+-${'-'.repeat(400)}-+`, '')
        .join('\n'),
      stderr: expect.stringContaining("Unknown column 'nope'"),
    });
    const bare = "SELECT 1, NULL, 'a|b'; SELECT 1 WHERE 1 = 0;";
    expect(await run('mysql', bare, settings, { style: 'values' })).toEqual({
      outcome: passed,
      stdout: '1\tNULL\ta|b\n',
      stderr: '',
    });
    const [values] = fc.sample(texts, { numRuns: 1, seed: 13 });
    await expectUnchanged('mysql', [...(values ?? []), large], (name) => `SELECT @${name};`, env);
  });
});
