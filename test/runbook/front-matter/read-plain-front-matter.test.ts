import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyFrontMatter } from '../../../src/runbook/front-matter/empty-front-matter.ts';
import { readAnyFrontMatter } from '../../../src/runbook/front-matter/read-front-matter.ts';
import { readPlainFrontMatter } from '../../../src/runbook/front-matter/read-plain-front-matter.ts';
import { span } from '../../../src/text/span.ts';

/** Offsets of the text as if each character before it took two bytes. */
const doubled = (offset: number): number => offset * 2;
const readPlain = (yaml: string) => readPlainFrontMatter(yaml, doubled);

describe('plain front matter', () => {
  test('is read without a parser of YAML', () => {
    const yaml = [
      'title: "Disk full: what now? ✂"',
      '',
      "description: Frees room (on /var), and doesn't ask.",
      'owner:   team-storage',
      'severity: high',
      'tags: [disk, linux servers,on-call]',
      'estimate: 15m',
      'layout: post',
      '',
    ].join('\n');
    expect(readPlain(yaml)).toEqual({
      ...emptyFrontMatter,
      title: 'Disk full: what now? ✂',
      description: "Frees room (on /var), and doesn't ask.",
      owner: 'team-storage',
      severity: 'high',
      tags: ['disk', 'linux servers', 'on-call'],
      estimateMs: 900_000,
    });
    expect(readPlain('')).toEqual(emptyFrontMatter);
  });

  test('has inputs and an environment in braces', () => {
    const yaml = [
      'title: Pool',
      'inputs:',
      "  PGPORT: { description: Its port (of the server's), default: \"5432\", pattern: '^\\d+$' }",
      '',
      '  IDLE: { default: 10 minutes, required: false }',
      '  KEY: {secret: true, required: true }',
      'env: { LANG: C.UTF-8, DEBUG: true, EMPTY: "" }',
      'owner: us',
    ].join('\n');
    const place = (name: string) => {
      const at = yaml.indexOf(`  ${name}:`) + 2;
      return span(doubled(at), doubled(at + name.length));
    };
    expect(readPlain(yaml)).toEqual({
      ...emptyFrontMatter,
      title: 'Pool',
      owner: 'us',
      env: { LANG: 'C.UTF-8', DEBUG: 'true', EMPTY: '' },
      inputs: [
        {
          name: 'PGPORT',
          type: 'string',
          required: false,
          description: "Its port (of the server's)",
          default: '5432',
          pattern: '^\\d+$',
          span: place('PGPORT'),
        },
        { name: 'IDLE', type: 'string', required: false, default: '10 minutes', span: place('IDLE') },
        {
          name: 'KEY',
          type: 'string',
          required: true,
          secret: { type: 'prompt' },
          span: place('KEY'),
        },
      ],
    });
  });

  test('is that of the project’s own runbooks and templates', () => {
    const folders = ['runbooks', 'templates'];
    const files = folders.flatMap((folder) =>
      readdirSync(folder).flatMap((name) => (name.endsWith('.md') ? [join(folder, name)] : [])),
    );
    const frontMatters = files.map((file) => readFileSync(file, 'utf8').split(/^---\n/m)[1] ?? '');
    expect(frontMatters.length).toBeGreaterThan(9);
    for (const yaml of frontMatters)
      expect({ frontMatter: readPlain(yaml), diagnostics: [] }).toEqual(readAnyFrontMatter(yaml, doubled));
  });

  test.for([
    'title: 12',
    'title: 2026-01-01',
    'title: True',
    'title: a # b',
    'title: a: b',
    'title: |',
    'title:',
    'title: "a\\n"',
    'title: a ',
    'title: a\r',
    'title: a\n  b',
    'title: a\ntitle: b',
    'titel: a',
    'tags: []',
    'tags: a',
    'tags: [a, 1]',
    'tags: [a: b]',
    'estimate: 15',
    'owner: *x',
    'inputs: x',
    'inputs:',
    'inputs:\n',
    'inputs: \n  A: { default: a }',
    'inputs:\n   A: { default: a }',
    'inputs:\n A: { default: a }',
    'inputs:\n  A: {}',
    'inputs:\n  A: { default: 5 }',
    'inputs:\n  A: { default: a:b }',
    'inputs:\n  A: { default: a,b }',
    'inputs:\n  A: { default: a, }',
    'inputs:\n  A: { default: a } # b',
    'inputs:\n  A: { default: a } ',
    "inputs:\n  A: { default: 'it''s' }",
    'inputs:\n  A: { default: null }',
    'inputs:\n  A: { default: a, default: b }',
    'inputs:\n  A: { default: a }\n  A: { default: b }',
    'inputs:\n  A: { default: a, pattern: "^b$" }',
    'inputs:\n  A: { default: a, pattern: "(" }',
    'inputs:\n  A: { required: a }',
    'inputs:\n  A: { secret: false }',
    'inputs:\n  A: { type: number }',
    'inputs:\n  A: { defualt: a }',
    'inputs:\n  A: { description: a }\ninputs:\n  B: { description: a }',
    'inputs:\n  __proto__: { default: a }',
    'inputs:\n  null: { default: a }',
    'inputs:\n  A-B: { default: a }',
    'env: {}',
    'env: { A: [b] }',
    'env: { a-b: c }',
    'env: { __proto__: c }',
    '# a',
    '...',
  ])('is not: %j', (yaml) => {
    expect(readPlain(yaml)).toBeUndefined();
  });

  test('is what the parser of YAML reads', () => {
    const key = fc.constantFrom(
      'title',
      'owner',
      'description',
      'severity',
      'tags',
      'estimate',
      'layout',
      'inputs',
    );
    const pieces = [
      'a',
      'B',
      'e',
      '1',
      '0x',
      ' ',
      '  ',
      '-',
      '- ',
      ':',
      ': ',
      ',',
      '#',
      ' #',
      "'",
      '"',
      '[',
      ']',
      '{',
      '&',
      '*',
    ];
    const more = [
      '!',
      '|',
      '>',
      '?',
      '%',
      '@',
      '`',
      '.',
      '~',
      '/',
      '\\',
      'é',
      '\t',
      '\r',
      'null',
      'true',
      'No',
      'y',
      '5m',
      '.inf',
    ];
    const free = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 6 }).map((all) => all.join(''));
    const list = fc.array(free, { maxLength: 3 }).map((all) => `[${all.join(', ')}]`);
    const value = fc.oneof(
      free,
      free.map((text) => `"${text}"`),
      list,
      fc.constantFrom('5m', '10h', 'word', 'two words'),
    );
    const entry = fc.tuple(key, fc.constantFrom(': ', ':  ', ':'), value).map((all) => all.join(''));
    const likely = fc
      .array(
        fc.constantFrom('a', 'B', '7', ' ', 'x y', '/', '.', '50M', "'", '-', '&', ';', '?', ...pieces),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((all) => all.join(''));
    const inner = fc.oneof(
      likely,
      likely,
      free,
      free.map((text) => `"${text}"`),
      free.map((text) => `'${text}'`),
      { arbitrary: fc.constantFrom('true', '/var/log', '50M', '7 days', '"80"', "a user's"), weight: 5 },
    );
    const inBraces = fc
      .array(
        fc.tuple(
          fc.constantFrom('description', 'default', 'default', 'pattern', 'required', 'secret', 'A', 'type'),
          fc.constantFrom(': ', ': ', ': ', ':'),
          inner,
        ),
        { minLength: 1, maxLength: 2 },
      )
      .map((pairs) => `{ ${pairs.map((pair) => pair.join('')).join(', ')} }`);
    const input = fc
      .tuple(
        fc.constantFrom('  ', '  ', '  ', ' ', '   '),
        fc.constantFrom('A', 'B', 'null', 'x_1'),
        inBraces,
      )
      .map(([indent, name, entries]) => `${indent}${name}: ${entries}`);
    const inputs = fc
      .array(input, { minLength: 1, maxLength: 2 })
      .map((lines) => ['inputs:', ...lines].join('\n'));
    const env = inBraces.map((entries) => `env: ${entries}`);
    const few = fc.array(fc.oneof(entry, entry, inputs, env), { maxLength: 3 });
    const document = fc.oneof(few, few, fc.tuple(inputs), fc.tuple(env)).map((lines) => lines.join('\n'));
    let plain = 0;
    let withInputs = 0;
    fc.assert(
      fc.property(document, (yaml) => {
        const frontMatter = readPlain(yaml);
        if (frontMatter === undefined) return;
        plain += 1;
        if (frontMatter.inputs.length > 0) withInputs += 1;
        expect(readAnyFrontMatter(yaml, doubled)).toEqual({ frontMatter, diagnostics: [] });
      }),
      { numRuns: 5_000 },
    );
    expect(plain).toBeGreaterThan(200);
    expect(withInputs).toBeGreaterThan(50);
  });
});
