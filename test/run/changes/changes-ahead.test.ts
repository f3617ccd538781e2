import { expect, test } from 'vitest';
import { changesAhead } from '../../../src/run/changes/changes-ahead.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parse } from '../../runbook/runbook-of.ts';
import { ada, Scenario } from '../scenario.ts';

const front = 'env: { TARGET: production }\ninputs: { SIZE: { default: small } }\n';
const block = (name: string, label = 'sh'): string =>
  `\`\`\`${label} {name=${name}}\ntouch ${name}\n\`\`\`\n`;
const steps: Readonly<Record<string, string>> = {
  look: `### Look\n\n${block('look')}`,
  tell: '### Tell the team\n\nCall Ada,\nthen Grace.\n',
  one: `### One\n\n${block('one')}\n#### Rollback\n\n${block('undo')}\n${block('undo-more')}`,
  two: `### Two\n\n${block('two')}`,
  list: '### List\n\n- [ ] left\n- [ ] right\n',
};
const page = (order = ['look', 'tell', 'one', 'two'], head = front): string =>
  `---\n${head}---\n# T\n\n## Steps\n\n${order.map((name) => steps[name]).join('\n')}`;
const planOf = (text: string) => compilePlan(parse(text).runbook).plan;

/** A run that has failed at its first step. */
function failed(): Scenario {
  const one = new Scenario(planOf(page()), { exits: { look: [1] } }).start('unattended');
  one.state = { ...one.state, inputs: { SIZE: 'small' } };
  one.drive();
  expect(one.trail().at(-1)).toBe('RunEnded failed');
  return one;
}

const nothing = { edited: [], undos: [], other: [], moved: [], added: [], settings: [] };

test.each<[string, string, object]>([
  ['nothing', page(), {}],
  [
    'the variables of the page',
    page(undefined, front.replace('production', 'staging')),
    { settings: ['env'] },
  ],
  ['where its blocks start', page(undefined, `${front}cwd: ops\n`), { settings: ['cwd'] }],
  [
    'a value that the page has given',
    page(undefined, front.replace('small', 'big')),
    { settings: ['inputs'] },
  ],
  [
    'what the run does not go by',
    page(undefined, `${front}title: Other\nestimate: 5m\ninterpreters: { raku: raku }\n`),
    {},
  ],
  ['the order of what is to be done', page(['look', 'two', 'tell', 'one']), { moved: ['two'] }],
  ['what a person is told', page().replace('then Grace', 'then Barbara'), { other: ['tell-the-team'] }],
  ['how that is written', page().replace('Ada,\nthen', 'Ada, then'), {}],
  [
    'an undo, which is looked at when it is to be run',
    page().replace('touch undo\n', 'touch undone\n'),
    { undos: [{ address: 'undo', code: 'touch undone' }] },
  ],
])('of what a run has still to do: %s', (_, text, expected) => {
  const { state } = failed();
  const now = planOf(text);
  expect(changesAhead(state, now, { rollback: false })).toEqual({ ...nothing, ...expected });
});

test.each<[string, string, readonly string[]]>([
  ['which boxes are ticked', '- [x] left', []],
  ['what a box says', '- [ ] leftmost', ['list']],
  ['how many there are', '- [ ] left\n- [ ] middle', ['list']],
])('of a list that is still to be ticked: %s', (_, entry, other) => {
  const before = page(['look', 'list']);
  const one = new Scenario(planOf(before), { exits: { look: [1] } }).start('unattended');
  one.drive();
  const now = planOf(before.replace('- [ ] left', entry));
  expect(changesAhead(one.state, now, { rollback: false })).toEqual({ ...nothing, other });
});

test('a value that the run was given is not that of the page', () => {
  const { state } = failed();
  const given = { ...state, inputs: { SIZE: 'medium' } };
  const now = planOf(page(undefined, front.replace('small', 'big')));
  expect(changesAhead(given, now, { rollback: false })).toEqual(nothing);
});

test('earlier versions did not keep what a person is told', () => {
  const { state } = failed();
  const items = state.plan.items.map((item) => {
    if (item.kind !== 'manual') return item;
    const { instruction: _instruction, ...kept } = item;
    return kept;
  });
  const before = { ...state, plan: { ...state.plan, items } };
  expect(changesAhead(before, state.plan, { rollback: false })).toEqual(nothing);
});

test.each<[string, string, object]>([
  ['the order of steps', page(['two', 'look', 'one', 'tell']), {}],
  [
    'the order of the undos of one',
    page().replace(/(```sh \{name=undo\}[\s\S]*?```\n)\n([\s\S]*?```\n)/, '$2\n$1'),
    { moved: ['undo-more'] },
  ],
  ['variables', page(undefined, front.replace('production', 'staging')), { settings: ['env'] }],
])('of what a rollback does: %s', (_, text, expected) => {
  const one = failed();
  one.record({ type: 'RunResumed', by: ada, mode: 'unattended', runbookDigest: '1' });
  const ahead = changesAhead(one.state, planOf(text), { rollback: true });
  expect(ahead).toEqual({ ...nothing, ...expected });
});
