// Tests that a run of a server that rests is taken up where somebody has said so, and for nothing else.
import { expect, it } from 'vitest';
import { EmbeddedQueue } from '../../src/engine/queue/embedded-queue.ts';
import { Rig } from './rig.ts';
import { hiddenFields, Served, serveFile } from './served.ts';

const block = (name: string): string =>
  `\n\`\`\`sh {name=${name}}\ntouch ${name}\nuntil test -e go-${name}; do sleep 0.05; done\n\`\`\`\n`;

async function slow() {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write('library/slow.md', `# Slow\n\n## Steps\n${block('one')}${block('two')}${block('three')}`);
  await rig.write('library/quick.md', '# Quick\n\n## Steps\n\n```sh\ntrue\n```\n');
  const served = await Served.start(rig);
  const run = await served.startRun('slow.md');
  const id = run.slice('/runs/'.length);
  const begun = (name: string) =>
    rig.exec('sh', ['-c', `until test -e library/${name}; do sleep 0.05; done`]);
  await begun('one');
  const taken = async (): Promise<void> => {
    const terminal = rig.start(['resume', id, '--yes']);
    await begun('two');
    terminal.kill('SIGINT');
    expect((await terminal.ended).exitCode).toBe(130);
  };
  const resumed = async () => (await rig.run(['show', id])).stdout.match(/resumed by/g)?.length ?? 0;
  return { rig, served, run, id, begun, taken, resumed };
}

it('stays where a person has left it at a terminal, and the page asks what is asked there', async () => {
  const { rig, served, run, id, taken, resumed } = await slow();
  await served.post(`${run}/answers`, { type: 'pause' }, 'bob');
  await rig.write('library/go-one', '');
  await served.until(run, /Go on<\/button>/, 'bob');

  await taken();
  // The server has looked at it once it no longer has it rest for what it rested for before.
  const shown = await served.until(run, /^(?![\s\S]*It could not go on)[\s\S]*it failed: interrupted/);
  expect(shown).not.toContain('is not known');
  expect(await resumed()).toBe(1);

  await rig.write('library/go-two', '');
  await rig.write('library/go-three', '');
  expect((await rig.run(['answer', id, 'two', 'retry'])).exitCode).toBe(0);
  expect(await served.until(run, /succeeded/)).not.toContain('It could not go on');
  expect(await resumed()).toBe(2);
});

it('is gone on with by the next server where its own has ended', async () => {
  const { rig, served, run, begun } = await slow();
  await served.stopBehind(run);
  await rig.write('library/go-one', '');
  await served.process.ended;
  const next = await Served.start(rig);
  await begun('two');
  await rig.write('library/go-two', '');
  await rig.write('library/go-three', '');
  expect(await next.until(run, /succeeded/)).toContain('paused: its server ends');
});

it('is not gone on with by the next server where a person has left it between the two', async () => {
  const { rig, served, run, taken, resumed } = await slow();
  await served.stopBehind(run);
  await rig.write('library/go-one', '');
  await served.process.ended;
  await taken();
  const next = await Served.start(rig);
  // Runs are taken in their order.
  await next.until(await next.startRun('quick.md'), /succeeded/);
  expect([await next.until(run, /it failed: interrupted/), await resumed()]).toEqual([
    expect.not.stringContaining('It could not go on'),
    1,
  ]);
});

it('goes on as a person says whose terminal was lost in the middle of a block', async () => {
  const { rig, served, run, id, begun, resumed } = await slow();
  await served.post(`${run}/answers`, { type: 'pause' }, 'bob');
  await rig.write('library/go-one', '');
  await served.until(run, /Go on<\/button>/, 'bob');
  const terminal = rig.start(['resume', id, '--yes']);
  await begun('two');
  terminal.kill('SIGKILL');
  await terminal.ended;
  const shown = await served.until(
    run,
    /^(?![\s\S]*a process works on it)[\s\S]*its process broke off/,
    'bob',
  );
  expect([shown, await resumed()]).toEqual([expect.stringContaining('how it ended is not known'), 1]);
  for (const name of ['two', 'three']) await rig.write(`library/go-${name}`, '');
  await served.post(`${run}/answers`, { ...hiddenFields(shown), word: 'run-again' }, 'bob');
  expect(await served.until(run, /succeeded/)).toContain('answered <code>run-again</code>');
});

it('waits, and is not tried all the time, while another run of its page goes on', async () => {
  const { rig, served, run, begun } = await slow();
  await served.stopBehind(run);
  await rig.write('library/go-one', '');
  await served.process.ended;
  const other = rig.start(['run', 'library/slow.md', '--yes']);
  await begun('two');
  const next = await Served.start(rig);
  await next.process.waitFor(/is taken up again: this runbook is being run already/);
  const queue = await EmbeddedQueue.openToRead(rig.stateFolder);
  const [waiting] = (await queue.runs({}, { limit: 1 })).entries;
  await queue.close();
  expect(waiting).toMatchObject({ id: run.slice('/runs/'.length), status: 'queued', epoch: 2 });
  expect(Number(waiting?.dueAt)).toBeGreaterThan(Date.now() + 5_000);
  for (const name of ['two', 'three']) await rig.write(`library/go-${name}`, '');
  expect((await other.ended).exitCode).toBe(0);
  await next.until(run, /succeeded/);
});

it('is told of on an open page when its process is killed, whoever has started it', async () => {
  const { rig, served, begun } = await slow();
  await rig.write('library/other.md', `# Other\n\n## Steps\n${block('four')}`);
  const terminal = rig.start(['run', 'library/other.md', '--yes']);
  await begun('four');
  const [, id = ''] = /href="\/runs\/([^"]+)">Other/.exec((await served.get('/runs', 'eve')).text) ?? [];
  await served.until(`/runs/${id}`, /running<\/span>, a process works on it/);
  const told = served.until(`/runs/${id}`, /interrupted<\/span>/);
  terminal.kill('SIGKILL');
  await told;
});
