// Tests a shell in the environment of a run: on both guided surfaces, and what remains of it when all is killed.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { runsOf, storyOf } from './told-story.ts';

const runbook = `# Mend

## Steps

### One

\`\`\`sh
count=1; say() { echo "said $1"; }; mkdir -p sub
\`\`\`

### Two

\`\`\`sh {name=two cwd=sub env.MINE=own}
echo "count is $count" && test -e mended
\`\`\`

### Three

\`\`\`sh {name=three}
echo "$count \${ADDED-none} \${PWD##*/}" > carried
\`\`\`
`;

/** Ended, though its parent may not have looked yet. */
function gone(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() === '' || stdout.startsWith('Z');
}

async function failedAtTwo(surface: 'prompt' | 'tui') {
  const rig = await Rig.create();
  await rig.write('mend.md', runbook);
  const env = namedUser('ada');
  const terminal = rig.terminal(['run', 'mend.md', '--surface', surface], { rows: 40, cols: 110, env });
  if (surface === 'tui') {
    await terminal.waitFor('Enter begin');
    terminal.type(keys.enter);
    await terminal.waitFor('Enter run it');
    terminal.type('a');
    await terminal.waitFor('Run all without asking');
    terminal.type('y');
  } else {
    await terminal.waitFor('Run this block?');
    terminal.type('a');
  }
  await terminal.waitFor(/shell +a shell in the run/);
  return { rig, terminal };
}

/** In the shell: finds what the blocks left and what the block has for itself, and changes something. */
async function mend(terminal: Awaited<ReturnType<typeof failedAtTwo>>['terminal']) {
  await terminal.waitFor('A shell in the environment of `two`.');
  await terminal.waitFor('Later blocks see what you change. Ctrl-D or `exit` goes back.');
  await terminal.waitFor(/runsheet .*sub [$#]/);
  terminal.type('echo "<$(say hi) $count $MINE $(stty size)>"\r');
  await terminal.waitFor('<said hi 1 own 40 110>');
  terminal.type('touch mended; count=2 ADDED=yes; echo mended\r');
  await terminal.waitFor(/\nmended\nrunsheet .*[$#]/);
  terminal.type(keys.ctrlD);
}

const untilTwo = [
  'run RUN of `Mend` started by ada',
  'steps',
  expect.stringContaining('runs all'),
  '`one` started',
  '`one` passed',
  '`two` started',
  expect.stringMatching(/^`two` failed/),
];

describe('a shell from the failure menu', () => {
  it.each(['prompt', 'tui'] as const)('mends what failed, and its changes carry on: %s', async (surface) => {
    const { rig, terminal } = await failedAtTwo(surface);
    terminal.type('!');
    await mend(terminal);
    await terminal.waitFor('the shell was closed after');
    await terminal.waitFor(/shell +a shell in the run/);
    terminal.type('r');
    await terminal.waitFor(surface === 'tui' ? 'Enter run it' : /Three[\s\S]*Run this block/);
    terminal.type(surface === 'tui' ? keys.enter : 'r');
    if (surface === 'tui') {
      await terminal.waitFor('Enter close');
      terminal.type(keys.enter);
    }
    expect(await terminal.ended).toMatchObject({ exitCode: 0 });
    expect(await rig.file('carried')).toBe(`2 yes ${rig.path().split('/').pop()}\n`);
    expect(await rig.file('sub/mended')).toBe('');
    const story = await storyOf(rig);
    expect(story.slice(untilTwo.length, untilTwo.length + 2)).toEqual([
      'a shell was opened by ada at `two`',
      expect.stringMatching(/^the shell was closed after/),
    ]);
    // Never what was typed or seen there.
    expect(JSON.stringify(story)).not.toContain('said hi');
  });
});

describe('a run that is killed while its operator is in a shell', () => {
  it('ends the shell with it, and comes back to the question, nothing in doubt', async () => {
    const { rig, terminal } = await failedAtTwo('prompt');
    terminal.type('!');
    await terminal.waitFor(/runsheet .*sub [$#]/);
    terminal.type('sleep 1000 & echo "pids: $$ $!"\r');
    await terminal.waitFor(/pids: \d+ \d+/);
    const pids = /pids: (\d+) (\d+)/.exec(terminal.screen().join('\n'))?.slice(1).map(Number) ?? [];
    terminal.kill('SIGKILL');
    await terminal.ended;
    await expect.poll(() => pids.map(gone)).toEqual([true, true]);
    expect((await runsOf(rig)).map(({ status }) => status)).toEqual(['interrupted']);

    const env = namedUser('grace');
    const again = rig.terminal(['resume', '--surface', 'prompt'], { rows: 40, cols: 110, env });
    await again.waitFor(/shell +a shell in the run/);
    again.type('!');
    await mend(again);
    await again.waitFor(/closed after[\s\S]*shell +a shell in the run/);
    again.type('r');
    await again.waitFor(/Three[\s\S]*Run this block/);
    again.type('r');
    expect(await again.ended).toMatchObject({ exitCode: 0 });
    expect(await storyOf(rig)).toEqual([
      ...untilTwo,
      'a shell was opened by ada at `two`',
      'resumed by grace',
      'a shell was opened by grace at `two`',
      expect.stringMatching(/^the shell was closed after/),
      'run again, decided by grace',
      '`two` started, attempt 2',
      '`two` passed (1 line)',
      '`three` started by grace',
      '`three` started',
      '`three` passed',
      'the run succeeded: every step that was to run has passed',
    ]);
  });

  it('rests where its terminal went away, with what the shell had changed', async () => {
    const { rig, terminal } = await failedAtTwo('prompt');
    terminal.type('!');
    await terminal.waitFor(/runsheet .*sub [$#]/);
    terminal.type('count=9; echo set-it\r');
    await terminal.waitFor('\nset-it');
    terminal.kill('SIGHUP');
    expect(await terminal.ended).toMatchObject({ exitCode: 5 });
    expect((await runsOf(rig)).map(({ status }) => status)).toEqual(['paused']);
    const env = namedUser('grace');
    const again = rig.terminal(['resume', '--surface', 'prompt'], { rows: 40, cols: 110, env });
    await again.waitFor(/shell +a shell in the run/);
    again.type('c');
    await again.waitFor(/Three[\s\S]*Run this block/);
    again.type('r');
    await again.ended;
    expect(await rig.file('carried')).toMatch(/^9 none /);
  });
});

it('is not offered where there is no terminal to open it on', async () => {
  const rig = await Rig.create();
  await rig.write('mend.md', runbook);
  const ended = await rig.run(['run', 'mend.md', '--surface', 'prompt'], { input: 'r\n!\np\n' });
  expect(ended.stderr).not.toContain('shell');
  expect(ended.exitCode).toBe(5);
});
