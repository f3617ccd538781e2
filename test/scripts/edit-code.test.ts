import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly start: number;
  readonly end: number;
}
type Look = (node: Node, parent: Node, edit: (start: number, end: number, text: string) => void) => void;
const script = pathToFileURL(join(import.meta.dirname, '../../scripts/build/edit-code.mjs')).href;
const { editCode } = (await import(script)) as { editCode: (code: string, look: Look) => string };

test('edits are made where a node stands, behind characters of every width', () => {
  const code = "const é = '漢🎉 name'; /* 🎉 name */ name(`name ${name}`);";
  const renamed = editCode(code, ({ type, name, start, end }, _, edit) => {
    if (type === 'Identifier' && name === 'name') edit(start, end, 'other');
  });
  expect(renamed).toBe("const é = '漢🎉 name'; /* 🎉 name */ other(`name ${other}`);");
});

test('edits that meet, and code that is none, fail', () => {
  const twice: Look = ({ type, start, end }, _, edit) => {
    if (type === 'CallExpression' || type === 'Identifier') edit(start, end, 'x');
  };
  expect(() => editCode('go()', twice)).toThrow('two edits meet');
  expect(() => editCode('go(', twice)).toThrow();
});
