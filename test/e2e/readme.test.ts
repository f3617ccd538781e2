// Tests README.md: its runbook runs, and what it shows is what the tool writes.
import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCode } from '../../src/cli/exit-code.ts';
import { expectExit, Rig, repositoryRoot } from './rig.ts';

const readme = await readFile(join(repositoryRoot, 'README.md'), 'utf8');

/** The contents of the blocks with this opening fence, in order. */
function blocksOf(fence: string): string[] {
  const end = /^`+/.exec(fence)?.[0] ?? '';
  return readme
    .split(`\n${fence}\n`)
    .slice(1)
    .map((rest) => `${rest.slice(0, rest.indexOf(`\n${end}\n`))}\n`);
}

/** Takes out what differs from run to run: how long, when, and who. */
function timeless(text: string): string {
  const named = text.replace(/(?<=runsheet:result \S+ run=)\S+/g, '…');
  return named.replace(/in \d[\d.]* (ms|s) · exit (\d+) · .* UTC · \S+/g, 'in … · exit $2 · … UTC · …');
}

const [runbook = '', result = ''] = blocksOf('````markdown');

test('the runbook runs, and its third step then reads as shown', async () => {
  const rig = await Rig.create();
  await rig.write('new-log.md', runbook);
  await rig.write('api.log', 'an old line\n');

  expectExit(await rig.run(['check', 'new-log.md']), 0);
  expectExit(await rig.run(['run', 'new-log.md', '--yes']), 0);

  const document = await rig.file('new-log.md');
  expect(timeless(document)).toContain(timeless(result));
  expect([await rig.file('api.log'), await rig.file('api.log.1')]).toEqual(['', 'an old line\n']);
  expectExit(await rig.run(['clear', 'new-log.md']), 0);
  expect(await rig.file('new-log.md')).toBe(runbook);
});

test('its test passes, and proves its undos', async () => {
  const rig = await Rig.create();
  await rig.write('new-log.md', runbook);
  await rig.write(
    'new-log.test.yaml',
    blocksOf('```yaml').find((block) => block.startsWith('fixtures:')) ?? '',
  );
  await rig.write('example/api.log', 'an old line\n');
  const ended = await rig.run(['test', '--fail-each', '--min-coverage', '100']);
  expectExit(ended, 0);
  expect(ended.stdout).toMatch(/✔ keeps the old log and starts a new one .* · 8 of 8 failures undone\n/);
});

test('a failing validation rolls it back', async () => {
  const rig = await Rig.create();
  await rig.write(
    'new-log.md',
    runbook.replace('test ! -s api.log', 'false').replace('retries=5', 'retries=0'),
  );
  await rig.write('api.log', 'an old line\n');
  expectExit(await rig.run(['run', 'new-log.md', '--yes', '--on-failure', 'rollback']), 3);
  expect(await rig.file('api.log')).toBe('an old line\n');
});

test('the diagnostic is the one that is printed', async () => {
  const rig = await Rig.create();
  const shown = blocksOf('```text').find((block) => block.startsWith('error[')) ?? '';
  const before = 40;
  await rig.write(
    'deploy.md',
    `# Deploy\n${'\n'.repeat(before - 1)}\`\`\`sh {name=migrate timout=30s}\ntrue\n\`\`\`\n`,
  );
  const { stderr } = await rig.run(['check', 'deploy.md']);
  const from = stderr.indexOf('error[');
  expect(stderr.slice(from, from + Math.max(shown.length, 1))).toBe(shown);
});

test('the exit codes are those of the tool', () => {
  const table = readme.slice(readme.indexOf('| exit | meaning |'));
  const codes = [...table.slice(0, table.indexOf('\n\n')).matchAll(/^\| (\d+) \|/gm)].map((row) =>
    Number(row[1]),
  );
  expect(codes).toEqual(Object.values(exitCode).sort((left, right) => left - right));
});

test('every command and every option that is named exists', async () => {
  const rig = await Rig.create();
  const { stdout: help } = await rig.run(['--help']);
  const commands = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, command = '']) => command);
  const helps = await Promise.all(
    commands.map(async (command) => (await rig.run([command, '--help'])).stdout),
  );
  const every = helps.join('\n');
  const verbs = [...readme.matchAll(/`runsheet\s+([a-z]+)/g)].map(([, verb = '']) => verb);
  expect([...new Set(verbs)].filter((verb) => !help.includes(`\n  ${verb} `))).toEqual([]);
  const options = [...readme.matchAll(/`[^`\n]*?(--[a-z-]+)/g)].map(([, option = '']) => option);
  const ofNpm = new Set(['--global']);
  expect([...new Set(options)].filter((option) => !ofNpm.has(option) && !every.includes(option))).toEqual([]);
});

test.each(['README.md', 'CHANGELOG.md', 'docs/format.md'])(
  'every link of %s to a file leads somewhere',
  async (page) => {
    const text = await readFile(join(repositoryRoot, page), 'utf8');
    const prose = text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');
    const targets = [...prose.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
    for (const target of targets) await access(join(repositoryRoot, dirname(page), target));
  },
);

test('it leads to each page of the documentation', async () => {
  const pages = (await readdir(join(repositoryRoot, 'docs'))).filter((name) => name.endsWith('.md'));
  expect(pages.filter((name) => !readme.includes(`](docs/${name})`))).toEqual([]);
});
