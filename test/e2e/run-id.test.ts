// Tests runs that other programs start: under an id of theirs, once, with what started them and for whom.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runsOf } from './told-story.ts';

const id = '20261128-143000-a1b2c3d4';
const page = `# Page

## Steps

### One

\`\`\`sh {name=one}
echo one >> log
\`\`\`

### Look

- [ ] Look at it

### Two

\`\`\`sh {name=two}
echo two >> log
\`\`\`
`;
const start = ['run', 'page.md', '--yes', '--run-id', id];

it('starts a run of an id once, goes on with it, and tells how it ended', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  expect(await rig.run(start)).toMatchObject({ exitCode: 5 });
  expect(await rig.run(start)).toMatchObject({ exitCode: 5 });
  expect(await rig.file('log')).toBe('one\n');
  expect(await rig.run([...start, '--manual', 'skip'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('one\ntwo\n');
  const again = await rig.run(start);
  expect([again.exitCode, again.stderr, await rig.file('log')]).toEqual([
    0,
    `note: run \`${id}\` has ended already; nothing was run\n`,
    'one\ntwo\n',
  ]);
  expect((await runsOf(rig)).map((run) => run.id)).toEqual([id]);
});

it('starts it once also where many ask for it at the same moment', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page.replace('- [ ] Look at it', '```sh {name=mid}\nsleep 1\n```'));
  const ends = await Promise.all(Array.from({ length: 5 }, () => rig.run([...start, '--log', 'none'])));
  const codes = ends.map(({ exitCode }) => exitCode);
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
  expect(codes.every((code) => code === 0 || code === 7)).toBe(true);
  expect(await rig.file('log')).toBe('one\ntwo\n');
});

it('begins anew where it broke off before its first record, and refuses what is no id', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  mkdirSync(join(rig.stateFolder, 'runs', id), { recursive: true, mode: 0o700 });
  expect(await rig.run([...start, '--manual', 'skip'])).toMatchObject({ exitCode: 0 });
  expect(await rig.file('log')).toBe('one\ntwo\n');
  const refused = await rig.run(['run', 'page.md', '--yes', '--run-id', '../../x']);
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    'error: `../../x` is not a valid run id\n' +
      '  = help: an id looks like `20261128-143000-k3f9`: date and time in UTC, and at least four lower-case letters or digits\n',
  ]);
});

it('records what started it and for whom', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  const run = await rig.run([...start, '--cause', 'alertmanager/prod: PoolFull', '--on-behalf', 'ada']);
  expect(run.exitCode).toBe(5);
  expect(run.stderr).toMatch(/started by \S+ for ada, because of alertmanager\/prod: PoolFull\n/);
  const { stdout } = await rig.run(['show', id, '--json']);
  expect(JSON.parse(stdout.split('\n')[0] ?? '').event).toMatchObject({
    type: 'RunStarted',
    by: { for: 'ada' },
    cause: 'alertmanager/prod: PoolFull',
  });
});

it('goes on with no run of another page, with none for a rehearsal, and with none for a dry run', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  await rig.write('other.md', page);
  expect(await rig.run(start)).toMatchObject({ exitCode: 5 });
  const other = await rig.run(['run', 'other.md', '--yes', '--manual', 'skip', '--run-id', id]);
  const rehearsal = await rig.run([...start, '--rehearse', '--manual', 'skip']);
  const dryRun = await rig.run([...start, '--dry-run']);
  expect([other.exitCode, other.stderr]).toEqual([
    2,
    `error: run \`${id}\` is of \`${rig.path('page.md')}\`\n` +
      '  = help: an id belongs to one run of one page: use another id\n',
  ]);
  expect([rehearsal.exitCode, rehearsal.stderr]).toEqual([
    2,
    `error: run \`${id}\` is no rehearsal\n  = help: give another id\n`,
  ]);
  expect([dryRun.exitCode, await rig.file('log')]).toEqual([0, 'one\n']);
});

it('tells programs in a record where a run of the id goes on', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page.replace('echo one >> log', 'echo ready; exec tail -f /dev/null'));
  const first = rig.start(start);
  await first.waitFor('ready');
  const second = await rig.run([...start, '--surface', 'ndjson']);
  expect([second.exitCode, JSON.parse(second.stdout)]).toEqual([
    7,
    { v: 1, type: 'run-refused', reason: 'busy', message: `run \`${id}\` is going on`, run: id },
  ]);
  first.kill('SIGTERM');
  await first.ended;
});
