import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderHead } from '../../src/engine/record/bundle-head.ts';
import { Rig } from './rig.ts';

const page = `# Deploy

## Steps

### One

\`\`\`sh
export COLOUR=green
echo one
\`\`\`

### By hand

Do it.

### Three

\`\`\`sh
echo three $COLOUR
\`\`\`
`;
const me = `${userInfo().username}@${hostname()}`;

/** A run that rests at its second step. */
async function rested(): Promise<{ readonly rig: Rig; readonly run: string }> {
  const rig = await Rig.create();
  await rig.write('deploy.md', page);
  expect((await rig.run(['run', 'deploy.md', '--yes'])).exitCode).toBe(5);
  return { rig, run: readdirSync(join(rig.stateFolder, 'runs'))[0] ?? '' };
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/lock|inbox|answers|handed-over/.test(name))
    .sort();

test('a run that was handed over goes on at the other machine, and no more at this one', async () => {
  const { rig, run } = await rested();
  const bundle = rig.path('deploy.run');
  const handed = await rig.run(['handover', run, '--bundle', 'deploy.run']);
  expect(handed).toEqual({
    ...{ exitCode: 0, signal: null, stdout: '' },
    stderr: `run \`${run}\` is in \`deploy.run\`; it does not go on here any more
  \`runsheet takeover deploy.run\` takes it over on the other machine
  the file holds what the run has printed, and what its shells carry from block to block, with the key to it;
  values of secret inputs are not in it, and are asked for again
`,
  });
  expect(statSync(bundle).mode & 0o777).toBe(0o600);
  expect((await rig.run(['runs'])).stdout).toMatch(/ {2}handed over {2}/);
  for (const verb of [
    ['resume', run, '--yes'],
    ['rollback', run, '--yes'],
    ['handover', run, '--bundle', 'b.run'],
  ])
    expect(await rig.run(verb)).toEqual({
      ...{ exitCode: 2, signal: null, stdout: '' },
      stderr: `error: run \`${run}\` was handed over by ${me}, into \`${bundle}\`
  = help: \`runsheet handover ${run} --take-back\` has it go on here, where nobody has taken it over elsewhere
`,
    });
  const other = await Rig.create();
  const here = `run \`${run}\` of ${me} is here; \`runsheet resume ${run}\` goes on with it\n`;
  expect(await other.run(['takeover', bundle])).toEqual({
    exitCode: 0,
    signal: null,
    stdout: '',
    stderr: here,
  });
  const [from, to] = [rig, other].map((one) => join(one.stateFolder, 'runs', run)) as [string, string];
  expect(filesOf(to)).toEqual(filesOf(from));
  for (const name of filesOf(to)) {
    const { mode } = statSync(join(to, name));
    expect([name, (mode & 0o777).toString(8)]).toEqual([
      name,
      statSync(join(to, name)).isDirectory() ? '700' : '600',
    ]);
  }
  expect((await other.run(['verify', run])).exitCode).toBe(0);
  expect((await other.run(['show', run])).stdout).toMatch(`taken over from ${me}, who handed it over at `);
  expect((await other.run(['takeover', bundle])).stderr).toBe(`run \`${run}\` is here already\n`);
  const goesOn = await other.run(['resume', run, '--yes', '--manual', 'skip', '--log', 'none']);
  expect([goesOn.exitCode, goesOn.stderr + goesOn.stdout]).toEqual([
    0,
    expect.stringContaining('three green'),
  ]);
});

test('a run is handed back, and taken back', async () => {
  const { rig, run } = await rested();
  const other = await Rig.create();
  const [to, back] = [rig.path('to.run'), rig.path('back.run')];
  expect((await rig.run(['handover', run, '--bundle', to])).exitCode).toBe(0);
  expect((await other.run(['takeover', to])).exitCode).toBe(0);
  expect((await other.run(['handover', run, '--bundle', back])).exitCode).toBe(0);
  expect((await rig.run(['takeover', to])).stderr).toMatch('is here already, and has gone another way');
  expect((await rig.run(['takeover', back])).exitCode).toBe(0);
  expect((await rig.run(['verify', run])).exitCode).toBe(0);
  expect(readdirSync(join(rig.stateFolder, 'runs'))).toEqual([run]);
  // The other one takes it back, and both have gone on: neither takes over what the other has.
  expect((await other.run(['handover', run, '--take-back'])).stderr).toBe(
    `run \`${run}\` goes on here; do not take it over from \`${back}\` any more\n`,
  );
  expect((await other.run(['show', run])).stdout).toMatch(
    `taken back here, after ${me} had handed it over at `,
  );
  expect((await other.run(['handover', run, '--take-back'])).stderr).toMatch('was not handed over');
  const again = rig.path('again.run');
  expect((await rig.run(['handover', run, '--bundle', again])).exitCode).toBe(0);
  expect((await other.run(['takeover', again])).stderr).toMatch('is here already, and has gone another way');
});

test('a bundle that is damaged, or made to do harm, is refused, and nothing of it stays', async () => {
  const { rig, run } = await rested();
  const bundle = rig.path('deploy.run');
  await rig.run(['handover', run, '--bundle', bundle]);
  const bytes = readFileSync(bundle);
  const [line = ''] = bytes.toString('latin1').split('\n');
  const headEnd = line.length + 1 + Number(line.split(' ')[3]);
  const head = JSON.parse(bytes.subarray(line.length + 1, headEnd).toString());
  const other = await Rig.create();
  const path = other.path('bad.run');
  const flipped = (at: number) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const withHead = (more: object) =>
    Buffer.concat([renderHead({ ...head, ...more }), bytes.subarray(headEnd)]);
  const part = (more: object) => ({ parts: [{ ...head.parts[0], ...more }, ...head.parts.slice(1)] });
  const named = (name: string) => withHead(part({ name }));
  const ofHead = 'is damaged: its head is not as it was written';
  const cases: readonly (readonly [bytes: Uint8Array, says: string])[] = [
    [Buffer.from(''), 'is no run that was handed over'],
    [Buffer.from('# Deploy\n'), 'is no run that was handed over'],
    [
      Buffer.from(line.replace('bundle 1', 'bundle 7').concat('\n')),
      'was written by a newer version of runsheet (its format is 7)',
    ],
    [flipped(line.length + 30), ofHead],
    [flipped(headEnd + 3), `is damaged: \`${head.parts[0].name}\` in it is not as it was written`],
    [flipped(bytes.length - 2), `is damaged: \`${head.parts.at(-1).name}\` in it is not as it was written`],
    [bytes.subarray(0, -1), 'is damaged: its end is missing'],
    [bytes.subarray(0, headEnd - 5), 'is damaged: its end is missing'],
    [Buffer.concat([bytes, Buffer.from('x')]), 'is damaged: there is more in it than was written'],
    ...[
      '../x',
      '/etc/x',
      'a/../../x',
      '.x',
      'state/.x',
      'lock.1',
      'inbox/a',
      'answers/a',
      'handed-over.json',
      'a\\..',
      'a\0',
      'a//b',
    ].map((name) => [named(name), ofHead] as const),
    [named(head.parts[1].name), ofHead],
    [withHead(part({ bytes: -1 })), ofHead],
    [withHead(part({ bytes: 1e15 })), 'is damaged: its end is missing'],
    [withHead({ run: '../../x' }), ofHead],
    [withHead({ run: '20200101-000000-aaaa' }), 'holds another run than it says'],
    [named('strange.md'), 'holds a run'],
  ];
  for (const [content, says] of cases) {
    writeFileSync(path, content);
    const { exitCode, stderr } = await other.run(['takeover', path]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`error: \`${path}\` ${says}`)]);
  }
  symlinkSync(bundle, other.path('link.run'));
  expect((await other.run(['takeover', 'link.run'])).stderr).toMatch('`link.run` is no file\n');
  expect((await other.run(['takeover', 'none.run'])).stderr).toMatch('`none.run` cannot be read: ENOENT');
  expect(readdirSync(join(other.stateFolder, 'runs'))).toEqual([]);
});

test('nothing is handed over where the file is there, or a file of the run is none', async () => {
  const { rig, run } = await rested();
  await rig.write('taken.run', 'mine');
  expect((await rig.run(['handover', run, '--bundle', 'taken.run'])).stderr).toBe(
    'error: cannot write `taken.run`: it is there already\n  = help: nothing was handed over\n',
  );
  const outputs = join(rig.stateFolder, 'runs', run, 'outputs');
  symlinkSync('/etc/passwd', join(outputs, 'link.out'));
  expect((await rig.run(['handover', run, '--bundle', 'x.run'])).stderr).toBe(
    `error: run \`${run}\` cannot be handed over: \`outputs/link.out\` in the folder of the run is no file that a run keeps\n`,
  );
  expect(readFileSync(rig.path('taken.run'), 'utf8')).toBe('mine');
  expect((await rig.run(['runs'])).stdout).toMatch(/ {2}paused {2}/);
});
