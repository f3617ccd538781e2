// Tests where a comment that holds nothing ends.
import { describe, expect, test } from 'vitest';
import { parseStructure } from '../../../src/runbook/markdown/parse-structure.ts';
import { structureOutline } from './structure-outline.ts';

const behind = '\n### One\n\n```sh\necho one\n```\n\n<!-- note -->\n\n### Two\n';

/** The kinds of the blocks, by plain micromark with the comment's end alone, and with all shortcuts. */
function kindsOf(text: string): string[] {
  const [shortcuts, none] = [
    parseStructure(text),
    parseStructure(text, { shortcuts: false, chunkLength: 9999 }),
  ];
  expect(structureOutline(shortcuts)).toEqual(structureOutline(none));
  return shortcuts.children.map(({ type }) => type);
}

describe('a comment that holds nothing ends in its line', () => {
  test.each([
    ['<!-->', 'html'],
    ['<!--->', 'html'],
    ['  <!-->', 'html'],
    ['<!--> and more', 'html'],
    ['<!--->-', 'html'],
    ['> <!-->', 'blockquote'],
    ['- <!--->', 'list'],
    ['<!---->', 'html'],
    ['<!-- -->', 'html'],
    ['<!--\n\n# in -->', 'html'],
  ])('%j', (comment, kind) => {
    expect(kindsOf(`${comment}\n${behind}`)).toEqual([kind, 'heading', 'code', 'html', 'heading']);
  });

  test('behind a paragraph too', () => {
    expect(kindsOf(`text\n<!-->\n${behind}`)).toEqual([
      ...['paragraph', 'html', 'heading', 'code', 'html', 'heading'],
    ]);
  });
});
