import { describe, expect, it, test } from 'vitest';
import { expandLinks } from '../../../src/run/links/expand-links.ts';
import type { BlockItem } from '../../../src/run/plan.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { Scenario } from '../scenario.ts';

const block = (name: string, more = ''): string => `\`\`\`sh {name=${name}${more}}\ntouch ${name}\n\`\`\`\n`;
const page = (heading: string, body: string, validation = block('check')): string =>
  `# T\n\n## Steps\n\n### Work ${heading}\n\n${body}\n#### Validation\n\n${validation}\n#### Rollback\n\n${block('undo')}\n### Last\n\n${block('last')}`;
const planOf = (text: string) => {
  const { runbook, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  return compilePlan(runbook).plan;
};

const two = `${block('one')}\n${block('two')}`;
const skipped = 'BlockSkipped check';
const run = 'BlockPassed check';

test.each<[string, string, string, readonly string[], readonly string[], string]>([
  ['one block', '{when="test -e x"}', block('one'), ['one'], [], skipped],
  ['all of several', '{when="test -e x"}', two, ['one', 'two'], [], skipped],
  ['one of several', '{when="test -e x"}', two, ['two'], [], run],
  ['a person', '{when="test -e x"}', 'Press the button.\n', ['work'], [], skipped],
  ['by the word of the block', '', block('one', ' when="test -e x"'), ['one'], [], run],
  ['what is done already', '{check="test -e x"}', block('one'), [], ['one'], run],
])('a step that is skipped has nothing to validate: %s', (_, heading, body, not, done, expected) => {
  const no = [
    ...not.map((name) => [`${name}.when`, [false]]),
    ...done.map((name) => [`${name}.check`, [true]]),
  ];
  const one = new Scenario(planOf(page(heading, body)), { holds: Object.fromEntries(no) });
  one.start('unattended').drive();
  expect(one.trail().filter((event) => event === skipped || event === run)).toEqual([expected]);
  expect(one.trail().at(-1)).toBe('RunEnded succeeded');
});

test('nor in a linked page', () => {
  const { runbook } = parse('# Top\n\n## Steps\n\n### [Do it](it.md)\n');
  const load = () => ({ ...parse(page('{when="test -e x"}', block('one'))), digest: '0' });
  const { plan } = expandLinks(runbook, load);
  const one = new Scenario(plan, { holds: { 'do-it/one.when': [false] } }).start('unattended');
  one.drive();
  expect(one.trail()).toContain('BlockSkipped do-it/check');
});

describe('the folder and the variables of a heading', () => {
  const placed = (plan: ReturnType<typeof planOf>) =>
    plan.items
      .filter((item): item is BlockItem => item.kind === 'block')
      .map(({ address, cwd, env }) => [address, cwd, env]);

  it('hold for what validates and undoes its step, which may say other', () => {
    const heading = '{cwd=sub env.WHO=me env.HOW=fast}';
    const own = block('check', ' cwd=other env.HOW=slow');
    expect(placed(planOf(page(heading, block('one'), own)))).toEqual([
      ['one', 'sub', { WHO: 'me', HOW: 'fast' }],
      ['check', 'other', { WHO: 'me', HOW: 'slow' }],
      ['last', undefined, {}],
      ['undo', 'sub', { WHO: 'me', HOW: 'fast' }],
    ]);
  });

  it('hold where a person does the step', () => {
    expect(
      placed(planOf(page('{cwd=sub}', 'Press the button.\n'))).map(([name, cwd]) => [name, cwd]),
    ).toEqual([
      ['check', 'sub'],
      ['last', undefined],
      ['undo', 'sub'],
    ]);
  });
});
