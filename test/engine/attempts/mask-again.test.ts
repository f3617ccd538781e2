import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maskAgain } from '../../../src/engine/attempts/mask-again.ts';
import { FileOutput } from '../../../src/engine/output/output-store.ts';
import { readStoredOutput } from '../../../src/engine/output/read-stored-output.ts';
import { SmallOutputs } from '../../../src/engine/output/small-outputs.ts';
import { createRedactor, storedBytes } from '../../../src/run/masking/redactor.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const bytes = (text: string) => storedBytes(new TextEncoder().encode(text));
const redactor = createRedactor(['learned-late']);

function printed(folder: string, filler: string, small?: SmallOutputs): FileOutput {
  const store = new FileOutput(folder, 'outputs/a.1.out', small);
  store.append('stdout', bytes(`${filler}is learned-`));
  store.append('stderr', bytes('beside learned-late\n'));
  store.append('stdout', bytes('late.\n'));
  store.close();
  return store;
}

const read = (folder: string, store: FileOutput): string[][] =>
  [...readStoredOutput(folder, store.summary)].map(({ stream, bytes: piece }) => [
    stream,
    Buffer.from(piece).toString().slice(-60),
  ]);

test.each([
  ['small', ''],
  ['large', `${'x'.repeat(79)}\n`.repeat(100)],
])('a %s output is kept masked, by stream, and nothing of the old one is left', (size, filler) => {
  const folder = temporaryFolder();
  const small = new SmallOutputs(folder, 'outputs/small.out');
  const before = new FileOutput(folder, 'outputs/before.1.out', small);
  before.append('stdout', bytes('before\n'));
  before.close();
  const store = printed(folder, filler, small);
  const again = maskAgain(store, {
    runFolder: folder,
    file: 'outputs/a@masked.1.out',
    redactor,
  }) as FileOutput;
  const after = new FileOutput(folder, 'outputs/after.1.out', small);
  after.append('stdout', bytes('after\n'));
  after.close();
  small.close();
  expect(read(folder, again).map(([stream, text = '']) => [stream, text.replace(/^[x\n]*/, '')])).toEqual([
    ['stdout', 'is '],
    ['stderr', 'beside ***\n'],
    ['stdout', '***.\n'],
  ]);
  expect([read(folder, before), read(folder, after)]).toEqual([
    [['stdout', 'before\n']],
    [['stdout', 'after\n']],
  ]);
  const left = readdirSync(join(folder, 'outputs')).map((name) =>
    readFileSync(join(folder, 'outputs', name), 'utf8'),
  );
  expect(left.some((text) => text.includes('learned'))).toBe(false);
  expect(existsSync(join(folder, 'outputs/a.1.out'))).toBe(false);
  expect(size === 'large' || left.some((text) => text.includes('\0'))).toBe(true);
});

test('an output with nothing to mask stays what it is', () => {
  const folder = temporaryFolder();
  const store = printed(folder, '');
  const other = createRedactor(['something-else']);
  expect(maskAgain(store, { runFolder: folder, file: 'outputs/b.out', redactor: other })).toBe(store);
});
