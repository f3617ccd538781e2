import { expect, test } from 'vitest';
import { mayNeedUndo, undosOf } from '../../../src/run/belonging/undos-of.ts';
import { block, planOf } from '../sample-plan.ts';

const one = block('one', 'steps');
const undo = (name: string, of?: string) =>
  block(name, 'rollback', of === undefined ? {} : { undoes: block(of, 'steps').step });

test('an undo of its own step comes before the rollback section, and without both there is none', () => {
  const named = (...undos: readonly ReturnType<typeof undo>[]) => {
    const found = undosOf(planOf([one, block('two', 'steps'), ...undos]), one);
    return found && [found.of, ...found.items.map(({ address }) => address)];
  };
  expect(named(undo('back-two', 'two'))).toBeUndefined();
  expect(named(undo('back-two', 'two'), undo('back-one', 'one'), undo('all'))).toEqual(['step', 'back-one']);
  expect(named(undo('back-two', 'two'), undo('all'))).toEqual(['runbook', 'all']);
});

test('what puts back a file takes back the block that has written it, and no other one of its step', () => {
  const { step } = one;
  const file = block('file', 'steps', { step });
  const back = block('file/undo', 'rollback', { undoes: step, restores: file.address });
  const byHand = undo('by-hand', 'one');
  const of = (item: typeof one, ...undos: readonly (typeof one)[]) =>
    undosOf(planOf([one, file, ...undos]), item)?.items.map(({ address }) => address);
  expect([of(file, back), of(one, back)]).toEqual([['file/undo'], undefined]);
  expect([of(file, back, byHand), of(one, back, byHand)]).toEqual([['file/undo', 'by-hand'], ['by-hand']]);
});

test('what only looks, and what is no step, needs no undo', () => {
  const items = [one, block('look', 'steps', { risk: 'read' }), block('gate', 'preconditions'), undo('all')];
  expect(items.map(mayNeedUndo)).toEqual([true, false, false, false]);
});
