// Tests the typing of text: where the cursor goes, and what is cut.
import { expect, test } from 'vitest';
import { KeyReader } from '../../../../src/surfaces/tui/keys/key-reader.ts';
import {
  editField,
  fieldText,
  type TextField,
  textField,
} from '../../../../src/surfaces/tui/keys/text-field.ts';

/** The field after keys, with `|` where the cursor is. */
function typed(field: TextField, bytes: string): string {
  const reader = new KeyReader();
  const keys = [...reader.push(new TextEncoder().encode(bytes)), ...reader.flush()];
  const { before, after } = keys.reduce(editField, field);
  return `${before}|${after}`;
}

const left = '\x1b[D';
const home = '\x1b[H';

test('inserts and deletes at the cursor, a character as a reader sees it', () => {
  expect(typed(textField(), 'abc')).toBe('abc|');
  expect(typed(textField(), `abc${left}${left}X`)).toBe('aX|bc');
  expect(typed(textField('ae\u0301'), '\x7f')).toBe('a|');
  expect(typed(textField('a🚀'), `${left}\x1b[3~`)).toBe('a|');
  expect(typed(textField('日本'), left)).toBe('日|本');
});

test('knows the keys of a shell line', () => {
  expect(typed(textField('one two'), '\x01')).toBe('|one two');
  expect(typed(textField('one two'), `${home}\x05`)).toBe('one two|');
  expect(typed(textField('one two'), '\x17')).toBe('one |');
  expect(typed(textField('one two'), '\x15')).toBe('|');
  expect(typed(textField('one two'), `${left}${left}\x0b`)).toBe('one t|');
});

test('keeps a single line single, whatever is pasted', () => {
  expect(typed(textField(), '\x1b[200~one\rtwo \r\x1b[201~')).toBe('one two|');
  expect(typed(textField('a'), '\r')).toBe('a|');
});

test('makes what would disturb a terminal visible', () => {
  expect(typed(textField(), '\x1b[200~a\x1b]0;t\x07b\x1b[201~')).toBe('a␛]0;t␇b|');
});

test('moves between lines, to the same column or as near as the line goes', () => {
  const field = textField('first line\nsecond\nthird line', true);
  expect(typed(field, '\x1b[A')).toBe('first line\nsecond|\nthird line');
  expect(typed(field, '\x1b[A\x1b[A')).toBe('first |line\nsecond\nthird line');
  expect(typed(field, `${home}\x1b[A\rX`)).toBe('first line\n\nX|second\nthird line');
  expect(fieldText(field)).toBe('first line\nsecond\nthird line');
});
