import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src/basics/result.ts';
import { newContent } from '../../../src/run/files/new-content.ts';
import type { FilePlace } from '../../../src/runbook/file-step.ts';

const line = (source: string, flags = '') => ({ source, flags });

describe('what a file holds after its block', () => {
  it.each<[string, FilePlace | undefined, string, string | undefined, string]>([
    ['is the block', undefined, 'new\n', 'old\n', 'new\n'],
    ['is the block where there was no file', undefined, 'new\n', undefined, 'new\n'],
    ['begins with it', { type: 'start' }, 'a\n', 'b\n', 'a\nb\n'],
    ['ends with it', { type: 'end' }, 'b\n', 'a\n', 'a\nb\n'],
    ['ends with it behind a line that had no end', { type: 'end' }, 'b\n', 'a', 'a\nb\n'],
    ['is it where there was no file to add it to', { type: 'end' }, 'b\n', undefined, 'b\n'],
    [
      'has it behind a line',
      { type: 'after', line: line('^\\[b') },
      'x\ny\n',
      '[a]\n[b]\n[c]\n',
      '[a]\n[b]\nx\ny\n[c]\n',
    ],
    [
      'has it behind a line that looks like its own',
      { type: 'after', line: line('^x') },
      'x2\n',
      'x1\n',
      'x1\nx2\n',
    ],
    [
      'has it before a line that looks like its own',
      { type: 'before', line: line('^x') },
      'x0\n',
      'x1\n',
      'x0\nx1\n',
    ],
    [
      'has it before a line',
      { type: 'before', line: line('^\\[B', 'i') },
      'x\n',
      '[a]\n[b]\n',
      '[a]\nx\n[b]\n',
    ],
    [
      'has its line in the place of another',
      { type: 'set', line: line('^port ') },
      'port 2\n',
      'a\nport 1\nb\n',
      'a\nport 2\nb\n',
    ],
    [
      'keeps the end of a line that is set',
      { type: 'set', line: line('^port ') },
      'port 2\n',
      'a\nport 1',
      'a\nport 2',
    ],
    [
      'has a line that was not there at its end',
      { type: 'set', line: line('^port ') },
      'port 2\n',
      'a',
      'a\nport 2\n',
    ],
    ['keeps the ends of its lines', { type: 'start' }, 'a\n', 'b\r\nc\r\n', 'a\r\nb\r\nc\r\n'],
    [
      'keeps the end of a line that is set',
      { type: 'set', line: line('^b') },
      'b2\n',
      'b\r\nc\r\n',
      'b2\r\nc\r\n',
    ],
  ])('%s', (_what, place, text, old, wanted) => {
    expect(newContent(place, text, old)).toEqual(ok(wanted));
    // Once more changes nothing.
    expect(newContent(place, text, wanted)).toEqual(ok(wanted));
  });

  it.each<[FilePlace, string, string, string]>([
    [{ type: 'after', line: line('^x') }, 'new\n', 'a\n', 'no line of it matches `/^x/`'],
    [
      { type: 'before', line: line('a') },
      'new\n',
      'a\nb\na\n',
      '2 lines of it match `/a/` (1, 3), and one is meant',
    ],
    [
      { type: 'set', line: line('a') },
      'a\n',
      'a\na\na\na\na\n',
      '5 lines of it match `/a/` (1, 2, 3, 4 …), and one is meant',
    ],
    [{ type: 'set', line: line('^a') }, 'a\nb\n', 'a\n', '`set` replaces one line, and the block has 2'],
    [{ type: 'set', line: line('^a') }, 'b\n', 'a\n', 'the line of the block does not match `/^a/` itself'],
    [
      { type: 'after', line: line('^(a+)+$') },
      'b\n',
      `${'a'.repeat(40)}!\n`,
      '`/^(a+)+$/` cannot be matched within a second: repetitions inside of repetitions try too many ways',
    ],
  ])('is not known with %j', (place, text, old, problem) => {
    expect(newContent(place, text, old)).toEqual(fail(problem));
  });

  it('has all of the old lines, in their order, and the block once', () => {
    const lines = fc.array(fc.stringMatching(/^[a-d]{0,3}$/), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, fc.constantFrom('start', 'end'), (old, piece, type) => {
        const text = (all: readonly string[]): string => all.map((one) => `${one}\n`).join('');
        const made = newContent({ type }, text(piece), text(old));
        expect(made.ok).toBe(true);
        if (!made.ok) return;
        const added = type === 'start' ? [...piece, ...old] : [...old, ...piece];
        expect([text(added), text(old)]).toContain(made.value);
        expect(newContent({ type }, text(piece), made.value)).toEqual(made);
      }),
    );
  });
});
