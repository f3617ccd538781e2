// Tests that a run of a server that rests is taken up where somebody has said so, and for nothing else.
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { Served, serveFile } from './served.ts';

const block = (name: string): string =>
  `\n\`\`\`sh {name=${name}}\ntouch ${name}\nuntil test -e go-${name}; do sleep 0.05; done\n\`\`\`\n`;

it('stays where a person has left it at a terminal, and the page asks what is asked there', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write('library/slow.md', `# Slow\n\n## Steps\n${block('one')}${block('two')}${block('three')}`);
  const served = await Served.start(rig);
  const run = await served.startRun('slow.md');
  const id = run.slice('/runs/'.length);
  const begun = (name: string) =>
    rig.exec('sh', ['-c', `until test -e library/${name}; do sleep 0.05; done`]);
  await begun('one');
  await served.post(`${run}/answers`, { type: 'pause' }, 'bob');
  await rig.write('library/go-one', '');
  await served.until(run, /Go on<\/button>/, 'bob');

  const taken = rig.start(['resume', id, '--yes']);
  await begun('two');
  taken.kill('SIGINT');
  expect((await taken.ended).exitCode).toBe(130);
  // The server has looked at it once it no longer has it rest for what it rested for before.
  const shown = await served.until(run, /^(?![\s\S]*It could not go on)[\s\S]*it failed: interrupted/);
  expect(shown).not.toContain('is not known');
  const resumed = async () => (await rig.run(['show', id])).stdout.match(/resumed by/g)?.length ?? 0;
  expect(await resumed()).toBe(1);

  await rig.write('library/go-two', '');
  await rig.write('library/go-three', '');
  expect((await rig.run(['answer', id, 'two', 'retry'])).exitCode).toBe(0);
  expect(await served.until(run, /succeeded/)).not.toContain('It could not go on');
  expect(await resumed()).toBe(2);
});
