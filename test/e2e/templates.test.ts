// Tests templates/: each page that `runsheet new` makes of one is clean, runs to a good end, and is taken back.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { expectExit, Rig, repositoryRoot } from './rig.ts';

/** What becomes of a template. */
interface Course {
  /** The results of a run in which manual steps are skipped. */
  readonly ran: Readonly<Record<string, string>>;
  /** What a person has to say before the run. */
  readonly set?: readonly string[];
  /** The files of its own folder after the run, and after its rollback; no rollback where nothing is changed. */
  readonly files?: { readonly ran: readonly string[]; readonly rolledBack: readonly string[] };
}

const passed = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'passed']));
const skipped = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'skipped']));

const courses: Record<string, Course> = {
  'alert-triage': {
    ran: {
      ...passed('can-reach', 'alert-is-right', 'what-else', 'below-the-limit'),
      ...skipped('what-has-changed', 'what-did-you-find', 'fix-the-alert', 'silence-it', 'open-an-incident'),
    },
  },
  blank: { ran: passed('preconditions', 'do-the-work', 'validation') },
  'canary-deployment': {
    ran: {
      ...passed(
        'can-reach',
        'note-version',
        'release-canary',
        'measure-canary',
        'release-all',
        'all-are-new',
      ),
      ...skipped('the-release-may-go-out', 'seen-with-your-own-eyes'),
    },
    files: {
      ran: ['all: 1.0.1', 'canary.log: ', 'canary: 1.0.1'],
      rolledBack: ['all: 1.0.0', 'canary.log: ', 'canary: 1.0.0'],
    },
  },
  'change-request': {
    ran: {
      ...passed('can-reach', 'healthy-before', 'keep', 'change', 'changed', 'healthy-after'),
      ...skipped('the-change-may-begin', 'the-people-who-asked-agree'),
    },
    files: { ran: ['before: ', expect.stringMatching(/^current: ./)], rolledBack: ['before: ', 'current: '] },
  },
  'configuration-change': {
    ran: passed(
      ...['there-is-room', 'make-the-place', 'write-configuration', 'set-root', 'tell-the-service'],
      'configuration-is-right',
    ),
    files: { ran: ['service.ini: [server]\nport = 8080\nroot = /srv/data'], rolledBack: [] },
  },
  'database-maintenance': {
    ran: {
      ...passed('can-reach', 'room', 'back-up', 'try-backup', 'writers-away', 'maintain', 'writers-again'),
      ...passed('data-is-whole', 'writers-get-through'),
      ...skipped('nobody-is-in-the-way', 'the-applications-agree'),
    },
    files: {
      ran: ['backup: one row', 'data: one row\nanother row', 'restored: one row'],
      rolledBack: ['backup: one row', 'data: one row'],
    },
  },
  'incident-response': {
    set: ['--set', 'SEVERITY=SEV2'],
    ran: {
      ...passed('can-reach', 'look', 'stop-the-damage', 'fix', 'end-the-stop', 'service-is-healthy'),
      ...skipped('which-change-was-the-last', 'open-the-incident', 'people-agree'),
    },
    files: { ran: ['fixed: '], rolledBack: [] },
  },
  onboarding: {
    ran: {
      ...passed('tools', 'workspace', 'get-code', 'workspace-is-ready'),
      ...skipped('you-have-been-given', 'read-how-we-work', 'look-around', 'meet-people'),
      ...skipped('make-your-first-change', 'you-are-ready'),
    },
    files: { ran: [], rolledBack: [] },
  },
  'routine-task': {
    ran: {
      ...passed('logged-in', 'tools', 'prepare', 'move-aside', 'count', 'as-many-as-should-be'),
      ...skipped('tell-the-team', 'seen-with-your-own-eyes'),
    },
    files: {
      ran: ['2.old: ', '3.old: ', 'aside/1.old: '],
      rolledBack: ['1.old: ', '2.old: ', '3.old: '],
    },
  },
};

const names = Object.keys(courses);
const textOf = (name: string) => readFile(join(repositoryRoot, 'templates', `${name}.md`), 'utf8');

/** Options that fill in everything that a template leaves open. */
async function everything(name: string): Promise<string[]> {
  const fields = new Set(
    [...(await textOf(name)).matchAll(/TODO\(([\w-]+)\)/g)].map(([, field = '']) => field),
  );
  return [...fields].flatMap((field) => [
    '--set',
    `${field}=${field === 'severity' ? 'SEV2' : `the ${field}`}`,
  ]);
}

/** The files below the folder of an example, each with what it holds. */
async function filesOf(rig: Rig): Promise<string[]> {
  const [folder = ''] = (await readdir(rig.path())).filter((entry) => entry.startsWith('example-'));
  const entries =
    folder === '' ? [] : await readdir(rig.path(folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const told = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return `${path.slice(rig.path(folder).length + 1)}: ${(await readFile(path, 'utf8')).trimEnd()}`;
  });
  return (await Promise.all(told)).sort();
}

test('every template is tested here, and docs/templates.md has the sentence of each', async () => {
  const files = await readdir(join(repositoryRoot, 'templates'));
  expect(files.sort()).toEqual(names.flatMap((name) => [`${name}.md`, `${name}.test.yaml`]));

  const rig = await Rig.create();
  const listed = await rig.run(['new']);
  const page = await readFile(join(repositoryRoot, 'docs/templates.md'), 'utf8');
  const rows = [...page.matchAll(/^\| \[([\w-]+)\]\(\.\.\/templates\/\1\.md\) \| (.+) \|$/gm)];
  const width = Math.max(...names.map((name) => name.length));
  expect(listed.stdout).toBe(
    rows.map(([, name = '', sentence]) => `${name.padEnd(width)}  ${sentence}\n`).join(''),
  );
  expect(rows.map(([, name]) => name)).toEqual(names);
});

test.each(names)('the template %s is clean as it stands, and tells what is left to fill in', async (name) => {
  const rig = await Rig.create();
  await rig.write('template.md', await textOf(name));
  const template = await rig.run(['check', 'template.md']);
  expect([template.exitCode, template.stderr]).toEqual([
    0,
    '1 runbook checked: 0 errors, 0 warnings, 0 hints\n',
  ]);

  expectExit(await rig.run(['new', name, 'mine.md']), 0);
  const mine = await rig.run(['check', '--json', 'mine.md']);
  const codes = JSON.parse(mine.stdout).diagnostics.map(({ code }: { code: string }) => code);
  expect([mine.exitCode, [...new Set(codes)]]).toEqual([0, ['leftover']]);
});

test.each(names)(
  'the template %s, filled in, is clean, is rehearsed, runs to a good end and is taken back',
  async (name) => {
    const { ran, set = [], files } = courses[name] ?? { ran: {} };
    const rig = await Rig.create();
    expect(await rig.run(['new', name, 'mine.md', ...(await everything(name))])).toMatchObject({
      exitCode: 0,
      stderr: 'mine.md written; run it with `runsheet run mine.md`\n',
    });
    const made = await rig.file('mine.md');
    expect(made).not.toMatch(/TODO|^template:/m);
    expect(await rig.run(['check', 'mine.md'])).toMatchObject({
      exitCode: 0,
      stderr: '1 runbook checked: 0 errors, 0 warnings, 0 hints\n',
    });

    expectExit(await rig.run(['run', 'mine.md', '--dry-run', ...set]), 0);
    expect(await filesOf(rig)).toEqual([]);
    await rig.write('rehearsed.md', made);
    expectExit(await rig.run(['run', 'rehearsed.md', '--rehearse', '--yes', ...set]), 0);
    expect(await filesOf(rig)).toEqual([]);
    expect(await rig.file('mine.md')).toBe(made);

    expectExit(await rig.run(['run', 'mine.md', '--yes', '--manual', 'skip', ...set]), 0);
    expect(statusesOf(await rig.file('mine.md'))).toEqual(ran);
    if (files === undefined) return;
    expect(await filesOf(rig)).toEqual(files.ran);
    expectExit(await rig.run(['rollback', 'mine.md', '--yes', '--manual', 'skip']), 0);
    expect(await filesOf(rig)).toEqual(files.rolledBack);
  },
);

test.each(names)('the rules that the template %s shows as comments are right', async (name) => {
  const rig = await Rig.create();
  expectExit(await rig.run(['new', name, 'mine.md', ...(await everything(name))]), 0);
  const shown = /^# (notify|escalation|updates|approvals): /gm;
  await rig.write('mine.md', (await rig.file('mine.md')).replace(shown, '$1: '));
  const channels = ['ops', 'team', 'pager', 'customers', 'board', 'dba'];
  await rig.write(
    'runsheet.yaml',
    `channels: { ${channels.map((channel) => `${channel}: { command: ['true'] }`).join(', ')} }\n`,
  );
  const checked = await rig.run(['check', 'mine.md']);
  expect([checked.exitCode, checked.stderr]).toEqual([
    0,
    '1 runbook checked: 0 errors, 0 warnings, 0 hints\n',
  ]);
});

test('a canary that is not well takes the release back', async () => {
  const rig = await Rig.create();
  const made = await rig.run(['new', 'canary-deployment', ...(await everything('canary-deployment'))]);
  await rig.write(
    'mine.md',
    made.stdout.replace(': > "$PLACE/canary.log"', 'echo ERROR > "$PLACE/canary.log"'),
  );
  expectExit(await rig.run(['run', 'mine.md', '--yes', '--manual', 'skip']), 3);
  expect(await filesOf(rig)).toEqual(['all: 1.0.0', 'canary.log: ERROR', 'canary: 1.0.0']);
});

test('each template brings tests that cover it and prove its undos', { timeout: 180_000 }, async () => {
  const rig = await Rig.create();
  await Promise.all(
    names.map(async (name) => {
      const made = await rig.run(['new', name, `${name}.md`, '--with-test', ...(await everything(name))]);
      expectExit(made, 0);
    }),
  );
  const ended = await rig.run(['test', '.', '--fail-each', '--coverage', '--min-coverage', '100']);
  expectExit(ended, 0);
  expect(ended.stdout).toMatch(/\n15 cases: 15 passed\n/);
  // A page of this name has tests already.
  await rig.write('other.test.yaml', 'cases: []\n');
  const refused = await rig.run(['new', 'blank', 'other.md', '--with-test']);
  expect([refused.exitCode, refused.stderr]).toEqual([
    2,
    'error: `other.test.yaml` is there already; nothing was written\n',
  ]);
  expect(await readdir(rig.path())).not.toContain('other.md');
});
