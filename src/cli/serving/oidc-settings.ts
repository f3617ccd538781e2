// Owns what `serve.yaml` may say of a provider of OpenID Connect.
import * as v from 'valibot';
import { unknownConfigurationKeys } from '../../runbook/front-matter/complaints/configuration-issues.ts';
import type { FindPlace } from '../../runbook/front-matter/read-yaml.ts';
import {
  type ReferredSecret,
  secretReference,
  toSecretSource,
} from '../../surfaces/sources/endpoints/secret-reference.ts';
import { roles } from '../../surfaces/web/person.ts';
import type { OidcSettings } from '../../surfaces/web/signing-in/oidc-sign-in.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { isLoopback } from './listen-place.ts';

/** A provider as it is configured: its secret is still where it lies. */
export interface ConfiguredProvider extends Omit<OidcSettings, 'clientSecret'> {
  readonly secret?: ReferredSecret;
}

const text = v.pipe(v.string('a text'), v.nonEmpty('a text'));
const issuerText =
  'the address of a provider, such as `https://login.example.org`; http only on this machine';
const issuer = v.pipe(
  v.string(issuerText),
  v.check((written) => {
    if (!URL.canParse(written)) return false;
    const { protocol, hostname, search, hash } = new URL(written);
    const isHere = isLoopback(hostname.replace(/^\[|\]$/g, ''));
    return (protocol === 'https:' || (protocol === 'http:' && isHere)) && search === '' && hash === '';
  }, issuerText),
);
const rolesText = `a mapping of names to lists of ${roles.join(', ')}`;
const rolesByName = v.record(v.string(), v.array(v.picklist(roles, rolesText), rolesText), rolesText);
const mapping = 'a mapping such as `{ issuer: https://login.example.org, client-id: runsheet }`';

const entries = {
  issuer,
  'client-id': text,
  'client-secret': v.exactOptional(secretReference.one),
  scopes: v.exactOptional(v.array(text, 'a list of scopes')),
  login: v.exactOptional(text),
  groups: v.exactOptional(rolesByName),
  'groups-claim': v.exactOptional(text),
  domains: v.exactOptional(rolesByName),
};

const wanted: Readonly<Record<string, string>> = { '"issuer"': issuerText, '"client-id"': 'a text' };

/** The form of `oidc:`. */
export const oidcSettings = {
  form: v.object(entries, ({ expected }) => wanted[expected ?? ''] ?? mapping),
};

/** Keys of `oidc:` that nothing is known of. */
export function unknownOidcKeys(file: unknown, find: FindPlace): readonly Diagnostic[] {
  const { oidc }: { readonly oidc?: unknown } = Object(file);
  return unknownConfigurationKeys(oidc, Object.keys(entries), 'the provider', find, ['oidc']);
}

/** As it is used. */
export function toProvider(written: v.InferOutput<typeof oidcSettings.form>): ConfiguredProvider {
  const secret = written['client-secret'];
  const domains = Object.entries(written.domains ?? {});
  return {
    issuer: written.issuer,
    clientId: written['client-id'],
    ...(secret && { secret: toSecretSource(secret) }),
    scopes: [...new Set(['openid', ...(written.scopes ?? ['email', 'profile'])])],
    loginClaim: written.login ?? 'email',
    groupsClaim: written['groups-claim'] ?? 'groups',
    groups: written.groups ?? {},
    domains: Object.fromEntries(domains.map(([host, held]) => [host.toLowerCase(), held])),
  };
}
