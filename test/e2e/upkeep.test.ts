// Tests that lists and reports of many pages know when each was run, proven and reviewed.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProofStore } from '../../src/engine/journal/proof-store.ts';
import { Rig, repositoryRoot } from './rig.ts';

const today = () => new Date().toISOString().slice(0, 10);
const firstDay = today();
/** What was run before midnight was run on the day that these tests began. */
const withoutDay = (text: string) =>
  text.replaceAll(firstDay, 'THIS-DAY--').replaceAll(today(), 'THIS-DAY--');
const page = (head: string, title: string, steps: string) => `---\n${head}---\n# ${title}\n\n${steps}`;
const step = (name: string, code: string, more = '') =>
  `## ${name}\n\n\`\`\`sh${more === '' ? '' : ` {${more}}`}\n${code}\n\`\`\`\n\n`;

async function rigWithPages(): Promise<Rig> {
  const rig = await Rig.create();
  const whole = `${step('Step 1: Free', 'touch freed')}${step('Validation', 'test -f freed')}`;
  await rig.write(
    'books/free.md',
    page('owner: team-db\nservice: shop\ntags: [disk, db]\nprove-every: 30d\n', 'Free', whole),
  );
  await rig.write(
    'books/old.md',
    page('owner: Team-DB\ntags: [db]\nreview-after: 2020-01-01\nprove-every: 1d\n', 'Old', whole),
  );
  await rig.write('books/look.md', page('severity: SEV3\n', 'Look', step('Diagnosis', 'uptime')));
  await rig.write(
    'books/part.md',
    page('', 'Part', step('Step 1: One', 'exit 3') + step('Step 2: Two', 'true')),
  );
  return rig;
}

test('a list knows owners, tags, runs and proofs, and what is due', async () => {
  const rig = await rigWithPages();
  await new ProofStore(rig.stateFolder).keep(rig.path('books/old.md'), {
    at: '2026-01-02T03:04:05.678Z',
    digest: 'of another text',
    cases: 2,
  });
  expect((await rig.run(['run', 'books/free.md', '--yes'])).exitCode).toBe(0);
  expect((await rig.run(['run', 'books/part.md', '--yes', '--step', 'step-2-two'])).exitCode).toBe(0);
  expect((await rig.run(['run', 'books/look.md', '--yes', '--rehearse'])).exitCode).toBe(0);
  const all = await rig.run(['list', 'books']);
  expect(withoutDay(all.stdout)).toBe(
    [
      'runbook        title  steps  severity  owner    service  tags      last run    last proof  stale',
      'books/free.md  Free       2            team-db  shop     disk, db  THIS-DAY--  THIS-DAY--',
      'books/look.md  Look       1  SEV3                                              THIS-DAY--',
      'books/old.md   Old        2            Team-DB           db                    2026-01-02  review, proof, changed',
      'books/part.md  Part       2                                        THIS-DAY--',
      '',
    ].join('\n'),
  );
  const names = async (...options: string[]) =>
    JSON.parse((await rig.run(['list', 'books', '--json', ...options])).stdout).map(
      ({ title }: { title: string }) => title,
    );
  expect(await names('--tag', 'db', '--owner', 'team-db')).toEqual(['Free', 'Old']);
  expect(await names('--tag', 'disk', '--tag', 'none')).toEqual(['Free']);
  expect(await names('--service', 'shop')).toEqual(['Free']);
  const [old] = JSON.parse((await rig.run(['list', 'books', '--json', '--stale'])).stdout);
  expect(old).toEqual({
    path: 'books/old.md',
    title: 'Old',
    steps: 2,
    blocks: 2,
    owner: 'Team-DB',
    tags: ['db'],
    reviewAfter: '2020-01-01',
    proveEveryMs: 86_400_000,
    lastProof: { at: '2026-01-02T03:04:05.678Z', by: 'test', isOfOtherText: true },
    stale: ['review-passed', 'proof-overdue', 'changed'],
  });
  expect(await rig.run(['list', 'books', '--tag', 'none'])).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: 'none of the 4 runbooks is one of those\n',
  });

  const narrow = rig.terminal(['list', 'books']);
  await narrow.ended;
  const lines = narrow.screen().filter((line) => line !== '');
  expect(lines.map(withoutDay)).toMatchInlineSnapshot(`
    [
      "runbook        title  severity  owner    last proof  stale",
      "books/free.md  Free             team-db  THIS-DAY--",
      "books/look.md  Look   SEV3               THIS-DAY--",
      "books/old.md   Old              Team-DB  2026-01-02  review, proof, changed",
      "books/part.md  Part",
    ]
  `);

  await rig.write('books/free.md', `${await rig.file('books/free.md')}\nA word more.\n`);
  expect(
    JSON.parse((await rig.run(['list', 'books', '--json', '--owner', 'team-db'])).stdout)[0].stale,
  ).toEqual(['changed']);

  await rig.write('runsheet.yaml', 'check: { rules: { missing-parts: off, missing-rollback: off } }\n');
  const checked = await rig.run(['check', 'books', '--strict']);
  expect([checked.exitCode, withoutDay(checked.stderr)]).toMatchInlineSnapshot(`
    [
      2,
      "warning[review-passed]: this page was to be reviewed after 2020-01-01
     --> books/old.md:4:15
      |
    4 | review-after: 2020-01-01
      |               ^^^^^^^^^^
      = help: read it, mend what has changed, and write the day of the next review here
    warning[proof-overdue]: the last proof of this page is of 2026-01-02, longer ago than 1d
     --> books/old.md:5:14
      |
    5 | prove-every: 1d
      |              ^^
      = help: run it, or its tests with \`runsheet test\`
    4 runbooks checked: 0 errors, 2 warnings, 0 hints
    ",
    ]
  `);
});

test('the report of what goes bad fails for what is due, and rehearses on request', async () => {
  const rig = await rigWithPages();
  await rig.write('books/broken.md', '# Broken\n\n```sh {timout=3s}\ntrue\n```\n');
  const first = await rig.run(['rot', 'books']);
  expect([first.exitCode, first.stdout]).toMatchInlineSnapshot(`
    [
      1,
      "runbook          owner    last proof  check      due
    books/broken.md  -        none        1 error    -
    books/free.md    team-db  none        good       unproven
    books/look.md    -        none        good       -
    books/old.md     Team-DB  none        1 warning  review, unproven
    books/part.md    -        none        good       -

    5 runbooks: 3 go bad
    ",
    ]
  `);
  const rehearsed = await rig.run(['rot', '--rehearse', '--format', 'markdown', 'books']);
  expect([
    rehearsed.exitCode,
    withoutDay(rehearsed.stdout).replace(/\d\d:\d\d:\d\d/, 'TIME'),
  ]).toMatchInlineSnapshot(`
    [
      1,
      "# Runbooks that go bad

    5 runbooks: 3 go bad, THIS-DAY-- TIME UTC

    | Runbook | Owner | Last proof | Check | Rehearsal | Due |
    | --- | --- | --- | --- | --- | --- |
    | Broken (\`books/broken.md\`) |  | none | 1 error | failed: error\\[unknown-attribute\\]: \`timout\` is not an attribute of a code block | \\- |
    | Free (\`books/free.md\`) | team-db | none | good | passed | unproven |
    | Look (\`books/look.md\`) |  | THIS-DAY-- rehearsal | good | passed | \\- |
    | Old (\`books/old.md\`) | Team-DB | none | 1 warning | passed | review, unproven |
    | Part (\`books/part.md\`) |  | none | good | passed | \\- |
    ",
    ]
  `);
  await rig.write(
    'books/free.test.yaml',
    'cases:\n  - name: frees\n    allow: [touch, test]\n    expect: { outcome: succeeded }\n',
  );
  const tests = await rig.run(['test', 'books']);
  expect([tests.exitCode, tests.stdout.replace(/\d+\.\d s/g, 'TOOK'), tests.stderr]).toMatchInlineSnapshot(`
    [
      0,
      "books/free.md
      ✔ frees TOOK

    1 case: 1 passed
    ",
      "",
    ]
  `);
  const { stdout, exitCode } = await rig.run(['rot', 'books/free.md', '--json']);
  expect([exitCode, withoutDay(stdout).replace(/T[\d:.]+Z/, 'TIME')]).toMatchInlineSnapshot(`
    [
      0,
      "[
      {
        "path": "books/free.md",
        "title": "Free",
        "owner": "team-db",
        "lastProof": {
          "at": "THIS-DAY--TIME",
          "by": "test",
          "isOfOtherText": false
        },
        "stale": [],
        "check": {
          "errors": 0,
          "warnings": 0,
          "hints": 2
        },
        "rot": []
      }
    ]
    ",
    ]
  `);
});

test('where there is nothing to tell of, that is told, and is no report', async () => {
  const rig = await Rig.create();
  await rig.write('empty/notes.txt', '');
  await rig.write('prose/page.md', '# Nothing to run\n');
  const shown = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await rig.run(args);
    return [exitCode, stdout, stderr];
  };
  const none = (folder: string) =>
    `no runbooks below \`${folder}\`: no Markdown file there holds a block that can be run\n`;
  for (const folder of ['empty', 'prose'])
    expect([
      await shown('rot', folder),
      await shown('rot', '--json', folder),
      await shown('index', folder),
      await shown('index', '--check', folder),
      await shown('list', folder),
      await shown('list', '--json', folder),
    ]).toEqual([
      [2, '', `error: ${none(folder)}`],
      [2, '[]\n', `error: ${none(folder)}`],
      [2, '', `error: ${none(folder)}`],
      [2, '', `error: ${none(folder)}`],
      [0, '', none(folder)],
      [0, '[]\n', ''],
    ]);
  expect(await shown('rot', 'nowhere/', 'empty')).toEqual([2, '', 'error: `nowhere/` does not exist\n']);
  // The runbooks that an index told of may be gone: it is to say so.
  await rig.write('empty/README.md', '# Ours\n');
  expect(await shown('index', 'empty')).toEqual([0, '', 'empty/README.md: written, 0 runbooks\n']);
});

test('tests of a part of a page prove nothing', async () => {
  const rig = await Rig.create();
  const body = `${step('Step 1: One', 'true', 'name=one')}${step('Step 2: Two', 'true', 'name=two')}`;
  await rig.write('page.md', page('prove-every: 30d\n', 'Page', body));
  const proofAfter = async (cases: string) => {
    await rig.write('page.test.yaml', `cases:\n${cases}`);
    expect((await rig.run(['test', 'page.md'])).exitCode).toBe(0);
    return JSON.parse((await rig.run(['list', '--json'])).stdout)[0].lastProof?.by;
  };
  expect([
    await proofAfter('  - { name: a, step: [one] }\n  - { name: b, step: [two] }\n'),
    await proofAfter('  - { name: a, section: step-1-one }\n'),
    await proofAfter('  - { name: a }\n  - { name: b, step: [two] }\n'),
  ]).toEqual([undefined, undefined, 'test']);
});

test('a report reads each page once, however much its rehearsal says, and tells of what it cannot look up', async () => {
  const rig = await Rig.create();
  const talk = 'yes "a line of output that nobody reads" | head -n 40000 || true';
  await rig.write('books/talk.md', page('prove-every: 30d\n', 'Talk', step('Diagnosis', talk)));
  const reads = rig.path('reads');
  const told = await rig.run(['rot', 'books', '--json'], {
    env: { NODE_OPTIONS: `--require ${repositoryRoot}/test/e2e/tell-reads.cjs`, READS: reads },
  });
  expect([told.exitCode, await rig.file('reads')]).toEqual([1, 'books/talk.md\n']);
  const { exitCode, stdout } = await rig.run(['rot', 'books', '--rehearse', '--json']);
  expect([exitCode, JSON.parse(stdout)[0].rehearsal]).toMatchInlineSnapshot(`
    [
      0,
      {
        "exitCode": 0,
        "passed": true,
        "words": "the run was rehearsed: 1 looked at, 0 left out",
      },
    ]
  `);

  const store = new ProofStore(rig.stateFolder);
  store.keep(rig.path('books/talk.md'), { at: '2026-01-02T03:04:05.678Z', digest: 'd', cases: 2 });
  const [file = ''] = readdirSync(join(rig.stateFolder, 'proofs'));
  const path = join(rig.stateFolder, 'proofs', file);
  rmSync(path);
  mkdirSync(path);
  const why = `cannot use \`${path}\`: it is a folder\n`;
  const help = '  = help: runs are kept in the state folder; `--state-dir` names another one\n';
  const shown = async (...args: string[]) => {
    const { exitCode: code, stderr } = await rig.run(args);
    return [code, stderr];
  };
  expect([await shown('list', 'books'), await shown('rot', 'books'), await shown('check', 'books')]).toEqual([
    [0, `warning: what was run is not known: ${why}`],
    [2, `error: ${why}${help}`],
    [2, `error: ${why}${help}`],
  ]);
});

test('an index leads to the runbooks of a folder, and is found to be behind', async () => {
  const rig = await rigWithPages();
  const shown = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await rig.run(['index', ...args]);
    return [exitCode, stdout + stderr];
  };
  expect(await shown('--check', 'books')).toEqual([
    1,
    'error: `books/README.md` is not the index of the 4 runbooks that there are\n  = help: `runsheet index books` renews it\n',
  ]);
  await rig.write(
    'books/README.md',
    '# Ours\n\nBegin here.\n\n<!-- runsheet:index -->\n<!-- /runsheet:index -->\n\nEnd.\n',
  );
  expect(await shown('books')).toEqual([0, 'books/README.md: written, 4 runbooks\n']);
  const written = await rig.file('books/README.md');
  expect(written).toBe(`# Ours

Begin here.

<!-- runsheet:index -->

| Runbook | Owner | Service | Severity | Tags |
| --- | --- | --- | --- | --- |
| [Free](free.md) | team-db | shop |  | disk, db |
| [Look](look.md) |  |  | SEV3 |  |
| [Old](old.md) | Team-DB |  |  | db |
| [Part](part.md) |  |  |  |  |

<!-- /runsheet:index -->

End.
`);
  expect(await shown('books')).toEqual([0, 'books/README.md: nothing to change, 4 runbooks\n']);
  expect(await shown('--check', 'books')).toEqual([0, 'books/README.md: nothing to change, 4 runbooks\n']);
  expect(await shown('books', '--output', 'docs.md')).toEqual([0, 'docs.md: written, 4 runbooks\n']);
  expect(await rig.file('docs.md')).toContain('| [Free](books/free.md) |');
  await rig.write('docs.md', '<!-- runsheet:index -->\n');
  expect((await shown('books', '-o', 'docs.md'))[0]).toBe(2);
  expect(await shown('nowhere')).toEqual([2, 'error: cannot read the folder `nowhere`: no such folder\n']);
});
