import { describe, expect, test } from 'vitest';
import { readFrontMatter } from '../../../../src/runbook/front-matter/read-front-matter.ts';

const told = (yaml: string) => readFrontMatter(yaml, (offset) => offset).diagnostics;
const notKey = (key: string) => `\`${key}\` is not a key of a runbook's front matter`;

describe('a text in braces', () => {
  test.each([
    ['inputs: { A: { pattern: x, message: a name, please } }', 'please', notKey('inputs.A.please')],
    ['inputs: { A: { pattern: x, message: a, b, c } }', 'b', notKey('inputs.A.b')],
    ['approvals: { dba: { people: ada, grace } }', 'grace', notKey('approvals.dba.grace')],
    ['{ title: Make room, please }', 'please', notKey('please')],
    ['{ title: Make room, draft }', 'draft', notKey('draft')],
    // The rest of the text is a key of ours.
    [
      'inputs: { A: { pattern: x, message: not the, default } }',
      'default',
      '`inputs.A.default` has no value',
    ],
    ['{ title: Who is the, owner }', 'owner', '`owner` has no value'],
  ])('that a comma has ended gets a word about that: %s', (yaml, rest, message) => {
    const [found, ...others] = told(yaml);
    expect(found).toEqual({
      code: message.endsWith('value') ? 'front-matter-value' : 'unknown-front-matter-key',
      severity: 'warning',
      message,
      span: expect.anything(),
      label: 'a comma ends a text in braces: put the whole text in quotes',
    });
    expect(others.every((one) => one.label === found?.label)).toBe(true);
    expect(yaml.slice(found?.span?.start, found?.span?.end)).toBe(rest);
  });

  test.each([
    // What was an error for what it means stays one.
    ['inputs: { A: { message: not, mandatory } }', 'did you mean `required`?'],
    // There is no text that a comma could have ended.
    ['inputs: { A: { message: "a, b", please } }', undefined],
    ['inputs: { A: { please } }', undefined],
    ['inputs: { A: { message: a, please: } }', undefined],
    ['inputs:\n  A:\n    message: a\n    if you please:', undefined],
  ])('gets no word of commas where none has ended it: %s', (yaml, label) => {
    expect(told(yaml).map((one) => one.label)).toEqual([label]);
  });
});
