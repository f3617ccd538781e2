// Tests that what its name says to be a secret is one from the moment it is seen, whoever set it.
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, hunt, type Needle } from './leak-hunt.ts';
import { Rig } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';

const needles = (values: Readonly<Record<string, string>>): Needle[] =>
  Object.entries(values).map(([canary, text]) => ({ canary, encoding: 'text', text }));

const fence = (info: string, ...code: string[]): string => `\`\`\`${info}\n${code.join('\n')}\n\`\`\`\n\n`;

/** All that a run has left on the disk but the page as its author wrote it, and what was shown. */
function kept(rig: Rig, ...shown: { readonly stdout: string; readonly stderr: string }[]) {
  return [
    ...filesBelow(rig.path('..')),
    ...shown.map(({ stdout, stderr }, index) => ({
      name: `run ${index}`,
      bytes: Buffer.from(stdout + stderr),
    })),
  ];
}

/** Each is put together by code, so that the page itself does not hold it. */
const values = {
  assigned: 'assigned-7531',
  exported: 'exported-7532',
  typed: 'typed-7533-word',
  captured: 'captured-7534',
  written: 'written-7535',
  inherited: 'inherited-7536',
  given: 'given-7537',
};

const control = 'nobody-hides-7538';

describeWith(['zsh', 'dash'], 'what is not declared', () => {
  test.each(['bash', 'zsh'])('is masked and kept nowhere, and has to be given again: %s', async (shell) => {
    const rig = await Rig.create();
    const page = [
      '---\ninputs: { GIVEN_TOKEN: { required: true } }\n---\n# Undeclared\n\n## Steps\n\n### Set\n\n',
      fence(
        shell,
        'DB_PASSWORD=$(printf assigned-%s 7531)',
        'export API_TOKEN=$(printf exported-%s 7532)',
        `read -rs typed <<< "$(printf typed-%s-word 7533)"`,
        'echo "set $DB_PASSWORD"; echo "and $API_TOKEN" >&2',
        'plain=$(printf nobody-hides-%s 7538); SHORT_TOKEN=ab1; USE_PASSWORD=true',
        'printf "SESSION_TOKEN=written-%s\\n" 7535 >> "$RUNSHEET_OUTPUT"',
      ),
      fence(`${shell} {capture=CAPTURED_TOKEN}`, 'printf captured-%s 7534'),
      fence(
        shell,
        'echo "all $DB_PASSWORD $API_TOKEN $typed $CAPTURED_TOKEN $SESSION_TOKEN $MY_SECRET_KEY $GIVEN_TOKEN"',
        'echo "plain $plain $SHORT_TOKEN $USE_PASSWORD"',
      ),
      '### By hand\n\nLook at it.\n\n### After\n\n',
      fence(
        `${shell} {name=after}`,
        '[ "$plain" = "nobody-hides-7538" ]',
        'echo "$DB_PASSWORD" >&2',
        'echo "again ${#DB_PASSWORD}"',
      ),
    ];
    await rig.write('u.md', page.join(''));
    const env = { MY_SECRET_KEY: values.inherited };
    const run = await rig.run(
      ['run', 'u.md', '--yes', '--log', 'copy', '--set', `GIVEN_TOKEN=${values.given}`],
      { env },
    );
    expect(run).toMatchObject({ exitCode: 5 });
    expect(run.stderr + run.stdout).toContain('all *** *** *** *** *** *** ***');
    expect(run.stderr + run.stdout).toContain(`plain ${control} ab1 true`);
    // The block that sets one may have shown it; it is not kept.
    expect(run.stdout + run.stderr).toMatch(/set assigned-7531(?:.|\n)*and exported-7532/);
    expect(hunt(kept(rig), needles(values))).toEqual([]);
    // Nobody is there to be asked.
    const refused = await rig.run(['resume', '--yes', '--manual', 'skip'], { env });
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: [
        'error: input `GIVEN_TOKEN` has no value',
        '  = help: set it in the environment: GIVEN_TOKEN=…',
        'error: input `DB_PASSWORD` has no value (it held a secret, and secrets are not kept)',
        '  = help: set it in the environment: DB_PASSWORD=…',
        '',
      ].join('\n'),
    });
    const again = { ...env, GIVEN_TOKEN: values.given, DB_PASSWORD: values.assigned };
    const resumed = await rig.run(['resume', '--yes', '--manual', 'skip'], { env: again });
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(resumed.stdout + resumed.stderr).toContain('again 13');
    const places = kept(rig, refused, resumed);
    expect(hunt(places, needles(values))).toEqual([]);
    // What no name says to be a secret is where it always was.
    expect(hunt(places, needles({ control })).length).toBeGreaterThan(4);
  });

  test('in dash is none of the journal either', async () => {
    const rig = await Rig.create();
    await rig.write(
      'u.md',
      `# U\n\n## Steps\n\n${fence('dash', 'DB_PASSWORD=$(printf assigned-%s 7531)')}${fence('dash', 'echo "is $DB_PASSWORD"')}`,
    );
    const run = await rig.run(['run', 'u.md', '--yes']);
    expect(run.stdout + run.stderr).toContain('is ***');
    expect(hunt(kept(rig, run), needles(values))).toEqual([]);
  });

  test('is asked for when a person takes the run up again', async () => {
    const rig = await Rig.create();
    const code = ['DB_PASSWORD=$(printf assigned-%s 7531)', 'echo "${#DB_PASSWORD} letters"'] as const;
    await rig.write(
      'u.md',
      `# U\n\n## Steps\n\n### Set\n\n${fence('sh', code[0])}### By hand\n\nLook.\n\n### After\n\n${fence('sh', code[1])}`,
    );
    expect(await rig.run(['run', 'u.md', '--yes'])).toMatchObject({ exitCode: 5 });
    const terminal = rig.terminal(['resume', '--surface', 'prompt']);
    await terminal.waitFor('DB_PASSWORD (it held a secret, and secrets are not kept):');
    terminal.type(`${values.assigned}${keys.enter}`);
    await terminal.waitUntil(
      () => terminal.scrolled().some((line) => /by hand/i.test(line)),
      'the step by hand',
    );
    terminal.kill('SIGHUP');
    await terminal.ended;
    expect(
      hunt(
        [...filesBelow(rig.path('..')), { name: 'terminal', bytes: Buffer.from(terminal.bytes()) }],
        needles(values),
      ),
    ).toEqual([]);
  });

  test('is none where the page says so', async () => {
    const rig = await Rig.create();
    const page = [
      '---\ninputs: { NEXT_TOKEN: { secret: false } }\n---\n# U\n\n## Steps\n\n',
      fence('sh', 'echo "first $NEXT_TOKEN"; NEXT_TOKEN=$(printf "page-%s" 7542)'),
      fence('sh', 'echo "then $NEXT_TOKEN"'),
    ];
    await rig.write('u.md', page.join(''));
    const run = await rig.run(['run', 'u.md', '--yes', '--set', 'NEXT_TOKEN=page-7541']);
    expect(run.stdout + run.stderr).toMatch(/first page-7541(?:.|\n)*then page-7542/);
  });

  test('that a block sets instead of a default has to be given again', async () => {
    const rig = await Rig.create();
    const page = [
      '---\ninputs: { DB_PASSWORD: { default: changeme } }\n---\n# U\n\n## Steps\n\n### Set\n\n',
      fence('sh', 'DB_PASSWORD=$(printf assigned-%s 7531)'),
      '### By hand\n\nLook.\n\n### After\n\n',
      fence('sh', '[ "$DB_PASSWORD" = assigned-7531 ]'),
    ];
    await rig.write('u.md', page.join(''));
    expect(await rig.run(['run', 'u.md', '--yes'])).toMatchObject({ exitCode: 5 });
    const refused = await rig.run(['resume', '--yes', '--manual', 'skip']);
    expect(refused.exitCode, refused.stderr).toBe(2);
    const env = { DB_PASSWORD: values.assigned };
    expect(await rig.run(['resume', '--yes', '--manual', 'skip'], { env })).toMatchObject({ exitCode: 0 });
  });

  test('and is none of them: what is checked is checked as it is', async () => {
    const rig = await Rig.create();
    await rig.write(
      'u.md',
      `# U\n\n## Steps\n\n${fence('sh {capture=TOKEN expect="id-"}', 'printf "id-%s\\n" 4567')}`,
    );
    expect(await rig.run(['run', 'u.md', '--yes'])).toMatchObject({ exitCode: 0 });
  });
});

test('what shells held is gone with the end of a run, and stays while the run can go on or be undone', async () => {
  const rig = await Rig.create();
  const big = 'big=$(printf "held-%s" 7541; head -c 20000 /dev/zero | tr "\\0" x)';
  const page = (more: string): string =>
    `# U\n\n## Steps\n\n### One\n\n${fence('sh', 'small=$(printf held-%s 7540)', big)}${more}`;
  const held = { small: 'held-7540', big: 'held-7541' };
  const states = (): string[] =>
    filesBelow(rig.path('..')).flatMap(({ name }) => (/\/state\/[^/]+$/.test(name) ? [basename(name)] : []));
  await rig.write('a.md', page(''));
  expect(await rig.run(['run', 'a.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 0 });
  expect(states()).toEqual([]);
  expect(hunt(filesBelow(rig.path('..')), needles(held))).toEqual([]);

  await rig.write(
    'a.md',
    page(
      `### Two\n\n${fence('sh', '[ "$small" = held-7540 ] && [ "${#big}" = 20009 ]')}### Three\n\nLook.\n`,
    ),
  );
  expect(await rig.run(['run', 'a.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 5 });
  expect(states()).not.toEqual([]);
  expect(await rig.run(['resume', '--yes', '--manual', 'skip'])).toMatchObject({ exitCode: 0 });
  expect(states()).toEqual([]);

  const undo = `#### Rollback\n\n${fence('sh', '[ "$small" = held-7540 ]')}`;
  await rig.write('a.md', page(undo));
  expect(await rig.run(['run', 'a.md', '--yes', '--log', 'none'])).toMatchObject({ exitCode: 0 });
  expect(states()).not.toEqual([]);
  expect(await rig.run(['rollback', '--yes'])).toMatchObject({ exitCode: 0 });
  expect(states()).toEqual([]);
});
