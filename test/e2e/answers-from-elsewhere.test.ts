// Tests that people answer a server's run from their mail and from Slack, and that a run that waits goes on by it.
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { mailServer } from '../surfaces/notify/channels/mail-server.ts';
import { reply, slackMethods } from '../surfaces/notify/channels/strict-services.ts';
import { serve } from '../surfaces/notify/local-service.ts';
import { Rig } from './rig.ts';
import { Served } from './served.ts';

const page = `---
approvals: { dba: { people: [ann] } }
---

# Free the pool

## Steps

\`\`\`sh {name=end approve=dba}
echo "\${SLACK_TOKEN-kept} \${SMTP_PASSWORD-kept} \${SLACK_SECRET-kept}" >> log
\`\`\`

\`\`\`sh {name=check approve=dba}
echo checked >> log
\`\`\`
`;

it('goes on when somebody has approved by their link, and by a button of Slack', async () => {
  const rig = await Rig.create();
  const { mails, port } = await mailServer();
  const answer = slackMethods();
  const { received, url } = await serve((response, _count, request) => reply(response, answer(request)));
  await rig.write('library/pool.md', page);
  await rig.write(
    'serve.yaml',
    `people:
  ann: { roles: [viewer, approver], mail: ann@example.org, slack: U0ANN }
  bob: { roles: [viewer, operator] }
  eve: { roles: [viewer] }
proxy: { header: X-User, from: [127.0.0.1] }
mail: { smtp: 'smtp://ops:\${SMTP_PASSWORD}@127.0.0.1:${port}', from: runbooks@example.org }
slack: { channel: '#ops', token: '\${SLACK_TOKEN}', api: '${url}/api' }
endpoints: { chat: { type: slack, secret: { env: SLACK_SECRET } } }
`,
  );
  const unset = await rig.run(['serve', '--listen', '127.0.0.1:0', '--library', 'library'], {
    env: { SLACK_TOKEN: 'xoxb-1' },
  });
  expect([unset.exitCode, unset.stderr]).toEqual([
    2,
    'error: the environment has no `SMTP_PASSWORD`, which `serve.yaml` names\n  = help: set it where the server is started\n',
  ]);
  const env = { SLACK_TOKEN: 'xoxb-1', SMTP_PASSWORD: 'pass-w0rd', SLACK_SECRET: 'signing' };
  const first = await Served.start(rig, [], env);
  const run = await first.startRun('pool.md');
  await first.until(run, /Waits for approval/);
  await expect.poll(() => [mails.length, received.length]).toEqual([1, 1]);
  const [, path = ''] =
    /http:\S+(\/answer\/[\w-]{43})\s/.exec(mails[0]?.text.replaceAll('=\n', '') ?? '') ?? [];
  const before = await first.get(path);
  expect([before.status, before.text.includes('You answer as ann; the link counts once.')]).toEqual([
    200,
    true,
  ]);
  expect((await first.post(path, { type: 'approve', comment: 'seen' })).status).toBe(200);
  await first.until(run, /<code>check<\/code> waits for approval/);
  await expect.poll(() => [mails.length, received.length]).toEqual([2, 2]);
  // Whoever was asked is not asked once more by the next server.
  first.process.kill('SIGTERM');
  expect((await first.process.ended).exitCode).toBe(0);
  const second = await Served.start(rig, [], env);
  const buttons = received.map(
    ({ body }) => /"value":"(\[.*?\])"/.exec(body)?.[1]?.replaceAll('\\"', '"') ?? '',
  );
  const press = async (value: string) => {
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: 'U0ANN' },
      actions: [{ action_id: 'runsheet.answer.0', value, action_ts: '1.2' }],
    });
    const time = String(Math.floor(Date.now() / 1000));
    const body = new URLSearchParams({ payload }).toString();
    const signature = createHmac('sha256', 'signing').update(`v0:${time}:${body}`).digest('hex');
    const headers = { 'X-Slack-Request-Timestamp': time, 'X-Slack-Signature': `v0=${signature}` };
    return JSON.parse((await second.post('/hooks/chat', { payload }, undefined, headers)).text).text;
  };
  const id = run.slice('/runs/'.length);
  expect([await press(buttons[0] ?? ''), await press(buttons[1] ?? '')]).toEqual([
    'Not taken: `end` waits for no approval.',
    `The approval of \`check\` by ann was taken (run ${id}).`,
  ]);
  const ended = await second.until(run, /succeeded/);
  expect(ended).toContain('ann (link)');
  expect(ended).toContain('ann (Slack)');
  expect([await rig.file('library/log'), mails.length, received.length]).toEqual([
    'kept kept kept\nchecked\n',
    2,
    2,
  ]);
  const token = path.slice('/answer/'.length);
  const said = first.process.said() + second.process.said();
  const journal = (await rig.exec('sh', ['-c', `cat "$RUNSHEET_STATE"/runs/${id}/journal.ndjson`])).stdout;
  expect([
    journal.includes('ann'),
    journal.includes(token),
    said.includes(token),
    ended.includes(token),
  ]).toEqual([true, false, false, false]);
});
