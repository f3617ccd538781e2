// An operation fails, or writes less than it was asked to.
import { byTurns, testDisturbedRun } from './disturbed-run.ts';

testDisturbedRun([
  ...byTurns(['ENOSPC', 'EIO', 'EROFS', 'EACCES']),
  { kind: 'short', from: 1, every: 2 },
  // The first write that finds no room decides what comes after it.
  { kind: 'full', from: 1, every: 5 },
]);
