// Tests that a value that could not become a variable is told at each of its places.
import { expect, test } from 'vitest';
import { draftPage } from '../../../src/run/drafting/draft-page.ts';
import { draftSteps } from '../../../src/run/drafting/draft-steps.ts';
import type { SessionEntry } from '../../../src/run/drafting/session-entry.ts';
import { valuesLeft } from '../../../src/run/drafting/values-left.ts';

test('what is a part of a longer word stays, and is told', () => {
  const inputs = { VERSION: '1.28.0', COUNT: '1' };
  const ran = (code: string): SessionEntry => ({
    ...{ kind: 'command', code, folder: '/srv', exit: 0, milliseconds: 1, output: ['got 1.28.0'] },
  });
  const page = draftPage(
    draftSteps([ran('deploy 1.28.0'), ran('git checkout v1.28.0'), ran('install app_1.28.0.deb')]),
    { title: 'A page', inputs },
  );
  expect(valuesLeft(page, inputs).map(({ name, text }) => [name, text])).toEqual([
    ['VERSION', 'git checkout v1.28.0'],
    ['VERSION', 'install app_1.28.0.deb'],
  ]);
});
