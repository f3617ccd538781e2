// Runs the tests of the runbooks of this project: each block, each way and each undo, with each block failing once.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectExit, Rig, repositoryRoot } from './rig.ts';

const folder = join(repositoryRoot, 'runbooks');
const tested = readdirSync(folder).filter((name) => name.endsWith('.test.yaml'));

test.each(tested)('%s covers its runbook and proves its undos', async (name) => {
  const rig = await Rig.create();
  const ended = await rig.run([
    'test',
    join(folder, name),
    '--fail-each',
    '--coverage',
    '--min-coverage',
    '100',
  ]);
  expectExit(ended, 0);
  expect(ended.stdout).not.toContain('not run:');
  expect(ended.stderr).toBe('');
});
