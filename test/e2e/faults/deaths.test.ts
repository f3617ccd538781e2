// The process is killed at an operation, or the power goes.
import { byTurns, testDisturbedRun } from './disturbed-run.ts';

testDisturbedRun([
  // What is there after one operation is what is there before the next: together they leave none out.
  { kind: 'kill-before', from: 1, every: 2 },
  { kind: 'kill-after', from: 1, every: 2 },
  { kind: 'torn', from: 1, every: 2 },
  ...byTurns(['power-cut', 'power-names-kept']),
]);
