import { describe, expect, test } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';

const deploy = `---
inputs:
  REGION: { choices: [eu, us], required: true, description: where }
  CLUSTER: { choices: { command: 'printf "%s-1\\n%s-2\\n" "$REGION" "$REGION"' }, required: true }
  REPLICAS: { type: number, default: { command: 'echo \${#CLUSTER}' } }
  REASON: { when: 'test "$REGION" = us', required: true }
  CONFIG: { type: path, default: default.conf }
  API_TOKEN: { secret: true }
---
# Deploy

## Steps

\`\`\`sh {name=show}
echo "$REGION $CLUSTER $REPLICAS \${REASON-none} $CONFIG"
\`\`\`
`;

const env = { API_TOKEN: 'canary-4711' };

/** What stands on standard error between the head and the first event. */
function shown(stderr: string): string[] {
  return stderr.split('\n').filter((line) => /^ {2}\w/.test(line));
}

describe('inputs', () => {
  test('are computed from those before them, and shown and recorded with where they come from', async () => {
    const rig = await Rig.create();
    await rig.write('deploy.md', deploy);
    await rig.write('values.yaml', 'CLUSTER: us-2\nREASON: "it\'s: needed"\n');
    const run = await rig.run(
      ['run', 'deploy.md', '--yes', '--set', 'REGION=us', '--inputs', 'values.yaml'],
      { env },
    );
    expect(run.exitCode).toBe(0);
    expect(shown(run.stderr)).toEqual([
      '  REGION     us  (--set)',
      '  CLUSTER    us-2  (--inputs)',
      '  REPLICAS   4  (default)',
      "  REASON     it's: needed  (--inputs)",
      '  CONFIG     default.conf  (default)',
      '  API_TOKEN  (secret)',
    ]);
    expect(await rig.file('deploy.md')).toContain("us us-2 4 it's: needed default.conf\n");
    const [first] = (await rig.run(['show', '--json'])).stdout.split('\n');
    expect(JSON.parse(first ?? '').event).toMatchObject({
      inputs: {
        REGION: 'us',
        CLUSTER: 'us-2',
        REPLICAS: '4',
        REASON: "it's: needed",
        CONFIG: 'default.conf',
      },
      inputOrigins: {
        REGION: 'set',
        CLUSTER: 'file',
        REPLICAS: 'default',
        REASON: 'file',
        CONFIG: 'default',
      },
      secretInputs: ['API_TOKEN'],
    });
  });

  test('that depend on a condition are left out where it does not hold', async () => {
    const rig = await Rig.create();
    await rig.write('deploy.md', deploy);
    const set = ['--set', 'REGION=eu', '--set', 'CLUSTER=eu-1', '--set', 'CONFIG=~/x'];
    const run = await rig.run(['run', 'deploy.md', '--yes', ...set], { env });
    expect(run.exitCode).toBe(0);
    expect(await rig.file('deploy.md')).toMatch(/^eu eu-1 4 none \/.*\/home\/x$/m);
  });

  test.each([
    [
      'a choice that the command does not print',
      ['REGION=eu', 'CLUSTER=us-1'],
      'input `CLUSTER`: expected one of `eu-1`, `eu-2`; got `us-1`',
    ],
    [
      'a name that there is not',
      ['REGIN=eu'],
      '--set: the runbook has no input `REGIN`; did you mean `REGION`?',
    ],
    [
      'a value that is none of the choices',
      ['REGION=asia'],
      'input `REGION`: expected one of `eu`, `us`; got `asia`',
    ],
  ])('are refused with %s, before anything runs', async (_, set, message) => {
    const rig = await Rig.create();
    await rig.write('deploy.md', deploy);
    const run = await rig.run(['run', 'deploy.md', '--yes', ...set.flatMap((one) => ['--set', one])], {
      env,
    });
    expect(run).toMatchObject({ exitCode: 2, stderr: `error: ${message}\n` });
    expect((await rig.run(['runs'])).stdout).not.toContain('Deploy');
  });

  test.each([
    ['fails', 'echo "no such cluster" >&2; exit 3', 'failed with exit 3: no such cluster'],
    ['prints nothing', 'true', 'printed none'],
  ])('are refused where the command of their choices %s', async (_, command, why) => {
    const rig = await Rig.create();
    await rig.write(
      'a.md',
      `---\ninputs: { A: { choices: { command: '${command}' } } }\n---\n## Steps\n\n\`\`\`sh\nid\n\`\`\`\n`,
    );
    const run = await rig.run(['run', 'a.md', '--yes']);
    expect(run).toMatchObject({
      exitCode: 2,
      stderr: `error: input \`A\`: the command of its choices ${why}\n`,
    });
  });

  test('are shown by a dry run, which runs none of their commands', async () => {
    const rig = await Rig.create();
    await rig.write(
      'a.md',
      `---\ninputs:\n  A: { default: { command: 'touch made; echo x' } }\n  T: { secret: { command: 'touch made' } }\n  R: { required: true }\n---\n## Steps\n\n\`\`\`sh\nid <who>\n\`\`\`\n`,
    );
    const run = await rig.run(['run', 'a.md', '--dry-run']);
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.stdout).toContain(
      'inputs\n  A (no value yet)\n  T (a secret)\n  R (no value yet)\n  <who> (no value yet)\n',
    );
    expect((await rig.exec('ls', [rig.path()])).stdout).toBe('a.md\n');
  });

  test('that were typed are offered the next time, secrets never', async () => {
    const rig = await Rig.create();
    await rig.write(
      'a.md',
      `---\ninputs:\n  WHO: { required: true }\n  TOKEN: { secret: true }\n---\n# Ask\n\n## Steps\n\n\`\`\`sh\necho "for $WHO in <place>"\n\`\`\`\n`,
    );
    const ask = async (remember: string[], offered: string, typed: string) => {
      const terminal = rig.terminal(['run', 'a.md', '--surface', 'prompt', '--log', 'none', ...remember]);
      await terminal.waitFor(offered);
      terminal.type(`${typed}${keys.enter}`);
      await terminal.waitFor('TOKEN');
      terminal.type(`canary-4711${keys.enter}`);
      await terminal.waitFor('PLACE');
      terminal.type(`here${keys.enter}`);
      await terminal.waitFor('a run all');
      terminal.type('a');
      await terminal.waitFor(/for \w+ in here/);
      await terminal.ended;
    };
    await ask([], 'WHO:', 'ada');
    await ask([], 'WHO: ada', '');
    await ask(['--no-remember'], 'WHO:', 'grace');
    await ask([], 'WHO: ada', '');
    const found = await rig.exec('grep', ['-rl', 'canary-4711', rig.stateFolder, rig.path()]);
    expect(found.stdout).toBe('');
  });
});

describe('the form on the full screen', () => {
  test('asks at once for what can be asked, then for what depends on it, and runs nothing when it is left', async () => {
    const rig = await Rig.create();
    await rig.write('deploy.md', deploy);
    const terminal = rig.terminal(['run', 'deploy.md', '--log', 'none']);
    await terminal.waitFor('This runbook needs 2 values.');
    await terminal.waitFor('API_TOKEN  (is not shown)');
    terminal.type(`u${keys.enter}canary-4711${keys.enter}`);
    await terminal.waitFor('This runbook needs 2 values.');
    await terminal.waitFor('( ) us-2');
    terminal.type(`${keys.right}${keys.right}${keys.enter}it's "x"${keys.enter}`);
    await terminal.waitFor('REPLICAS  (number, default)');
    terminal.type(keys.enter);
    await ready(terminal, 'Begin?', 'CLUSTER    us-2  (asked)');
    expect(terminal.screen().join('\n')).not.toContain('canary');
    terminal.type(keys.enter);
    await ready(terminal, 'Run `show`?');
    terminal.type(keys.enter);
    await ready(terminal, 'The run succeeded', 'Enter close');
    terminal.type('q');
    await terminal.ended;
    const left = rig.terminal(['run', 'deploy.md', '--log', 'none']);
    await left.waitFor('This runbook needs');
    left.type(keys.escape);
    expect((await left.ended).exitCode).toBe(130);
  });
});

describe('every input of a guided run', () => {
  const page = `---
inputs:
  ZONE: { default: eu-1, description: where it runs }
  RELEASE: { default: 1.2.3, pattern: '\\d+\\.\\d+\\.\\d+', message: 'a version like 1.2.3' }
  KEY: { secret: { env: KEY } }
  NOTE: {}
---
# Move

## Steps

\`\`\`sh {name=show}
echo "$ZONE $RELEASE \${#KEY} \${NOTE-none}"
\`\`\`
`;
  const options = { env: { KEY: 'canary-4711' } };
  const move = ['run', 'move.md', '--log', 'none'];

  test('can be changed in the form, and one key takes all of them as they are', async () => {
    const rig = await Rig.create();
    await rig.write('move.md', page);
    const taken = rig.terminal([...move, '--set', 'ZONE=us-2'], options);
    await taken.waitFor('ZONE  where it runs  (--set)');
    await taken.waitFor('KEY  (is not shown, has a value)');
    await taken.waitFor('NOTE  (may stay empty)');
    taken.type(keys.enter);
    await ready(taken, 'ZONE     us-2  (--set)', 'Begin?');
    taken.type('q');
    await taken.ended;

    const changed = rig.terminal(move, options);
    await changed.waitFor('Change what you need;');
    changed.type(`${keys.down}x${keys.enter}`);
    await changed.waitFor('input `RELEASE`: expected a version like 1.2.3; got `1.2.3x`');
    changed.type(`${keys.backspace}${keys.backspace}4`);
    await changed.waitFor('RELEASE  (was 1.2.3)');
    changed.type(keys.enter);
    await ready(changed, 'RELEASE  1.2.4  (asked)', 'Begin?');
    changed.type(keys.enter);
    await ready(changed, 'Run `show`?');
    changed.type(keys.enter);
    await changed.waitFor('eu-1 1.2.4 11 none');
    // A key that is typed while the block ends is for the block.
    await ready(changed, 'The run succeeded', 'Enter close');
    expect(changed.bytes()).not.toContain('canary');
    changed.type('q');
    await changed.ended;
  });

  test('can be changed line by line, and is not asked about where all of them were given', async () => {
    const rig = await Rig.create();
    await rig.write('move.md', page);
    const terminal = rig.terminal([...move, '--surface', 'prompt'], options);
    await terminal.waitFor('4  NOTE           (no value)');
    expect(terminal.screen().filter((line) => /^ {2}[\dg] /.test(line))).toEqual([
      '  g  go on (Enter)',
      '  1  ZONE           eu-1 (default): where it runs',
      '  2  RELEASE        1.2.3 (default)',
      '  3  KEY            (secret)',
      '  4  NOTE           (no value)',
    ]);
    terminal.type('1');
    await terminal.waitFor('ZONE (where it runs): eu-1');
    terminal.type(`${keys.backspace}2${keys.enter}`);
    await terminal.waitFor('1  ZONE           eu-2 (asked): where it runs');
    terminal.type('4');
    await terminal.waitFor('NOTE:');
    terminal.type('./mo\t');
    await terminal.waitFor('NOTE: ./move.md');
    terminal.type(keys.enter);
    await terminal.waitFor('4  NOTE           ./move.md (asked)');
    terminal.type(keys.enter);
    await terminal.waitFor('Run this block?');
    terminal.type('p');
    await terminal.ended;

    const given = rig.terminal(
      [...move, '--surface', 'prompt', '--set', 'ZONE=a', '--set', 'RELEASE=1.0.0', '--set', 'NOTE=b'],
      options,
    );
    await given.waitFor('Run this block?');
    expect(given.screen().join('\n')).not.toContain('Go on with these inputs');
    given.type('p');
    await given.ended;
  });
});
