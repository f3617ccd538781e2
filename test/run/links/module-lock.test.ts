import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lockedDigest, parseLock, renderLock } from '../../../src/run/links/module-lock.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const name = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'a.md'), fc.string({ minLength: 1 }));

test('what is written is read again, in one order', () => {
  const pages = fc.dictionary(name, hex(64), { noNullPrototype: true });
  const modules = fc.dictionary(name, fc.record({ commit: hex(40), pages }), { noNullPrototype: true });
  fc.assert(
    fc.property(modules, (written) => {
      const text = renderLock({ modules: written });
      const read = parseLock(text);
      if (!read.ok) throw new Error(read.error);
      expect(renderLock(read.value)).toBe(text);
      expect(renderLock({ modules: Object.fromEntries(Object.entries(written).reverse()) })).toBe(text);
      for (const [origin, { pages: own }] of Object.entries(written))
        for (const [path, digest] of Object.entries(own))
          expect(lockedDigest(read.value, origin, path)).toBe(digest);
    }),
  );
  expect(lockedDigest({ modules: {} }, 'constructor', 'a.md')).toBeUndefined();
});

const digest = `sha256:${'0'.repeat(64)}`;
const lock = (module: object) => JSON.stringify({ version: 1, modules: { 'git+file:///r@v1': module } });

test.each([
  ['', 'it is no JSON'],
  ['[]', 'it is no lock of version 1'],
  ['{"version":2,"modules":{}}', 'it is no lock of version 1'],
  [lock({ commit: '0'.repeat(40) }), '`git+file:///r@v1` has no pages'],
  [lock({ commit: 'v1', pages: {} }), '`git+file:///r@v1` has no commit'],
  [
    lock({ commit: '0'.repeat(40), pages: { 'a.md': digest.slice(1) } }),
    'the digest of `a.md` of `git+file:///r@v1` is none',
  ],
])('%s is no lock', (text, error) => {
  expect(parseLock(text)).toEqual({ ok: false, error });
});
