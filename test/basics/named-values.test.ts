import { expect, test } from 'vitest';
import { namedValue, namedValues } from '../../src/basics/named-values.ts';

test('every name is a name like any other', () => {
  const values = namedValues<string>();
  for (const name of ['__proto__', 'constructor', 'toString', 'A']) {
    expect(namedValue({}, name)).toBeUndefined();
    expect(namedValue(values, name)).toBeUndefined();
    values[name] = `of ${name}`;
    expect(namedValue(values, name)).toBe(`of ${name}`);
  }
  expect(JSON.stringify(values)).toBe(
    '{"__proto__":"of __proto__","constructor":"of constructor","toString":"of toString","A":"of A"}',
  );
});
