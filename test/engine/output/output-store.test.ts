import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileOutput } from '../../../src/engine/output/output-store.ts';
import { storedBytes } from '../../../src/run/masking/redactor.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

test('lines are counted wherever in memory the bytes stand', () => {
  const store = new FileOutput(join(temporaryFolder(), 'run'), 'out');
  let expected = 0;
  const piece = fc.tuple(
    fc.integer({ min: 0, max: 7 }),
    fc.array(fc.constantFrom(10, 11, 0x8a, 65), { maxLength: 12 }),
  );
  fc.assert(
    fc.property(piece, ([offset, bytes]) => {
      const memory = new Uint8Array(32);
      memory.set(bytes, offset);
      expected += bytes.filter((byte) => byte === 10).length;
      store.append('stdout', storedBytes(memory.subarray(offset, offset + bytes.length)));
      expect(store.summary.lines).toBe(expected);
    }),
    { numRuns: 500 },
  );
  store.close();
});
