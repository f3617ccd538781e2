import { expect, test } from 'vitest';
import { onlyLooks } from '../../../../src/languages/commands/judging/only-looks.ts';

test.each([
  ['kubectl get pods', 'sh', true],
  ['cd /srv && ls -l | head', 'sh', true],
  ['kubectl delete pod a', 'sh', false],
  ['kubectl get pods; kubectl delete pod a', 'sh', false],
  ['cd /srv', 'sh', false],
  ['./frobnicate', 'sh', false],
  ['ls > files', 'sh', false],
  ['print(1)', 'python', false],
])('%j in %s: %s', (code, label, expected) => {
  expect(onlyLooks(code, label)).toBe(expected);
});
