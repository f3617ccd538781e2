// Tests mail against a real mail server on this machine.
import { createServer } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import type { ChannelSettings } from '../../../../src/runbook/front-matter/channels/channel-settings.ts';
import { emailChannel } from '../../../../src/surfaces/notify/channels/email-channel.ts';
import { mailServer } from './mail-server.ts';
import { messageOf, sampleApproval } from './sample-message.ts';

type Mailbox = Extract<ChannelSettings, { type: 'email' }>;
const never = new AbortController().signal;

const mailbox = (smtp: string, more: Partial<Mailbox> = {}): Mailbox => ({
  type: 'email',
  to: ['ops@example.org', '${BOSS}'],
  from: 'Runbooks <runbooks@example.org>',
  smtp,
  timeoutMs: 5_000,
  retries: 1,
  ...more,
});
const env = { BOSS: 'boss@example.org', PASS: 'pass-w0rd' };

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

test('mail goes to everybody, and says in its text what is told', async () => {
  const { mails, port } = await mailServer();
  const message = messageOf({ values: 'Sample: it\nfailed', severity: 'SEV1', approval: sampleApproval });
  await emailChannel(mailbox(`smtp://ops:\${PASS}@127.0.0.1:${port}`), env)(message, never);
  expect(mails).toHaveLength(1);
  const [{ text = '', ...envelope } = {}] = mails;
  expect(envelope).toEqual({
    from: 'runbooks@example.org',
    to: ['ops@example.org', 'boss@example.org'],
    user: 'ops',
  });
  const [head = '', body] = text.split(/\n\n(.*)/s);
  const headers = Object.fromEntries(
    head
      .replace(/\n[ \t]+/g, ' ')
      .split('\n')
      .map((line) => line.split(/: (.*)/s)),
  );
  expect(headers).toMatchObject({
    From: 'Runbooks <runbooks@example.org>',
    To: 'ops@example.org, boss@example.org',
    Subject: '[SEV1] Sample: it failed',
    'In-Reply-To': '<r1@runsheet.invalid>',
    References: '<r1@runsheet.invalid>',
    'Auto-Submitted': 'auto-generated',
    'X-Runsheet-Run': 'r1',
    'X-Runsheet-About': 'failed',
  });
  expect(body).toBe(
    `Sample: it
failed

Step: Drain the node
Risk: destructive
Hosts: bastion-1
NODE: <@U1> node-7
Undo: its own: \`uncordon\`
Approvers: grace, linus
Until: 2026-01-01 00:05:00 UTC, then denied

    kubectl drain "$NODE"
    # \`\`\` <!channel> @here

Approve:
    runsheet approve r1 drain
Deny:
    runsheet deny r1 drain

--${' '}
Sample, run r1
SEV1
operated by ada@bastion
`,
  );
});

test('what a value holds makes no header and no other recipient', async () => {
  const { mails, port } = await mailServer();
  const values = 'done\r\nBcc: evil@example.org\r\n\r\n.\r\nMAIL FROM:<x@example.org>';
  await emailChannel(mailbox(`smtp://127.0.0.1:${port}`), env)(messageOf({ values }), never);
  expect(mails.map(({ to }) => to)).toEqual([['ops@example.org', 'boss@example.org']]);
  expect(mails[0]?.text.split('\n\n')[0]).not.toMatch(/^Bcc:/m);
});

test('a server that is busy is tried again', async () => {
  let count = 0;
  const { mails, port } = await mailServer({
    onMailFrom: (_address, _session, done) => {
      count += 1;
      done(count === 1 ? refusal(451, 'try again later') : null);
    },
  });
  await emailChannel(mailbox(`smtp://127.0.0.1:${port}`), env)(messageOf(), never);
  expect([count, mails.length]).toEqual([2, 1]);
});

test.each([
  [
    'a refused sender',
    {
      onMailFrom: (_a: unknown, _s: unknown, done: (error: Error) => void) =>
        done(refusal(550, 'no such sender')),
    },
    '',
    /^it refused the mail: .*550 no such sender$/,
  ],
  ['a wrong password', {}, 'ops:wr0ng-pass@', /^it refused the mail: Invalid login: .* not with \*\*\*$/],
  [
    'one of two recipients',
    {
      onRcptTo: ({ address }: { address: string }, _s: unknown, done: (error?: Error) => void) =>
        address.startsWith('boss') ? done(refusal(550, 'unknown')) : done(),
    },
    '',
    /^it does not accept mail for \*\*\*; the others got it$/,
  ],
])('%s is told of, and not tried again', async (_, more, user, message) => {
  const { port } = await mailServer(more as Partial<SMTPServerOptions>);
  const channel = emailChannel(mailbox(`smtp://${user}127.0.0.1:${port}`), env);
  await expect(channel(messageOf(), never)).rejects.toThrow(message);
});

test('a server that says nothing is given up in time', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const address = silent.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const channel = emailChannel(mailbox(`smtp://127.0.0.1:${port}`, { timeoutMs: 300, retries: 0 }), env);
  await expect(channel(messageOf(), never)).rejects.toThrow(new Error('it did not answer in time'));
});

test('a server that is not there is told of', async () => {
  const channel = emailChannel(mailbox('smtp://127.0.0.1:9', { retries: 0 }), env);
  await expect(channel(messageOf(), never)).rejects.toThrow(new Error('it cannot be reached (ESOCKET)'));
});

test('an address that is none is told of', async () => {
  const channel = emailChannel(mailbox('nonsense'), env);
  await expect(channel(messageOf(), never)).rejects.toThrow(
    new Error('its `smtp` is not an address of a mail server'),
  );
});

test('a password is not given to a server elsewhere that does not encrypt', async () => {
  const users: (string | undefined)[] = [];
  const { mails, port } = await mailServer({
    onAuth: ({ username }, _session, done) => {
      users.push(username);
      done(null, { user: username });
    },
  });
  // This machine by a name that does not say so.
  const channel = emailChannel(mailbox(`smtp://ops:pass-w0rd@[::ffff:127.0.0.1]:${port}`), env);
  await expect(channel(messageOf(), never)).rejects.toThrow(/^it refused the mail: .*STARTTLS/);
  expect([users, mails]).toEqual([[], []]);
});
