// Tests what a failing command is to its block and its run, and where the line that failed is told.
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mayBeOthers } from './accounts.ts';
import { Rig, type RunOptions } from './rig.ts';
import { keys } from './rig-terminal.ts';
import { describeWith } from './services.ts';
import { sshPrograms, startSshHosts } from './ssh-hosts.ts';

const block = (attributes: string, code: string): string => `\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n\n`;

async function rigWith(book: string): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('book.md', book);
  return rig;
}

/** The records of a run of that type, as their reader sees them. */
async function recordsOf(rig: Rig, type: string, env: RunOptions['env'] = {}) {
  const { stdout, exitCode } = await rig.run(['run', 'book.md', '--yes', '--surface', 'ndjson'], { env });
  const records = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { exitCode, records: records.filter((record) => record.type === type) };
}

const typo = `# Clean

## Steps

### Remove

${block('name=remove', 'echo first\ncd "$PWD/releases-typo"\ntouch removed')}`;

describe('a failing command', () => {
  test('ends its block, and its line of the runbook is told everywhere', async () => {
    const rig = await rigWith(typo);
    const { exitCode, records } = await recordsOf(rig, 'block-failed');
    expect(exitCode).toBe(1);
    expect(existsSync(rig.path('removed'))).toBe(false);
    expect(records.map(({ reason }) => reason)).toEqual([
      {
        type: 'exit',
        code: 1,
        at: {
          ...{ line: 9, blockLine: 2, command: 'cd "$PWD/releases-typo"' },
          rest: { line: 9, blockLine: 2 },
        },
      },
    ]);
    const told = 'exit 1 at line 9: `cd "$PWD/releases-typo"`';
    expect((await rig.run(['show'])).stdout).toContain(told);
    expect((await rig.run(['report'])).stdout).toContain(told);
    expect(await rig.file('book.md')).toContain(told);
    const plain = await rig.run(['run', 'book.md', '--yes', '--log', 'none', '--report', 'junit=junit.xml']);
    expect(plain.stderr).toContain(`: ${told}\n`);
    expect(await rig.file('junit.xml')).toContain(
      'message="exit 1 at line 9: `cd &quot;$PWD/releases-typo&quot;`"',
    );
  });

  test('is told in the letters that its author has written', async () => {
    const code = 'echo first\n# über\nls "$PWD/重要 и é"\necho last';
    const rig = await rigWith(`# Clean\n\n## Steps\n\n### Remove\n\n${block('name=remove', code)}`);
    for (const LC_ALL of ['C', 'C.UTF-8']) {
      const { records } = await recordsOf(rig, 'block-failed', { LC_ALL });
      expect(records.map(({ reason }) => reason)).toEqual([
        {
          type: 'exit',
          code: 2,
          at: {
            ...{ line: 10, blockLine: 3, command: 'ls "$PWD/重要 и é"' },
            rest: { line: 10, blockLine: 3 },
          },
        },
      ]);
    }
  });

  test.each([
    ['a pipeline', 'false | cat', true],
    ['one whose end had read enough', 'yes | head -n 1', false],
    ['a condition', 'if false; then :; fi', false],
    ['the first of a list', 'false || true', false],
    ['a substitution', 'x=$(false)', true],
    ['what is not last in a substitution', 'x=$(cd missing; ls | wc -l)', true],
    ['the same, where its author says so', 'shopt -u inherit_errexit; x=$(false; true)', false],
    ['the same, where bash is to go on', 'set +e; x=$(false; true)', false],
    ['what is told to go on', 'set +e; false', false],
  ])('of %s', async (_what, code, ends) => {
    const rig = await rigWith(`# B\n\n## Steps\n\n${block('name=a', `${code}\ntouch after`)}`);
    const { exitCode } = await rig.run(['run', 'book.md', '--yes', '--log', 'none']);
    expect([exitCode, existsSync(rig.path('after'))]).toEqual(ends ? [1, false] : [0, true]);
  });

  test.each([
    ['could not be found', 'systemctll is-active web', 1],
    ['could not be read', 'grep -q "old /etc/passwd', 1],
    ['found nothing', 'grep -q "nothing like it" /dev/null', 0],
    ['is read to the end of a here-document', 'cat <<END | grep -q x\ny', 0],
  ])('for which `exit=nonzero` waits: one that %s', async (_what, code, exitCode) => {
    const rig = await rigWith(`# B\n\n## Steps\n\n${block('name=a exit=nonzero', code)}`);
    expect((await rig.run(['run', 'book.md', '--yes', '--log', 'none'])).exitCode).toBe(exitCode);
  });

  test.each([
    ['the only one', '', 'yes | head -n 1'],
    ['the last of an `if`', '', 'if true; then yes | head -n 1; fi'],
    ['the last of a loop', '', 'for i in 1 2; do yes | head -n 1; done'],
    ['behind one in the background', '', 'sleep 0.01 &\nyes | head -n 1'],
    ['in a shell of its own', '', 'if false; then exit 3; fi\nyes | head -n 1'],
    ['where a trap tidies up', '', "trap 'echo bye' EXIT\nyes | head -n 1"],
    ['for each item', ' each=I of="1 2"', 'yes | head -n 1'],
    ['under a condition', ' when="yes | head -n 1"', 'true'],
  ])('is no pipeline that ends a block and was cut by its own end: %s', async (_what, attributes, code) => {
    // The next block has its options, and no trap that was there to hear how this one ended.
    const next = '{ set -o | grep -cE "^(errexit|pipefail).*on$"; trap -p DEBUG; } >left; false; touch after';
    const rig = await rigWith(
      `# B\n\n## Steps\n\n${block(`name=a${attributes}`, code)}${block('name=next', next)}`,
    );
    const { records } = await recordsOf(rig, 'block-failed');
    expect(records.map(({ address, reason: { code: exit } }) => [address, exit])).toEqual([['next', 1]]);
    expect(await rig.file('left')).toBe('2\n');
  });

  test('keeps a gate closed', async () => {
    const gate = block('name=ready', 'test -e backup.dump\ndf . | tail -n 1');
    const rig = await rigWith(
      `# R\n\n## Preconditions\n\n${gate}## Steps\n\n${block('name=drop', 'touch dropped')}`,
    );
    expect((await rig.run(['run', 'book.md', '--yes'])).exitCode).toBe(4);
    expect(existsSync(rig.path('dropped'))).toBe(false);
  });

  test('of a condition, or of a list of hosts, is no answer that it would have given', async () => {
    const steps = `${block('name=a when="false | true"', 'touch a')}${block('name=b hosts-from="cat missing | sort"', 'touch b')}`;
    const rig = await rigWith(`# C\n\n## Steps\n\n${steps}`);
    const { records } = await recordsOf(rig, 'block-failed');
    expect(records.map(({ address, reason }) => [address, reason.message])).toEqual([
      ['b', '`cat missing | sort` ended with exit 1'],
    ]);
    expect(existsSync(rig.path('a'))).toBe(false);
  });

  test('in the lines that are prompted is told with its line', async () => {
    const rig = await rigWith(
      '# P\n\n## Steps\n\n```console {name=p}\n$ echo a\na\n$ false\n$ echo b\n```\n',
    );
    const { records } = await recordsOf(rig, 'block-failed');
    expect(records[0].reason.at).toMatchObject({ line: 8, blockLine: 2, command: 'false' });
  });

  test('that counts as success does so at the end of its block only', async () => {
    const early = `# E\n\n## Steps\n\n${block('name=early exit=0,1', 'grep -s x missing || false\ntouch after')}`;
    const rig = await rigWith(early);
    const failed = await rig.run(['run', 'book.md', '--yes', '--log', 'none']);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('exit 1 at line 6, before the end of the block: `false`');
    await rig.write('book.md', early.replace('\ntouch after', ''));
    expect((await rig.run(['run', 'book.md', '--yes', '--log', 'none'])).exitCode).toBe(0);
  });
});

describe('a failure that nothing asks for', () => {
  const past = (line: number): string => `it went on past exit 1 at line ${line}, which nothing asks for: `;

  test('is told of items, of blocks in the background and of undos, in the record and in the page', async () => {
    const code = 'export X=$(cat missing)';
    const rig = await rigWith(
      `# U\n\n## Steps\n\n${block('name=late background', `sleep 0.4\n${code}`)}${block('name=items each=N of="a b"', `sleep 0.5; ${code}`)}${block('name=broken', 'false')}## Rollback\n\n${block('name=back', code)}`,
    );
    const ran = await rig.run(['run', 'book.md', '--yes', '--on-failure', 'rollback']);
    expect(ran.exitCode).toBe(3);
    for (const told of [ran.stderr, (await rig.run(['show'])).stdout]) {
      expect(told).toMatch(
        /`late` in the background ended by itself after .*it went on past exit 1 at line 7,/,
      );
      expect(told).toContain(`a: ${past(11)}`);
      expect(told).toContain(`b: ${past(11)}`);
      expect(told).toContain(past(21));
    }
    expect(await rig.file('book.md')).toContain('it went on past exit 1 at line');
  });

  test('keeps a gate closed', async () => {
    const gate = block('name=ready', 'export X=$(cat key)');
    const rig = await rigWith(
      `# G\n\n## Preconditions\n\n${gate}## Steps\n\n${block('name=drop', 'touch dropped; false')}`,
    );
    const shut = await rig.run(['run', 'book.md', '--yes', '--log', 'none']);
    expect([shut.exitCode, existsSync(rig.path('dropped'))]).toEqual([4, false]);
    expect(shut.stderr).toContain('exit 1 at line 6, which nothing asks for: `cat key`');
    await rig.write('key', 'x');
    expect((await rig.run(['run', 'book.md', '--yes', '--log', 'none'])).exitCode).toBe(1);
    expect(existsSync(rig.path('dropped'))).toBe(true);
  });
});

describe('the plain behaviour of the shell', () => {
  const goes = (attributes: string, front = ''): string =>
    `${front}# G\n\n## Steps\n\n${block(attributes, 'false\ntouch after')}`;

  test.each([
    ['at the block', goes('name=a errexit=false')],
    ['in the front matter', goes('name=a', '---\nerrexit: false\n---\n')],
  ])('is had %s', async (_where, book) => {
    const rig = await rigWith(book);
    expect((await rig.run(['run', 'book.md', '--yes', '--log', 'none'])).exitCode).toBe(0);
    expect(existsSync(rig.path('after'))).toBe(true);
  });

  test('is had in the configuration, over which the front matter stands', async () => {
    const rig = await rigWith(goes('name=a'));
    await rig.write('runsheet.yaml', 'errexit: false\n');
    expect((await rig.run(['run', 'book.md', '--yes', '--log', 'none'])).exitCode).toBe(0);
    await rig.write('book.md', goes('name=a', '---\nerrexit: true\n---\n'));
    expect((await rig.run(['run', 'book.md', '--yes', '--log', 'none'])).exitCode).toBe(1);
  });

  test('is shown by print, and by a dry run', async () => {
    const rig = await rigWith(`${goes('name=a errexit=false')}## Cleanup\n\n${block('name=c', 'true')}`);
    const printed = (await rig.run(['print', 'book.md'])).stdout;
    expect(printed).toContain('a  5  sh change errexit=false  false');
    expect(printed).toContain('c  12  sh change looks  true');
    const described = JSON.parse((await rig.run(['print', 'book.md', '--json'])).stdout);
    expect(described.steps.flatMap((step: { parts: object[] }) => step.parts)).toMatchObject([
      { address: 'a', onError: 'go-on' },
      { address: 'c', onError: 'find' },
    ]);
    expect((await rig.run(['run', 'book.md', '--dry-run'])).stdout).toContain(
      'a  sh (change, goes on after a failing command)',
    );
  });
});

describe('a command that ends non-zero in a diagnosis', () => {
  const looks = `# D\n\n## Diagnosis\n\n${block('name=look', 'grep -s x missing\nexit 3')}${block('name=judged expect=x', 'echo x; (exit 4)')}`;

  test('is something found, and the run goes on; but not where the block says what counts', async () => {
    const rig = await rigWith(looks);
    const run = await rig.run(['run', 'book.md', '--yes']);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(/○ `look` exit 3 in /);
    expect(run.stderr).toContain('exit 4 at line 11: `( exit 4 )`');
    expect(await rig.file('book.md')).toMatch(/> ○ \*\*exit 3\*\* in \d/);
    expect((await rig.run(['report'])).stdout).toContain('| `look` | exit 3 |');
  });
});

const needy = `# Rest\n\n## Steps\n\n### Do\n\n${block('name=do', 'x=kept\necho one >>ran\ncat needed\necho "two $x" >>ran')}`;

describe('the rest of a block', () => {
  test('is run line by line from the command that failed, with the state at that moment', async () => {
    const rig = await rigWith(needy);
    const guided = rig.terminal(['run', 'book.md', '--surface', 'prompt']);
    await guided.waitFor('Run this block?');
    guided.type('r');
    await guided.waitFor('failed: exit 1 at line 10: `cat needed`');
    await guided.waitFor('l  run from line 10  the command that failed, and everything after it');
    await rig.write('needed', 'here\n');
    guided.type('l');
    expect((await guided.ended).exitCode).toBe(0);
    expect(await rig.file('ran')).toBe('one\ntwo kept\n');
    const story = (await rig.run(['show'])).stdout;
    expect(story).toMatch(/run again from the command that failed, decided by /);
    expect(story).toContain('`do` started, attempt 2, from line 10');
    expect(await rig.file('book.md')).toContain('decided: run again from the command that failed');
  });

  test('is run from the menu of the full screen', async () => {
    const rig = await rigWith(needy);
    const guided = rig.terminal(['run', 'book.md', '--log', 'none']);
    await guided.waitFor('Enter begin');
    guided.type(keys.enter);
    await guided.waitFor('Enter run it');
    guided.type(keys.enter);
    await guided.waitFor('run from line 10');
    await guided.waitFor('Enter do it');
    await rig.write('needed', 'here\n');
    guided.type('l');
    await guided.waitFor('Enter close');
    guided.type(keys.enter);
    expect((await guided.ended).exitCode).toBe(0);
    expect(await rig.file('ran')).toBe('one\ntwo kept\n');
  });
});

test('a block that begins with the exit code of one that failed is not ended by it, on a terminal either', async () => {
  const again = 'test -e ready || { touch ready; exit 3; }\ntouch passed';
  const rig = await rigWith(
    `# T\n\n## Validation\n\n${block('name=up risk=read retries=3 interval=10ms', again)}`,
  );
  const guided = rig.terminal(['run', 'book.md', '--surface', 'prompt', '--log', 'none']);
  expect((await guided.ended).exitCode).toBe(0);
  expect(existsSync(rig.path('passed'))).toBe(true);
});

describeWith([...sshPrograms, 'zsh', 'sudo'], 'a pipeline that was cut by its own end, elsewhere', () => {
  test.for([
    'bash {host=web1}',
    'sh {host=web1}',
    'zsh {host=web1}',
    'bash {user=nobody}',
    'zsh {user=nobody}',
    'zsh {background}',
  ])('%s', async (words, context) => {
    context.skip(words.includes('user=') && !mayBeOthers, 'only root may be others');
    const code = (text: string): string => `\`\`\`${words}\n${text}\n\`\`\`\n\n`;
    const [rig, hosts] = await Promise.all([
      rigWith(
        `# B\n\n## Steps\n\n### Cut\n\n${code('yes | head -n 1\nx=$(yes | head -n 1)\nyes | head -n 1')}### Fail\n\n${code('false | true\nyes | head -n 1')}`,
      ),
      startSshHosts(['web1']),
    ]);
    const { records } = await recordsOf(rig, 'block-failed', { RUNSHEET_SSH: hosts.command });
    expect(records.map(({ address, reason: { code: exit, at } }) => [address, exit, at.command])).toEqual([
      ['fail', 1, 'false | true'],
    ]);
  });
});
