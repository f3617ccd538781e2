// Owns the tabs of a page: what the tools of sites show one at a time.
import type { Code, Nodes, RootContent } from 'mdast';
import { endOf, startOf } from '../markdown/parse-structure.ts';
import type { BranchDraft } from './branch-draft.ts';
import { nameOfBranch } from './name-of-branch.ts';

/** What begins a tab, with its label, and what ends one or all of them: Docusaurus and Astro, Hugo, GitBook, VuePress. */
const token =
  /<Tab(?:Item|Panel)?\b[^>]*?\b(?:label|title|name|value|heading|header)=["'{]+([^"'}]+)["'}]+[^>]*>|\{\{[<%]\s*tab\s+(?:(?:name|header|title|tabName)=)?"([^"]+)"[^%>]*[%>]\}\}|\{%\s*tab\s+title="([^"]+)"[^%]*%\}|^@tab(?::\w+)?[ \t]+(.+)$|<\/Tabs?(?:Item|Panel|s)?\s*>|\{\{[<%]\s*\/\s*tabs?\b[^%>]*[%>]\}\}|\{%\s*endtabs?\s*%\}/gm;
const indentedTab = /^===[+!]? +"([^"]+)"/;
const endsAll = /<\/Tabs\s*>|\/\s*tabs\b|endtabs/;
/** What holds one tab a block: the code groups of VitePress, Nuxt and Mintlify. */
const codeGroup = /^(?::{2,}[ \t]*code-group\b|<CodeGroup\b)/;
/** What names a block of it: `[npm]`, `title="npm"`, or the words behind its language, or that alone. */
const labelOfBlock =
  /^\S*[ \t].*?\[([^\]]+)\]|^\S*[ \t].*?\btitle=["']([^"']+)|^\S+[ \t]+([^\s{=][^{=\r]*)$|^([^\s{]+)/;
const endOfCodeGroup = /^(?::{2,}[ \t]*$|<\/CodeGroup\b)/m;

/** Groups of at least two tabs among what stands directly below a heading. */
export function findTabs(content: readonly RootContent[], text: string): readonly (readonly BranchDraft[])[] {
  const indented = content.flatMap((node) => indentedTabs(node, text));
  const ofBlocks = codeGroups(content, text);
  const tokens = content.flatMap((node) => tokensIn(node, text));
  if (tokens.length < 2) return [...indented, ...ofBlocks];
  const groups: BranchDraft[][] = [];
  let open: BranchDraft[] = [];
  for (const [index, { label, start, end, text: written }] of tokens.entries()) {
    if (label !== undefined) {
      const until = tokens[index + 1]?.start ?? endOf(content.at(-1) ?? { type: 'root', children: [] });
      const name = nameOfBranch(label, open.length + 1, new Set(open.map((one) => one.name)));
      open.push({ name, title: label, label: [start, end], ranges: [[end, until]] });
    } else if (endsAll.test(written)) {
      groups.push(open);
      open = [];
    }
  }
  groups.push(open);
  return [...indented, ...ofBlocks, ...groups.filter(({ length }) => length > 1)];
}

/** Those of MkDocs, which are read as items of a list; tabs within tabs are groups of their own. */
function indentedTabs(node: Nodes, text: string): readonly (readonly BranchDraft[])[] {
  if (node.type !== 'list' && node.type !== 'listItem' && node.type !== 'blockquote') return [];
  const groups: BranchDraft[][] = [[]];
  for (const child of node.children) {
    const [head, label] = indentedTab.exec(text.slice(startOf(child), endOf(child))) ?? [];
    const open = groups.at(-1) ?? [];
    if (head === undefined || label === undefined) groups.push([]);
    else {
      const [start, end] = [startOf(child), startOf(child) + head.length];
      const name = nameOfBranch(label, open.length + 1, new Set(open.map((one) => one.name)));
      open.push({ name, title: label, label: [start, end], ranges: [[end, endOf(child)]] });
    }
  }
  const nested = node.children.flatMap((child: Nodes) => indentedTabs(child, text));
  return [...groups.filter(({ length }) => length > 1), ...nested];
}

/** The blocks between such marks, which their words behind the language name; those in lists and quotes, too. */
function codeGroups(nodes: readonly Nodes[], text: string): readonly (readonly BranchDraft[])[] {
  const groups: (readonly BranchDraft[])[] = [];
  let open: Code[] | undefined;
  for (const node of nodes) {
    if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote')
      groups.push(...codeGroups(node.children, text));
    if (node.type === 'code') open?.push(node);
    if (node.type !== 'paragraph' && node.type !== 'html') continue;
    const written = text.slice(startOf(node), endOf(node));
    if (codeGroup.test(written)) open = [];
    else if (open !== undefined && endOfCodeGroup.test(written)) {
      groups.push(tabsOfBlocks(open, text));
      open = undefined;
    }
  }
  if (open !== undefined) groups.push(tabsOfBlocks(open, text));
  return groups.filter(({ length }) => length > 1);
}

function tabsOfBlocks(blocks: readonly Code[], text: string): readonly BranchDraft[] {
  const taken = new Set<string>();
  return blocks.map((node, index) => {
    const start = startOf(node);
    const [, info = ''] = /^[`~]{3,}[ \t]*([^\n]*)/.exec(text.slice(start, endOf(node))) ?? [];
    const [, inBrackets, title, plain, language] = labelOfBlock.exec(info) ?? [];
    const label = (inBrackets ?? title ?? plain ?? language ?? `way ${index + 1}`).trim();
    const name = nameOfBranch(label, index + 1, taken);
    taken.add(name);
    return { name, title: label, label: [start, start + 3], ranges: [[start, endOf(node)]] };
  });
}

interface Token {
  readonly label?: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function tokensIn(node: Nodes, text: string): readonly Token[] {
  if (node.type === 'code') return [];
  if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote')
    return node.children.flatMap((child) => tokensIn(child, text));
  const from = startOf(node);
  const written = text.slice(from, endOf(node));
  // Nearly all of a page holds none of these, and need not wait until the pattern is ready.
  if (!/<\/?Tab|\{[{%]|@tab/.test(written)) return [];
  return [...written.matchAll(token)].map((found) => {
    // What is read says more than what a site tells its tabs apart by.
    const label =
      /\blabel=["'{]+([^"'}]+)/.exec(found[0])?.[1] ?? found.slice(1).find((one) => one !== undefined);
    const start = from + found.index;
    const own = { text: found[0], start, end: start + found[0].length };
    return label === undefined ? own : { ...own, label: label.trim() };
  });
}
