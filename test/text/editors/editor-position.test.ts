import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editorPositionOf, textOffsetAt, textOffsetOf } from '../../../src/text/editors/editor-position.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { anyCharacter } from '../../any-character.ts';

const sourceOf = (text: string) => decodeSource('a.md', new TextEncoder().encode(text)).source;

describe('editor positions', () => {
  test('count UTF-16 units, a byte-order mark among them', () => {
    const source = sourceOf('\ufeffé𝄞b\r\n𝄞c');
    expect([0, 3, 5, 9, 10, 12, 14, 16, 17, 99].map((byte) => editorPositionOf(source, byte))).toEqual([
      { line: 0, character: 1 },
      { line: 0, character: 1 },
      { line: 0, character: 2 },
      { line: 0, character: 4 },
      { line: 0, character: 5 },
      { line: 1, character: 0 },
      { line: 1, character: 0 },
      { line: 1, character: 2 },
      { line: 1, character: 3 },
      { line: 1, character: 3 },
    ]);
  });

  test('stay within their line, and out of pairs of surrogates', () => {
    const source = sourceOf('é𝄞b\r\nc');
    expect(
      [
        { line: 0, character: 2 },
        { line: 0, character: 99 },
        { line: 7, character: 0 },
      ].map((position) => textOffsetAt(source, position)),
    ).toEqual([1, 4, 7]);
  });

  test('are those of an editor, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', '𝄞', 'é', '€', 'a', '\u2028'),
      fc.string({ unit: anyCharacter }),
    );
    const text = fc
      .tuple(fc.boolean(), fc.array(piece, { maxLength: 12 }))
      .map(([hasMark, pieces]) => (hasMark ? '\ufeff' : '') + pieces.join('').replaceAll('\0', ''));
    fc.assert(
      fc.property(text, fc.nat({ max: 60 }), (written, at) => {
        const source = sourceOf(written);
        const marks = source.hasByteOrderMark ? 1 : 0;
        const characters = [...source.text];
        const offset = characters.slice(0, at % (characters.length + 1)).join('').length;
        const byte = source.toByteOffset(offset);
        expect(textOffsetOf(source, byte)).toBe(isWithinNewline(source.text, offset) ? offset - 1 : offset);
        if (isWithinNewline(source.text, offset)) return;
        const position = TextDocument.create('a:', 'markdown', 1, written).positionAt(offset + marks);
        expect(editorPositionOf(source, byte)).toEqual(position);
        expect(textOffsetAt(source, position)).toBe(offset);
      }),
    );
  });
});

const isWithinNewline = (text: string, offset: number) => text.slice(offset - 1, offset + 1) === '\r\n';
