import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { effects } from '../../../src/run/effects.ts';
import type { RunEvent } from '../../../src/run/event.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import type { RunState } from '../../../src/run/state.ts';
import { wayOnWords } from '../../../src/view/words/way-on-words.ts';
import { parse } from '../../runbook/runbook-of.ts';

const { plan } = compilePlan(
  parse('# T\n\n## Steps\n\n```sh\na\n```\n\n## Rollback\n\n```sh\nb\n```\n').runbook,
);
const run = runId('20261121-021322-test');
const fresh = { ...initialState(plan), run };
const resume = `\`runsheet resume ${run}\` comes back to this place`;

/** The state after the block of the steps has done something and come to `status`. */
function after(status: 'passed' | 'failed' | 'failed-continued', state: Partial<RunState>): RunState {
  const items = fresh.items.map((item, index) =>
    index < fresh.mainCount ? { ...item, status, touched: true, touchedSeq: 1 } : item,
  );
  return { ...fresh, items, ...state };
}

test.each<[string, RunState, readonly string[]]>([
  ['a run that has not begun', initialState(plan), []],
  ['a run that goes on', { ...fresh, lifecycle: 'running' }, []],
  ['a run that rests before a block', { ...fresh, lifecycle: 'paused' }, [resume]],
  ['a success', after('passed', { lifecycle: 'ended', outcome: 'succeeded' }), []],
  [
    'a failure',
    after('failed', { lifecycle: 'ended', outcome: 'failed' }),
    [resume, `\`runsheet rollback ${run}\` undoes what it did`],
  ],
  ['a failure before anything was done', { ...fresh, lifecycle: 'ended', outcome: 'failed' }, [resume]],
  ['a run that somebody ended', { ...fresh, lifecycle: 'ended', outcome: 'stopped' }, [resume]],
  [
    'a failure after which the run went on to its end',
    after('failed-continued', { lifecycle: 'ended', outcome: 'failed' }),
    [`\`runsheet rollback ${run}\` undoes what it did`],
  ],
  [
    'a rollback that failed',
    after('failed', {
      lifecycle: 'ended',
      outcome: 'rollback-failed',
      rollback: { status: 'running', order: [1], automatic: false },
    }),
    [`\`runsheet rollback ${run}\` goes on with it`],
  ],
])('%s', (_name, state, words) => {
  expect(wayOnWords(state)).toEqual(words);
});

/** A run that rests at the first step of a page, after what `known` says of it. */
function restingAt(step: string, known: object = {}, section = 'Steps'): RunState {
  const { plan: of } = compilePlan(
    parse(`# T\n\n## ${section}\n\n${step}\n\n## Clean-up\n\n\`\`\`sh {name=tidy}\nc\n\`\`\`\n`).runbook,
  );
  const state = initialState(of);
  const items = state.items.map((item, index) => (index === 0 ? { ...item, ...known } : item));
  return { ...state, run, items, lifecycle: 'paused', mode: 'guided', gateOpen: true, phase: 'steps' };
}

/** The same once the approval of the step was asked for. */
function atGate(state: RunState): RunState {
  const asked = effects({ ...state, lifecycle: 'running' });
  if (asked.type !== 'request-approval') throw new Error(`no approval, but ${asked.type}`);
  const { item, gate, of } = asked;
  const event: RunEvent = {
    type: 'ApprovalRequested',
    address: item.address,
    gate: gate.name,
    people: gate.people,
    needed: gate.count,
    by: { user: 'ada', host: '' },
    onTimeout: gate.onTimeout,
    of: { ...of, pages: {} },
  };
  return evolve(state, { seq: 9, at: '2026-11-21T02:13:22Z', event });
}

const block = (attributes: string): string => `\`\`\`sh {name=one ${attributes}}\na\n\`\`\``;
const answered = (place: string, forms: string): string =>
  `\`runsheet answer ${run} ${place} ANSWER\` answers it from elsewhere: ${forms}`;

test.each<[string, RunState, string]>([
  ['a step by hand', restingAt('### Call\n\nCall her.'), answered('call', '`done` or `skip --note WHY`')],
  [
    'a step that asks for something',
    restingAt('### Size {ask=SIZE}\n\nHow large is it?'),
    answered('size', '`done --value VALUE` or `skip --note WHY`'),
  ],
  [
    'a checklist',
    restingAt('### Look\n\n- [ ] graphs\n- [ ] logs'),
    answered('look', '`tick`, `untick`, `done` or `skip --note WHY`'),
  ],
  [
    'a precondition',
    {
      ...restingAt('### Look\n\n- [ ] graphs', {}, 'Preconditions'),
      gateOpen: false,
      phase: 'preconditions',
    },
    answered('look', '`tick`, `untick` or `done`'),
  ],
  [
    'a confirmation',
    restingAt(block('confirm="Sure?"'), { released: true }),
    answered('one', '`yes` or `skip --note WHY`'),
  ],
  [
    'something destructive',
    restingAt(block('risk=destructive'), { released: true }),
    answered('one', '`yes --value one` or `skip --note WHY`'),
  ],
  [
    'a failure',
    restingAt(block(''), { status: 'failed', reason: { type: 'exit', code: 1 } }),
    answered('one', '`retry`, `skip --note WHY`, `done --note WHY`, `continue` or `stop`'),
  ],
  [
    'a block that never ended',
    restingAt(block(''), { status: 'running' }),
    answered('one', '`run-again`, `done`, `failed` or `skip`'),
  ],
  [
    'a choice',
    restingAt(
      `### Restart {choose}\n\n#### Fast\n\n${block('')}\n\n#### Slow\n\n\`\`\`sh {name=two}\nb\n\`\`\``,
    ),
    answered('one', '`fast`, `slow` or `all`'),
  ],
  [
    'a doubt',
    restingAt(`### More\n\nFor example:\n\n${block('')}`),
    answered('one', '`run`, `skip --note WHY` or `done --note WHY`'),
  ],
  [
    'a rollback that is not begun',
    {
      ...after('failed', { lifecycle: 'paused', mode: 'guided' }),
      rollback: { status: 'planned', order: [1], automatic: false },
    },
    answered('rollback', '`roll-back` or `back`'),
  ],
  [
    'an approval',
    atGate(restingAt(block('approve=1'))),
    `\`runsheet approve ${run} one\` approves it from another account`,
  ],
])('%s is answered from elsewhere as it says', (_name, state, words) => {
  expect(wayOnWords(state)).toEqual([words, resume]);
});
