// Tests that no shortcut of the parser reads other code or another heading than micromark does, however odd the page.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStructure } from '../../../src/runbook/markdown/parse-structure.ts';
import { structureOutline } from './structure-outline.ts';

const before = fc.constantFrom(
  ...[
    '',
    '',
    '',
    ' ',
    '  ',
    '   ',
    '    ',
    '      ',
    '- ',
    '  - ',
    '1. ',
    '   1. ',
    '2) ',
    '* ',
    '> ',
    '>  ',
  ],
  ...['- [ ] ', '\t'],
);
const rest = fc.constantFrom(
  ...['```', '```sh', '~~~', '````', 'text here', 'word', '# Head', '', 'a | b', '--- | ---', '| a | b |'],
  ...['|---|---|', '<!-- c -->', '<!--', '-->', '**bold** go', '`x` y', '---', '===', 'echo hi', '[a]: b'],
  ...['end:', '<div>', '</div>', '1', '-'],
);
const line = fc.tuple(before, rest).map(([blanks, text]) => blanks + text);

/** Code and headings, with their places; undefined where a package's own development build fails an assertion. */
function whatCounts(text: string, whole: boolean): string[] | undefined {
  const options = whole ? { shortcuts: false, chunkLength: text.length + 1 } : {};
  try {
    const lines = structureOutline(parseStructure(text, options)).map((one) => one.trim());
    return lines.filter((one) => /^(?:code|heading)/.test(one));
  } catch {
    return undefined;
  }
}

test('code and headings are the same with shortcuts and without', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      const whole = whatCounts(text, true);
      fc.pre(whole !== undefined);
      expect(whatCounts(text, false)).toEqual(whole);
    }),
    { numRuns: 1_000 },
  );
});
