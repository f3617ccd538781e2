// Owns leaving out a heading that the page around a piece of prose says already.
import type { Root } from 'mdast';

/** The prose without its first heading where that says `words` and no more; capitals make no difference. */
export function withoutHeading(tree: Root, words: string): Root {
  const [first, ...rest] = tree.children;
  if (first?.type !== 'heading') return tree;
  const text = first.children.map((node) => ('value' in node ? node.value : '')).join('');
  return text.trim().toLowerCase() === words.trim().toLowerCase() ? { ...tree, children: rest } : tree;
}
