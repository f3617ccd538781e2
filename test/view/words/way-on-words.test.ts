import { expect, test } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import { initialState } from '../../../src/run/evolve.ts';
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
  ['a paused run', { ...fresh, lifecycle: 'paused' }, [resume]],
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
