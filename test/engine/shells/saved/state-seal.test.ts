import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StateSeal } from '../../../../src/engine/shells/saved/state-seal.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

test('what is sealed is read by whoever has the key, and by nobody when it is gone', () => {
  const folder = temporaryFolder();
  const text = '{"environment":[["NAME","Schlüssel"]]}';
  const first = new StateSeal(folder).seal(text);
  const seal = new StateSeal(folder);
  const second = seal.seal(text);
  const key = join(folder, 'state', 'key');
  expect([statSync(key).size, statSync(key).mode & 0o777]).toEqual([32, 0o600]);
  expect([seal.open(first), seal.open(second), new StateSeal(folder).open(second)]).toEqual([
    text,
    text,
    text,
  ]);
  expect(first).not.toBe(second);

  const changed = Buffer.from(first, 'base64');
  changed[40] = (changed[40] ?? 0) ^ 1;
  expect(() => seal.open(changed.toString('base64'))).toThrow(
    'the saved shell state cannot be read: it, or its key, was changed',
  );
  chmodSync(key, 0o600);
  writeFileSync(key, readFileSync(key).reverse());
  expect(() => new StateSeal(folder).open(first)).toThrow(
    'the saved shell state cannot be read: it, or its key, was changed',
  );
  rmSync(key);
  expect(() => new StateSeal(folder).open(first)).toThrow(
    'the saved shell state cannot be read: its key is gone',
  );
});
