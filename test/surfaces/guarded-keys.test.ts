import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type AskedFor, GuardedKeys } from '../../src/surfaces/guarded-keys.ts';

/** What a prompt gets of what a terminal sends in these reads: the keys that come through, and `refused` for a paste. */
function through(asked: AskedFor, ...reads: readonly (string | Uint8Array)[]): readonly string[] {
  const terminal = new PassThrough();
  const keys = new GuardedKeys(terminal as unknown as NodeJS.ReadStream, asked);
  const got: string[] = [];
  keys.on('keypress', (_text, key: { readonly name: string }) => got.push(key.name));
  keys.write = (chunk: string) => got.push(chunk) > 0;
  for (const read of reads) terminal.emit('data', typeof read === 'string' ? Buffer.from(read) : read);
  keys.leave();
  terminal.emit('data', Buffer.from('after'));
  return got;
}

const refused = 'refused-paste';
const marked = (text: string): string => `\u001b[200~${text}\u001b[201~`;

describe('where a key is asked for', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['a letter', ['a'], ['a']],
    ['Enter', ['\r'], ['\r']],
    ['an arrow', ['\u001b[A'], ['\u001b[A']],
    ['arrows that are held down', ['\u001b[A\u001b[A\u001b[A'], ['\u001b[A\u001b[A\u001b[A']],
    ['Alt with a letter', ['\u001bb'], ['\u001bb']],
    ['Escape', ['\u001b'], ['\u001b']],
    ['Ctrl-C, however often', ['\u0003\u0003\u0003'], ['\u0003\u0003\u0003']],
    ['a character beyond the basic plane', ['😀'], ['😀']],
    ['one that is cut in two', ['\u00e9'], ['é']],
    ['a letter with Enter', ['a\r'], [refused]],
    ['two letters', ['ab'], [refused]],
    ['a paste', [marked('y')], [refused]],
    ['an empty paste', [marked('')], [refused]],
    ['a paste in several reads', ['\u001b[200~on', 'e\rtw', 'o\r\u001b[20', '1~'], [refused]],
    ['a mark that is cut', ['\u001b[20', '0~y\r\u001b[201~'], [refused]],
    ['a mark that is cut where it could be another key', ['\u001b[2', '~'], ['\u001b[2~']],
    ['keys on both sides of a paste', [`q${marked('y\r')}w`], ['q', refused, 'w']],
    ['two pastes', [marked('y') + marked('\r')], [refused, refused]],
    ['a paste that never ends', ['\u001b[200~y\r', '\r'], []],
  ])('%s', (_, reads, expected) => {
    expect(through('key', ...reads)).toEqual(expected);
  });

  test('a character whose bytes come in two reads', () => {
    const bytes = Buffer.from('é');
    expect(through('key', bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['é']);
  });
});

describe('where a list is marked', () => {
  test.each<[string, string, readonly string[]]>([
    ['all with Enter', 'a\r', ['a\r']],
    ['spaces and Enter', '   \r', ['   \r']],
    ['arrows and spaces', '\u001b[B \u001b[B \r', ['\u001b[B \u001b[B \r']],
    ['words', 'ana\r', [refused]],
    ['a paste of spaces', marked(' \r'), [refused]],
  ])('%s', (_, read, expected) => {
    expect(through('marks', read)).toEqual(expected);
  });
});

describe('where text is asked for', () => {
  test.each<[string, string, readonly string[]]>([
    ['a line with its Enter', 'go slowly\r', ['go slowly\r']],
    ['lines that came at once', 'go\rslowly\r', ['go slowly']],
    ['pasted lines, which end nothing', marked('go\r\n\r\n  slowly\r'), ['go slowly']],
    ['what would be keys in a paste', marked('a\tb\u0003c\u001b[A'), ['a    bc[A']],
    ['an empty paste', marked('\r'), []],
    ['Enter behind a paste', `${marked('go\r')}\r`, ['go', '\r']],
  ])('%s', (_, read, expected) => {
    expect(through('text', read)).toEqual(expected);
  });
});
