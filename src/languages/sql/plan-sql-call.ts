// Owns how each database client is called: quietly, without start-up files, with values that cannot become code.
import { ok, type Result } from '../../basics/result.ts';
import type { SqlDialect } from './parse-database-url.ts';
import { findConnection } from './sql-connection.ts';

/**
 * `table` is for people: the client's own tables. `values` is for later blocks and for comparisons: no header, the
 * values of a row parted by tabs, one row a line.
 */
export type ResultStyle = 'table' | 'values';

export interface SqlBlock {
  readonly dialect: SqlDialect;
  readonly code: string;
  /** The whole environment of the block. */
  readonly env: Readonly<Record<string, string>>;
  readonly style: ResultStyle;
  /** Arguments that the runbook's `interpreters` adds. */
  readonly extra: readonly string[];
  /** True when another program starts the client, such as `docker exec`: it has neither our files nor variables. */
  readonly isWrapped: boolean;
  /** Where the code can be put for clients that want it in a file. */
  readonly codeFile: string;
}

/** A client's call. Values of variables are in `stdin` and `env`, never in `args`. */
export interface SqlCall {
  readonly args: readonly string[];
  /** Beside the block's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** True when the code has to be in its file. */
  readonly wantsCodeFile?: boolean;
}

/** What to call; the failure says in words why the database is not known. */
export function planSqlCall(block: SqlBlock): Result<SqlCall, string> {
  const named = block.extra.some((argument) => !argument.startsWith('-'));
  // A wrapped client has its database in its own arguments, and SQLite's file may be among ours.
  const isOwnBusiness = block.isWrapped || (block.dialect === 'sqlite' && named);
  const connection = isOwnBusiness ? ok({ args: [], env: {} }) : findConnection(block.dialect, block.env);
  if (!connection.ok) return connection;
  const { args, env } = connection.value;
  const call = { psql: callPsql, mysql: callMysql, sqlite: callSqlite }[block.dialect](block);
  return ok({ ...call, args: [...block.extra, ...call.args, ...args], env: { ...call.env, ...env } });
}

/** Variables that psql itself sets or obeys. */
const psqlOwn = new Set(
  (
    'AUTOCOMMIT COMP_KEYWORD_CASE DBNAME ECHO ECHO_HIDDEN ENCODING ERROR FETCH_COUNT HIDE_TABLEAM HISTCONTROL ' +
    'HISTFILE HISTSIZE HOST IGNOREEOF LASTOID LAST_ERROR_MESSAGE LAST_ERROR_SQLSTATE ON_ERROR_ROLLBACK ' +
    'ON_ERROR_STOP PORT PROMPT1 PROMPT2 PROMPT3 QUIET ROW_COUNT SERVER_VERSION_NAME SERVER_VERSION_NUM ' +
    'SHOW_CONTEXT SINGLELINE SINGLESTEP SQLSTATE USER VERBOSITY VERSION VERSION_NAME VERSION_NUM'
  ).split(' '),
);

/** Variables of the block are psql's: `:'NAME'` is a text by construction, `:"NAME"` a name, `:NAME` as it is. */
function callPsql({ code, env, style, isWrapped }: SqlBlock): SqlCall {
  const names = namesIn(code, /(?<!:):["']?([A-Za-z_]\w*)/g, env).filter((name) => !psqlOwn.has(name));
  // The shell that psql starts has the value in its environment; psql takes one newline off its output.
  const fromEnvironment = names.flatMap((name) => ['-c', `\\set ${name} \`printf '%s\\n' "$${name}"\``]);
  const written = names.map((name) => `\\set ${name} ${psqlQuoted(env[name] ?? '')}`).join(' ');
  return {
    args: [
      '--no-psqlrc',
      '--no-password',
      ...['-P', 'expanded=off', '-P', 'pager=off'],
      ...(style === 'values' ? ['--quiet', '--no-align', '--tuples-only', '--field-separator=\t'] : []),
      ...['-v', 'ON_ERROR_STOP=1'],
      ...(isWrapped ? [] : fromEnvironment),
      ...['-f', '-'],
    ],
    env: { PGCLIENTENCODING: env.PGCLIENTENCODING ?? 'UTF8' },
    stdin: isWrapped && names.length > 0 ? `${written}\n${code}` : code,
  };
}

function psqlQuoted(value: string): string {
  const escaped = value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `'${escaped.replaceAll('\t', '\\t')}'`;
}

/** Variables of the block are user-defined variables of the session: `@NAME`. */
function callMysql({ code, env, style }: SqlBlock): SqlCall {
  const names = namesIn(code, /(?<![@\w.$])@([A-Za-z_]\w*)/g, env);
  const values = names.map((name) => `@${name} = CONVERT(x'${hexadecimal(env[name] ?? '')}' USING utf8mb4)`);
  return {
    args: [
      '--batch',
      ...(style === 'values' ? ['--skip-table', '--skip-column-names', '--raw'] : ['--table']),
      // Option files are read, because connections are kept in them.
      ...['--skip-force', '--skip-column-type-info', '--skip-html', '--skip-xml', '--skip-vertical'],
      '--skip-auto-vertical-output',
      '--default-character-set=utf8mb4',
    ],
    // On the first line, so that the lines that errors name are those of the block.
    stdin: values.length > 0 ? `SET ${values.join(', ')}; ${code}` : code,
  };
}

/** Variables of the block are parameters: `$NAME`, `:NAME` and `@NAME`. */
function callSqlite({ code, env, style, isWrapped, codeFile }: SqlBlock): SqlCall {
  const keys = ['$', ':', '@'].flatMap((sign) => {
    const pattern = new RegExp(`(?<![\\w${sign}])\\${sign}([A-Za-z_]\\w*)`, 'g');
    return namesIn(code, pattern, env).map((name) => ({ key: `${sign}${name}`, value: env[name] ?? '' }));
  });
  const rows = keys.map(({ key, value }) => `('${key}', CAST(x'${hexadecimal(value)}' AS TEXT))`);
  const insert = `INSERT INTO temp.sqlite_parameters(key, value) VALUES ${rows.join(', ')};`;
  const parameters = rows.length === 0 ? '' : `.parameter init\n${insert}\n`;
  const wantsCodeFile = rows.length > 0 && !isWrapped;
  return {
    // An empty start-up file stands in the place of the user's own.
    args: [
      ...['-batch', '-bail', '-init', '/dev/null'],
      ...(style === 'values' ? ['-list', '-noheader', '-separator', '\t'] : ['-box']),
    ],
    // In a file the code keeps its line numbers, whatever comes before it.
    stdin: wantsCodeFile ? `${parameters}.read ${sqliteQuoted(codeFile)}\n` : parameters + code,
    wantsCodeFile,
  };
}

/** Arguments of dot commands are quoted as in C. */
function sqliteQuoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}

/** The variables of the environment that the code names, each once. */
function namesIn(code: string, pattern: RegExp, env: Readonly<Record<string, string>>): string[] {
  const names = new Set([...code.matchAll(pattern)].map(([, name = '']) => name));
  return [...names].filter((name) => Object.hasOwn(env, name));
}

function hexadecimal(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
