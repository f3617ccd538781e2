// Owns getting the secret of a provider of OpenID Connect from where the configuration says it is.
import { fail, ok, type Result } from '../../basics/result.ts';
import { resolveSecret } from '../../engine/secrets/resolve-secret.ts';
import type { OidcSettings } from '../../surfaces/web/signing-in/oidc-sign-in.ts';
import type { ConfiguredProvider } from './oidc-settings.ts';

/** The provider with its secret, or why that cannot be had; `folder` is that of the configuration. */
export function openProvider(
  provider: ConfiguredProvider | undefined,
  folder: string,
): Result<OidcSettings | undefined, string> {
  if (provider === undefined) return ok(undefined);
  const { secret, ...settings } = provider;
  if (secret === undefined) return ok(settings);
  const declaration = { name: 'oidc.client-secret', type: 'string', required: true, secret } as const;
  const value = resolveSecret(declaration, process.env, folder);
  if (!value.ok) return value;
  if (value.value === undefined || value.value === '')
    return fail('the secret `oidc.client-secret` is empty');
  return ok({ ...settings, clientSecret: value.value });
}
