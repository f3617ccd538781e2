// Tests what becomes of a run of a server whose runbook is changed while it rests: somebody is asked, once.
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { hiddenFields, Served, serveFile } from './served.ts';

const page = (code: string, more = ''): string =>
  `# Close\n\n## Steps\n\n### Call {#call}\n\nCall the customer.\n\n### Do\n\n\`\`\`sh {name=do}\necho ${code} >> log\n\`\`\`\n${more}`;

/** A server on which a run waits for `call`, whose page has been edited since. */
async function edited(more = '', env: Readonly<Record<string, string>> = {}) {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write('library/close.md', page('old'));
  const served = await Served.start(rig, [], env);
  const run = await served.startRun('close.md');
  await served.until(run, /Waits for an answer/);
  await rig.write('library/close.md', page('new', more));
  const answer = async (server: Served, fields: Readonly<Record<string, string>>) => {
    const { text } = await server.get(run, 'bob');
    return (await server.post(`${run}/answers`, { ...hiddenFields(text), ...fields }, 'bob')).status;
  };
  return { rig, served, run, answer };
}

/** How often somebody was told of it. */
const told = (served: Served, words: RegExp): number => served.process.said().match(words)?.length ?? 0;

const undecided = /rests: the runbook has changed in what has not run yet: `do`/g;

it.each([
  ['keep', 'old\n'],
  ['take', 'new\n'],
])('asks whether to go on as it was started or with the new text: %s', async (word, log) => {
  const { rig, served, run, answer } = await edited();
  expect(await answer(served, { word: 'done' })).toBe(303);
  const asked = await served.until(run, /the runbook has changed in what has not run yet; go on as/);
  expect(asked).toContain('- echo old &gt;&gt; log');
  expect(asked).toContain('+ echo new &gt;&gt; log');
  expect((await served.get('/runs', 'eve')).text).toContain('its runbook has changed: keep or take?');
  const program = await served.get(`/api/v1${run}`, undefined, { Authorization: `Bearer ${served.token}` });
  expect(JSON.parse(program.text).questions).toEqual([
    {
      type: 'question',
      id: expect.stringMatching(/^changed:/),
      place: 'changed',
      asked: expect.stringContaining('the runbook has changed'),
      words: ['keep', 'take'],
      // What would be run, and was not asked for.
      shown: expect.stringMatching(/- echo old >> log\n +\+ echo new >> log\n/),
    },
  ]);
  await served.process.waitFor(/rests: the runbook has changed/);
  expect([told(served, undecided), told(served, /is taken up again/g)]).toEqual([1, 0]);
  expect(await answer(served, { word })).toBe(303);
  await served.until(run, /succeeded/);
  expect(await rig.file('library/log')).toBe(log);
  const ended = async () => (await served.get('/metrics')).text.match(/runs_ended_total\{.* [1-9]/g);
  await expect.poll(ended).toEqual(['runs_ended_total{outcome="succeeded"} 1']);
});

it('takes from a terminal of the machine what is decided, and no new text where more than text has changed', async () => {
  const { rig, served, run, answer } = await edited(
    '\n### More\n\n```sh {name=more}\necho more >> log\n```\n',
  );
  const id = run.slice('/runs/'.length);
  expect(await answer(served, { word: 'done' })).toBe(303);
  await served.until(run, /go on as the run was started \(keep\)\?/);
  const { stdout } = await rig.run(['answer', id]);
  expect(stdout).toContain('  new     `more`\nanswers: keep\n');
  const take = await rig.run(['answer', id, 'changed', 'take']);
  expect([take.exitCode, take.stderr]).toEqual([2, 'error: `take` is not an answer here; expected `keep`\n']);
  expect((await rig.run(['answer', id, 'changed', 'keep'])).exitCode).toBe(0);
  await served.until(run, /succeeded/);
  expect(await rig.file('library/log')).toBe('old\n');
});

it('asks anew what was changed once more, and what the next server finds changed', async () => {
  const { rig, served, run, answer } = await edited();
  expect(await answer(served, { word: 'done' })).toBe(303);
  await served.until(run, /\+ echo new/);
  await rig.write('library/close.md', page('newer'));
  expect(await answer(served, { word: 'take' })).toBe(303);
  await served.until(run, /\+ echo newer/);
  served.process.kill('SIGTERM');
  await served.process.ended;
  await rig.write('library/close.md', page('newest'));
  const next = await Served.start(rig);
  expect(await answer(next, { word: 'take' })).toBe(303);
  await next.until(run, /\+ echo newest/);
  expect(await answer(next, { word: 'take' })).toBe(303);
  await next.until(run, /succeeded/);
  expect(await rig.file('library/log')).toBe('newest\n');
});

it('asks about a page that was edited while no server was there for a run that one had let pause', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  const slow = (code: string): string =>
    `# Slow\n\n## Steps\n\n\`\`\`sh {name=one}\ntouch one\nuntil test -e go; do sleep 0.05; done\n\`\`\`\n\n\`\`\`sh {name=two}\necho ${code} >> log\n\`\`\`\n`;
  await rig.write('library/slow.md', slow('old'));
  const first = await Served.start(rig);
  const run = await first.startRun('slow.md');
  await rig.exec('sh', ['-c', 'until test -e library/one; do sleep 0.05; done']);
  await first.stopBehind(run);
  await rig.write('library/go', '');
  await first.process.ended;
  await rig.write('library/slow.md', slow('new'));
  const second = await Served.start(rig);
  await second.until(run, /the runbook has changed in what has not run yet; go on as/);
  const { text } = await second.get(run, 'bob');
  expect((await second.post(`${run}/answers`, { ...hiddenFields(text), word: 'take' }, 'bob')).status).toBe(
    303,
  );
  await second.until(run, /succeeded/);
  expect(await rig.file('library/log')).toBe('new\n');
});

it('rests with the reason where a page can no longer be read, and is not taken up again and again', async () => {
  const { rig, served, run, answer } = await edited();
  await rig.exec('sh', ['-c', 'rm library/close.md && mkdir library/close.md']);
  expect(await answer(served, { word: 'done' })).toBe(303);
  await served.process.waitFor(/rests: /);
  await expect
    .poll(async () => (await served.get(run, 'eve')).text)
    .toMatch(/It could not go on: cannot read .*: it is a folder/);
  expect([told(served, /rests: cannot read/g), told(served, /is taken up again/g)]).toEqual([1, 0]);
});
