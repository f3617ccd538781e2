// Has the accounts of the people of this example: a real OpenID provider, at which any password will do.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';

/** Opens it for one client, `runsheet`; gives the port. Whoever signs in as `ann` is `ann@example.org`. */
export async function openProvider(secret, back) {
  // It tells at length what only a provider for others would have to know.
  for (const way of ['info', 'warn']) console[way] = () => {};
  const { default: Provider } = await import('oidc-provider');
  let answer = () => {};
  const server = createServer((request, response) => answer(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: 'runsheet', client_secret: secret, redirect_uris: [back] }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'example', use: 'sig', alg: 'RS256' }] },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: [secret] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: `${sub}@example.org`, email_verified: true }),
    }),
  });
  answer = provider.callback();
  return port;
}
