// Owns which database an environment means, and how each client is told of it.
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import {
  type DatabaseAddress,
  dialectOfUrl,
  parseDatabaseUrl,
  type SqlDialect,
  sqlDialects,
} from './parse-database-url.ts';

type Environment = Readonly<Record<string, string>>;

/** How a client finds its database. Passwords are in `env` and never in `args`, which other users can read. */
export interface SqlConnection {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Variables that say that a kind of database is meant. */
const signs: Readonly<Record<SqlDialect, readonly string[]>> = {
  psql: ['PGHOST', 'PGHOSTADDR', 'PGDATABASE', 'PGSERVICE'],
  mysql: ['MYSQL_HOST', 'MYSQL_DATABASE', 'MYSQL_SOCKET', 'MYSQL_UNIX_PORT'],
  sqlite: ['SQLITE_DB'],
};

const wayOut = 'set DATABASE_URL, PGHOST, MYSQL_HOST or SQLITE_DB, or label the block psql, mysql or sqlite';

/** Every variable that says which database is meant. */
export const databaseVariables: readonly string[] = ['DATABASE_URL', ...Object.values(signs).flat()];

/** Which client a block labelled `sql` is for: what DATABASE_URL says, else the one kind that is configured. */
export function findDialect(env: Environment): Result<SqlDialect, string> {
  const url = env.DATABASE_URL ?? '';
  if (url !== '') {
    const dialect = dialectOfUrl(url);
    return dialect === undefined ? fail(`DATABASE_URL is of no known kind; ${wayOut}`) : ok(dialect);
  }
  const found = sqlDialects.flatMap((dialect) => {
    const name = signs[dialect].find((name) => (env[name] ?? '') !== '');
    return name === undefined ? [] : [{ dialect, name }];
  });
  const [first, second] = found;
  if (first && second) {
    const message = `${first.name} and ${second.name} are both set: label the block ${first.dialect} or ${second.dialect}`;
    return fail(message);
  }
  return first ? ok(first.dialect) : fail(`nothing says which database an \`sql\` block is for; ${wayOut}`);
}

/** The connection that the environment describes: DATABASE_URL where it fits, else the client's own variables. */
export function findConnection(dialect: SqlDialect, env: Environment): Result<SqlConnection, string> {
  const url = env.DATABASE_URL ?? '';
  let address: DatabaseAddress | undefined;
  if (url !== '' && dialectOfUrl(url) === dialect) {
    const parsed = parseDatabaseUrl(url);
    if (!parsed.ok) return parsed;
    address = parsed.value;
  }
  switch (dialect) {
    case 'psql':
      return connectPsql(address);
    case 'mysql':
      return connectMysql(address, env);
    case 'sqlite':
      return connectSqlite(address, env);
  }
}

/** libpq's parameters that have variables (PostgreSQL manual, "Environment Variables"). */
const libpqVariables: Readonly<Record<string, string>> = {
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  dbname: 'PGDATABASE',
  passfile: 'PGPASSFILE',
  service: 'PGSERVICE',
  application_name: 'PGAPPNAME',
  channel_binding: 'PGCHANNELBINDING',
  client_encoding: 'PGCLIENTENCODING',
  connect_timeout: 'PGCONNECT_TIMEOUT',
  gssencmode: 'PGGSSENCMODE',
  krbsrvname: 'PGKRBSRVNAME',
  load_balance_hosts: 'PGLOADBALANCEHOSTS',
  options: 'PGOPTIONS',
  requirepeer: 'PGREQUIREPEER',
  ssl_max_protocol_version: 'PGSSLMAXPROTOCOLVERSION',
  ssl_min_protocol_version: 'PGSSLMINPROTOCOLVERSION',
  sslcert: 'PGSSLCERT',
  sslcertmode: 'PGSSLCERTMODE',
  sslcrl: 'PGSSLCRL',
  sslkey: 'PGSSLKEY',
  sslmode: 'PGSSLMODE',
  sslnegotiation: 'PGSSLNEGOTIATION',
  sslrootcert: 'PGSSLROOTCERT',
  sslsni: 'PGSSLSNI',
  target_session_attrs: 'PGTARGETSESSIONATTRS',
};

/** psql reads its variables by itself; an address would show its password as an argument, so it becomes them. */
function connectPsql(address: DatabaseAddress | undefined): Result<SqlConnection, string> {
  if (!address) return ok({ args: [], env: {} });
  const env: Record<string, string> = {};
  for (const [option, value] of Object.entries(address.options)) {
    const name = namedValue(libpqVariables, option);
    if (name === undefined)
      return fail(`DATABASE_URL: psql cannot be given \`${option}\` without showing it`);
    env[name] = value;
  }
  const { host, port, user, password, database } = address;
  const parts = { PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database };
  for (const [name, value] of Object.entries(parts)) if (value !== undefined) env[name] = value;
  return ok({ args: [], env });
}

function connectMysql(address: DatabaseAddress | undefined, env: Environment): Result<SqlConnection, string> {
  const [option] = Object.keys(address?.options ?? {});
  if (option !== undefined) {
    const message = `DATABASE_URL: \`${option}\` is not an option of the mysql client; write it into an option file`;
    return fail(message);
  }
  const host = address?.host ?? nonEmpty(env.MYSQL_HOST);
  const port = address?.port ?? nonEmpty(env.MYSQL_PORT) ?? nonEmpty(env.MYSQL_TCP_PORT);
  const user = address?.user ?? nonEmpty(env.MYSQL_USER);
  const database = address?.database ?? nonEmpty(env.MYSQL_DATABASE);
  const password = address?.password ?? nonEmpty(env.MYSQL_PASSWORD) ?? nonEmpty(env.MYSQL_PWD);
  const socket = nonEmpty(env.MYSQL_SOCKET) ?? nonEmpty(env.MYSQL_UNIX_PORT);
  const args = [
    ...(host === undefined ? [] : [`--host=${host}`]),
    // Without this the client takes its socket for `localhost`, and no word about the port.
    ...(port === undefined ? [] : [`--port=${port}`, ...(socket === undefined ? ['--protocol=TCP'] : [])]),
    ...(socket === undefined || address?.host !== undefined ? [] : [`--socket=${socket}`]),
    ...(user === undefined ? [] : [`--user=${user}`]),
    ...(database === undefined ? [] : [`--database=${database}`]),
  ];
  return ok({ args, env: password === undefined ? {} : { MYSQL_PWD: password } });
}

function connectSqlite(
  address: DatabaseAddress | undefined,
  env: Environment,
): Result<SqlConnection, string> {
  const file = address?.database ?? nonEmpty(env.SQLITE_DB);
  // Work done in a database that vanishes with the block would look as if it had been done.
  if (file === undefined) return fail('nothing says which database file is meant; set SQLITE_DB');
  return ok({ args: [file.startsWith('-') ? `./${file}` : file], env: {} });
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
