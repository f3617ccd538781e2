// Owns a real OpenID provider on this machine, people who have accounts there, and answers of it that are wrong.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import { onTestFinished, vi } from 'vitest';

/** What the provider says of somebody. */
export type Account = Readonly<Record<string, unknown>>;

/** A token as it is sent instead of the right one. */
export type Forge = (token: string, sign: (claims: JWTPayload) => Promise<string>) => Promise<string>;

/** The secret of the one client, `runsheet`. */
export const clientSecret = 'the-secret-of-the-client';

/** Opens one for these accounts; `back` is where it leads people back to. */
export async function openRealProvider(accounts: Readonly<Record<string, Account>>, back: string) {
  // It tells at length what only a provider for others would have to know.
  for (const way of ['info', 'warn'] as const) vi.spyOn(console, way).mockImplementation(() => {});
  let listener: RequestListener = () => {};
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let forge: Forge | undefined;
  /** With a key that it has not had before. */
  const renewKey = async (): Promise<void> => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = crypto.randomUUID();
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'runsheet', client_secret: clientSecret, redirect_uris: [back] }],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' }] },
      claims: { email: ['email', 'email_verified'], profile: ['preferred_username'], groups: ['groups'] },
      scopes: ['openid', 'email', 'profile', 'groups'],
      cookies: { keys: ['a key of this test'] },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
    });
    const sign = (claims: JWTPayload): Promise<string> =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    provider.use(async (context, next) => {
      await next();
      if (context.path === '/token' && forge !== undefined && context.body.id_token !== undefined)
        context.body = { ...context.body, id_token: await forge(context.body.id_token, sign) };
    });
    listener = provider.callback();
  };
  await renewKey();
  return {
    issuer,
    renewKey,
    /** What it gives as its tokens from now on. */
    giveInstead: (given: Forge | undefined) => {
      forge = given;
    },
    /** Somebody signs in there with a browser of their own, and agrees; gives the address to which they are led back. */
    signIn: async (url: string, login: string): Promise<URL> => walkThrough(url, login, back),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The right token with other claims, signed by the provider's own key. */
export function withClaims(other: (claims: JWTPayload) => JWTPayload): Forge {
  return (token, sign) => sign({ ...decodeJwt(token), ...other(decodeJwt(token)) });
}

/** What a browser does between two pages of a provider. */
async function walkThrough(url: string, login: string, back: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let next = new URL(url);
  let form: Record<string, string> | undefined;
  for (let step = 0; step < 20; step += 1) {
    if (next.href.startsWith(back)) return next;
    const answer = await fetch(next, {
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      redirect: 'manual',
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    const page = await answer.text();
    form = undefined;
    if (location !== null) {
      next = new URL(location, next);
      continue;
    }
    const [, action] = /action="([^"]*)"/.exec(page) ?? [];
    const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    if (action === undefined || prompt === undefined) throw new Error(`no form: ${page.slice(0, 2000)}`);
    next = new URL(action, next);
    form = { prompt, ...(prompt === 'login' && { login, password: 'any' }) };
  }
  throw new Error('the provider does not come to an end');
}
