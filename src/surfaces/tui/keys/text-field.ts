// Owns the text that an operator is typing and the place of the cursor in it.
import { graphemes } from '../../../text/display-width.ts';
import { visibleText } from '../../../text/visible-text.ts';
import type { Key } from './key-reader.ts';

/** Characters before and after the cursor. */
export interface TextField {
  readonly before: string;
  readonly after: string;
  /** Whether the text may hold newlines. */
  readonly multiline: boolean;
}

/** A note is a note: what is longer is cut. */
const longestLine = 2_000;
const longestText = 100_000;

/** A field with the cursor behind the text. */
export function textField(text = '', multiline = false): TextField {
  return { before: text, after: '', multiline };
}

/** The whole text. */
export function fieldText(field: TextField): string {
  return field.before + field.after;
}

/** The field after a key; the same field when the key means nothing to it. */
export function editField(field: TextField, key: Key): TextField {
  switch (key.type) {
    case 'text':
      return insert(field, key.text);
    case 'paste':
      return insert(field, field.multiline ? key.text : key.text.trim().replace(/\s*\n\s*/g, ' '));
    case 'ctrl':
      return editByLetter(field, key.letter);
    case 'named':
      return editByName(field, key.name);
  }
}

function insert(field: TextField, text: string): TextField {
  const clean = text
    .split('\n')
    .map((line) => visibleText(line.replaceAll('\t', '    ')))
    .join('\n');
  const room = (field.multiline ? longestText : longestLine) - fieldText(field).length;
  return { ...field, before: field.before + clean.slice(0, Math.max(0, room)) };
}

/** The keys of a shell's line: begin, end, kill to either side, delete a word. */
function editByLetter(field: TextField, letter: string): TextField {
  const { before, after } = field;
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = after.includes('\n') ? after.indexOf('\n') : after.length;
  switch (letter) {
    case 'a':
      return { ...field, before: before.slice(0, lineStart), after: before.slice(lineStart) + after };
    case 'e':
      return { ...field, before: before + after.slice(0, lineEnd), after: after.slice(lineEnd) };
    case 'u':
      return { ...field, before: before.slice(0, lineStart) };
    case 'k':
      return { ...field, after: after.slice(lineEnd) };
    case 'w':
      return { ...field, before: before.replace(/\S*[ \t]*$/, '') };
    default:
      return field;
  }
}

function editByName(field: TextField, name: string): TextField {
  const { before, after, multiline } = field;
  switch (name) {
    case 'enter':
      return multiline ? insert(field, '\n') : field;
    case 'backspace':
      return { ...field, before: before.slice(0, before.length - lastLength(before)) };
    case 'delete':
      return { ...field, after: after.slice(graphemes(after.slice(0, 40))[0]?.length ?? 0) };
    case 'left': {
      const cut = before.length - lastLength(before);
      return { ...field, before: before.slice(0, cut), after: before.slice(cut) + after };
    }
    case 'right': {
      const cut = graphemes(after.slice(0, 40))[0]?.length ?? 0;
      return { ...field, before: before + after.slice(0, cut), after: after.slice(cut) };
    }
    case 'home':
      return editByLetter(field, 'a');
    case 'end':
      return editByLetter(field, 'e');
    case 'up':
      return multiline ? moveLine(field, -1) : field;
    case 'down':
      return multiline ? moveLine(field, 1) : field;
    default:
      return field;
  }
}

function lastLength(text: string): number {
  return graphemes(text.slice(-40)).at(-1)?.length ?? 0;
}

/** To the same column of the line above or below, or as near as that line goes. */
function moveLine(field: TextField, by: number): TextField {
  const lines = fieldText(field).split('\n');
  const above = field.before.split('\n');
  const row = above.length - 1;
  const column = above[row]?.length ?? 0;
  const target = lines[row + by];
  if (target === undefined) return field;
  const head = lines.slice(0, row + by).map((line) => `${line}\n`);
  const cut = head.join('').length + Math.min(column, target.length);
  const text = lines.join('\n');
  return { ...field, before: text.slice(0, cut), after: text.slice(cut) };
}
