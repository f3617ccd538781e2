// Tests that nobody approves what a server does for them, whichever way they asked for it and however often the run rested.
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { Served } from './served.ts';

const settings = `people:
  ann: { roles: [viewer, operator, approver], slack: U0ANN }
  bob: { roles: [viewer, operator, approver] }
proxy: { header: X-User, from: [127.0.0.1] }
endpoints:
  chat: { type: slack, secret: { env: SLACK_SECRET } }
`;

const page = `---
approvals: { dba: { people: [ann, bob] } }
concurrency: allow
on:
  slack: { command: /failover, may: change }
---

# Fail over

## Steps

### Tell the others

Tell the others in the channel.

### Move

\`\`\`sh {name=move approve=dba}
true
\`\`\`
`;

it('takes no approval of who has started the run on the page or by a command in Slack', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', settings);
  await rig.write('library/failover.md', page);
  const served = await Served.start(rig, [], { SLACK_SECRET: 'secret' });
  const command = async (): Promise<string> => {
    const body =
      'command=%2Ffailover&text=&user_id=U0ANN&user_name=ann&team_id=T1&channel_id=C1&trigger_id=1.2';
    const at = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', 'secret').update(`v0:${at}:${body}`).digest('hex');
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': at,
      'X-Slack-Signature': `v0=${signature}`,
    };
    const told = await fetch(`${served.origin}/hooks/chat`, { method: 'POST', headers, body });
    expect(told.status).toBe(200);
    const { text } = await served.get('/api/v1/runs', undefined, { Authorization: `Bearer ${served.token}` });
    const { runs } = JSON.parse(text) as { readonly runs: readonly { id: string; startedBy: string }[] };
    return `/runs/${runs.find(({ startedBy }) => startedBy === 'slack')?.id}`;
  };
  const begun = await served.post('/start', { path: 'failover.md' }, 'ann');
  const answers: unknown[] = [];
  for (const run of [begun.headers.get('location') ?? '', await command()]) {
    const question = /name="question" value="([^"]+)"/.exec(
      await served.until(run, /name="question" value="manual/, 'bob'),
    )?.[1];
    await served.post(`${run}/answers`, { type: 'answer', question: question ?? '', word: 'done' }, 'bob');
    const digest = /name="digest" value="([^"]+)"/.exec(await served.until(run, /name="digest"/, 'bob'))?.[1];
    const { text } = await served.get(`/api/v1${run}`, undefined, {
      Authorization: `Bearer ${served.token}`,
    });
    const { questions } = JSON.parse(text) as { readonly questions: readonly object[] };
    expect(questions).toEqual([
      {
        ...{ type: 'approval', address: 'move', digest },
        asked: '`move` waits for 1 approval from ann or bob',
        shown: expect.stringMatching(/\| Risk \| change \|[\s\S]*\n```sh\ntrue\n```\n/),
        whyNot: expect.stringContaining('`owner` is not asked here'),
      },
    ]);
    const approval = { type: 'approve', address: 'move', digest: digest ?? '' };
    const own = await served.post(`${run}/answers`, approval, 'ann');
    const others = await served.post(`${run}/answers`, approval, 'bob');
    answers.push([own.status, /the run was started for <code>ann<\/code>/.test(own.text), others.status]);
    await served.until(run, /succeeded/, 'bob');
  }
  expect(answers).toEqual([
    [409, true, 303],
    [409, true, 303],
  ]);
});
