import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formKinds, secretForms } from '../../../src/run/masking/secret-forms.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/secrets.md'), 'utf8');

test('the page on secrets lists every kind of form, and no other', () => {
  const list = /A secret is masked\n\n((?:- .*\n)+)/.exec(page)?.[1] ?? '';
  expect(list).toBe(formKinds.map(({ name }) => `- ${name}\n`).join(''));
});

test('each kind has forms of its own, none of them too short to be looked for', () => {
  const secret = `B&"'$|é/\n\ttwelve-bytes <x>`;
  const bytes = new TextEncoder().encode(secret);
  for (const kind of formKinds) {
    const others = new Set(
      formKinds.filter((other) => other !== kind).flatMap((other) => other.of(secret, bytes)),
    );
    expect(
      kind.of(secret, bytes).some((form) => !others.has(form)),
      kind.name,
    ).toBe(true);
  }
  expect(secretForms(secret).filter(({ length }) => length < 4)).toEqual([]);
});
