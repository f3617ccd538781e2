import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestOfCode } from '../../src/run/digest-of-code.ts';

test('it is what `sha256sum` begins with for the same text', () => {
  expect(digestOfCode('abc')).toBe('ba7816bf8f01');
  const text = 'echo "ü"\nrm -rf build\n';
  expect(digestOfCode(text)).toBe(
    createHash('sha256').update(new TextEncoder().encode(text)).digest('hex').slice(0, 12),
  );
});
