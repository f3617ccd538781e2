// Tests blocks that run once for each item of a list.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { killAtRecords } from './faults/kill-at-records.ts';
import { expectExit, Rig } from './rig.ts';
import { storyOf } from './told-story.ts';

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

/** Records of `--surface ndjson` whose type begins so, without their heads. */
function records(stdout: string, type: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((record) => String(record.type).startsWith(type));
}

describe('a list', () => {
  it('gives each item its own start, output, end and value', async () => {
    const rig = await rigWith(
      `---\ninputs: { NODES: { default: "x y" } }\n---\n${head}### Prepare\n\n${block('', 'kept=kept', "trap 'echo outer' EXIT")}\n### Roll\n\n${block(
        'name=roll each=N of="a b" capture=SAID',
        'echo "$kept $N {{N}}"',
        'kept=changed; cd /',
      )}\n${block('name=words each=N of=$NODES', 'echo "$N" >>order')}\n${block(
        `name=lines each=N each-from="printf 'one two\\n\\n  $(id) \\n'"`,
        'printf "%s\\n" "$N" >>order',
      )}\n${block('name=after', 'printf "%s|%s" "$kept" "$SAID" >after')}`,
    );
    const ran = await run(rig, '--surface', 'ndjson');
    expectExit(ran, 0);
    expect(await rig.file('after')).toBe('kept|a\tkept a a\nb\tkept b b');
    expect(await rig.file('order')).toBe('x\ny\none two\n$(id)\n');
    const ofRoll = records(ran.stdout, '').filter(({ address }) => address === 'roll');
    expect(ofRoll.map(({ type, item, text, result }) => [type, item ?? result, text])).toMatchObject([
      ['block-started', undefined, undefined],
      ['item-started', 'a', undefined],
      ['output', 'a', 'kept a a\n'],
      ['item-ended', { item: 'a', status: 'passed', exitCode: 0 }, undefined],
      ['item-started', 'b', undefined],
      ['output', 'b', 'kept b b\n'],
      ['item-ended', { item: 'b', status: 'passed', exitCode: 0 }, undefined],
      ['block-passed', { items: [{ item: 'a' }, { item: 'b' }] }, undefined],
    ]);
    expect(records(ran.stdout, 'items-resolved')).toMatchObject([
      { address: 'words', each: 'N', items: ['x', 'y'] },
      { address: 'lines', each: 'N', items: ['one two', '$(id)'] },
    ]);
  });

  it('takes the elements of an array, and stands in the page item by item', async () => {
    const rig = await rigWith(
      `---\nshell: bash\n---\n${head}### Set\n\n${block('', 'nodes=(a b)')}\n### Roll\n\n${block('each=N of=$nodes', 'echo "for $N"')}`,
    );
    expectExit(await rig.run(['run', 'page.md', '--yes'], ada), 0);
    const page = await rig.file('page.md');
    expect(page).toMatch(/> - ✔ `a` passed in .* · exit 0\n> - ✔ `b` passed in /);
    expect(page).toContain('Output of `b`:\n\n```text\nfor b\n```');
  });

  it('that is empty is nothing to do, and is said to be', async () => {
    const rig = await rigWith(`${head}### Roll\n\n${block('name=roll each=N each-from=true', 'touch "$N"')}`);
    const ran = await run(rig);
    expectExit(ran, 0);
    expect((await storyOf(rig)).filter((line) => line.includes('roll'))).toEqual([
      'the list of `roll` is empty',
      '`roll` skipped: its list is empty, so there is nothing to do',
    ]);
  });

  it.each([
    ['each-from="echo a; exit 3"', 'its `each-from` failed: `echo a; exit 3` ended with exit 3'],
    ['each-from="echo a; echo a"', 'its `each-from` failed: `echo a; echo a` has `a` twice'],
    ['of=$NOWHERE', 'its `of` failed: `$NOWHERE` is not set'],
    ['of=$TOKEN', 'its `of` failed: `$TOKEN` has an item that holds a secret'],
    ['of=$LATE', 'its `of` failed: `$LATE` is not set: `late` sets it, and has not run yet'],
  ])('that cannot be had fails its block before anything is run: %s', async (list, words) => {
    const rig = await rigWith(
      `---\ninputs: { TOKEN: { secret: { env: TOKEN } } }\n---\n${head}### Roll\n\n${block(`name=roll each=N ${list}`, 'touch "ran-$N"')}\n### Late\n\n${block('name=late capture=LATE', 'echo a')}`,
    );
    const ran = await rig.run(['run', 'page.md', '--yes', '--surface', 'plain', '--log', 'none'], {
      env: { ...ada.env, TOKEN: 'tok-1234567' },
    });
    expectExit(ran, 1);
    expect((await storyOf(rig)).filter((line) => line.startsWith('`roll`'))).toEqual([
      `\`roll\` failed: ${words}`,
    ]);
    expect(existsSync(rig.path('ran-a'))).toBe(false);
  });

  it('is begun no further once too many items have failed; `retries` take those that have', async () => {
    const rig = await rigWith(
      `${head}### Some\n\n${block('name=some each=N of="1 2 3 4" must-pass=75% parallel=2', 'test "$N" -ne 2')}\n### Again\n\n${block(
        'name=again each=N of="1 2 3" risk=read retries=1 interval=1ms',
        'echo "$N" >>tries; test "$N" -ne 1 || test -e once || { touch once; false; }',
      )}\n### All\n\n${block('name=all each=N of="1 2 3"', 'echo "$N" >>all; test "$N" -ne 2')}`,
    );
    expectExit(await run(rig), 1);
    expect(await rig.file('tries')).toBe('1\n2\n3\n1\n');
    expect(await rig.file('all')).toBe('1\n2\n');
    expect(
      (await storyOf(rig)).filter((line) => /^`\w+` (?:passed|failed)(?: \(|[:;] |$)/.test(line)),
    ).toEqual([
      '`some` passed; 1 of 4 items failed, and enough passed: `2`',
      expect.stringMatching(/^`again` failed: 1 of 3 items failed: `1` /),
      '`again` passed',
      expect.stringMatching(
        /^`all` failed: 1 of 3 items failed: `2` \(exit 1 at line \d+: `test "\$N" -ne 2`\); not run on `3`$/,
      ),
    ]);
  });

  it('runs so many items at once as the page says', async () => {
    // Each waits for the other one.
    const wait = (mine: string, other: string) =>
      `touch "${mine}"; until test -e "${other}"; do sleep 0.01; done`;
    const rig = await rigWith(
      `${head}### Roll\n\n${block('each=N of="a b" parallel=2 timeout=20s', `if [ "$N" = a ]; then ${wait('1', '2')}; else ${wait('2', '1')}; fi`)}`,
    );
    expectExit(await run(rig), 0);
  });

  it('asks conditions for each item', async () => {
    const rig = await rigWith(
      `${head}### Roll\n\n${block(
        'name=roll each=N of="a b c" when="test $N != b" check="test -e done-$N"',
        'touch "done-$N"; echo "$N" >>ran',
      )}`,
    );
    await rig.write('done-c', '');
    const ran = await run(rig, '--surface', 'ndjson');
    expectExit(ran, 0);
    expect(await rig.file('ran')).toBe('a\n');
    expect(records(ran.stdout, 'block-passed')).toMatchObject([
      {
        result: {
          items: [
            { item: 'a', status: 'passed' },
            { item: 'b', status: 'skipped' },
            { item: 'c', status: 'already-done' },
          ],
        },
      },
    ]);
  });

  it('of files writes one for each item, and puts each back', async () => {
    const rig = await rigWith(
      `${head}### Write\n\n\`\`\`yaml {name=write each=N of="a b" file="conf-\${N}.yml"}\nname: \${N}\n\`\`\`\n\n### Fail\n\n${block('', 'cat conf-a.yml conf-b.yml >seen; false')}`,
    );
    await rig.write('conf-a.yml', 'old\n');
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await rig.file('seen')).toBe('name: a\nname: b\n');
    expect(await rig.file('conf-a.yml')).toBe('old\n');
    expect(existsSync(rig.path('conf-b.yml'))).toBe(false);
  });
});

describe('the undo of a list', () => {
  it('runs for the items that were begun, from the last to the first', async () => {
    const rig = await rigWith(
      `${head}### Roll {each=N each-from="cat items"}\n\n${block('name=roll', 'echo "do $N" >>log; test "$N" != c')}\n#### Rollback\n\n${block('name=undo', 'echo "undo $N" >>log')}`,
    );
    await rig.write('items', 'a\nb\nc\nd\n');
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await rig.file('log')).toBe('do a\ndo b\ndo c\nundo c\nundo b\nundo a\n');
  });

  it('keeps to the list of its step, whatever its command would say by then', async () => {
    const rig = await rigWith(
      `${head}### Roll\n\n${block('name=roll each=N each-from="cat items"', 'echo "do $N" >>log')}\n${block('', 'echo other >items; false')}\n#### Rollback\n\n${block('name=undo each=N', 'echo "undo $N" >>log')}`,
    );
    await rig.write('items', 'a\nb\n');
    expectExit(await run(rig, '--on-failure', 'rollback'), 3);
    expect(await rig.file('log')).toBe('do a\ndo b\nundo b\nundo a\n');
  });
});

describe('a list whose run is killed', () => {
  const page = (fails: boolean): string =>
    `${head}### Roll {each=N of="a b c d"}\n\n${block('name=roll check="grep -qx do-$N log"', 'echo "do-$N" >>log')}\n#### Rollback\n\n${block('name=undo check="grep -qx undo-$N log"', 'echo "undo-$N" >>log')}\n### End\n\n${block('name=end risk=read', fails ? 'false' : 'true')}`;

  const killEverywhere = (fails: boolean) =>
    killAtRecords(
      async () => {
        const rig = await rigWith(page(fails));
        await rig.write('log', '');
        return rig;
      },
      async (rig) => (await rig.file('log')).replaceAll('\n', ' '),
      { sampled: 3 },
    );

  it('runs each item once, at whichever record it was killed', async () => {
    const { kills, ends } = await killEverywhere(false);
    expect(kills).toBeGreaterThan(4);
    expect(ends).toEqual(new Set(['0 do-a do-b do-c do-d ']));
  });

  it('undoes each item once, at whichever record it was killed', async () => {
    const { kills, ends } = await killEverywhere(true);
    expect(kills).toBeGreaterThan(7);
    expect(ends).toEqual(new Set(['3 do-a do-b do-c do-d undo-d undo-c undo-b undo-a ']));
  });

  it('asks about the item that nobody saw end, and about no other one', async () => {
    const rig = await rigWith(
      `${head}### Roll\n\n${block('name=roll each=N each-from="cat items"', 'echo "$N" >>log; test "$N" != b || test -e again || { touch again; kill -9 $PPID; sleep 60; }')}`,
    );
    await rig.write('items', 'a\nb\nc\n');
    expect((await rig.run(['run', 'page.md', '--yes'], ada)).exitCode).not.toBe(0);
    await rig.write('items', 'other\n');
    expectExit(await rig.run(['resume', '--yes'], ada), 5);
    expect((await storyOf(rig)).at(-1)).toBe(
      'paused at `roll`: `roll` started, and how it ended is not known',
    );
    expectExit(await rig.run(['resume', '--surface', 'prompt'], { ...ada, input: 'r\n\n\n' }), 0);
    expect(await rig.file('log')).toBe('a\nb\nb\nc\n');
    expect(await rig.file('page.md')).toContain('> - ✔ `a` passed');
  });
});
