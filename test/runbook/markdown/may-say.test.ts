import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { speaksOfUndo, undoLetters } from '../../../src/runbook/headings/speaks-of-undo.ts';
import { maySay } from '../../../src/runbook/markdown/may-say.ts';
import { plainText } from '../../../src/runbook/markdown/parse-structure.ts';
import { announcesUndo, announcingLetters } from '../../../src/runbook/occasions/takes-away.ts';
import { readCorpus } from '../../corpus.ts';

/** In a row, but for what those who look for words pass over. */
const hasIn = (text: string, letters: RegExp): boolean =>
  letters.test(text.toLowerCase().replace(/['*_`]/g, ''));
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

describe('maySay', () => {
  test.each([
    ['Roll **back** the [release](notes.md)', true],
    ['un**do** it', true],
    ['[un](a.md)do', true],
    ['[un](a.md)[do](b.md)', true],
    ['un<b>do</b>', true],
    ['un<!-- -->do', true],
    ['u&#110;do', true],
    ['u[^1]ndo', true],
    ['Check the [dashboard](https://example.org/a), then go on', false],
    ['`kubectl get pods` (see [there](x).)', false],
    ['Undo', true],
  ])('%j: %j', (written, says) => {
    expect(maySay(written, /rollback|undo/)).toBe(says);
  });

  test('is true wherever a parser finds a word with the letters', () => {
    const piece = fc.constantFrom(
      ...[
        'u',
        'n',
        'do',
        'UN',
        'un',
        'd',
        'o',
        ' ',
        '`',
        '*',
        '**',
        '_',
        '~~',
        '<b>',
        '</b>',
        '<',
        '>',
        '\\',
      ],
      ...[
        '[',
        ']',
        '](a)',
        '](do)',
        '[d]',
        '(',
        ')',
        '![',
        '.',
        ',',
        '\n',
        '&#110;',
        '&lt;',
        '<!-- -->',
        '[^1]',
        'ｕ',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 2, maxLength: 14 }), (pieces) => {
        const written = pieces.join('');
        if (hasIn(plainText(written), /undo/)) expect(maySay(written, /undo/)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  test('passes nothing over in real pages that speaks of an undo', () => {
    const corpus = readCorpus();
    if (corpus.length === 0) return;
    for (const { text } of corpus)
      for (const line of text.split(/\r?\n/)) {
        const said = plainText(line);
        for (const letters of [undoLetters, announcingLetters])
          if (isAscii(said) && hasIn(said, letters))
            expect([line, maySay(line, letters)]).toEqual([line, true]);
      }
  });
});

test('whatever speaks of an undo has its letters', () => {
  const word = fc.constantFrom(
    ...[
      'roll back',
      'rolled back',
      'revert',
      'undoing',
      'back out',
      'fail back',
      'fallback',
      'go back',
      'switching back',
    ],
    ...[
      'downgrade',
      'restore',
      'return to',
      'back to',
      'reset to',
      'reinstate',
      'rollback',
      'backout',
      'failback',
    ],
    ...[
      'the previous',
      'old',
      'version',
      'plan',
      'procedure',
      'how to',
      'if',
      'when',
      'steps',
      'and',
      'or',
      'without',
    ],
    ...[
      'uninstall',
      'delete',
      'again',
      'afterwards',
      'once you are done',
      'when you are finished',
      'no longer needed',
    ],
    ...[
      'in order to',
      'to',
      'you can',
      'clean up',
      'everything',
      'completely',
      'it',
      'the release',
      ':',
      '.',
      'later',
    ],
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
      const said = words.join(' ').replace(/ ([:.])/g, '$1');
      if (speaksOfUndo(said) !== undefined) expect([said, hasIn(said, undoLetters)]).toEqual([said, true]);
      if (announcesUndo(said)) expect([said, hasIn(said, announcingLetters)]).toEqual([said, true]);
    }),
    { numRuns: 20_000 },
  );
});
