// Tests taking up a run whose runbook was changed meanwhile, and what is said of runbooks that one does not know.
import { describe, expect, it, test } from 'vitest';
import { namedUser } from './named-user.ts';
import { Rig } from './rig.ts';
import { storyOf } from './told-story.ts';

const runbook = (second: string, more = '', attributes = '') => `# Change

## Steps

### First

\`\`\`sh
echo first >> log
\`\`\`

### Hold

\`\`\`sh
test -e go
\`\`\`

### Second

\`\`\`sh${attributes}
echo ${second} >> log
\`\`\`
${more}`;

/** A run that has failed before its second step. */
async function heldRun() {
  const rig = await Rig.create();
  await rig.write('change.md', runbook('second'));
  const first = await rig.run(['run', 'change.md', '--yes']);
  expect(first.exitCode).toBe(1);
  await rig.write('go', '');
  return rig;
}

/** Changes the author's text and leaves the results that are in the document. */
async function edit(rig: Rig, change: (document: string) => string) {
  await rig.write('change.md', change(await rig.file('change.md')));
}

const editSecond = (document: string) => document.replace('echo second', 'echo better');

describe('a runbook that was changed while its run was open', () => {
  it('is shown as a difference and, with nobody there, left with exit 5', async () => {
    const rig = await heldRun();
    await edit(rig, editSecond);
    const resumed = await rig.run(['resume', 'change.md', '--yes']);
    expect([resumed.exitCode, resumed.stdout, resumed.stderr]).toEqual([
      5,
      '',
      [
        'the runbook has changed since:',
        '  edited  `second`',
        '          - echo second >> log',
        '          + echo better >> log',
        'error: the runbook has changed in what has not run yet: `second`; there is nobody to decide',
        '  = help: `--changed keep` goes on as the run was started, `--changed take` with the new text',
        '',
      ].join('\n'),
    ]);
    expect(await rig.file('log')).toBe('first\n');
  });

  it.each([
    ['keep', 'first\nsecond\n', []],
    ['take', 'first\nbetter\n', ['the command of `second` was edited by ada']],
  ])('goes on with --changed %s', async (choice, log, edits) => {
    const rig = await heldRun();
    await edit(rig, editSecond);
    // The step that failed is asked about: it is run again.
    const resumed = await rig.run(['resume', 'change.md', '--surface', 'prompt', '--changed', choice], {
      input: 'r\nr\n',
      env: namedUser('ada'),
    });
    expect(resumed.exitCode).toBe(0);
    expect(await rig.file('log')).toBe(log);
    const story = await storyOf(rig);
    expect(story.filter((line) => /edited|changed/.test(line))).toEqual([
      'the runbook has changed: 1 edited',
      ...edits,
    ]);
  });

  it.each([
    ['k', 'first\nsecond\n', 0],
    ['t', 'first\nbetter\n', 0],
    ['q', 'first\n', 5],
  ])('asks an operator, who answers %s', async (key, log, exit) => {
    const rig = await heldRun();
    await edit(rig, editSecond);
    const resumed = await rig.run(['resume', 'change.md', '--surface', 'prompt'], {
      input: `${key}\nr\nr\n`,
    });
    expect(resumed.exitCode).toBe(exit);
    expect(await rig.file('log')).toBe(log);
  });

  it('is never taken where more than the text of a command has changed', async () => {
    const rig = await heldRun();
    await edit(rig, (document) =>
      document
        .replace('```sh\necho second', '```sh {timeout=5s}\necho second')
        .concat('\n### Third\n\n```sh\necho third >> log\n```\n'),
    );
    const resumed = await rig.run(['resume', 'change.md', '--yes', '--changed', 'take']);
    expect(resumed.exitCode).toBe(5);
    expect(resumed.stderr).toContain(
      'error: more has changed than the text of commands: `second`, `third`\n',
    );
    expect(await rig.file('log')).toBe('first\n');
  });

  it.each<[string, (document: string) => string, string, string]>([
    [
      'the variables of all blocks',
      (document) => document.replace('---\n', '---\nenv: { TO: staging }\n'),
      '`env` in the front matter',
      'its `env`',
    ],
    [
      'the order of steps',
      (document) => document.replace(/(### Tell[\s\S]*?)(### Second[\s\S]*?```\n)(?=\n|$)/, '$2\n$1'),
      'the order of `second`',
      '1 moved',
    ],
    [
      'what a person is told',
      (document) => document.replace('Call Ada', 'Call Grace'),
      '`tell-the-team`',
      '1 edited',
    ],
  ])('is never taken, and never overlooked, where it is %s', async (_, change, what, told) => {
    const rig = await Rig.create();
    const page = runbook('second').replace('### Second', '### Tell the team\n\nCall Ada.\n\n### Second');
    await rig.write('change.md', `---\ntitle: Change\n---\n${page}`);
    expect((await rig.run(['run', 'change.md', '--yes', '--manual', 'skip'])).exitCode).toBe(1);
    await rig.write('go', '');
    await edit(rig, change);
    const ends = [];
    for (const choice of [[], ['--changed', 'take'], ['--changed', 'keep']])
      ends.push(await rig.run(['resume', 'change.md', '--yes', '--manual', 'skip', ...choice]));
    const errors = ends.map(({ exitCode, stderr }) => [exitCode, /^error: .*$/m.exec(stderr)?.[0]]);
    expect(errors).toEqual([
      [5, `error: the runbook has changed in what has not run yet: ${what}; there is nobody to decide`],
      [5, `error: more has changed than the text of commands: ${what}`],
      [0, undefined],
    ]);
    expect(await storyOf(rig)).toContain(`the runbook has changed: ${told}`);
    expect(await rig.file('log')).toBe('first\nsecond\n');
  });

  it('goes on unasked where only what has run was changed, and keeps the results of steps that are gone', async () => {
    const rig = await Rig.create();
    await rig.write('change.md', runbook('second', '- [ ] look\n'));
    expect(
      (await rig.run(['run', 'change.md', '--yes', '--step', 'first', '--step', 'second'])).exitCode,
    ).toBe(5);
    await edit(rig, (document) => document.replace(/### First[\s\S]*?(?=### Hold)/, ''));
    const resumed = await rig.run(['resume', 'change.md', '--yes', '--manual', 'skip']);
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stderr).toContain('the runbook has changed since:\n  gone    `first`\n');
    expect(await rig.file('log')).toBe('first\nsecond\n');
    expect(await rig.file('change.md')).not.toContain('runsheet:result first ');
    const kept = await rig.exec('sh', ['-c', `cat ${rig.stateFolder}/runs/*/unplaced-results.md`]);
    expect(kept.stdout).toContain('first');
  });
});

test('a result never stands below code that is another', async () => {
  const rig = await heldRun();
  await edit(rig, (document) =>
    document.replace('### First', '### Delete the new one').replace('echo first', 'echo delete'),
  );
  const resumed = await rig.run(['resume', 'change.md', '--yes', '--changed', 'keep']);
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stderr).toMatch(
    /! the document no longer holds `first`; the results are in `\S+unplaced-results\.md`\n/,
  );
  const results = (await rig.file('change.md')).match(/(?<=<!-- runsheet:result )\S+/g);
  expect(results).toEqual(['hold', 'second']);
  const kept = await rig.exec('sh', ['-c', `cat ${rig.stateFolder}/runs/*/unplaced-results.md`]);
  expect(kept.stdout).toMatch(/<!-- runsheet:result first [^>]*-->\n> ✔ \*\*passed\*\*/);
  expect((await rig.run(['verify'])).exitCode).toBe(0);
});

describe('a runbook that somebody runs', () => {
  it('is said to be new, known, or changed since they ran it', async () => {
    const rig = await Rig.create();
    await rig.write('change.md', runbook('second').replace('test -e go', 'true'));
    const notes = async (user: string) => {
      const { stderr } = await rig.run(['run', 'change.md', '--yes'], { env: namedUser(user) });
      return stderr
        .split('\n')
        .filter((line) => line.startsWith('note:'))
        .map((line) => line.replace(/\(\S+\)/, '(RUN)'));
    };
    expect(await notes('ada')).toEqual(['note: this runbook is new to you: you have not run it before']);
    expect(await notes('ada')).toEqual([]);
    await edit(rig, editSecond);
    expect(await notes('ada')).toEqual([
      'note: the runbook has changed since you last ran it (RUN):',
      'note:   edited  `second`',
      'note:           - echo second >> log',
      'note:           + echo better >> log',
    ]);
    expect(await notes('grace')).toEqual(['note: this runbook is new to you: you have not run it before']);
  });

  it('runs only with the digest that is expected', async () => {
    const rig = await Rig.create();
    await rig.write('change.md', runbook('second').replace('test -e go', 'true'));
    const wrong = await rig.run(['run', 'change.md', '--yes', '--expect-digest', `sha256:${'0'.repeat(64)}`]);
    const digest = /digest is ([0-9a-f]{64})/.exec(wrong.stderr)?.[1] ?? '';
    expect([wrong.exitCode, wrong.stdout, wrong.stderr.replace(digest, 'DIGEST')]).toEqual([
      2,
      '',
      'error: `change.md` is not the runbook that was asked for: its digest is DIGEST\n' +
        '  = help: review the change, then give the new digest\n',
    ]);
    expect(await rig.exec('ls', [])).toMatchObject({ stdout: 'change.md\n' });
    // Results do not count: the same digest holds before and after a run.
    for (const given of [digest, `sha256:${digest}`]) {
      expect(await rig.run(['run', 'change.md', '--yes', '--expect-digest', given])).toMatchObject({
        exitCode: 0,
      });
    }
    await edit(rig, editSecond);
    expect(await rig.run(['run', 'change.md', '--yes', '--expect-digest', digest])).toMatchObject({
      exitCode: 2,
    });
    expect(await rig.file('log')).toBe('first\nsecond\nfirst\nsecond\n');
  });
});

test('a box that somebody has ticked ahead of the run changes nothing of it', async () => {
  const rig = await Rig.create();
  const page = runbook('second', '\n### Look\n\n- [ ] one\n- [ ] two\n');
  await rig.write('change.md', page);
  expect((await rig.run(['run', 'change.md', '--yes'])).exitCode).toBe(1);
  await rig.write('go', '');
  await edit(rig, (document) => document.replace('- [ ] one', '- [x] one'));
  const resumed = await rig.run(['resume', 'change.md', '--yes']);
  // Nobody has ticked it in this run, which waits for it.
  expect(resumed.exitCode).toBe(5);
  expect(resumed.stderr).toMatch(/^the runbook has changed since, but in none of its steps\n/);
  expect(await rig.file('log')).toBe('first\nsecond\n');
  expect(await rig.file('change.md')).toContain('- [x] one\n- [ ] two\n');
});

test('a box that somebody has ticked since stays ticked, and it is said what that means', async () => {
  const rig = await Rig.create();
  await rig.write(
    'change.md',
    runbook('second').replace('### Hold', '### Look\n\n- [ ] one\n- [ ] two\n\n### Hold'),
  );
  expect((await rig.run(['run', 'change.md', '--yes', '--manual', 'skip'])).exitCode).toBe(1);
  await rig.write('go', '');
  await edit(rig, (document) => document.replace('- [ ] one', '- [x] one'));
  const resumed = await rig.run(['resume', 'change.md', '--yes', '--manual', 'skip']);
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stderr).toContain(
    'note: `one` was ticked in the page since; it stays so, and the run does not go by it\n',
  );
  expect(await rig.file('change.md')).toContain('- [x] one\n- [ ] two\n');
});
