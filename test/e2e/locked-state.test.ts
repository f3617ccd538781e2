// Tests that no shell ever runs the mask of a secret: what held one is whole after a resume, or the run is not taken up.
import { describe, expect, test } from 'vitest';
import { mayBeOthers } from './accounts.ts';
import { Rig } from './rig.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';

const page = (...last: string[]): string =>
  [
    '---\ninputs: { PGPASSWORD: { secret: true } }\n---\n# Old files\n\n## Steps\n\n### Say how\n',
    '```bash\nclean() { echo rm lib/postgres/old >> done; }\n```\n',
    '### Wait\n\n```bash\ntest -e go\n```\n',
    ...last,
  ].join('\n');

const env = { PGPASSWORD: 'postgres' };

async function stopped(text: string): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('g.md', text);
  expect(await rig.run(['run', 'g.md', '--yes', '--log', 'none'], { env })).toMatchObject({ exitCode: 1 });
  return rig;
}

describe('a function with a secret in it', () => {
  test('is what it was after a resume', async () => {
    const rig = await stopped(page('### Clean\n\n```bash\nclean\n```\n'));
    await rig.write('go', '');
    expect(await rig.run(['resume', 'g.md', '--yes'], { env })).toMatchObject({ exitCode: 0 });
    expect(await rig.file('done')).toBe('rm lib/postgres/old\n');
  });

  test('is what it was in a rollback', async () => {
    const rig = await stopped(page('## Rollback\n\n```bash\nclean\n```\n'));
    expect(await rig.run(['rollback', 'g.md', '--yes'], { env })).toMatchObject({ exitCode: 0 });
    expect(await rig.file('done')).toBe('rm lib/postgres/old\n');
  });

  test('keeps a run that needs it from going on with another secret', async () => {
    const rig = await stopped(page('### Clean\n\n```bash\nclean\n```\n'));
    await rig.write('go', '');
    const resumed = await rig.run(['resume', 'g.md', '--yes'], { env: { PGPASSWORD: 'another' } });
    expect([resumed.exitCode, resumed.stderr]).toEqual([
      2,
      'error: function `clean` held a secret and cannot be taken up again: what holds one is kept only under lock of its value\n  = help: `PGPASSWORD` must have the value it had then\n',
    ]);
  });

  test('is of no account where nothing calls it', async () => {
    const rig = await stopped(page('### Other\n\n```bash\necho other > done\n```\n'));
    await rig.write('go', '');
    const resumed = await rig.run(['resume', 'g.md', '--yes'], { env: { PGPASSWORD: 'another' } });
    expect(resumed).toMatchObject({ exitCode: 0 });
  });
});

describeWith([...sshPrograms, 'zsh', 'sudo'], 'a function with a secret in it, elsewhere', () => {
  test.for([
    'sh',
    'zsh',
    'bash {host=web1}',
    'sh {host=web1}',
    'zsh {host=web1}',
    'bash {user=nobody}',
    // What one item sets is not carried: there it is used only.
    'bash {each=X of="a b"}',
  ])('%s', async (words, context) => {
    context.skip(words.includes('user=') && !mayBeOthers, 'only root may be others');
    const [rig, hosts] = await Promise.all([Rig.create(), startSshHosts(['web1'])]);
    const ssh = { RUNSHEET_SSH: hosts.command };
    const set = 'clean() { [ postgres = "$PGPASSWORD" ] && echo whole; }';
    const text = page(`### Clean\n\n\`\`\`${words}\nclean\n\`\`\`\n`)
      .replace('```bash', `\`\`\`${words.replace(/ \{each.*/, '')}`)
      .replace(/clean\(\).*/, set);
    await rig.write('g.md', text);
    const run = ['run', 'g.md', '--yes', '--log', 'none'];
    expect(await rig.run(run, { env: { ...env, ...ssh } })).toMatchObject({ exitCode: 1 });
    await rig.write('go', '');
    const resume = ['resume', 'g.md', '--yes', '--log', 'none'];
    const other = await rig.run(resume, { env: { PGPASSWORD: 'another', ...ssh } });
    expect([other.exitCode, other.stderr]).toEqual([
      2,
      'error: function `clean` held a secret and cannot be taken up again: what holds one is kept only under lock of its value\n  = help: `PGPASSWORD` must have the value it had then\n',
    ]);
    const resumed = await rig.run(resume, { env: { ...env, ...ssh } });
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(resumed.stderr).toContain('│ whole\n');
  });
});

describe('a list with a secret in it', () => {
  const listing = (value: string, more: string): string =>
    page().replace('clean() { echo rm lib/postgres/old >> done; }', value) + more;

  test('is whole where the secret is given again', async () => {
    const use = '### Use\n\n```bash\necho "${words[*]}" > done\n```\n';
    const rig = await stopped(listing('words=(a "$PGPASSWORD" "b c")', use));
    await rig.write('go', '');
    expect(await rig.run(['resume', 'g.md', '--yes'], { env })).toMatchObject({ exitCode: 0 });
    expect(await rig.file('done')).toBe('a postgres b c\n');
  });

  test('is asked of no environment, which can hold none', async () => {
    const use = '### Use\n\n```bash\necho "${API_TOKEN[1]}" > done\n```\n';
    const rig = await stopped(listing('API_TOKEN=(xy-12345678 "zz-87654321")', use));
    await rig.write('go', '');
    const resumed = await rig.run(['resume', 'g.md', '--yes'], { env });
    expect([resumed.exitCode, resumed.stderr]).toEqual([
      2,
      'error: list `API_TOKEN` held a secret and cannot be taken up again: what holds one is kept only under lock of its value\n  = help: run the steps from the one on that sets it, as a new run\n',
    ]);
  });
});
