// Tests that a run of a server which somebody has paused goes on where it was paused.
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { Served, serveFile } from './served.ts';

const block = (name: string): string =>
  `\n\`\`\`sh {name=${name}}\ntouch ${name}\nuntil test -e go-${name}; do sleep 0.05; done\n\`\`\`\n`;

it('goes on after a pause, on the page as by the interface, where an operator says so', async () => {
  const rig = await Rig.create();
  await rig.write('serve.yaml', serveFile);
  await rig.write('library/slow.md', `# Slow\n\n## Steps\n${block('one')}${block('two')}${block('three')}`);
  const served = await Served.start(rig);
  const run = await served.startRun('slow.md');
  const api = `/api/v1${run}`;
  const program = { Authorization: `Bearer ${served.token}` };
  const begun = (name: string) =>
    rig.exec('sh', ['-c', `until test -e library/${name}; do sleep 0.05; done`]);
  const say = async (type: string, who: 'bob' | 'eve' = 'bob') =>
    (await served.post(`${run}/answers`, { type }, who)).status;
  const ask = async (type: string) => {
    const body = JSON.stringify({ type });
    const headers = { ...program, 'Content-Type': 'application/json' };
    const answer = await fetch(`${served.origin}${api}/answers`, { method: 'POST', headers, body });
    return [answer.status, ((await answer.json()) as { readonly detail?: string }).detail];
  };
  const canGoOn = async () => JSON.parse((await served.get(api, undefined, program)).text).canGoOn;

  await begun('one');
  expect([await canGoOn(), await say('pause')]).toEqual([false, 303]);
  expect([await ask('resume'), await canGoOn()]).toEqual([
    [409, 'It does not rest; what runs now has to come to its end first.'],
    true,
  ]);
  // Nothing is asked of a block that still runs, nor when it has passed.
  const asked = async () => (await rig.run(['answer', run.slice('/runs/'.length)])).stderr;
  const help = 'help: *Go on* on its page at http://127.0.0.1:0, or `runsheet resume';
  expect([await asked(), (await served.get(run, 'bob')).text]).toEqual([
    expect.stringContaining(help),
    expect.not.stringContaining('Waits for an answer'),
  ]);
  const early = ['answer', run.slice('/runs/'.length), 'one', 'done'];
  expect((await rig.run(early)).stderr).toContain('waits for no answer');
  await rig.write('library/go-one', '');
  expect(await asked()).toContain(help);
  expect((await served.get(run, 'eve')).text).not.toContain('>Go on</button>');
  expect([await say('resume', 'eve'), await canGoOn(), await say('resume')]).toEqual([403, true, 303]);
  await begun('two');
  expect(await say('pause')).toBe(303);
  expect((await served.get(run, 'bob')).text).not.toContain('Pause after the step');
  await rig.write('library/go-two', '');
  expect(await ask('resume')).toEqual([200, undefined]);
  await begun('three');
  await rig.write('library/go-three', '');
  expect(await served.until(run, /succeeded/)).toContain('goes on after the pause');
});
