// Tests signing in with the account of a real OpenID provider, and that nothing else of it is taken.
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { tool } from '../../../e2e/rig.ts';
import { askedServer, gatedPage } from '../asking/asked-server.ts';
import { openServer } from '../open-server.ts';
import { clientSecret, type Forge, openRealProvider, withClaims } from './real-provider.ts';

const origin = 'http://127.0.0.1:8042';
const back = `${origin}/sign-in/oidc/return`;
const accounts = {
  ann: { email: 'ann@example.org', email_verified: true, groups: ['staff'] },
  bob: { email: 'bob@example.org', email_verified: true, groups: ['staff', 'operators'] },
  carl: { email: 'carl@elsewhere.example', email_verified: true },
  dora: { email: 'ann@example.org', email_verified: false },
  eve: { email: 'owner', email_verified: true, groups: ['operators'] },
  finn: { preferred_username: 'finn' },
};
const configured = (issuer: string, more = ''): string => `people:
  ann: { login: ann@example.org, roles: [viewer, approver] }
oidc:
  issuer: ${issuer}
  client-id: runsheet
  client-secret: { env: RUNSHEET_TEST_OIDC_SECRET }
  scopes: [openid, email, groups, profile]
  groups: { operators: [operator] }
  domains: { Example.org: [viewer] }
${more}`;

beforeEach(() => vi.stubEnv('RUNSHEET_TEST_OIDC_SECRET', clientSecret));
afterEach(() => vi.unstubAllEnvs());

async function open() {
  const provider = await openRealProvider(accounts, back);
  // The provider's clock is this machine's.
  const server = await openServer({}, configured(provider.issuer), Date.now());
  return { ...server, ...browserOf(provider, server.ask) };
}

type Provider = Awaited<ReturnType<typeof openRealProvider>>;

/** What people do with their browsers at a server and its provider. */
function browserOf(provider: Provider, ask: Awaited<ReturnType<typeof openServer>>['ask']) {
  const cookieOf = (headers: Headers, name: string): string | undefined =>
    headers
      .getSetCookie()
      .map((cookie) => new RegExp(`^${name}=([^;]+);`).exec(cookie)?.[1])
      .find((value) => value !== undefined);
  const begin = async (next = '/library') => {
    const { headers, status } = await ask(`/sign-in/oidc?next=${encodeURIComponent(next)}`);
    return { status, url: headers.get('location') ?? '', state: cookieOf(headers, 'runsheet-sign-in') ?? '' };
  };
  const end = async (url: URL, state: string, cookies: readonly string[] = []) => {
    const cookie = [`runsheet-sign-in=${state}`, ...cookies].join('; ');
    const { status, text, headers } = await ask(url.pathname + url.search, { headers: { cookie } });
    const session = cookieOf(headers, 'runsheet');
    const notice = /role="alert">([^<]*)</.exec(text)?.[1];
    return { status, to: headers.get('location'), session, notice };
  };
  const signIn = async (login: string) => {
    const { url, state } = await begin();
    return end(await provider.signIn(url, login), state);
  };
  const nameOf = async (session: string | undefined) =>
    /class="who"[^>]*>(.*?) <button/.exec(
      (await ask('/runs', { headers: { cookie: `runsheet=${session}` } })).text,
    )?.[1];
  return { provider, begin, end, signIn, nameOf };
}

it('lets in whom the provider names, as whom the server knows and with what their groups give', async () => {
  const { ask, signIn, nameOf, said, bugs, pass } = await open();
  const page = await ask('/sign-in?next=%2Flibrary');
  expect(page.text).toContain(
    '<a class="button main" href="/sign-in/oidc?next=%2Flibrary">Sign in with 127.0.0.1:',
  );
  const ann = await signIn('ann');
  expect(ann).toEqual({ status: 303, to: '/library', session: expect.any(String), notice: undefined });
  expect(await nameOf(ann.session)).toBe('ann');
  const bob = await signIn('bob');
  expect(await nameOf(bob.session)).toBe('bob@example.org');
  const statusOf = async (session: string | undefined, path: string, form: Record<string, string>) =>
    (await ask(path, { form, headers: { cookie: `runsheet=${session}` } })).status;
  const approve = { type: 'approve', address: 'a', digest: 'b' };
  const answers = '/runs/20260101-000000-aaaa/answers';
  expect([
    await statusOf(ann.session, '/start', { path: 'none.md' }),
    await statusOf(ann.session, answers, approve),
    await statusOf(bob.session, '/start', { path: 'none.md' }),
    await statusOf(bob.session, answers, approve),
  ]).toEqual([403, 404, 404, 403]);
  expect(await statusOf(bob.session, '/sign-out', {})).toBe(303);
  expect(await nameOf(bob.session)).toBeUndefined();
  pass(12 * 3_600_000);
  expect([await nameOf(ann.session), said, bugs]).toEqual([undefined, [], []]);
});

it('tells strangers in words that they are nobody here', async () => {
  const { signIn, said, bugs } = await open();
  const seen: unknown[] = [];
  for (const login of ['carl', 'dora', 'eve', 'finn']) {
    const { status, session, notice } = await signIn(login);
    seen.push([login, status, session, notice]);
  }
  const nobody = (login: string) =>
    `You are ${login} to your provider, and nobody to this server. Who runs it can name you among its people.`;
  expect(seen).toEqual([
    ['carl', 403, undefined, nobody('carl@elsewhere.example')],
    [
      'dora',
      403,
      undefined,
      'Your provider does not say that ann@example.org is yours: its `email_verified` is not true.',
    ],
    ['eve', 403, undefined, nobody('owner')],
    ['finn', 403, undefined, 'Your provider does not say who you are: it tells no `email`.'],
  ]);
  expect([said.length, bugs]).toEqual([4, []]);
});

it('takes nothing that was not begun in this browser, and nothing twice', async () => {
  const { provider, ask, begin, end, pass, bugs } = await open();
  const notBegun = 'This sign-in was not begun in this browser, or too long ago. Begin again.';
  const one = await begin();
  const came = await provider.signIn(one.url, 'ann');
  const other = await begin();
  // With the cookie of another sign-in: what came is not what it waits for.
  expect(await end(came, other.state)).toMatchObject({ status: 401, session: undefined });
  expect(await end(came, '')).toMatchObject({ status: 401, session: undefined, notice: notBegun });
  const two = await begin();
  const cameToo = await provider.signIn(two.url, 'ann');
  expect(await end(new URL(`${back}?code=x&state=y`), two.state)).toMatchObject({
    status: 401,
    session: undefined,
  });
  // Used up by the wrong one.
  expect(await end(cameToo, two.state)).toMatchObject({ status: 401, session: undefined, notice: notBegun });
  expect(await end(came, one.state)).toMatchObject({ status: 303, session: expect.any(String) });
  expect(await end(came, one.state)).toMatchObject({ status: 401, session: undefined, notice: notBegun });
  // A code that was used already, under a state that is good.
  const three = await begin();
  const replayed = new URL(came);
  replayed.searchParams.set('state', three.state);
  expect(await end(replayed, three.state)).toMatchObject({ status: 401, session: undefined });
  const four = await begin();
  const late = await provider.signIn(four.url, 'ann');
  pass(600_000);
  expect(await end(late, four.state)).toMatchObject({ status: 401, session: undefined, notice: notBegun });
  const five = await begin();
  const denied = new URL(`${back}?error=access_denied&state=${five.state}&iss=${provider.issuer}`);
  expect((await end(denied, five.state)).notice).toMatch(/^127\.0\.0\.1:\d+ has not let you in\.$/);
  const six = await begin('//evil.example/');
  expect(await end(await provider.signIn(six.url, 'ann'), six.state)).toMatchObject({ to: '/runs' });
  expect((await ask('/sign-in/oidc/return?code=x')).status).toBe(401);
  expect(bugs).toEqual([]);
});

it('begins a session of a new name, whatever the browser came with', async () => {
  const { provider, ask, begin, end, nameOf } = await open();
  const { url, state } = await begin();
  const old = (await ask('/sign-in', { form: { token: 'the-token' } })).headers.getSetCookie()[0] ?? '';
  const [, fixed = ''] = /^runsheet=([^;]+)/.exec(old) ?? [];
  expect(old).toBe(`runsheet=${fixed}; Path=/; HttpOnly; SameSite=Lax`);
  const { session } = await end(await provider.signIn(url, 'ann'), state, [`runsheet=${fixed}`]);
  expect([session === fixed, await nameOf(session), await nameOf(fixed)]).toEqual([false, 'ann', undefined]);
});

it('takes no token that is not whole, its own, new, and of a key that the provider has', async () => {
  const { provider, signIn, said, bugs } = await open();
  const now = Math.floor(Date.now() / 1000);
  const unsigned: Forge = async (token) => {
    const [, claims] = token.split('.');
    return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  };
  const changed: Forge = async (token) => {
    const [head, , signature] = token.split('.');
    const claims = JSON.stringify({ ...decodeJwt(token), sub: 'bob' });
    return `${head}.${Buffer.from(claims).toString('base64url')}.${signature}`;
  };
  const forged: Readonly<Record<string, Forge>> = {
    'another nonce': withClaims(() => ({ nonce: 'another' })),
    'no nonce': withClaims(() => ({ nonce: undefined })),
    'another audience': withClaims(() => ({ aud: 'somebody-else' })),
    expired: withClaims(() => ({ iat: now - 7200, exp: now - 3600 })),
    'another issuer': withClaims(() => ({ iss: 'https://evil.example' })),
    'no signature': unsigned,
    changed: changed,
  };
  const came: unknown[] = [];
  for (const [name, forge] of Object.entries(forged)) {
    provider.giveInstead(forge);
    const { status, session, notice } = await signIn('ann');
    came.push([name, status, session, notice?.replace(/:\d+/, '')]);
  }
  const words = 'What came back from 127.0.0.1 does not count. Begin again.';
  expect(came).toEqual(Object.keys(forged).map((name) => [name, 401, undefined, words]));
  const why = said.map((line) => line.replace(/^.*? with 127\.0\.0\.1:\d+: /, ''));
  expect([why, bugs]).toEqual([
    [
      'unexpected JWT claim value encountered: unexpected ID Token "nonce" claim value',
      'invalid response encountered: JWT "nonce" (nonce) claim missing',
      'unexpected JWT claim value encountered: unexpected JWT "aud" (audience) claim value',
      'JWT timestamp claim value failed validation: unexpected JWT "exp" (expiration time) claim value, expiration is past current timestamp',
      'unexpected JWT claim value encountered: unexpected JWT "iss" (issuer) claim value',
      'invalid response encountered: unexpected JWT "alg" header parameter',
      'invalid response encountered: JWT signature verification failed',
    ],
    [],
  ]);
  provider.giveInstead(undefined);
  expect((await signIn('ann')).status).toBe(303);
  await provider.renewKey();
  expect((await signIn('ann')).status).toBe(303);
});

it('says so while the provider cannot be reached, and lets the owner in', async () => {
  const { provider, ask } = await open();
  await provider.close();
  const { status, text } = await ask('/sign-in/oidc');
  expect([
    status,
    text.replaceAll(/:\d{4,5}/g, '').includes('127.0.0.1 cannot be reached now. Try again in a moment.'),
  ]).toEqual([503, true]);
  expect((await ask('/sign-in', { form: { token: 'the-token' } })).status).toBe(303);
});

it('records what somebody approves who has signed in so as theirs, with the way', async () => {
  const provider = await openRealProvider(accounts, back);
  const proxied = configured(provider.issuer, 'proxy: { header: X-User, from: [127.0.0.1] }\n').replace(
    'oidc:',
    '  eve: { roles: [viewer, operator] }\noidc:',
  );
  const { ask, start, store, ...server } = await askedServer(gatedPage(), proxied);
  const { signIn } = browserOf(provider, ask);
  const run = await start();
  const cookie = `runsheet=${(await signIn('ann')).session}`;
  const { text } = await ask(`/runs/${run}`, { headers: { cookie } });
  const [, form = ''] = /<form class="box"[^>]*>([\s\S]*?)<\/form>/.exec(text) ?? [];
  const hidden = form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
  const fields = Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]));
  const approve = { ...fields, type: 'approve' };
  expect((await ask(`/runs/${run}/answers`, { form: approve, headers: { cookie } })).status).toBe(303);
  await server.goOn(run, 0);
  const stateDir = join(server.folder, 'state');
  const shown = await execa(process.execPath, [tool, 'show', run, '--json', '--state-dir', stateDir]);
  const events = shown.stdout.split('\n').map((line) => JSON.parse(line));
  const { username, uid } = userInfo();
  const via = { way: 'page', account: username, uid };
  expect(events.filter(({ event }) => event.type === 'ApprovalGiven')).toEqual([
    expect.objectContaining({
      event: expect.objectContaining({ address: 'end', by: { user: 'ann', host: hostname(), via } }),
    }),
  ]);
});
