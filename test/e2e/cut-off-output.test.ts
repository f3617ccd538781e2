// Tests that who is asked how an interrupted block ended sees what it had printed until then.
import { expect, test } from 'vitest';
import { ready } from '../surfaces/tui/screen-rig.ts';
import { Rig, type RunOptions } from './rig.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';
import { runsOf } from './told-story.ts';

const page = `# Migrate

## Steps

\`\`\`sh {name=migrate}
echo "table 1"
echo "table 2 is slow" >&2
while ! test -e go; do sleep 0.1; done
\`\`\`

\`\`\`sh {name=each each=ZONE of="a b" parallel=2}
echo "zone $ZONE begun"
while ! test -e end; do sleep 0.1; done
\`\`\`
`;

/** A run whose process is killed once it has shown what its blocks print, and that was kept. */
async function killed(
  rig: Rig,
  args: readonly string[],
  words: readonly string[],
  env: RunOptions['env'] = {},
): Promise<void> {
  const run = rig.start([...args, '--yes', '--surface', 'plain', '--log', 'none'], { env });
  for (const word of words) await run.waitFor(word);
  await expect
    .poll(async () => {
      const found = await rig.exec('grep', [
        '-rhoF',
        ...words.flatMap((word) => ['-e', word]),
        rig.stateFolder,
        '--include=*.out',
      ]);
      return words.filter((word) => found.stdout.includes(word));
    })
    .toEqual(words);
  run.kill('SIGKILL');
  await run.ended;
}

test('on the full screen and line by line, of a block and of each item of a list', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  await killed(rig, ['run', 'page.md'], ['table 1', 'table 2 is slow']);
  const screen = rig.terminal(['resume', '--surface', 'tui']);
  await ready(screen, 'output · until it was cut off · 2 lines', '↑↓ choose');
  const shown = screen.screen();
  const at = shown.findIndex((line) => line.includes('until it was cut off'));
  expect(shown.slice(at + 1, at + 3)).toEqual(['table 1', 'table 2 is slow']);
  screen.type('d');
  await screen.waitFor('Enter run it');
  screen.type('p');
  await screen.ended;

  const [run] = await runsOf(rig);
  await killed(rig, ['resume', run?.id ?? ''], ['zone a begun', 'zone b begun']);
  const lines = rig.terminal(['resume', '--surface', 'prompt']);
  await lines.waitFor('What is it?');
  const said = lines.scrolled();
  const from = said.findIndex((line) => line.includes('until it was cut off'));
  expect(said.slice(from, from + 4)).toEqual([
    'The last that it had printed for `a` until it was cut off:',
    '  │ zone a begun',
    'The last that it had printed for `b` until it was cut off:',
    '  │ zone b begun',
  ]);
});

test('who answers from elsewhere, takes the run over or reads its report', async () => {
  const rig = await Rig.create();
  await rig.write('page.md', page);
  await killed(rig, ['run', 'page.md'], ['table 1', 'table 2 is slow']);
  const asked = await rig.run(['answer', 'page.md']);
  expect(asked.stdout).toContain(
    '\nWhat it had printed until it was cut off:\n  │ table 1\n  │ table 2 is slow\n\nanswers: ',
  );
  const told = 'What it had printed until it was cut off:\n\n```text\ntable 1\ntable 2 is slow\n```\n';
  expect((await rig.run(['handover', 'page.md'])).stdout).toContain(told);
  expect((await rig.run(['report', 'page.md'])).stdout).toContain(told);

  // Once it is known how it ended, its result is all that is told of.
  await rig.write('end', '');
  expect(await rig.run(['answer', 'page.md', 'migrate', 'done'])).toMatchObject({ exitCode: 0 });
  expect(await rig.run(['resume', 'page.md', '--yes'])).toMatchObject({ exitCode: 0 });
  expect((await rig.run(['report', 'page.md'])).stdout).not.toContain('until it was cut off');
});

describeWith(sshPrograms, 'on hosts', () => {
  test('of each host by itself', async () => {
    const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(['web1', 'web2'], { servers: 1 })]);
    const code = `echo "on $RUNSHEET_HOST"\nwhile ! test -e '${rig.path('go')}'; do sleep 0.1; done`;
    await rig.write(
      'page.md',
      `# Hosts\n\n## Steps\n\n\`\`\`sh {name=look host=web1,web2 parallel=2}\n${code}\n\`\`\`\n`,
    );
    const env = { RUNSHEET_SSH: hosts.command };
    await killed(rig, ['run', 'page.md'], ['on web1', 'on web2'], env);
    expect((await rig.run(['answer', 'page.md'])).stdout).toContain(
      '\nWhat it had printed on `web1` until it was cut off:\n  │ on web1\n' +
        'What it had printed on `web2` until it was cut off:\n  │ on web2\n\nanswers: ',
    );
    const lines = rig.terminal(['resume', '--surface', 'prompt'], { env });
    await lines.waitFor('What is it?');
    const said = lines.scrolled();
    const from = said.findIndex((line) => line.includes('until it was cut off'));
    expect(said.slice(from, from + 4)).toEqual([
      'The last that it had printed on `web1` until it was cut off:',
      '  │ on web1',
      'The last that it had printed on `web2` until it was cut off:',
      '  │ on web2',
    ]);
    lines.type('p');
    await lines.ended;
    const full = rig.terminal(['resume', '--surface', 'tui'], { env });
    await ready(full, 'output · until it was cut off', '↑↓ choose');
    full.type('o');
    await full.waitUntil(
      (shown) => ['web1:', 'on web1', 'web2:', 'on web2'].every((line) => shown.includes(line)),
      'what both hosts had printed',
    );
    await rig.write('go', '');
  });
});
