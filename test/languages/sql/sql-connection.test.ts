import { describe, expect, test } from 'vitest';
import { findConnection, findDialect } from '../../../src/languages/sql/sql-connection.ts';

describe('which client an `sql` block is for', () => {
  const wayOut =
    'set DATABASE_URL, PGHOST, MYSQL_HOST or SQLITE_DB, or label the block psql, mysql or sqlite';
  test.each([
    [
      { DATABASE_URL: 'postgres://h/d', SQLITE_DB: 'x' },
      { ok: true, value: 'psql' },
    ],
    [{ DATABASE_URL: 'mysql://h/d' }, { ok: true, value: 'mysql' }],
    [{ DATABASE_URL: 'sqlite:x.db' }, { ok: true, value: 'sqlite' }],
    [{ PGDATABASE: 'd' }, { ok: true, value: 'psql' }],
    [
      { PGHOST: '', MYSQL_HOST: 'h' },
      { ok: true, value: 'mysql' },
    ],
    [{ SQLITE_DB: 'x' }, { ok: true, value: 'sqlite' }],
    [{}, { ok: false, error: `nothing says which database an \`sql\` block is for; ${wayOut}` }],
    [{ DATABASE_URL: 'oracle://x' }, { ok: false, error: `DATABASE_URL is of no known kind; ${wayOut}` }],
    [
      { PGHOST: 'a', SQLITE_DB: 'x' },
      { ok: false, error: 'PGHOST and SQLITE_DB are both set: label the block psql or sqlite' },
    ],
  ])('%j', (env, dialect) => {
    expect(findDialect(env as Record<string, string>)).toEqual(dialect);
  });
});

describe('connections', () => {
  test.each([
    ['psql', {}, { args: [], env: {} }],
    [
      'psql',
      { DATABASE_URL: 'postgresql+psycopg://ada:p%40s:s@[::1]:5433,db2:5434/app%2Fx?sslmode=require' },
      {
        args: [],
        env: {
          PGSSLMODE: 'require',
          PGHOST: '::1,db2',
          PGPORT: '5433,5434',
          PGUSER: 'ada',
          PGPASSWORD: 'p@s:s',
          PGDATABASE: 'app/x',
        },
      },
    ],
    ['psql', { DATABASE_URL: 'mysql://h/d' }, { args: [], env: {} }],
    [
      'mysql',
      { DATABASE_URL: 'mysql://root:secret@db:3307/app', MYSQL_PWD: 'other' },
      {
        args: ['--host=db', '--port=3307', '--protocol=TCP', '--user=root', '--database=app'],
        env: { MYSQL_PWD: 'secret' },
      },
    ],
    [
      'mysql',
      { MYSQL_USER: 'ada', MYSQL_PASSWORD: 'x', MYSQL_SOCKET: '/run/s' },
      { args: ['--socket=/run/s', '--user=ada'], env: { MYSQL_PWD: 'x' } },
    ],
    ['sqlite', { SQLITE_DB: '-x.db' }, { args: ['./-x.db'], env: {} }],
    ['sqlite', { DATABASE_URL: 'sqlite:////srv/x.db' }, { args: ['/srv/x.db'], env: {} }],
    ['sqlite', { DATABASE_URL: 'file:x.db?mode=ro' }, { args: ['file:x.db?mode=ro'], env: {} }],
  ] as const)('%s %j', (dialect, env, value) => {
    expect(findConnection(dialect, env as Record<string, string>)).toEqual({ ok: true, value });
  });

  test.each([
    ['psql', 'postgres://h/d?foo=1', 'DATABASE_URL: psql cannot be given `foo` without showing it'],
    ['psql', 'postgres:h', 'DATABASE_URL is not of the form `scheme://user:password@host:port/name`'],
    ['psql', 'postgres://u:sec:ret@h:x/', 'the host in DATABASE_URL is not of the form `host:port`'],
    [
      'mysql',
      'mysql://h/d?ssl=1',
      'DATABASE_URL: `ssl` is not an option of the mysql client; write it into an option file',
    ],
    [
      'sqlite',
      'sqlite:///x.db',
      '`sqlite:///name` is a relative path to some tools and an absolute one to others; set SQLITE_DB',
    ],
    ['sqlite', '', 'nothing says which database file is meant; set SQLITE_DB'],
  ] as const)('%s %j is refused, and not repeated', (dialect, DATABASE_URL, error) => {
    expect(findConnection(dialect, { DATABASE_URL })).toEqual({ ok: false, error });
  });
});
