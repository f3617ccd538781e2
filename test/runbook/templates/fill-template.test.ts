import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTemplate } from '../../../src/runbook/templates/fill-template.ts';
import { parse } from '../runbook-of.ts';

const fill = (text: string, values: Record<string, string>) =>
  fillTemplate(text, new Map(Object.entries(values)));

test('fills in text and front matter, and takes out what the template says of itself', () => {
  const template = [
    '---',
    'template:',
    '  description: A page',
    '  fields:',
    '    owner: { description: TODO(owner) of it }',
    'title: TODO(title)',
    'owner: "TODO(owner)"',
    'responders: [TODO(owner), $WHO]',
    'description: >',
    '  TODO(title) and more',
    '# TODO(owner) in a comment',
    '---',
    '',
    '# TODO(title)',
    '',
    'Ask TODO(owner) or TODO(boss).',
    '',
    '```sh',
    'echo TODO(title)',
    '```',
    '',
    '```text',
    'TODO(title) is over',
    '```',
    '',
  ].join('\n');
  expect(fill(template, { title: 'Yes: no', owner: 'a, b' })).toBe(
    [
      '---',
      'title: "Yes: no"',
      'owner: "a, b"',
      'responders: ["a, b", $WHO]',
      'description: >',
      '  Yes: no and more',
      '# TODO(owner) in a comment',
      '---',
      '',
      '# Yes: no',
      '',
      'Ask a, b or TODO(boss).',
      '',
      '```sh',
      'echo TODO(title)',
      '```',
      '',
      '```text',
      'Yes: no is over',
      '```',
      '',
    ].join('\n'),
  );
});

test('keeps the line ends and all that is not filled in', () => {
  const text = '\uFEFF---\r\ntemplate: { description: x }\r\nowner: TODO(owner)\r\n---\r\n\r\n# T  \r\n';
  expect(fill(text.slice(1), { owner: 'ada' })).toBe('---\r\nowner: ada\r\n---\r\n\r\n# T  \r\n');
  expect(fill('# T\n\nTODO(x)', {})).toBe('# T\n\nTODO(x)');
});

test('whatever a value holds, the front matter says it', () => {
  const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));
  fc.assert(
    fc.property(line, line, (title, owner) => {
      const made = fill(
        '---\ntitle: TODO(title)\nowner: TODO(owner)\nresponders: [TODO(owner), ada]\n---\n\n# T\n',
        { title, owner },
      );
      const { runbook, diagnostics } = parse(made);
      expect(diagnostics).toEqual([]);
      const { frontMatter } = runbook;
      expect([frontMatter.title, frontMatter.owner, frontMatter.responders]).toEqual([
        title,
        owner,
        [owner, 'ada'],
      ]);
    }),
  );
});
