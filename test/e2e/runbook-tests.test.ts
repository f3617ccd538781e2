// Tests `runsheet test`: its cases, its answers, its reports, its faults.

import { rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Rig, repositoryRoot } from './rig.ts';
import { block, leftBehind, page, runTests as run } from './runbook-tests.ts';

describe('the example of the documentation', () => {
  async function example(): Promise<Rig> {
    const rig = await Rig.create();
    const text = await readFile(join(repositoryRoot, 'docs/testing.md'), 'utf8');
    const [, body = ''] = /^````markdown\n([\s\S]*?)^````$/m.exec(text) ?? [];
    const [, tests = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(text) ?? [];
    await rig.write('release.md', body);
    await rig.write('release.test.yaml', tests);
    await rig.write('site/index.html', 'version 1.1\n');
    return rig;
  }

  test('passes', async () => {
    const rig = await example();
    expect(await run(rig, 'release.md')).toEqual({
      exitCode: 0,
      stdout:
        'release.md\n  ✔ puts the new version in place\n  ✔ puts the old page back when nginx refuses\n\n2 cases: 2 passed\n',
      stderr: '',
    });
    expect(await leftBehind(rig)).toEqual([]);
  });

  test('proves its undos, and all of it is covered', async () => {
    const rig = await example();
    expect(await run(rig, '--fail-each', '--coverage', '--min-coverage', '100')).toEqual({
      exitCode: 0,
      stdout: [
        'release.md',
        '  ✔ puts the new version in place · 4 of 4 failures undone',
        '  ✔ puts the old page back when nginx refuses',
        '',
        '2 cases: 2 passed',
        '',
        '            steps  branches  undos',
        'release.md    3/3       0/0    1/1  100 %',
        '',
      ].join('\n'),
      stderr: '',
    });
  });
});

test('what is not as expected is told with its difference and the last lines of output', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block('one', 'svc start\necho "A=1" >> "$RUNSHEET_OUTPUT"\necho new > file') +
      block('two', 'echo why >&2\nfalse'),
    `stubs: { svc: { stdout: ok } }
cases:
  - name: everything is another
    expect:
      order: [one, three]
      captured: { A: 2, B: 3 }
      calls: [svc stop, "!svc st*"]
      files: { file: old, gone: x, other: null }
      output: [nowhere, /^ok$/]
`,
  );
  expect(await run(rig, 'page.md')).toEqual({
    exitCode: 1,
    stdout: `page.md
  ✘ everything is another
      outcome: expected succeeded, was failed (\`two\` failed)
      order:
           one
          -three
          +two
      calls: \`svc st*\` was called
      calls: \`svc stop\` is missing in
          svc start
      captured A:
          -2
          +1
      captured: \`B\` was not set
      output: \`nowhere\` is not in it
      files file:
          -old
          +new
      files: \`gone\` is not there
      \`two\` failed: exit 1 at line 17: \`false\`
        | why
      page.test.yaml:3

1 case: 0 passed, 1 failed
`,
    stderr: '',
  });
});

describe('what is wrong with the tests is told before anything runs', () => {
  test('a file that is none, a page without tests, a folder without any', async () => {
    const rig = await Rig.create();
    await page(rig, block('one', 'true'), 'cases:\n  - name: a\n    expct: {}\n');
    await rig.write('alone.md', '# Alone\n');
    await rig.write('empty/readme.txt', '');
    expect(await run(rig, 'page.md')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error[test-file]: \`expct\` is not a key of a test
 --> page.test.yaml:3:5
  |
3 |     expct: {}
  |     ^^^^^ did you mean \`expect\`?
`,
    });
    expect(await run(rig, 'alone.md')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'error: `alone.md` has no tests\n  = help: they are written in `alone.test.yaml`: `cases: [{ name: runs to its end }]` is the smallest\n',
    });
    expect(await run(rig, 'empty')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: there are no tests here\n  = help: those of `name.md` are in `name.test.yaml`\n',
    });
    expect((await run(rig, 'nosuch')).stderr).toBe('error: `nosuch` does not exist\n');
    await rig.write('other/alone.md', '# Alone\n');
    await rig.write('other/alone.test.yml', 'cases: [{ name: a }]\n');
    await rig.write('other/playbook.test.yml', 'of: another tool\n');
    for (const path of ['other', 'other/alone.md', 'other/alone.test.yml'])
      expect(await run(rig, path)).toEqual({
        exitCode: 2,
        stdout: '',
        stderr:
          'error: `other/alone.test.yml` is not read: tests are in files that end in `.test.yaml`\n  = help: name it `other/alone.test.yaml`\n',
      });
    rmSync(rig.path('other'), { recursive: true });
    await rig.write('page.test.yaml', 'cases:\n  - name: a\n');
    expect((await run(rig, '--filter', 'zzz')).stderr).toBe('error: no case has `zzz` in its name\n');
    expect((await run(rig, '--report', 'html=x')).stderr).toBe(
      'error: --report: expected junit=FILE; got `html=x`\n',
    );
  });
});

test('stubs answer by their arguments, so many times, with a script; calls are kept as they were written', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block(
      'one',
      'until svc ready; do sleep 0; done\nsvc say "a b" "it\'s"\nsvc v1.25\nsvc left < /dev/null | cat\necho "$(svc run x y)"',
    ),
    `stubs:
  svc:
    - { when: ready, times: 2, exit: 1, stderr: wait }
    - when: say *
    - { when: '/^v[0-9.]+$/', stdout: version }
    - { when: left, stdout: "" }
    - { when: run*, script: 'echo "$3-$#"' }
    - when: ready
cases:
  - name: a
    expect:
      calls: [svc ready, svc ready, svc ready, "svc say 'a b' 'it'\\\\''s'", svc v1.25, svc left, svc run x y]
      output: [y-3, version, wait]
`,
  );
  expect((await run(rig, 'page.md')).stdout).toBe('page.md\n  ✔ a\n\n1 case: 1 passed\n');
});

describe('questions', () => {
  const body = `### Ask {ask=ROLE choices=primary,replica}

### Which way {choose}

#### Option A

\`\`\`sh {name=way-a}
echo a
\`\`\`

#### Option B

\`\`\`sh {name=way-b}
echo b "$ROLE"
\`\`\`

### List

- [ ] one
- [ ] two

### Gate {approve=2}

\`\`\`sh {name=gated risk=destructive}
echo gated
\`\`\`

### By hand

Press the button.
`;

  test('are answered by what is written', async () => {
    const rig = await Rig.create();
    await page(
      rig,
      body,
      `cases:
  - name: all
    answers: { ROLE: primary, which-way: option-b, list: yes, gated: approve, by-hand: pressed it }
    expect: { order: [way-b, gated], captured: { ROLE: primary }, output: [b primary, gated] }
  - name: denied
    choose: { which-way: option-a }
    answers: { ROLE: replica, list: yes, gated: deny }
    expect: { order: [way-a], outcome: failed }
`,
    );
    expect((await run(rig, 'page.md', '--coverage')).stdout).toBe(`page.md
  ✔ all
  ✔ denied

2 cases: 2 passed

         steps  branches  undos
page.md    6/6       2/2    0/0  100 %
`);
  });

  test('that have no answer are named, and answers that nothing asks for', async () => {
    const rig = await Rig.create();
    await page(
      rig,
      body,
      `cases:
  - name: nothing
    answers: { nobody: yes }
  - name: no list
    answers: { ROLE: primary, which-way: option-b }
  - name: no gate
    answers: { ROLE: primary, which-way: option-b, list: yes }
`,
    );
    const { stdout } = await run(rig, 'page.md');
    expect(stdout.split('\n').filter((line) => line.includes('answer'))).toEqual([
      '      no answer is given: `ask`: What is ROLE?',
      '      the answer `nobody` was not asked for',
      '      no answer is given: `list`: is its list done?',
      '      no answer is given: `gated` waits for approval: `approve` or `deny`?',
    ]);
  });
});

describe('--fail-each', () => {
  const change = 'mv data data.old\necho new > data';
  const undo = (code: string) => `#### Rollback\n\n\`\`\`sh {name=undo-it}\n${code}\n\`\`\`\n`;

  test('fails where an undo does not bring back bytes, rights, links', async () => {
    const rig = await Rig.create();
    await rig.write('fix/data', 'old\n');
    await page(
      rig,
      block('one', `${change}\nchmod 600 kept\nln -s data link`) +
        undo('test ! -e data.old || mv data.old data'),
      'fixtures: fix\ncases:\n  - name: a\n',
    );
    await rig.write('fix/kept', '');
    const { exitCode, stdout } = await run(rig, 'page.md', '--fail-each');
    expect(exitCode).toBe(1);
    expect(stdout.replace(/, [0-9a-f]{12}/g, '')).toBe(`page.md
  ✘ a · 1 of 2 failures undone
      where \`one\` fails after it has run:
        the rollback does not restore what was there
        \`kept\` was a file of 0 bytes, mode 0644, and is a file of 0 bytes, mode 0600
        \`link\` is left: a link to data
        the run ended as rolled-back: everything that ran was undone
      page.test.yaml:3

1 case: 0 passed, 1 failed
`);
  });

  test('fails where an undo cannot be done on what has not been done, and where there is none', async () => {
    const rig = await Rig.create();
    await rig.write('fix/data', 'old\n');
    await page(
      rig,
      `${block('one', change)}${undo('mv data.old data')}\n${block('two', 'echo x > made')}`,
      'fixtures: fix\ncases:\n  - name: a\n  - name: b\n    irreversible: [two]\n    fail-each: false\n',
    );
    const { stdout } = await run(rig, 'page.md', '--fail-each');
    expect(stdout).toContain('where `one` fails before it has run:\n        the rollback failed\n');
    expect(stdout).toContain('not proven, because no undo is written: `two`');
    expect(stdout).toContain('\n  ✔ b\n');
  });

  test('takes what is irreversible for that, and looks at more by a probe', async () => {
    const rig = await Rig.create();
    await page(
      rig,
      block('one', 'svc set'),
      `stubs:
  svc:
    - { when: set, script: 'echo on > "$HOME/state"' }
    - { when: get, script: 'cat "$HOME/state" 2> /dev/null || echo off' }
probe: svc get
cases:
  - name: told
    irreversible: [one]
  - name: not told
`,
    );
    const { stdout } = await run(rig, 'page.md', '--fail-each');
    expect(stdout).toContain('  ✔ told · 2 of 2 failures undone, 1 irreversible\n');
    expect(stdout).toContain('the probe said `off`, and says `on`');
  });
});

test('names that there are not, calls that must not come, and blanks at ends of lines are told', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block('one', 'svc scale --replicas=3; printf "up \\n" > file'),
    `stubs: { svc: { when: '/replicas=\\d$/' } }
cases:
  - name: a
    irreversible: [oen]
  - name: b
    irreversible: [one]
    expect: { calls: ['!/replicas=[[:digit:]]/'], files: { file: up } }
`,
  );
  const { stdout, exitCode } = await run(rig, 'page.md');
  expect([exitCode, stdout]).toEqual([
    1,
    `page.md
  ✘ a
      not run: \`irreversible\`: the page has no step \`oen\`; did you mean \`one\`?
      page.test.yaml:3
  ✘ b
      calls: \`/replicas=[[:digit:]]/\` was called
      files file:
          -up
          +up␠
      page.test.yaml:5

2 cases: 0 passed, 2 failed
`,
  ]);
});

test('--fail-each leaves out what is ignored', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    `${block('one', 'mkdir -p kept/deep')}#### Rollback\n\n\`\`\`sh {name=back}\nrmdir kept/deep\n\`\`\`\n`,
    'ignore: [kept]\ncases:\n  - name: a\n',
  );
  const { stdout } = await run(rig, 'page.md', '--fail-each');
  expect(stdout).toContain('where `one` fails before it has run:\n        the rollback failed\n');
  expect(stdout).not.toContain('is left');
});

test('reports: JUnit, TAP, JSON', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block('one', 'svc'),
    'stubs: { svc: }\ncases:\n  - name: good <one>\n  - name: "bad #2"\n    expect: { order: [two] }\n',
  );
  const tap = await run(rig, 'page.md', '--format', 'tap', '--report', 'junit=out.xml');
  expect(tap.stdout.replace(/duration_ms: \d+/, 'duration_ms: 1')).toBe(`TAP version 14
1..2
ok 1 - page.md: good <one>
not ok 2 - page.md: bad \\#2
  ---
  at: "page.test.yaml:4"
  duration_ms: 1
  message: |-
    order:
        -two
        +one
  ...
`);
  expect((await rig.file('out.xml')).replace(/time="[\d.]+"/g, 'time="0"')).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="runsheet test" tests="2" failures="1" errors="0" skipped="0" time="0">
  <testsuite name="page.md" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase name="good &lt;one&gt;" classname="page.md" file="page.test.yaml" time="0"/>
    <testcase name="bad #2" classname="page.md" file="page.test.yaml" time="0">
      <failure message="order:">order:&#10;    -two&#10;    +one</failure>
    </testcase>
  </testsuite>
</testsuites>
`,
  );
  const json = JSON.parse((await run(rig, 'page.md', '--format', 'json')).stdout);
  expect(json.cases.map(({ name, passed }: { name: string; passed: boolean }) => [name, passed])).toEqual([
    ['good <one>', true],
    ['bad #2', false],
  ]);
  expect(json.coverage).toEqual({
    percent: 100,
    pages: [
      {
        page: 'page.md',
        steps: { total: 1, covered: 1, missing: [] },
        branches: { total: 0, covered: 0, missing: [] },
        undos: { total: 0, covered: 0, missing: [] },
      },
    ],
  });
});

test('coverage names what no case has run', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    `${block('one', 'false')}#### Rollback\n\n\`\`\`sh {name=back}\ntrue\n\`\`\`\n\n${block('two', 'true')}`,
    'cases:\n  - name: a\n    expect: { outcome: failed }\n',
  );
  expect(await run(rig, '--coverage', '--min-coverage', '50')).toEqual({
    exitCode: 1,
    stdout: `page.md
  ✔ a

1 case: 1 passed

         steps  branches  undos
page.md    1/2       0/0    0/1  33 %
    not run: line 19: two
    not run: line 13: back
`,
    stderr: 'error: 33 % is covered; 50 % is required\n',
  });
});

test('an interrupt ends all cases and leaves nothing behind', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block('one', 'touch "$MARK"\nsleep 600'),
    `allow: [touch]\ncases:\n${[1, 2, 3].map((n) => `  - name: case ${n}\n    env: { MARK: "${rig.path(`mark${n}`)}" }\n`).join('')}`,
  );
  const running = rig.start(['test', 'page.md', '--jobs', '3']);
  await expect
    .poll(async () => (await readdir(rig.path())).filter((name) => name.startsWith('mark')).length, {
      timeout: 60_000,
    })
    .toBe(3);
  running.kill('SIGINT');
  const ended = await running.ended;
  expect([ended.exitCode, ended.stderr]).toEqual([130, 'interrupted; nothing is left behind\n']);
  expect(await leftBehind(rig)).toEqual([]);
  const { stdout } = await rig.exec('ps', ['-eo', 'args']);
  expect(stdout.split('\n').filter((line) => line.includes(rig.temporaryFolder))).toEqual([]);
});

test('a case that takes too long is ended', async () => {
  const rig = await Rig.create();
  await page(rig, block('one', 'sleep 600'), 'cases:\n  - name: a\n    timeout: 2s\n');
  expect((await run(rig, 'page.md')).stdout).toContain('      it did not end within 2 s\n');
  expect(await leftBehind(rig)).toEqual([]);
});

test('the folder of a case has a name in variables, too', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block('one', 'svc "$PLACE"'),
    'stubs: { svc: }\nenv: { PLACE: "{folder}/data" }\ncases:\n  - name: a\n    expect: { calls: ["svc {folder}/data"] }\n' +
      '  - name: b\n    expect: { calls: ["svc {folder}"] }\n',
  );
  const { exitCode, stdout } = await run(rig, 'page.md');
  expect([exitCode, stdout.split('\n').slice(1, 6)]).toEqual([
    1,
    [
      '  ✔ a',
      '  ✘ b',
      '      calls: `svc {folder}` is missing in',
      '          svc {folder}/data',
      '      page.test.yaml:6',
    ],
  ]);
});

test('a hundred cases at once', async () => {
  const rig = await Rig.create();
  await page(
    rig,
    block('one', 'svc "$N"\ncat "$0" > file'),
    `stubs: { svc: }\ncases:\n${Array.from({ length: 100 }, (_, n) => `  - name: case ${n}\n    env: { N: "${n}" }\n    expect: { calls: [svc ${n}] }\n`).join('')}`,
  );
  const { exitCode, stdout } = await run(rig, '--jobs', '16');
  expect([exitCode, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '100 cases: 100 passed']);
  expect(stdout.split('\n').slice(1, 101)).toEqual(Array.from({ length: 100 }, (_, n) => `  ✔ case ${n}`));
  expect(await leftBehind(rig)).toEqual([]);
});

test('--watch runs again what a change touches', async () => {
  const rig = await Rig.create();
  await page(rig, block('one', 'true'), 'cases:\n  - name: first\n');
  await rig.write('other.md', '# Other\n\n## Steps\n\n```sh {name=x}\ntrue\n```\n');
  await rig.write('other.test.yaml', 'cases:\n  - name: of the other\n');
  const running = rig.start(['test', '--watch']);
  await running.waitFor('2 cases: 2 passed');
  await running.waitFor('waiting for a change');
  await rig.write('page.test.yaml', 'cases:\n  - name: changed\n    expect: { order: [one] }\n');
  await running.waitFor(/✔ changed[\s\S]*1 case: 1 passed/);
  running.kill('SIGINT');
  const { exitCode, stdout } = await running.ended;
  expect([exitCode, stdout.match(/of the other/g)?.length]).toEqual([0, 1]);
});
