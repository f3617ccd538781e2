// Owns what of a parsed structure may be asked, as lines to compare.
import type { Nodes } from 'mdast';

/** The tree as lines of type, offsets and the content of code, which is all that may be asked of it. */
export function structureOutline(node: Nodes, depth = 0): string[] {
  const { start, end } = node.position ?? { start: {}, end: {} };
  const fences = node.type === 'code' && node.data?.fences ? JSON.stringify(node.data.fences) : '';
  const value = 'value' in node && node.type !== 'text' ? JSON.stringify(node.value) : '';
  const own =
    node.type === 'root'
      ? []
      : [`${'  '.repeat(depth)}${node.type} ${start.offset}-${end.offset} ${fences}${value}`];
  return 'children' in node
    ? [...own, ...node.children.flatMap((child) => structureOutline(child, depth + 1))]
    : own;
}
