// Tests that a plain input whose value holds a secret is a secret itself: in nothing that is shown or kept.
import { expect, test } from 'vitest';
import { filesBelow, hunt } from './leak-hunt.ts';
import { Rig } from './rig.ts';

const secret = 'Zq7!kklmnop42';
const url = `postgres://app:${secret}@db1/app`;

const page = (input: string): string =>
  [
    `---\ninputs:\n  PGPASSWORD: { secret: true }\n  DB_URL: ${input}\n---\n# Base\n\n## Steps\n\n### Go\n`,
    '```bash\necho "${#DB_URL} $DB_URL"\ntest -e go\n```\n',
  ].join('\n');

const undeclared = (input: string): string => page(input).replace('  PGPASSWORD: { secret: true }\n', '');

test.each<[string, string, readonly string[], Readonly<Record<string, string>>]>([
  ['given on the command line', page('{ required: true }'), ['--set', `DB_URL=${url}`], {}],
  ['given by the environment', page('{ required: true }'), [], { DB_URL: url }],
  ['printed by a command', page(`{ default: { command: "cat url" } }`), [], {}],
  ['with what the environment says to be one', undeclared('{}'), ['--set', `DB_URL=${url}`], {}],
])('%s', async (_, text, given, env) => {
  const rig = await Rig.create();
  await rig.write('b.md', text);
  await rig.write('url', url);
  const known = { PGPASSWORD: secret };
  const run = await rig.run(['run', 'b.md', '--yes', ...given], { env: { ...known, ...env } });
  expect(run).toMatchObject({ exitCode: 1 });
  expect(run.stdout + run.stderr).toContain(`${url.length} ***`);
  await rig.write('go', '');

  const refused = await rig.run(['resume', 'b.md', '--yes'], { env: known });
  expect(refused).toMatchObject({
    exitCode: 2,
    stderr:
      'error: input `DB_URL` has no value (its value held a secret, and secrets are not kept)\n  = help: set it in the environment: DB_URL=…\n',
  });
  const resumed = await rig.run(['resume', 'b.md', '--yes'], { env: { ...known, DB_URL: url } });
  expect(resumed).toMatchObject({ exitCode: 0 });

  const shown = [run, refused, resumed].map(({ stdout, stderr }, index) => ({
    name: `run ${index}`,
    bytes: Buffer.from(stdout + stderr),
  }));
  const kept = filesBelow(rig.path('..')).filter(({ name }) => !name.endsWith('work/url'));
  expect(hunt([...kept, ...shown], [{ canary: 'password', encoding: 'text', text: secret }])).toEqual([]);
});

test('a default that stands in the page is there for everybody', async () => {
  const rig = await Rig.create();
  await rig.write('b.md', page('{ default: postgres }'));
  const run = await rig.run(['run', 'b.md', '--dry-run'], { env: { PGPASSWORD: 'postgres' } });
  expect(run.stdout + run.stderr).toContain('postgres');
});
