// Owns `runsheet tokens`: what lets programs in at the server of this machine.
import { randomBytes } from 'node:crypto';
import type { ApiToken } from '../../engine/queue/api-token.ts';
import type { RunQueue } from '../../engine/queue/run-queue.ts';
import { parseDuration } from '../../runbook/parse-duration.ts';
import { formatMoment } from '../../runbook/regions/format-duration.ts';
import { rolesOfScopes, tokenDigest } from '../../surfaces/web/signing-in/person-of-token.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import { listed } from '../../view/words/quoted.ts';
import { exitCode } from '../exit-code.ts';
import { type Complaint, refuse } from '../refusal.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage, writeResult } from '../write-result.ts';
import { withQueue } from './with-queue.ts';

/** What `runsheet tokens` does. */
export type TokensVerb = 'add' | 'list' | 'remove';

/** What it was given beside that. */
export interface TokensOptions {
  readonly scope?: string;
  readonly person?: string;
  readonly expires?: string;
  readonly json?: boolean;
  readonly stateDir?: string;
}

/** What is found by it where it lies about, in logs and repositories. */
const tokenPrefix = 'rst_';

/** Adds a token and prints it, lists those that there are, or removes one; gives the exit code. */
export async function tokens(
  what: TokensVerb,
  name: string | undefined,
  options: TokensOptions,
): Promise<number> {
  const wrong = complaintOf(what, name, options);
  if (wrong !== undefined) return refuse(wrong);
  return withQueue(options.stateDir, (queue) => {
    if (what === 'list') return list(queue, options);
    return what === 'add' ? add(queue, name ?? '', options) : remove(queue, name ?? '');
  });
}

/** What of the line cannot be meant; undefined where all of it can. */
function complaintOf(
  what: TokensVerb,
  name: string | undefined,
  { scope, person, expires, json }: TokensOptions,
): Complaint | undefined {
  const given = { '--scope': scope, '--person': person, '--expires': expires };
  const [foreign] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (what !== 'add' && foreign !== undefined)
    return { message: `\`tokens ${what}\` takes no \`${foreign}\``, help: 'it is an option of `tokens add`' };
  if (what !== 'list' && json) return { message: `\`tokens ${what}\` takes no \`--json\`` };
  if (what === 'list')
    return name === undefined ? undefined : { message: '`tokens list` takes no name; it lists them all' };
  if (name === undefined)
    return {
      message: `\`tokens ${what}\` needs the name of a token`,
      ...(what === 'remove' && { help: '`runsheet tokens list` lists them' }),
    };
  if (what === 'remove') return undefined;
  return namingComplaint(name, person) ?? scopeComplaint(scope, person) ?? expiryComplaint(expires);
}

function namingComplaint(name: string, person: string | undefined): Complaint | undefined {
  const wrong = [name, ...(person === undefined ? [] : [person])].find(
    (one) => !/^[A-Za-z0-9][\w.@+-]{0,253}$/.test(one),
  );
  if (wrong !== undefined)
    return {
      message: `\`${visibleText(wrong)}\` is no name`,
      help: 'a name has letters, digits, and `.`, `_`, `-`, `@`, `+` between them',
    };
  return name === 'owner' || person === 'owner'
    ? { message: '`owner` is who has started the server, with the token that it has printed' }
    : undefined;
}

function scopeComplaint(scope: string | undefined, person: string | undefined): Complaint | undefined {
  const known = Object.keys(rolesOfScopes);
  const scopes = scopesOf(scope);
  const wrong = scopes.find((one) => !known.includes(one));
  if (scopes.length === 0 || wrong !== undefined)
    return {
      message:
        wrong === undefined
          ? '`tokens add` needs a `--scope`'
          : `there is no scope \`${visibleText(wrong)}\``,
      help: `\`--scope\` is a list of ${listed(known.map((one) => `\`${one}\``))}, such as \`read,start\``,
    };
  return scopes.includes('approve') && person === undefined
    ? {
        message: 'somebody has to answer for an approval: the scope `approve` needs a `--person`',
        help: 'name one of `people:` of `serve.yaml`, as gates do',
      }
    : undefined;
}

function expiryComplaint(expires: string | undefined): Complaint | undefined {
  const ms = expires === undefined ? 1 : parseDuration(expires);
  return ms === undefined || ms === 0
    ? {
        message: `\`--expires ${visibleText(expires ?? '')}\` is no length of time`,
        help: 'write it as `90d` or `12h`',
      }
    : undefined;
}

const scopesOf = (scope = ''): readonly string[] => [
  ...new Set(
    scope
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

async function add(
  queue: RunQueue,
  name: string,
  { scope, person, expires }: TokensOptions,
): Promise<number> {
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
  const madeAt = systemClock.now().getTime();
  const lastsMs = expires === undefined ? undefined : parseDuration(expires);
  const added = await queue.addToken({
    ...{ hash: tokenDigest(token), name, scopes: scopesOf(scope), madeAt },
    ...(person !== undefined && { person }),
    ...(lastsMs !== undefined && { expiresAt: madeAt + lastsMs }),
  });
  if (added === 'name-taken')
    return refuse({
      message: `there is a token \`${name}\` already`,
      help: `take another name, or remove that one first: \`runsheet tokens remove ${name}\``,
    });
  writeMessage(`the token \`${name}\`; it is shown this once, and kept by nobody:\n`);
  writeResult(`${token}\n`);
  return exitCode.succeeded;
}

async function list(queue: RunQueue, { json }: TokensOptions): Promise<number> {
  const all = (await queue.tokens()).map(({ hash: _hash, ...shown }) => shown);
  const now = systemClock.now().getTime();
  if (json) writeResult(`${JSON.stringify(all.map(inWords), null, 2)}\n`);
  else if (all.length === 0) writeMessage('there are no tokens\n');
  else
    writeResult(
      layOutColumns([
        ['name', 'scope', 'person', 'made', 'expires'],
        ...all.map(({ name, scopes, person, madeAt, expiresAt }) => [
          name,
          scopes.join(','),
          person ?? '–',
          moment(madeAt),
          expiresAt === undefined ? 'never' : `${moment(expiresAt)}${expiresAt <= now ? ', is over' : ''}`,
        ]),
      ]),
    );
  return exitCode.succeeded;
}

const moment = (at: number): string => formatMoment(new Date(at).toISOString());

function inWords({ madeAt, expiresAt, ...token }: Omit<ApiToken, 'hash'>): object {
  return {
    ...token,
    madeAt: new Date(madeAt).toISOString(),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
  };
}

async function remove(queue: RunQueue, name: string): Promise<number> {
  if (!(await queue.removeToken(name)))
    return refuse({
      message: `there is no token \`${visibleText(name)}\``,
      help: '`runsheet tokens list` lists them',
    });
  writeMessage(`the token \`${name}\` lets nobody in any more\n`);
  return exitCode.succeeded;
}
