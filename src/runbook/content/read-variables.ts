// Owns what Innovation Engine's comments give values: ` ```variables ` with lines such as `export NAME=value`.
import type { Nodes, Root } from 'mdast';
import { span } from '../../text/span.ts';
import { plainValue } from '../front-matter/plain-value.ts';
import { startOf } from '../markdown/parse-structure.ts';
import type { InputDeclaration } from '../runbook.ts';

const listed = /^<!--(?:(?!-->)[\s\S])*?```variables[^\n]*\n((?:(?!-->)[\s\S])*?)```/;
const line = /^[ \t]*export[ \t]+([A-Za-z_]\w*)=(.*?)\r?$/gm;

/** An input with that default for each of the variables, the last word for one that stands there twice. */
export function readVariables(
  root: Root,
  text: string,
  toByteOffset: (offset: number) => number,
): readonly InputDeclaration[] {
  if (!text.includes('```variables')) return [];
  const inputs = new Map<string, InputDeclaration>();
  for (const node of commentsIn(root)) {
    const [, lines = ''] = listed.exec(node.value) ?? [];
    let from = startOf(node);
    for (const { 0: whole, 1: name = '', 2: value = '' } of lines.matchAll(line)) {
      // Looked for in the page: in a container, the comment's own text lacks what stands before its lines there.
      const at = text.indexOf(whole.trim(), from);
      from = at + whole.trim().length;
      inputs.set(name, {
        name,
        type: 'string',
        default: plainValue(value.trim()),
        required: false,
        from: 'variables',
        span: span(toByteOffset(at), toByteOffset(from)),
      });
    }
  }
  return [...inputs.values()];
}

function commentsIn(node: Nodes): readonly Extract<Nodes, { type: 'html' }>[] {
  if (node.type === 'html') return [node];
  return 'children' in node ? node.children.flatMap((child: Nodes) => commentsIn(child)) : [];
}
