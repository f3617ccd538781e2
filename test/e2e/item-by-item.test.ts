// Tests steps that do several blocks with an item of a list before the next one.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testMs } from '../budgets.ts';
import { killAtRecords } from './faults/kill-at-records.ts';
import { expectExit, Rig } from './rig.ts';
import { runsOf, storyOf } from './told-story.ts';

const ada = { env: { USER: 'ada' } };
const head = '# Loops\n\n## Steps\n\n';
const block = (attributes: string, ...code: readonly string[]): string =>
  `\`\`\`sh {${attributes}}\n${code.join('\n')}\n\`\`\`\n`;

async function rigWith(text: string): Promise<Rig> {
  const rig = await Rig.create();
  await rig.write('page.md', text);
  return rig;
}

const run = (rig: Rig, ...more: readonly string[]) =>
  rig.run(['run', 'page.md', '--yes', '--surface', 'plain', '--log', 'none', ...more], ada);

/** Three blocks for each of three items; with `fails`, the one of that name fails for that item, once. */
const threeByThree = (list = 'of="a b c"', fails = '', more = ''): string =>
  `${head}### Roll {each=N ${list}}\n\n${['one', 'two', 'three']
    .map((name) =>
      block(
        `name=${name} ${more}`,
        `echo "${name}-$N" >>log`,
        ...(fails.startsWith(`${name}-`) ? [`test "$N" != ${fails.split('-')[1]} || test -e mended`] : []),
      ),
    )
    .join(
      '\n',
    )}\n#### Rollback\n\n${block('name=un-two', 'echo "un-two-$N" >>log')}\n${block('name=un-one', 'echo "un-one-$N" >>log')}\n`;

const logOf = async (rig: Rig): Promise<string> => (await rig.file('log')).trim().replaceAll('\n', ' ');

describe('a step that goes through a list item by item', () => {
  it('does all its blocks with one item before the next, and says of each block and item how it ended', async () => {
    const rig = await rigWith(threeByThree());
    const ran = await run(rig, '--surface', 'ndjson');
    expectExit(ran, 0);
    expect(await logOf(rig)).toBe('one-a two-a three-a one-b two-b three-b one-c two-c three-c');
    const records = ran.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const ofTwo = records.filter(({ address }) => address === 'two');
    expect(ofTwo.map(({ type, item, turn }) => [type, item ?? turn])).toEqual([
      ['block-started', ['a']],
      ['item-started', 'a'],
      ['item-ended', undefined],
      ['turn-ended', ['a']],
      ['block-started', ['b']],
      ['item-started', 'b'],
      ['item-ended', undefined],
      ['turn-ended', ['b']],
      ['block-started', ['c']],
      ['item-started', 'c'],
      ['item-ended', undefined],
      ['turn-ended', ['c']],
      ['block-passed', undefined],
    ]);
    expect(ofTwo.at(-1)).toMatchObject({
      result: {
        exitCode: 0,
        items: [
          { item: 'a', status: 'passed', attempt: 1 },
          { item: 'b', status: 'passed', attempt: 2 },
          { item: 'c', status: 'passed', attempt: 3 },
        ],
      },
    });
  });

  it('asks the list once, for all its blocks', async () => {
    const rig = await rigWith(threeByThree('each-from="echo asked >>asked; printf \'a\\nb\\n\'"'));
    expectExit(await run(rig), 0);
    expect(await logOf(rig)).toBe('one-a two-a three-a one-b two-b three-b');
    expect(await rig.file('asked')).toBe('asked\n');
  });

  it('of which the list is empty is nothing to do', async () => {
    const rig = await rigWith(threeByThree('each-from=true'));
    expectExit(await run(rig), 0);
    expect(existsSync(rig.path('log'))).toBe(false);
    expect((await storyOf(rig)).filter((line) => line.includes('skipped'))).toEqual([
      '`one` skipped: its list is empty, so there is nothing to do',
      '`two` skipped: its list is empty, so there is nothing to do',
      '`three` skipped: its list is empty, so there is nothing to do',
    ]);
  });

  it('takes `parallel` items at once, block by block', async () => {
    const rig = await rigWith(threeByThree('of="a b c d e" parallel=2'));
    expectExit(await run(rig), 0);
    const done = (await logOf(rig)).split(' ');
    const waves = [0, 2, 4, 6, 8, 10].map((at) => done.slice(at, at + 2).sort());
    expect(waves).toEqual([
      ['one-a', 'one-b'],
      ['two-a', 'two-b'],
      ['three-a', 'three-b'],
      ['one-c', 'one-d'],
      ['two-c', 'two-d'],
      ['three-c', 'three-d'],
    ]);
    expect(done.slice(12)).toEqual(['one-e', 'two-e', 'three-e']);
  });

  it.each([
    ['one-a', 'one-a', 'un-two-a un-one-a'],
    ['two-b', 'one-a two-a three-a one-b two-b', 'un-two-b un-one-b un-two-a un-one-a'],
    [
      'three-c',
      'one-a two-a three-a one-b two-b three-b one-c two-c three-c',
      'un-two-c un-one-c un-two-b un-one-b un-two-a un-one-a',
    ],
  ])(
    'that fails at %s goes no further, and is undone item by item from there',
    async (fails, done, undone) => {
      const rig = await rigWith(threeByThree(undefined, fails));
      expectExit(await run(rig, '--on-failure', 'rollback'), 3);
      expect(await logOf(rig)).toBe(`${done} ${undone}`);
      const [name, item] = fails.split('-');
      expect((await storyOf(rig)).filter((line) => line.startsWith(`\`${name}\` failed:`))).toEqual([
        expect.stringContaining(`1 of 3 items failed: \`${item}\` (exit 1 at line `),
      ]);
    },
  );

  it('goes on with the item and the block that failed when it is resumed', async () => {
    const rig = await rigWith(threeByThree(undefined, 'two-b'));
    expectExit(await run(rig), 1);
    await rig.write('mended', '');
    const [failed] = await runsOf(rig);
    expectExit(await rig.run(['resume', failed?.id ?? '', '--yes', '--surface', 'plain'], ada), 0);
    expect(await logOf(rig)).toBe('one-a two-a three-a one-b two-b two-b three-b one-c two-c three-c');
  });

  it('does nothing more with an item that has failed, and goes on while enough can pass', async () => {
    const rig = await rigWith(threeByThree('of="a b c" must-pass=2', 'two-a'));
    expectExit(await run(rig), 0);
    expect(await logOf(rig)).toBe('one-a two-a one-b two-b three-b one-c two-c three-c');
    expect((await storyOf(rig)).filter((line) => /^`t\w+` (?:passed|failed)(?:;|:|$)/.test(line))).toEqual([
      '`two` passed; 1 of 3 items failed, and enough passed: `a`',
      '`three` passed',
    ]);
  });

  it('has failed where it was to go on after a failure, and did', async () => {
    const rig = await rigWith(threeByThree(undefined, 'two-b', 'on-failure=continue'));
    expectExit(await run(rig), 1);
    expect(await logOf(rig)).toBe('one-a two-a three-a one-b two-b one-c two-c three-c');
    expect((await storyOf(rig)).at(-1)).toBe('the run failed: failed, and the run continued: `two`');
  });

  it('tries an item again as often as its block says', async () => {
    const rig = await rigWith(
      `${head}### Roll {each=N of="a b"}\n\n${block('name=one retries=2 interval=1ms', 'echo "one-$N" >>log', 'test "$(grep -c "one-$N" log)" -eq 2')}\n${block('name=two', 'echo "two-$N" >>log')}`,
    );
    expectExit(await run(rig), 0);
    expect(await logOf(rig)).toBe('one-a one-a two-a one-b one-b two-b');
  });

  it('asks `when` and `check` of a block when it has come to the item, not before', async () => {
    const rig = await rigWith(
      `${head}### Roll {each=N of="a b c"}\n\n${block('name=one check="test -e done-$N"', 'echo "one-$N" >>log; touch "done-$N"')}\n${block('name=two when="test $N != a"', 'echo "two-$N" >>log; touch done-c')}`,
    );
    expectExit(await run(rig), 0);
    expect(await logOf(rig)).toBe('one-a one-b two-b two-c');
  });

  it('writes the files of an item, and puts each back with the item', async () => {
    const rig = await rigWith(
      `${head}### Roll {each=N of="a b"}\n\n\`\`\`yaml {name=write file="conf-\${N}.yml"}\nname: \${N}\n\`\`\`\n\n${block('name=use', 'cat conf-$N.yml >>log; test "$N" != b')}\n#### Rollback\n\n${block('name=undo', 'echo "undo $N" >>log')}`,
    );
    await rig.write('conf-a.yml', 'old\n');
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await rig.file('log')).toBe('name: a\nname: b\nundo b\nundo a\n');
    expect(await rig.file('conf-a.yml')).toBe('old\n');
    expect(existsSync(rig.path('conf-b.yml'))).toBe(false);
  });

  it('has a validation of several blocks go through its list in the same way', async () => {
    const rig = await rigWith(
      `${head}### Roll {each=N of="a b"}\n\n${block('name=one', 'echo "one-$N" >>log')}\n#### Validation\n\n${block('name=see', 'echo "see-$N" >>log')}\n${block('name=look', 'echo "look-$N" >>log')}`,
    );
    expectExit(await run(rig), 0);
    expect(await logOf(rig)).toBe('one-a one-b see-a look-a see-b look-b');
  });
});

describe('what is told of a step that went item by item', () => {
  it('names the block and the item in the page, the report, the list of tests and what is shown', async () => {
    const rig = await rigWith(threeByThree(undefined, 'two-b'));
    expectExit(await rig.run(['run', 'page.md', '--yes'], ada), 1);
    const page = await rig.file('page.md');
    expect(page).toMatch(
      /> ✘ \*\*failed\*\* in .* · 1 of 3 items failed: `b` .*\n>\n> - decided: stop for \\`b\\` .*\n> - ✔ `a` passed in .*\n> - ✘ `b` failed in .*\n> - ◌ `c` not run\n/,
    );
    expect(page).toMatch(/> ◌ \*\*not finished\*\* in .*\n>\n> - ✔ `a` passed in .*\n> - ◌ `b` not run\n/);
    const report = await rig.run(['report'], ada);
    expect(report.stdout).toContain('| `one` | through with 2 items, and not with the others |');
    expect(report.stdout).toContain('| `three` | through with 1 item, and not with the others |');
    const junit = await rig.run(['report', '--format', 'junit'], ada);
    expect(junit.stdout.match(/<testcase name="[^"]*"|<(?:failure|skipped)/g)).toEqual([
      ...['<testcase name="one [a]"', '<testcase name="one [b]"', '<testcase name="one [c]"', '<skipped'],
      ...['<testcase name="two [a]"', '<testcase name="two [b]"', '<failure'],
      ...['<testcase name="two [c]"', '<skipped', '<testcase name="three [a]"'],
      ...['<testcase name="three [b]"', '<skipped', '<testcase name="three [c]"', '<skipped'],
    ]);
    expect((await storyOf(rig)).filter((line) => line.includes('`two`'))).toEqual([
      '`two` started for `a`',
      '`two` passed for `a`',
      '`two` started for `b`',
      expect.stringContaining('`two` failed for `b`'),
      expect.stringContaining('1 of 3 items failed: `b`'),
      'the run failed: `two` failed',
    ]);
  });

  it('asks about each block with each item, line by line, and what is decided is about that item', async () => {
    const rig = await rigWith(threeByThree(undefined, 'two-b'));
    const input = '\n\n\n\n\ns\nnot today\n\n\n\n\n';
    const ran = await rig.run(['run', 'page.md', '--surface', 'prompt', '--log', 'none'], { ...ada, input });
    expectExit(ran, 0);
    const said = `${ran.stdout}${ran.stderr}`;
    expect(said.match(/^(?:Run `.*|It failed.*)\?.*$/gm)).toEqual([
      ...['Run `one` for `a`?', 'Run `two` for `a`?', 'Run `three` for `a`?'],
      ...['Run `one` for `b`?', 'Run `two` for `b`?', 'It failed for `b`. What now?', 'Run `three` for `b`?'],
      ...['Run `one` for `c`?', 'Run `two` for `c`?', 'Run `three` for `c`?'],
    ]);
    expect(await storyOf(rig)).toContainEqual(
      expect.stringMatching(/^skip it for `b`, decided by .* \(not today\)$/),
    );
    expect(await logOf(rig)).toBe('one-a two-a three-a one-b two-b three-b one-c two-c three-c');
  });

  it('says before what it will do', async () => {
    const rig = await rigWith(threeByThree());
    const dry = await rig.run(['run', 'page.md', '--dry-run'], ada);
    expect(dry.stdout).toContain('one  sh (change, each N of a b c, each through all blocks of the step)');
    const parallel = await rigWith(threeByThree('of="a b c" parallel=2'));
    const both = await parallel.run(['run', 'page.md', '--dry-run'], ada);
    expect(both.stdout).toContain('one  sh (change, each N of a b c, 2 at once, block by block)');
    const printed = await rig.run(['print', 'page.md'], ada);
    expect(printed.stdout).toMatch(/one {2}\d+ {2}sh change each=N of="a b c" item-by-item /);
    expectExit(await run(rig, '--rehearse'), 0);
    expect(existsSync(rig.path('log'))).toBe(false);
  });
});

describe('a step item by item whose run is killed', () => {
  const checked = (name: string): string =>
    block(`name=${name} check="grep -qx ${name}-$N log"`, `echo "${name}-$N" >>log`);
  const page = (fails: boolean): string =>
    `${head}### Roll {each=N of="a b c"}\n\n${['one', 'two', 'three'].map(checked).join('\n')}\n#### Rollback\n\n${['un-two', 'un-one'].map(checked).join('\n')}\n### End\n\n${block('name=end risk=read', fails ? 'false' : 'true')}`;

  const killEverywhere = (fails: boolean, first = 1) =>
    killAtRecords(
      async () => {
        const rig = await rigWith(page(fails));
        await rig.write('log', '');
        return rig;
      },
      logOf,
      // Every record is tried with a list of one block, in loops.test.ts.
      { first, whole: 2, sampled: 9 },
    );

  /** A run for each record, one after the other, beside whatever else is tested. */
  const timeout = 2 * testMs.fault;
  const forward = 'one-a two-a three-a one-b two-b three-b one-c two-c three-c';

  it('runs each block once for each item, at whichever record it was killed', { timeout }, async () => {
    const { kills, ends } = await killEverywhere(false);
    expect(kills).toBeGreaterThan(4);
    expect(ends).toEqual(new Set([`0 ${forward}`]));
  });

  it('undoes each item once, at whichever record it was killed', { timeout }, async () => {
    // What comes before is what the way forwards has.
    const { kills, ends } = await killEverywhere(true, 48);
    expect(kills).toBeGreaterThan(3);
    const back = 'un-two-c un-one-c un-two-b un-one-b un-two-a un-one-a';
    expect(ends).toEqual(new Set([`3 ${forward} ${back}`]));
  });

  it('asks about the block and the item that nobody saw end, and about no other one', async () => {
    const rig = await rigWith(
      `${head}### Roll {each=N each-from="cat items"}\n\n${block('name=one', 'echo "one-$N" >>log')}\n${block('name=two', 'echo "two-$N" >>log; test "$N" != b || test -e again || { touch again; kill -9 $PPID; sleep 60; }')}`,
    );
    await rig.write('items', 'a\nb\nc\n');
    expect((await rig.run(['run', 'page.md', '--yes'], ada)).exitCode).not.toBe(0);
    await rig.write('items', 'other\n');
    expectExit(await rig.run(['resume', '--yes'], ada), 5);
    expect((await storyOf(rig)).at(-1)).toBe(
      'paused at `two`: `two` started for `b`, and how it ended is not known',
    );
    const resumed = await rig.run(['resume', '--surface', 'prompt'], { ...ada, input: 'r\n\n\n\n\n' });
    expectExit(resumed, 0);
    expect(await logOf(rig)).toBe('one-a two-a one-b two-b two-b one-c two-c');
    expect(await rig.file('page.md')).toContain('> - ✔ `b` passed');
  });
});
