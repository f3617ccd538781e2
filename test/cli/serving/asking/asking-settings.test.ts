// Tests what is said of a `serve.yaml` that asks people by ways that cannot be.
import { expect, it } from 'vitest';
import { variablesIn } from '../../../../src/cli/serving/asking/asking-settings.ts';
import { readServeSettings } from '../../../../src/cli/serving/serve-settings.ts';
import { renderDiagnostic } from '../../../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../../../src/text/source-file.ts';

const read = (text: string) => {
  const { source } = decodeSource('serve.yaml', Buffer.from(text));
  const { settings, diagnostics } = readServeSettings(source);
  return { settings, said: diagnostics.map((one) => renderDiagnostic(one, source)) };
};

it('takes a mail server and a person with an address, and keeps its variables from blocks', () => {
  const { settings, said } = read(
    'people: { ann: { roles: [approver], mail: ann@example.org, slack: U02ANN } }\nmail: { smtp: "smtps://u:${SMTP_PASSWORD}@smtp.example.org", from: Runbooks <r@example.org>, timeout: 5s }\n',
  );
  expect(said).toEqual([]);
  expect([settings.people, settings.mail, variablesIn(settings.mail, undefined)]).toEqual([
    { ann: { roles: ['approver'], mail: 'ann@example.org', slack: 'U02ANN' } },
    {
      smtp: 'smtps://u:${SMTP_PASSWORD}@smtp.example.org',
      from: 'Runbooks <r@example.org>',
      timeoutMs: 5_000,
    },
    ['SMTP_PASSWORD'],
  ]);
});

it('takes no tag of YAML for a text', () => {
  const { said } = read('library: !prod runbooks\n');
  expect(said).toEqual([
    'error[configuration-value]: `!prod` is a tag of YAML here, and no text\n --> serve.yaml:1:10\n  |\n1 | library: !prod runbooks\n  |          ^^^^^\n  = help: put a text that begins with `!` in quotes',
  ]);
});

const smtp = 'a mail server such as `smtps://${USER}:${PASSWORD}@smtp.example.org`';

it.each([
  ['mail: { from: a@b.org }', 'mail.smtp', smtp, '{ from: a@b.org }'],
  ['mail: { smtp: localhost, from: a@b.org }', 'mail.smtp', smtp, 'localhost'],
  [
    'people: { ann: { roles: [approver], mail: ann@b.org } }',
    'people.ann.mail',
    'a mail server to send it by: `mail:` of this file',
    'ann@b.org',
  ],
  [
    'people: { ann: { roles: [approver], mail: "a@b.org,c@d.org" } }',
    'people.ann.mail',
    'one address such as `ann@example.org`',
    '"a@b.org,c@d.org"',
  ],
  [
    'people: { ann: { roles: [approver], slack: "@ann" } }',
    'people.ann.slack',
    "a member's id of Slack, such as `U02ABCDEF`",
    '"@ann"',
  ],
  [
    'people: { ann: { roles: [], slack: U1 }, bob: { roles: [], slack: U1 } }',
    'people.bob.slack',
    'somebody else than `ann` is in Slack: who clicks is one person',
    'U1 } }',
  ],
  [
    'people: { ann: { roles: [], login: ops }, bob: { roles: [], login: ops } }',
    'people.bob.login',
    'another login than that of `ann`, `ops`: who signs in is one person',
    'ops } }',
  ],
  [
    'people: { owner: { roles: [approver] } }',
    'people.owner',
    'another name: `owner` is who has started the server, with the token that it has printed',
    'owner',
  ],
  [
    'people: { ann: { roles: [], login: bob }, bob: { roles: [] } }',
    'people.bob.login',
    'another login than that of `ann`, `bob`: who signs in is one person',
    'bob',
  ],
  [
    'slack: { channel: ops }',
    'slack',
    '`{ channel: ops, token: ${SLACK_TOKEN} }` or `{ webhook: ${SLACK_WEBHOOK} }`',
    '{ channel: ops }',
  ],
])('says what is wrong with %s', (text, key, expected, place) => {
  const column = text.lastIndexOf(place);
  const marked = place.endsWith(' } }') && !place.startsWith('{') ? place.slice(0, -4) : place;
  expect(read(text).said).toEqual([
    [
      `error[configuration-value]: \`${key}\` expects ${expected}`,
      ` --> serve.yaml:1:${column + 1}`,
      '  |',
      `1 | ${text}`,
      `  | ${' '.repeat(column)}${'^'.repeat(marked.length)}`,
    ].join('\n'),
  ]);
});

it('knows the keys of mail and Slack', () => {
  const text =
    'mail: { smtp: smtp://localhost, from: a@b.org, form: b }\nslack: { webhook: https://x, chanel: a }\n';
  expect(read(text).said).toEqual([
    [
      'error[unknown-configuration-key]: `form` is not a key of the mail server',
      ' --> serve.yaml:1:48',
      '  |',
      '1 | mail: { smtp: smtp://localhost, from: a@b.org, form: b }',
      `  | ${' '.repeat(47)}^^^^ did you mean \`from\`?`,
    ].join('\n'),
    [
      'error[unknown-configuration-key]: `chanel` is not a key of the channel of Slack',
      ' --> serve.yaml:2:30',
      '  |',
      '2 | slack: { webhook: https://x, chanel: a }',
      `  | ${' '.repeat(29)}^^^^^^ did you mean \`channel\`?`,
    ].join('\n'),
  ]);
});
