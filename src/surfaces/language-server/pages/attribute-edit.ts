// Owns writing an attribute behind the language of a block, behind a heading, or into the braces that are there.
import type { TextEdit } from 'vscode-languageserver-types';
import { type OpenPage, rangeOfText } from './open-page.ts';
import { infoOf } from './written-groups.ts';

/** The change that adds `attribute` to the block or the heading of a line. */
export function attributeEdit(page: OpenPage, line: number, attribute: string): TextEdit {
  const group = page.groups.find((one) => one.line === line && one.owner !== 'link');
  if (group !== undefined) {
    const isClosed = page.source.text[group.end - 1] === '}';
    const isEmpty = group.attributes.length === 0;
    const at = isClosed ? group.end - 1 : group.end;
    return insertion(page, at, `${isEmpty ? '' : ' '}${attribute}${isClosed ? '' : '}'}`);
  }
  const written = page.lines[line];
  if (written === undefined) return insertion(page, 0, '');
  if (written.kind === 'fence')
    return insertion(page, infoOf(page.source.text, written).end, ` {${attribute}}`);
  // Marks may close a heading: `## Steps ##`.
  const words = /^\s*#{1,6}\s/.test(written.text)
    ? written.text.replace(/[ \t]+#+[ \t]*$/, '').trimEnd()
    : written.text.trimEnd();
  return insertion(page, written.start + words.length, ` {${attribute}}`);
}

/** The change that writes a text at an offset. */
export function insertion(page: OpenPage, offset: number, newText: string): TextEdit {
  return { range: rangeOfText(page, offset, offset), newText };
}
