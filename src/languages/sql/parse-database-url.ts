// Owns reading the address of a database; connects to nothing and never repeats the address in a message.
import { namedValue, namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';

/** Each by the name of its client. */
export const sqlDialects = ['psql', 'mysql', 'sqlite'] as const;

export type SqlDialect = (typeof sqlDialects)[number];

/** Where a database is. Every part is absent that the address leaves to the client. */
export interface DatabaseAddress {
  readonly dialect: SqlDialect;
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  readonly password?: string;
  /** Name of the database; for SQLite its file. */
  readonly database?: string;
  /** What follows the `?`, decoded. */
  readonly options: Readonly<Record<string, string>>;
}

const dialects: Readonly<Record<string, SqlDialect>> = {
  postgres: 'psql',
  postgresql: 'psql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  file: 'sqlite',
};

/** The dialect that an address names, or undefined when it is none that is known. */
export function dialectOfUrl(address: string): SqlDialect | undefined {
  const scheme = schemeOf(address);
  return namedValue(dialects, scheme);
}

/** `postgresql+psycopg2` is PostgreSQL for somebody's library. */
function schemeOf(address: string): string {
  return (/^([a-z][a-z0-9]*)(?:\+[a-z0-9]+)?:/i.exec(address)?.[1] ?? '').toLowerCase();
}

/**
 * Reads `postgres://user:password@host:port/name?option=value` and its like for MySQL and SQLite; several hosts,
 * as libpq has them, are parted by commas.
 */
export function parseDatabaseUrl(address: string): Result<DatabaseAddress, string> {
  const dialect = dialectOfUrl(address);
  if (dialect === undefined)
    return fail('DATABASE_URL begins with none of `postgres:`, `mysql:`, `mariadb:` and `sqlite:`');
  const rest = address.slice(address.indexOf(':') + 1);
  if (dialect === 'sqlite') return readSqlite(schemeOf(address), rest);
  const match = /^\/\/(?:([^@/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(rest);
  if (!match) return fail('DATABASE_URL is not of the form `scheme://user:password@host:port/name`');
  const [, credentials = '', hosts = '', name = '', query = ''] = match;
  const colon = credentials.indexOf(':');
  const user = decode(colon < 0 ? credentials : credentials.slice(0, colon));
  const password = colon < 0 ? '' : decode(credentials.slice(colon + 1));
  const parts = hosts.split(',').map((host) => /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(host));
  if (parts.includes(null)) return fail('the host in DATABASE_URL is not of the form `host:port`');
  const host = parts.map((part) => decode((part?.[1] ?? '').replace(/^\[(.*)\]$/, '$1'))).join(',');
  const ports = parts.map((part) => part?.[2] ?? '');
  const port = ports.every((part) => part === '') ? '' : ports.join(',');
  return ok({
    dialect,
    options: readQuery(query),
    ...filled({ host, port, user, password, database: decode(name) }),
  });
}

/** `sqlite:///x` is `x` to some and `/x` to others: such an address is refused rather than guessed at. */
function readSqlite(scheme: string, rest: string): Result<DatabaseAddress, string> {
  if (scheme === 'file') return ok({ dialect: 'sqlite', database: `file:${rest}`, options: {} });
  const path = decode(rest.replace(/[?#].*$/, ''));
  if (/^\/\/\/[^/]/.test(path))
    return fail(
      '`sqlite:///name` is a relative path to some tools and an absolute one to others; set SQLITE_DB',
    );
  const file = path.startsWith('////') ? path.slice(3) : path.replace(/^\/\//, '');
  return ok({ dialect: 'sqlite', options: {}, ...filled({ database: file }) });
}

function readQuery(query: string): Record<string, string> {
  const options = namedValues<string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    options[decode(equals < 0 ? pair : pair.slice(0, equals))] =
      equals < 0 ? '' : decode(pair.slice(equals + 1));
  }
  return options;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function filled<Key extends string>(entries: Readonly<Record<Key, string>>): { [key in Key]?: string } {
  const found: { [key in Key]?: string } = {};
  for (const key in entries) if (entries[key] !== '') found[key] = entries[key];
  return found;
}
