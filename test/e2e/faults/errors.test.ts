// An operation fails, or writes less than it was asked to.
import { testDisturbedRun } from './disturbed-run.ts';

testDisturbedRun(['short', 'ENOSPC', 'EIO', 'EROFS', 'EACCES', 'full'], { byTurns: true });
