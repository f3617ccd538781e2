// Tests what is said of people and a proxy in a `serve.yaml` that cannot be meant so.
import { expect, it } from 'vitest';
import { readServeSettings } from '../../../src/cli/serving/serve-settings.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

const roles = 'a list of viewer, operator, approver';
const from = 'a list of addresses, such as `[127.0.0.1]`; a network or a name is none';

it.each([
  ['people: { ann: {} }', [`\`people.ann.roles\` expects ${roles}`]],
  ['people: { ann: { roles: [admin] } }', [`\`people.ann.roles.0\` expects ${roles}`]],
  [
    'people: { ann: { role: [viewer] } }',
    ['`role` is not a key of a person', `\`people.ann.roles\` expects ${roles}`],
  ],
  ['people: { ann: { roles: [viewer], logn: a } }', ['`logn` is not a key of a person']],
  [
    'people: { ann: }',
    ['`people.ann` expects a mapping such as `{ roles: [viewer], login: ann@example.org }`'],
  ],
  ['people: 7', ['`people` expects a mapping of names to people']],
  ['proxy: { header: X-User }', [`\`proxy.from\` expects ${from}`]],
  ['proxy: { from: [127.0.0.1] }', ['`proxy.header` expects the name of a header']],
  ['proxy: { header: X-User, from: [10.0.0.0/8] }', [`\`proxy.from.0\` expects ${from}`]],
  ['proxy: { header: X-User, from: ["::1", localhost] }', [`\`proxy.from.1\` expects ${from}`]],
  ['proxy: { header: X-User, form: [127.0.0.1], from: [127.0.0.1] }', ['`form` is not a key of the proxy']],
  ['proxy: yes', ['`proxy` expects a mapping such as `{ header: X-Forwarded-User, from: [127.0.0.1] }`']],
  ['people: { ann: { roles: [] } }\nproxy: { header: X-User, from: [127.0.0.1, "::1"] }', []],
])('%s', (written, expected) => {
  const { source } = decodeSource('serve.yaml', Buffer.from(written));
  expect(readServeSettings(source).diagnostics.map(({ message }) => message)).toEqual(expected);
});
