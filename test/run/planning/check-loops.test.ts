import { describe, expect, test } from 'vitest';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { renderDiagnostic } from '../../../src/text/render-diagnostic.ts';
import { decodeSource } from '../../../src/text/source-file.ts';

function compiled(text: string) {
  const { source } = decodeSource('loops.md', new TextEncoder().encode(text));
  const { plan, diagnostics } = compilePlan(parseRunbook(source).runbook);
  return { plan, said: diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source)) };
}

const block = (attributes: string, code = 'echo "$N"'): string =>
  `\`\`\`sh {${attributes}}\n${code}\n\`\`\`\n`;
const front =
  '---\ninputs: { NODES: { description: Nodes }, N: {} }\nenv: { ZONE: a }\nhosts: { web: [w1, w2] }\n---\n';
const page = (attributes: string, code?: string): string =>
  `${front}# Loops\n\n## Steps\n\n### Roll\n\n${block(attributes, code)}`;

/** The first line and the help of each thing that is said. */
const linesOf = (said: readonly string[]): readonly string[] =>
  said.map((one) => {
    const lines = one.split('\n');
    const help = lines.find((line) => line.includes('= help: '));
    return `${lines[0]}${help === undefined ? '' : ` | ${help.trim().replace('= help: ', '')}`}`;
  });

describe('what is wrong with a list', () => {
  test.each([
    [
      'each=X',
      'error[each-list]: `each=X` has no list | write `of="a b c"`, `of=$NAME` or `each-from="command"` beside it',
    ],
    [
      'of="a b"',
      'error[each-option]: `of` is a list that nothing uses | name the variable that is each item in turn: `each=NAME`',
    ],
    [
      'each-from="ls"',
      'error[each-option]: `each-from` is a list that nothing uses | name the variable that is each item in turn: `each=NAME`',
    ],
    [
      'must-pass=2',
      'error[each-option]: `must-pass` says nothing about a block without a list | it is about the items of `each=NAME`; of hosts it is `hosts-must-pass`',
    ],
    [
      'each=X of="a b" each-from=ls',
      'error[each-option]: `of` and `each-from` both say what the list is | write one of them',
    ],
    [
      'each=X of="a, b"',
      'error[each-list]: the item `a,` ends with a `,` | items are separated by blanks alone: `of="a b c"`',
    ],
    ['each=X of="a b a"', 'error[each-list]: the list has `a` twice | each item is in it once'],
    [
      'each=X of="a,b"',
      'warning[each-list]: the list has one item, `a,b` | items are separated by blanks: `of="a b c"`',
    ],
    [
      'each=X of="a $NODES"',
      'error[each-list]: `$NODES` is taken as written: variables are not filled in | write `of=$NAME` with nothing beside it, or let a command say it: `each-from="…"`',
    ],
    [
      'each=X of=$NODE',
      'warning[each-list]: `$NODE` is set nowhere in this page | declare it as an input, or let a block before this one `capture` it',
    ],
    [
      'each=X of="a b" must-pass=3',
      'error[each-option]: `must-pass=3` can never hold: the list has 2 of them',
    ],
    ['each=N of="a b"', 'error[each-option]: `N` is an input already | give the items another name'],
    [
      'each=ZONE of="a b"',
      'error[each-option]: `ZONE` is a variable of `env` already | give the items another name',
    ],
    [
      'each=PATH of="a b"',
      'error[each-option]: `PATH` is a variable of the shell, and cannot be the name of an item | give the items another name',
    ],
    [
      'each=X of="a b" host=web',
      'error[each-option]: a block with `each` runs on this machine | the hosts of a block are a list already: take `each` out, or reach them from the code',
    ],
    [
      'each=X of="a b" hosts-must-pass=1',
      'error[each-option]: `hosts-must-pass` is about hosts | of the items of a list it is `must-pass`',
    ],
    [
      'each=X of="a b" background',
      'error[each-option]: a block in the background cannot be run for each item of a list | take `background` out, or write a block for each',
    ],
    [
      'each=X of="a b" parallel=2 user=app',
      'warning[each-option]: the items of a block that runs as another user are run one after the other | take `parallel` out',
    ],
    [
      'each=X of="a b" interactive',
      'error[each-option]: an interactive block cannot be run for each item of a list | take `interactive` out, or write a block for each',
    ],
    [
      'each=X of="a b" file=/etc/app.conf',
      'error[each-option]: each item would write the same file | let the path say which item it is of: `file=/etc/app/${X}.conf`',
    ],
  ])('%s', (attributes, expected) => {
    expect(linesOf(compiled(page(attributes, 'echo "$X $N $ZONE $PATH"')).said)).toEqual([expected]);
  });

  test.each([
    'each=X of="a b"',
    'each=X of=$NODES parallel=2',
    'each=X of="${NODES}"',
    'each=X each-from="ls" must-pass=50%',
  ])('nothing with %s', (attributes) => {
    expect(compiled(page(attributes, 'echo "$X"')).said).toEqual([]);
  });

  test('a block that does not use the item is told; a condition may do so for it', () => {
    expect(linesOf(compiled(page('each=X of="a b"', 'echo "$XY"')).said)).toEqual([
      'warning[each-unused]: nothing in this block speaks of `$X`, so that it does the same each time | write `"$X"` where the item belongs',
    ]);
    expect(compiled(page('each=X of="a b" when="test -e $X"', 'true')).said).toEqual([]);
    expect(compiled(page('each=X of="a b" file="/etc/${X}.conf"', 'a: 1')).said).toEqual([]);
  });

  test('what a block captures, asks or exports is a list', () => {
    const text = `# Loops\n\n## Steps\n\n### List\n\n${block('capture=FOUND', 'ls')}\n${block('each=X of=$FOUND', 'echo $X')}`;
    expect(compiled(text).said).toEqual([]);
  });
});

test('an item that is spoken of where no list is, is told', () => {
  const text = (undo: string): string =>
    `# L\n\n## Steps\n\n### Roll\n\n${block('each=X of="a b"', 'mkdir "/srv/$X"')}\n#### Rollback\n\n\`\`\`sh\n${undo}\n\`\`\`\n`;
  expect(linesOf(compiled(text('rmdir "/srv/$X"')).said)).toEqual([
    'warning[each-outside]: `$X` is set only in blocks with `each=X`, and this one has no list | in a validation or rollback of the step, `each=X` alone means the list of the step',
  ]);
  expect(compiled(text('for X in a b; do rmdir "/srv/$X"; done')).said).toEqual([]);
  expect(compiled(text('rmdir "/srv/${X:-none}"')).said).toEqual([]);
});

describe('a list on a heading', () => {
  const roll = '# Loops\n\n## Steps\n\n### Roll {each=N of="a b"}\n\n';

  test('holds for the block of the step, its validation and its rollback', () => {
    const { plan, said } = compiled(
      `${roll}${block('')}\n#### Validation\n\n${block('')}\n#### Rollback\n\n${block('')}`,
    );
    expect(said).toEqual([]);
    const each = { name: 'N', items: ['a', 'b'] };
    expect(plan.items).toMatchObject([
      { phase: 'steps', each },
      { phase: 'validation', each },
      { phase: 'rollback', each },
    ]);
  });

  test('is gone through item by item by several blocks, by what validates and by what undoes them', () => {
    const { plan, said } = compiled(
      `${roll}${block('')}\n${block('', 'sleep 1')}\n#### Validation\n\n${block('')}\n#### Rollback\n\n${block('')}`,
    );
    expect(said).toEqual([]);
    const each = { name: 'N', items: ['a', 'b'] };
    expect(plan.items.map((item) => item.kind === 'block' && [item.phase, item.each, item.hasTurns])).toEqual(
      [
        ['steps', each, true],
        ['steps', each, true],
        ['validation', each, undefined],
        ['rollback', each, true],
      ],
    );
  });

  test.each([
    [
      `${block('')}\n${block('')}\n${block('each=M of="x y"', 'echo $M')}`,
      'error[each-option]: the other blocks of this step go through `each=N`, and this one has a list of its own | put it under a heading of its own',
    ],
    [
      `${block('')}\n${block('parallel=2')}`,
      'error[each-option]: `parallel` is the same for all blocks that go through `each=N` | write `parallel` on the heading, beside `each`',
    ],
    [
      `${block('')}\n${block('must-pass=1')}`,
      'error[each-option]: `must-pass` is the same for all blocks that go through `each=N` | write `must-pass` on the heading, beside `each`',
    ],
    [
      `${block('')}\nTell the on-call DBA.\n\n${block('')}`,
      'error[each-option]: `each` on a heading repeats blocks, and this sentence asks a person for something | put what a person does under a heading of its own',
    ],
  ])('is that of all blocks of the step, and of nothing else: %#', (parts, said) => {
    expect(linesOf(compiled(`${roll}${parts}`).said)).toEqual([said]);
  });

  test('is refused where the step has more than its block', () => {
    expect(linesOf(compiled(`${roll}- [ ] Look\n\n${block('')}`).said)).toEqual([
      'error[each-option]: `each` on a heading repeats blocks, and this step has something else, too | put the block under a heading of its own',
    ]);
  });
});

describe('the list of a block', () => {
  test('is meant by its validation and rollback that name the variable alone', () => {
    const { plan, said } = compiled(
      `# Loops\n\n## Steps\n\n### Roll\n\n${block('', 'true')}\n${block('each=N each-from="ls" parallel=3')}\n#### Validation\n\n${block('each=N')}\n#### Rollback\n\n${block('each=N')}\n${block('', 'true')}`,
    );
    expect(said).toEqual([]);
    const each = { name: 'N', from: 'ls' };
    expect(plan.items.map((item) => item.kind === 'block' && [item.phase, item.each, item.parallel])).toEqual(
      [
        ['steps', undefined, undefined],
        ['steps', each, 3],
        ['validation', each, undefined],
        ['rollback', each, undefined],
        ['rollback', undefined, undefined],
      ],
    );
  });

  test('is none of another variable', () => {
    const { said } = compiled(
      `# Loops\n\n## Steps\n\n### Roll\n\n${block('each=N of="a b"')}\n#### Rollback\n\n${block('each=M', 'echo $M')}`,
    );
    expect(linesOf(said)).toEqual([
      'error[each-list]: `each=M` has no list | write `of="a b c"`, `of=$NAME` or `each-from="command"` beside it',
    ]);
  });

  test('can be the value of a variable', () => {
    expect(compiled(page('each=X of="${NODES}"', 'echo $X')).plan.items).toMatchObject([
      { each: { name: 'X', variable: 'NODES' } },
    ]);
  });
});
