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
  ['small and last', '', false],
  ['small', '', true],
  ['large', `${'x'.repeat(79)}\n`.repeat(100), true],
])('a %s output is kept masked, by stream, and nothing of the old one is left', (_, filler, isFollowed) => {
  const folder = temporaryFolder();
  const small = new SmallOutputs(folder, 'outputs/small.out');
  const keep = (text: string) => {
    const kept = new FileOutput(folder, `outputs/${text}.1.out`, small);
    kept.append('stdout', bytes(text));
    kept.close();
    return kept;
  };
  const before = keep('before');
  const store = printed(folder, filler, small);
  const between = isFollowed ? [keep('between')] : [];
  const again = maskAgain(store, {
    runFolder: folder,
    file: 'outputs/a@masked.1.out',
    redactor,
  }) as FileOutput;
  const after = keep('after');
  small.close();
  expect(read(folder, again).map(([stream, text = '']) => [stream, text.replace(/^[x\n]*/, '')])).toEqual([
    ['stdout', 'is '],
    ['stderr', 'beside ***\n'],
    ['stdout', '***.\n'],
  ]);
  expect([before, ...between, after].map((kept) => read(folder, kept))).toEqual([
    [['stdout', 'before']],
    ...(isFollowed ? [[['stdout', 'between']]] : []),
    [['stdout', 'after']],
  ]);
  const left = readdirSync(join(folder, 'outputs')).map((name) =>
    readFileSync(join(folder, 'outputs', name), 'utf8'),
  );
  expect(left.some((text) => text.includes('learned'))).toBe(false);
  expect(existsSync(join(folder, 'outputs/a.1.out'))).toBe(false);
  // What stands behind it must not move; without that, the room is given back.
  const nothing = '\0'.repeat(
    filler === '' && isFollowed ? 'is learned-beside learned-late\nlate.\n'.length : 0,
  );
  expect(readFileSync(join(folder, 'outputs/small.out'), 'utf8')).toBe(
    `before${nothing}${isFollowed ? 'between' : ''}after`,
  );
});

test('an output with nothing to mask stays what it is', () => {
  const folder = temporaryFolder();
  const store = printed(folder, '');
  const other = createRedactor(['something-else']);
  expect(maskAgain(store, { runFolder: folder, file: 'outputs/b.out', redactor: other })).toBe(store);
});
