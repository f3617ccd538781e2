import { describe, expect, test } from 'vitest';
import { parse } from '../runbook-of.ts';

const rows = (document: string) => parse(document).runbook.inputRows ?? [];

describe('a table of inputs', () => {
  test('gives names, descriptions and values', () => {
    expect(
      rows(
        '# A\n\n| Parameter | Description | Default |\n|---|:--|--|\n| `<my-namespace>` | where **it** runs | `prod` |\n' +
          '| $SERVICE | a \\| b | - |\n| db host | | `a\\|b` |\n',
      ),
    ).toEqual([
      { name: 'MY_NAMESPACE', description: 'where it runs', value: 'prod' },
      { name: 'SERVICE', description: 'a | b' },
      { name: 'DB_HOST', value: 'a|b' },
    ]);
  });

  test('may stand in a list or a quote', () => {
    expect(rows('- a\n\n  | 変数 | 説明 |\n  |--|--|\n  | NAME | x |\n')).toEqual([
      { name: 'NAME', description: 'x' },
    ]);
    expect(rows('> | Name | Value |\n> |--|--|\n> | NAME | x |\n')).toEqual([{ name: 'NAME', value: 'x' }]);
  });

  test.each([
    ['of something else', '| Host | Value |\n|--|--|\n| a | b |\n'],
    ['of names alone', '| Name | Age |\n|--|--|\n| a | 3 |\n'],
    ['of runs', '| Run | Value |\n|--|--|\n| a | b |\n'],
    ['without rows', '| Name | Value |\n|--|--|\n'],
  ])('is not one %s', (_, document) => {
    expect(rows(document)).toEqual([]);
  });
});
