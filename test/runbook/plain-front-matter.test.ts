import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyFrontMatter } from '../../src/runbook/empty-front-matter.ts';
import { readAnyFrontMatter } from '../../src/runbook/front-matter.ts';
import { readPlainFrontMatter } from '../../src/runbook/plain-front-matter.ts';

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
    expect(readPlainFrontMatter(yaml)).toEqual({
      ...emptyFrontMatter,
      title: 'Disk full: what now? ✂',
      description: "Frees room (on /var), and doesn't ask.",
      owner: 'team-storage',
      severity: 'high',
      tags: ['disk', 'linux servers', 'on-call'],
      estimateMs: 900_000,
    });
    expect(readPlainFrontMatter('')).toEqual(emptyFrontMatter);
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
    '# a',
    '...',
  ])('is not: %j', (yaml) => {
    expect(readPlainFrontMatter(yaml)).toBeUndefined();
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
    let plain = 0;
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 3 }).map((lines) => lines.join('\n')),
        (yaml) => {
          const frontMatter = readPlainFrontMatter(yaml);
          if (frontMatter === undefined) return;
          plain += 1;
          expect(readAnyFrontMatter(yaml, (offset) => offset)).toEqual({ frontMatter, diagnostics: [] });
        },
      ),
      { numRuns: 5_000 },
    );
    expect(plain).toBeGreaterThan(200);
  });
});
