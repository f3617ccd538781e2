// Tests taking up a run after everything that can end it: the tool, its shell, both, and the signals of a system.
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';
import { runsOf, storyOf } from './told-story.ts';

const carrying = `# Carry

## Preconditions

\`\`\`sh {name=here}
test -d .
\`\`\`

## Steps

### One

\`\`\`sh
export KEPT=yes
plain=text
greet() { echo "hello $1"; }
mkdir -p sub; cd sub
\`\`\`

### Two

\`\`\`sh {capture=CAPTURED}
echo token-1
\`\`\`

### Three

\`\`\`sh {check="test -e done"}
echo $$ > pid
echo ready
test -e go || exec tail -f /dev/null
touch done
\`\`\`

### Four

\`\`\`sh
echo "$KEPT $plain $CAPTURED $(greet you) \${PWD##*/}" > ../carried
\`\`\`
`;

async function startedUntilReady() {
  const rig = await Rig.create();
  await rig.write('carry.md', carrying);
  const running = rig.start(['run', 'carry.md', '--yes'], { env: namedUser('ada') });
  await running.waitFor('ready');
  return { rig, running };
}

const untilThree = [
  'run RUN of `Carry` started by ada',
  'preconditions',
  '`here` started',
  '`here` passed',
  'every precondition holds',
  'steps',
  '`one` started',
  '`one` passed',
  '`two` started',
  '`two` passed (1 line)',
  'the `check` of `three` does not hold',
  '`three` started',
];

const afterThree = [
  '`three` passed (1 line)',
  '`four` started',
  '`four` passed',
  'the run succeeded: every step that was to run has passed',
];

describe('a run whose tool was killed', () => {
  it('is taken up by somebody else with variables, functions, folder and captured values', async () => {
    const { rig, running } = await startedUntilReady();
    running.kill('SIGKILL');
    await running.ended;
    expect((await runsOf(rig)).map(({ status }) => status)).toEqual(['interrupted']);
    await rig.write('sub/go', '');

    const resumed = await rig.run(['resume', '--yes'], { env: namedUser('grace') });

    expect(resumed.exitCode).toBe(0);
    expect(await rig.file('carried')).toBe('yes text token-1 hello you sub\n');
    expect(await storyOf(rig)).toEqual([
      ...untilThree,
      'resumed by grace',
      'preconditions',
      '`here` started, attempt 2',
      '`here` passed',
      'steps',
      'the `check` of `three` does not hold',
      '`three` is no longer in doubt: run again, decided by grace (unattended: its check says that it is not done)',
      'the `check` of `three` does not hold',
      '`three` started, attempt 2',
      ...afterThree,
    ]);
    expect(await rig.run(['verify'])).toMatchObject({ exitCode: 0 });
  });

  it('does not run a block again whose check says that it came to its end', async () => {
    const { rig, running } = await startedUntilReady();
    running.kill('SIGKILL');
    await running.ended;
    await rig.write('sub/done', '');
    expect(await rig.run(['resume', '--yes'])).toMatchObject({ exitCode: 0 });
    expect((await storyOf(rig)).filter((line) => line.includes('three'))).toEqual([
      'the `check` of `three` does not hold',
      '`three` started',
      'the `check` of `three` holds',
      expect.stringMatching(
        /^`three` is no longer in doubt: done, decided by \S+ \(unattended: its check holds\)$/,
      ),
    ]);
  });
});

describe('a run whose shell was killed', () => {
  /** The long-lived shell, whose child the running block is. */
  const shellOf = async (rig: Rig) => Number(await rig.file('sub/pid'));

  it('fails at the block and goes on from there with what was carried', async () => {
    const { rig, running } = await startedUntilReady();
    process.kill(await shellOf(rig), 'SIGKILL');
    const ended = await running.ended;
    expect(ended.exitCode).toBe(1);
    await rig.write('sub/go', '');
    await rig.write('sub/done', '');
    // It has failed, and a person has to say what follows: here, that it was done by hand.
    const resumed = await rig.run(['resume', 'carry.md', '--surface', 'prompt'], {
      input: 'd\nlooked at it\nr\n',
    });
    expect(resumed.exitCode).toBe(0);
    expect(await rig.file('carried')).toBe('yes text token-1 hello you sub\n');
  });

  it('and whose tool was killed with it, is in doubt', async () => {
    const { rig, running } = await startedUntilReady();
    const shell = await shellOf(rig);
    running.kill('SIGKILL');
    process.kill(shell, 'SIGKILL');
    await running.ended;
    await rig.write('sub/go', '');
    expect(await rig.run(['resume', '--yes'])).toMatchObject({ exitCode: 0 });
    expect(await rig.file('carried')).toBe('yes text token-1 hello you sub\n');
  });
});

describe.each(['SIGTERM', 'SIGHUP'] as const)('a run that gets %s', (signal) => {
  it('ends its block, pauses with exit 5 and is taken up again', async () => {
    const { rig, running } = await startedUntilReady();
    running.kill(signal);
    const ended = await running.ended;
    expect([ended.exitCode, ended.signal]).toEqual([5, null]);
    expect((await runsOf(rig)).map(({ status }) => status)).toEqual(['paused']);
    await rig.write('sub/go', '');
    const again = await rig.run(['resume', '--surface', 'prompt'], { input: 'r\nr\nr\nr\n' });
    expect(again.exitCode).toBe(0);
    expect(existsSync(rig.path('sub/done'))).toBe(true);
    expect(await rig.file('carried')).toBe('yes text token-1 hello you sub\n');
  });
});

it('keeps the ticks and notes of an operator whose tool was killed', async () => {
  const rig = await Rig.create();
  const block = 'echo "rea"dy\ntest -e go || exec tail -f /dev/null\n';
  await rig.write(
    'ticks.md',
    `# Ticks\n\n## Steps\n\n### Look\n\n- [ ] left\n- [ ] right\n\n### Hold\n\n\`\`\`sh\n${block}\`\`\`\n`,
  );
  const run = rig.start(['run', 'ticks.md', '--surface', 'prompt'], {
    input: '1\n\nn\nlooks odd\n2\n\nr\n',
    env: namedUser('ada'),
  });
  await run.waitFor('ready');
  run.kill('SIGKILL');
  await run.ended;
  await rig.write('go', '');
  const resumed = await rig.run(['resume', '--surface', 'prompt'], {
    input: 'r\n',
    env: namedUser('grace'),
  });
  expect(resumed.exitCode).toBe(0);
  expect(await storyOf(rig)).toEqual([
    'run RUN of `Ticks` started by ada',
    'steps',
    'item 1 of `look` ticked by ada',
    'note by ada on `look`: looks odd',
    'item 2 of `look` ticked by ada',
    '`look` done, confirmed by ada',
    '`hold` started by ada',
    '`hold` started',
    'resumed by grace',
    '`hold` is no longer in doubt: run again, decided by grace',
    '`hold` started, attempt 2',
    '`hold` passed (1 line)',
    'the run succeeded: every step that was to run has passed',
  ]);
  expect(await rig.file('ticks.md')).toContain('- [x] left\n- [x] right\n');
  expect(await rig.file('ticks.md')).toContain('looks odd');
});

describe('a run that failed with nobody there', () => {
  const document = (second: string) =>
    `# Fails\n\n## Steps\n\n### First\n\n\`\`\`sh\necho first >> log\n\`\`\`\n\n#### Rollback\n\n` +
    `\`\`\`sh\nrm log\n\`\`\`\n\n### Second\n\n${second}\n### Third\n\n\`\`\`sh\necho third >> log\n\`\`\`\n`;

  it('says how to go on, and is tried again from there with `resume --yes`', async () => {
    const rig = await Rig.create();
    await rig.write('fails.md', document('```sh\ntest -e mended\n```\n'));
    const failed = await rig.run(['run', 'fails.md', '--yes'], { env: namedUser('ada') });
    const id = (await runsOf(rig))[0]?.id;
    expect([failed.exitCode, failed.stderr.split('\n').slice(-4)]).toEqual([
      1,
      [
        expect.stringMatching(/ ✘ the run failed: `second` failed$/),
        `  \`runsheet resume ${id}\` comes back to this place`,
        `  \`runsheet rollback ${id}\` undoes what it did`,
        '',
      ],
    ]);
    const again = ['resume', id ?? '', '--yes'];
    expect(await rig.run(again, { env: namedUser('grace') })).toMatchObject({ exitCode: 1 });
    await rig.write('mended', '');
    expect(await rig.run(again, { env: namedUser('grace') })).toMatchObject({ exitCode: 0 });
    expect(await rig.file('log')).toBe('first\nthird\n');
    expect((await storyOf(rig)).slice(3)).toEqual([
      '`first` passed',
      '`second` started',
      '`second` failed: exit 1 at line 20: `test -e mended`',
      'stop, without being asked',
      'the run failed: `second` failed',
      'resumed by grace',
      'run again, decided by grace',
      '`second` started, attempt 2',
      '`second` failed: exit 1 at line 20: `test -e mended`',
      'stop, without being asked',
      'the run failed: `second` failed',
      'resumed by grace',
      'run again, decided by grace',
      '`second` started, attempt 3',
      '`second` passed',
      '`third` started',
      '`third` passed',
      'the run succeeded: every step that was to run has passed',
    ]);
  });

  it('has nothing left to run where it went on after the failure', async () => {
    const rig = await Rig.create();
    await rig.write('fails.md', document('```sh {on-failure=continue}\nfalse\n```\n'));
    const failed = await rig.run(['run', 'fails.md', '--yes']);
    const id = (await runsOf(rig))[0]?.id;
    expect([failed.exitCode, failed.stderr.split('\n').slice(-3)]).toEqual([
      1,
      [
        expect.stringMatching(/ ✘ the run failed: failed, and the run continued: `second`$/),
        `  \`runsheet rollback ${id}\` undoes what it did`,
        '',
      ],
    ]);
    const again = await rig.run(['resume', id ?? '', '--yes']);
    expect([again.exitCode, again.stderr]).toEqual([
      2,
      `error: run \`${id}\`: it continued after the failure to its end; nothing is left to run\n`,
    ]);
  });
});

describe('a block that was interrupted with nobody there', () => {
  const cases = [
    ['risk=change', 5, 'paused at `slow`: `slow` started, and how it ended is not known'],
    ['risk=read', 0, 'the run succeeded: every step that was to run has passed'],
    ['check="test -e go"', 0, 'the run succeeded: every step that was to run has passed'],
  ] as const;
  it.each(cases)('is in doubt for `resume --yes`: {%s} ends with %i', async (attributes, exitCode, last) => {
    const rig = await Rig.create();
    await rig.write(
      'slow.md',
      `# Waits\n\n## Steps\n\n### Slow\n\n\`\`\`sh {${attributes}}\necho "rea"dy\ntest -e go || exec tail -f /dev/null\n\`\`\`\n`,
    );
    const running = rig.start(['run', 'slow.md', '--yes']);
    await running.waitFor('ready');
    running.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    await rig.write('go', '');
    expect((await rig.run(['resume', '--yes'])).exitCode).toBe(exitCode);
    expect((await storyOf(rig)).at(-1)).toBe(last);
  });

  it('is no longer in doubt where somebody has said what is to follow', async () => {
    const rig = await Rig.create();
    await rig.write(
      'slow.md',
      '# Waits\n\n## Steps\n\n```sh {name=slow}\necho "rea"dy\ntest -e go || exec tail -f /dev/null\n```\n',
    );
    const running = rig.start(['run', 'slow.md', '--yes']);
    await running.waitFor('ready');
    running.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    await rig.write('go', '');
    const { id = '' } = (await runsOf(rig))[0] ?? {};
    expect((await rig.run(['answer', id, 'slow', 'retry'])).exitCode).toBe(0);
    expect((await rig.run(['resume', '--yes'])).exitCode).toBe(0);
    expect((await storyOf(rig)).slice(-4)).toEqual([
      expect.stringMatching(/^the answer `retry` from .* was taken$/),
      '`slow` started, attempt 2',
      '`slow` passed (1 line)',
      'the run succeeded: every step that was to run has passed',
    ]);
  });
});

describe('resume without a name', () => {
  it('says which run has failed where none is unfinished', async () => {
    const rig = await Rig.create();
    await rig.write('fails.md', '# Fails\n\n## Steps\n\n```sh\ntest -e mended\n```\n');
    expect((await rig.run(['resume', '--yes'])).stderr).toBe(
      'error: no run is paused or interrupted\n  = help: `runsheet runs` lists all of them\n',
    );
    await rig.run(['run', 'fails.md', '--yes']);
    const [failed] = await runsOf(rig);
    const id = failed?.id;
    const nameless = await rig.run(['resume', '--yes']);
    expect([nameless.exitCode, nameless.stderr]).toEqual([
      2,
      'error: no run is paused or interrupted\n' +
        `  = help: run \`${id}\` has failed: \`runsheet resume ${id}\` takes it up where it did\n`,
    ]);
  });
});

describe('an EXIT trap that waits for the end of its run', () => {
  /** Runs here what it is told to run on a host. */
  const ssh =
    '#!/bin/sh\nwhile [ "$1" != web1 ]; do shift; done\nshift; [ "$1" = -- ] && shift\ncd; exec sh -c "$*"\n';

  it('is run, here and on a host, though no block has run since the run was taken up', async () => {
    const rig = await Rig.create();
    const env = { RUNSHEET_SSH: await rig.write('ssh', ssh) };
    await chmod(rig.path('ssh'), 0o755);
    const blocks = ['', '{host=web1}'].map(
      (where) => `\`\`\`bash ${where}\ntrap 'echo "bye of ${where}"' EXIT\n\`\`\`\n`,
    );
    await rig.write(
      'book.md',
      `# Traps\n\n## Steps\n\n### Begin\n\n${blocks.join('\n')}\n### Wait\n\nLook.\n`,
    );
    const paused = await rig.run(['run', 'book.md', '--yes'], { env });
    expect([paused.exitCode, paused.stderr]).toEqual([5, expect.not.stringContaining('bye')]);
    const resumed = await rig.run(['resume', '--yes', '--manual', 'skip'], { env });
    expect([resumed.exitCode, resumed.stderr.match(/bye of.*/g)?.sort()]).toEqual([
      0,
      ['bye of ', 'bye of {host=web1}'],
    ]);
  });

  it('has run when the run has ended, and is not run again by what takes it up', async () => {
    const rig = await Rig.create();
    const steps = "### Begin\n\n```sh\ntrap 'echo bye >>log' EXIT\n```\n\n### Fail\n\n```sh\nfalse\n```\n";
    await rig.write(
      'book.md',
      `# Traps\n\n## Steps\n\n${steps}\n## Rollback\n\n\`\`\`sh\necho undone >>log\n\`\`\`\n`,
    );
    await rig.run(['run', 'book.md', '--yes']);
    const log = await rig.file('log');
    await rig.run(['rollback', '--yes']);
    expect([log, await rig.file('log')]).toEqual(['bye\n', 'bye\nundone\n']);
  });
});
