// The process is killed at an operation, or the power goes.
import { testDisturbedRun } from './disturbed-run.ts';

testDisturbedRun(['kill-before', 'kill-after', 'torn', 'power-cut', 'power-names-kept'], { byTurns: false });
