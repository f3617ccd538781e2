import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchOutputs } from '../../../../src/cli/serving/page/watch-outputs.ts';

test('tells of a folder that is made later, of what grows in it, and of another one in its place', async () => {
  const place = mkdtempSync(join(tmpdir(), 'runsheet-outputs-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const folder = join(place, 'outputs');
  let told = 0;
  const unwatch = watchOutputs(folder, () => {
    told += 1;
  });
  onTestFinished(unwatch);
  const toldAgain = async (change: () => void): Promise<void> => {
    const before = told;
    change();
    await expect.poll(() => told).toBeGreaterThan(before);
  };
  expect(told).toBe(0);
  await toldAgain(() => mkdirSync(folder));
  await toldAgain(() => writeFileSync(join(folder, 'a.1.out'), 'one\n'));
  await toldAgain(() => writeFileSync(join(folder, 'a.1.out'), 'two\n', { flag: 'a' }));
  // As where what was brought half is brought anew.
  await toldAgain(() => {
    renameSync(folder, `${folder}.old`);
    mkdirSync(folder);
  });
  await expect
    .poll(() => {
      const before = told;
      writeFileSync(join(folder, 'b.1.out'), '.', { flag: 'a' });
      return new Promise((resolve) => setImmediate(() => resolve(told > before)));
    })
    .toBe(true);
});
