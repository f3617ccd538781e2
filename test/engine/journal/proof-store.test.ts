import { chmodSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ProofStore } from '../../../src/engine/journal/proof-store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const proof = { at: '2026-11-21T02:13:22.123Z', digest: 'd1g', cases: 3 };

test('keeps the newest proof of a page by whatever name it has', () => {
  const folder = temporaryFolder();
  const page = join(folder, 'page.md');
  writeFileSync(page, '');
  symlinkSync(page, join(folder, 'link.md'));
  const store = new ProofStore(join(folder, 'state'));
  expect(store.of(page)).toBeUndefined();
  store.keep(page, { ...proof, cases: 1 });
  store.keep(join(folder, 'link.md'), proof);
  expect([store.of(page), store.of(join(folder, 'link.md')), store.of(join(folder, 'other.md'))]).toEqual([
    proof,
    proof,
    undefined,
  ]);
  expect(readdirSync(join(folder, 'state', 'proofs'))).toHaveLength(1);
});

test.each(['', '{', 'null', '{}', '{"runbook":"/other.md","at":"2026-11-21","digest":"d","cases":1}'])(
  'what is none of ours proves nothing: %j',
  (text) => {
    const folder = temporaryFolder();
    const store = new ProofStore(folder);
    store.keep('/page.md', proof);
    const [name = ''] = readdirSync(join(folder, 'proofs'));
    writeFileSync(join(folder, 'proofs', name), text);
    expect(store.of('/page.md')).toBeUndefined();
  },
);

test('what others may write to proves nothing', () => {
  const folder = temporaryFolder();
  new ProofStore(folder).keep('/page.md', proof);
  chmodSync(join(folder, 'proofs'), 0o777);
  expect(() => new ProofStore(folder)).toThrow(
    `\`${join(folder, 'proofs')}\` is not safe: everybody may write to it`,
  );
});
