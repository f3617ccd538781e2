// Owns what the configuration of the server may say of an endpoint, by the kind of its sender.
import * as v from 'valibot';
import type { SenderType } from '../../../runbook/front-matter/triggers/source-types.ts';
import { writtenValues } from '../../../runbook/front-matter/written-values.ts';
import { secretReference } from './secret-reference.ts';

const { text, texts } = writtenValues;
const { several: secret, severalText: secretText } = secretReference;

const headerText = 'the name of a header, such as `X-Runsheet-Token`';
const header = v.pipe(
  v.string(headerText),
  v.regex(/^[A-Za-z0-9-]{1,100}$/, headerText),
  v.transform((name) => name.toLowerCase()),
);
const userText = 'the user of basic authentication, without a colon';
const user = v.pipe(
  text,
  v.check((name) => name !== '' && !name.includes(':'), userText),
);
const topicsText = 'topics such as `arn:aws:sns:eu-central-1:123456789012:alarms`';
const topics = v.pipe(
  texts,
  v.check(
    (names) =>
      names.length > 0 &&
      names.every((name) =>
        /^arn:aws(?:-cn|-us-gov)?:sns:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:[\w-]+(?:\.fifo)?$/.test(name),
      ),
    topicsText,
  ),
);

const wanted: Readonly<Record<string, string>> = { '"secret"': secretText, '"topics"': topicsText };
const missing = ({ expected }: { readonly expected: string | null }): string =>
  wanted[expected ?? ''] ?? 'a mapping such as `{ type: github, secret: { env: GITHUB_SECRET } }`';

const type = v.string();
const signed = v.object({ type, secret }, missing);
const withPassword = { type, secret, user: v.exactOptional(user) };
const withToken = v.pipe(
  v.object({ ...withPassword, header: v.exactOptional(header) }, missing),
  v.forward(
    v.check(
      ({ user: name, header: other }) => name === undefined || other === undefined,
      'no `header` beside it: the secret is a password, or is a header by itself',
    ),
    ['user'],
  ),
);
const schemas = {
  alertmanager: v.object(withPassword, missing),
  grafana: v.object(
    { ...withPassword, signature: v.exactOptional(header), timestamp: v.exactOptional(header) },
    missing,
  ),
  pagerduty: signed,
  sns: v.object({ type, topics }, missing),
  eventbridge: withToken,
  datadog: withToken,
  github: signed,
  gitlab: signed,
  cloudevents: withToken,
  webhook: withToken,
  slack: signed,
} satisfies Readonly<Record<SenderType, v.GenericSchema>>;

/** What an endpoint of a kind may say, and how. */
export function endpointSchema(kind: SenderType): (typeof schemas)[SenderType] {
  return schemas[kind];
}

/** The keys that an endpoint of a kind may have. */
export function keysOfEndpoint(kind: SenderType): readonly string[] {
  const schema = schemas[kind];
  return Object.keys('pipe' in schema ? schema.pipe[0].entries : schema.entries);
}
