// Owns the endpoints of the server's configuration: which sender each is for, and where its secrets are.
import {
  configurationIssues,
  unknownConfigurationKeys,
  wrongConfigurationValue,
} from '../../../runbook/front-matter/complaints/configuration-issues.ts';
import { checkAgainst } from '../../../runbook/front-matter/front-matter-schema.ts';
import type { FindPlace } from '../../../runbook/front-matter/read-yaml.ts';
import {
  isSenderType,
  type SenderType,
  senderTypes,
} from '../../../runbook/front-matter/triggers/source-types.ts';
import { closestName } from '../../../text/closest-name.ts';
import type { Diagnostic } from '../../../text/diagnostic.ts';
import type { SenderSettings } from '../source.ts';
import { endpointSchema, keysOfEndpoint } from './endpoint-schema.ts';
import { type ReferredSecret, toSecretSource } from './secret-reference.ts';

/** An endpoint as it is configured: its secrets are still where they lie. */
export interface ConfiguredEndpoint {
  /** Its name, which is also the end of its address. */
  readonly name: string;
  readonly type: SenderType;
  readonly secrets: readonly ReferredSecret[];
  readonly settings: SenderSettings;
}

/** The endpoints, or what is wrong with them. */
export interface EndpointsReading {
  readonly endpoints: readonly ConfiguredEndpoint[];
  readonly diagnostics: readonly Diagnostic[];
}

const key = 'endpoints';

/** Reads what stands at `endpoints:` of a file. Where something is wrong with one of them, it is not among them. */
export function readEndpoints(written: unknown, find: FindPlace): EndpointsReading {
  if (written === undefined || written === null) return { endpoints: [], diagnostics: [] };
  if (!isMapping(written)) {
    const expected = 'a mapping of names to endpoints';
    return { endpoints: [], diagnostics: [wrongConfigurationValue(key, expected, find([key], false))] };
  }
  const read = Object.entries(written).map(([name, entry]) => readEndpoint(name, entry, find));
  return {
    endpoints: read.flatMap((one) => (one.endpoint === undefined ? [] : [one.endpoint])),
    diagnostics: read.flatMap((one) => one.diagnostics),
  };
}

interface OneReading {
  readonly endpoint?: ConfiguredEndpoint;
  readonly diagnostics: readonly Diagnostic[];
}

function readEndpoint(name: string, entry: unknown, find: FindPlace): OneReading {
  const at = [key, name];
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(name)) {
    const expected = 'names of small letters, digits and hyphens, as they end an address';
    return { diagnostics: [wrongConfigurationValue(key, expected, find(at, true))] };
  }
  const type = isMapping(entry) ? entry.type : undefined;
  if (!isSenderType(type)) return { diagnostics: [unknownType(at, type, find)] };
  const where = `a \`${type}\` endpoint`;
  const diagnostics = unknownConfigurationKeys(entry, keysOfEndpoint(type), where, find, at);
  const checked = checkAgainst(endpointSchema(type), entry);
  if (!checked.ok) {
    const wrong = configurationIssues(checked.issues, find, { at, whole: '' });
    return { diagnostics: [...diagnostics, ...wrong] };
  }
  if (diagnostics.length > 0) return { diagnostics };
  const { type: _type, secret = [], ...settings } = { secret: undefined, ...checked.value };
  return { endpoint: { name, type, secrets: secret.map(toSecretSource), settings }, diagnostics };
}

function unknownType(at: readonly string[], type: unknown, find: FindPlace): Diagnostic {
  const list = senderTypes.map((one) => `\`${one}\``).join(', ');
  const meant = typeof type === 'string' ? closestName(type, senderTypes) : undefined;
  return {
    ...wrongConfigurationValue([...at, 'type'].join('.'), `one of ${list}`, find([...at, 'type'], false)),
    ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
  };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
