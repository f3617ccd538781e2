// Owns getting the secrets of endpoints from where the configuration says they are.
import { fail, ok, type Result } from '../../basics/result.ts';
import { resolveSecret } from '../../engine/secrets/resolve-secret.ts';
import type { ConfiguredEndpoint } from '../../surfaces/sources/endpoints/read-endpoints.ts';
import type { ReferredSecret } from '../../surfaces/sources/endpoints/secret-reference.ts';
import type { OpenEndpoint } from './receive.ts';

/** All endpoints with their secrets, or why one of those cannot be had; `folder` is that of the configuration. */
export function openEndpoints(
  endpoints: readonly ConfiguredEndpoint[],
  folder: string,
): Result<readonly OpenEndpoint[], string> {
  const opened: OpenEndpoint[] = [];
  for (const { name, type, secrets, settings } of endpoints) {
    const values: string[] = [];
    for (const secret of secrets) {
      const declaration = { name: `endpoints.${name}`, type: 'string', required: true, secret } as const;
      const value = resolveSecret(declaration, process.env, folder);
      if (!value.ok) return value;
      if (value.value === undefined || value.value === '')
        return fail(`the secret of endpoint \`${name}\` is empty`);
      values.push(value.value);
    }
    opened.push({ name, type, secrets: values, settings });
  }
  return ok(opened);
}

/** The variables that secrets come from: no block is to see them. */
export function secretVariables(
  endpoints: readonly ConfiguredEndpoint[],
  ...others: readonly (ReferredSecret | undefined)[]
): ReadonlySet<string> {
  const secrets = [...endpoints.flatMap((endpoint) => endpoint.secrets), ...others];
  return new Set(secrets.flatMap((one) => (one?.type === 'env' ? [one.name] : [])));
}
