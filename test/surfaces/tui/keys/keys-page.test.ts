// Tests that docs/keys.md says of every key what the screen says of it.
import { expect, test } from 'vitest';
import { address } from '../../../../src/basics/address.ts';
import type { PlanItem } from '../../../../src/run/plan.ts';
import type { Question } from '../../../../src/run/question.ts';
import { type KeyBinding, keyBindingsOf } from '../../../../src/surfaces/tui/keys/key-binding.ts';
import { type KeyPlace, standingKeys } from '../../../../src/surfaces/tui/keys/standing-keys.ts';
import { initialUi, type UiState } from '../../../../src/surfaces/tui/keys/ui-state.ts';
import { block, planOf } from '../../../run/sample-plan.ts';
import { Scenario } from '../../../run/scenario.ts';
import { Operator } from '../operator.ts';

const { kind: _kind, ...person } = block('person', 'steps');
const of = [
  { name: 'debian', title: 'On Debian' },
  { name: 'fedora', title: 'On Fedora' },
];
const items: readonly PlanItem[] = [
  block('block', 'steps'),
  block('way', 'steps', { branches: [{ choice: 'system', branch: 'debian', title: '', of }] }),
  { ...person, kind: 'manual', text: 'do it' },
  { ...person, address: address('asks'), kind: 'manual', text: 'read it', ask: { variable: 'NODE' } },
  { ...person, address: address('list'), kind: 'checklist', entries: [{ text: 'it', ticked: false }] },
  block('undo', 'rollback'),
];
const plan = { ...planOf(items), updates: { to: ['ops'] } };
const at = (name: string) => ({ address: address(name) });
const decisions = [
  'retry',
  'run-rest',
  'mark-done',
  'skip',
  'continue',
  'rollback',
  'pause',
  'stop',
] as const;

const questions: Readonly<Record<string, Question>> = {
  'A block may run': { type: 'release', ...at('block') },
  'A block is to be confirmed': { type: 'confirm', ...at('block'), text: 'Sure?' },
  'A block that destroys something is to be confirmed': {
    type: 'confirm',
    ...at('block'),
    text: 'Sure?',
    target: 'block',
  },
  'A step is for you to do': { type: 'manual', ...at('person') },
  'A step asks for a value': { type: 'manual', ...at('asks') },
  'A checklist': { type: 'checklist', ...at('list') },
  'A block has failed': { type: 'failure', ...at('block'), choices: decisions },
  'Nobody knows how a block ended': { type: 'in-doubt', ...at('block') },
  'A step may not belong to the run': { type: 'doubtful', ...at('block') },
  'One of several ways is to be chosen': { type: 'choice', ...at('way'), choice: 'system' },
  'Others are to approve': { type: 'approval', ...at('block') },
  'A rollback is to begin': { type: 'rollback-plan', items: [address('undo')] },
  'The clean-up of a run that ended badly': { type: 'clean-up', items: [address('block')] },
};

const places: Readonly<Record<Exclude<KeyPlace, 'screen'>, string>> = {
  block: 'A block has the keyboard',
  search: 'While the text is searched',
  output: 'All of the output is open',
  steps: 'The list of steps is open',
  'go-to': 'A step to go to is chosen',
  help: 'The help or the guards are open',
  text: 'A line is typed',
  edit: 'A command is edited',
  confirmation: 'Something is to be done for sure',
  form: 'Values are given before a run',
};

type Row = Pick<KeyBinding, 'shown' | 'label' | 'does'>;

function bindingsAt(change: Partial<UiState>, question?: Question): readonly Row[] {
  const operator = new Operator(new Scenario(plan).start('guided'));
  operator.output = ['printed'];
  return keyBindingsOf({ ...initialUi, hears: true, ...change }, { ...operator.context(), question });
}

const moments: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ['Before a run begins', bindingsAt({ stage: 'welcome' })],
  ...Object.entries(questions).map(([title, question]) => [title, bindingsAt({}, question)] as const),
  ['A block runs', bindingsAt({})],
  ['Another step is looked at', bindingsAt({ look: address('undo') }, questions['A block may run'])],
  ['After a run has ended', bindingsAt({ stage: 'end' })],
];

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (shown: string): string => (shown === 'any key' ? shown : shown.replace(/\S+/g, '`$&`'));

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ shown, label, does }) => `| ${code(shown)} | ${cell(label)} | ${cell(does)} |`);
  return ['| Key | Name | What it does |', '|---|---|---|', ...lines].join('\n');
}

test('the page of all keys is that of the screen', async () => {
  const everywhere = ['←', '→', 'Tab', 'G', 'u', '?'];
  const [, release = []] = moments.find(([title]) => title === 'A block may run') ?? [];
  const shared = release.filter(({ shown }) => ['G', 'u', '?'].includes(shown));
  // The menu of a failure begins with its output.
  const own = (rows: readonly Row[]): readonly Row[] =>
    rows.filter(({ shown }, index) => !everywhere.includes(shown) && (shown !== 'o' || index === 0));
  const sections = [
    ['At any moment', table([...standingKeys.screen, ...shared])],
    ...moments.map(([title, rows]) => [title, table(own(rows))] as const),
    ...Object.entries(places).map(
      ([place, title]) => [title, table(standingKeys[place as KeyPlace])] as const,
    ),
  ].map(([title, text]) => `## ${title}\n\n${text}\n`);
  const intro = [
    'The keys of the full screen, by what stands on it. This page is made from the screen itself; `?` shows there what',
    'works at the moment. `^C` is the key C with Ctrl held. Line by line (`--surface prompt`) the same letters answer the',
    'same questions, and so do the names beside them.',
  ].join('\n');
  await expect(`# Keys\n\n${intro}\n\n${sections.join('\n')}`).toMatchFileSnapshot(
    '../../../../docs/keys.md',
  );
});
