// Tests templates/: each is made by `runsheet new` and runs to a good end as it was made.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statusesOf } from './document-results.ts';
import { expectExit, Rig, repositoryRoot } from './rig.ts';

const expected: Record<string, Record<string, string>> = {
  blank: { preconditions: 'passed', 'do-the-work': 'passed', validation: 'passed' },
  'configuration-change': {
    'there-is-room': 'passed',
    'make-the-place': 'passed',
    'write-configuration': 'passed',
    'set-root': 'passed',
    'tell-the-service': 'passed',
    'configuration-is-right': 'passed',
  },
  'incident-response': {
    'you-can-reach-what-you-need': 'passed',
    look: 'passed',
    'which-change-was-the-last': 'skipped',
    'open-the-incident': 'skipped',
    'stop-the-damage': 'passed',
    mend: 'passed',
    'service-is-healthy': 'passed',
    'people-agree': 'skipped',
  },
  'routine-task': {
    'the-tools-are-here': 'passed',
    'the-place-is-there': 'passed',
    measure: 'passed',
    'write-down': 'passed',
    'tell-the-team': 'skipped',
    'there-is-room': 'passed',
    'seen-with-your-own-eyes': 'skipped',
  },
};

test('every template is tested here', async () => {
  const files = await readdir(join(repositoryRoot, 'templates'));
  expect(files.sort()).toEqual(Object.keys(expected).map((name) => `${name}.md`));
});

test.each(Object.keys(expected))('the template %s runs as made', async (name) => {
  const rig = await Rig.create();
  expectExit(await rig.run(['new', name, 'mine.md']), 0);
  expect(await rig.file('mine.md')).toBe(
    await readFile(join(repositoryRoot, 'templates', `${name}.md`), 'utf8'),
  );

  expectExit(await rig.run(['check', 'mine.md']), 0);
  expectExit(await rig.run(['run', 'mine.md', '--yes', '--manual', 'skip']), 0);
  expect(statusesOf(await rig.file('mine.md'))).toEqual(expected[name]);
});
