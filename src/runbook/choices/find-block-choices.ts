// Owns which blocks and list items below one heading are alternatives, by the words that lead to them.
import type { Code, Nodes } from 'mdast';
import type { WrittenBlocks } from '../content/read-blocks.ts';
import { startOfLine } from '../markdown/end-of-line.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { wordsBefore } from '../prose/lead-in.ts';
import type { BranchDraft } from './branch-draft.ts';
import { groupAlternatives } from './group-alternatives.ts';
import { kindsOfWords } from './kinds-of-alternative.ts';
import { nameOfBranch } from './name-of-branch.ts';

/** Something that stands beside others, with what is said of it. */
interface Entry {
  readonly title: string;
  /** More than these words stands before it. */
  readonly isApart: boolean;
  readonly start: number;
  readonly labelStart: number;
  readonly labelEnd: number;
  readonly end: number;
}

/** Longer words lead to something and say what is done; they name no way. */
const longestTitle = 110;

/** Groups of at least two. */
export function findBlockChoices(
  content: readonly Nodes[],
  written: WrittenBlocks,
  text: string,
): readonly (readonly BranchDraft[])[] {
  if (!mayHoldTwo(content)) return [];
  const found: (readonly BranchDraft[])[] = [];
  const bySystem = systemsOf(content, written);
  if (bySystem !== undefined) found.push(bySystem);
  const visit = (nodes: readonly Nodes[]): void => {
    for (const group of groupAlternatives(entriesOf(nodes, written, text), kindsOfWords))
      found.push(branchesOf(group));
    for (const node of nodes) {
      if (node.type === 'list') {
        const items = node.children.filter((item) => holdsRunnable(item, written));
        for (const group of groupAlternatives(
          items.map((item) => entryOfItem(item, text)),
          kindsOfWords,
        ))
          found.push(branchesOf(group));
      }
      if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote')
        visit(node.children);
    }
  };
  visit(content);
  return found;
}

function mayHoldTwo(content: readonly Nodes[]): boolean {
  const codes = content.filter(({ type }) => type === 'code');
  return codes.length > 1 || content.some(({ type }) => type === 'list' || type === 'blockquote');
}

function isRunnable(node: Nodes, written: WrittenBlocks): boolean {
  return node.type === 'code' && written.blocks.get(node)?.isRunnableLabel === true;
}

function holdsRunnable(node: Nodes, written: WrittenBlocks): boolean {
  if (isRunnable(node, written)) return true;
  const isContainer = node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote';
  return isContainer && node.children.some((child) => holdsRunnable(child, written));
}

/** Each block that runs, from the words before it to those before the next. */
function entriesOf(nodes: readonly Nodes[], written: WrittenBlocks, text: string): readonly Entry[] {
  const entries: Entry[] = [];
  let from: number | undefined;
  let last: number | undefined;
  for (const node of nodes) {
    const start = startOf(node);
    if (!isRunnable(node, written)) {
      // Code that is only shown ends what was said before it.
      from = node.type === 'code' ? undefined : (from ?? start);
      last = node.type === 'code' ? undefined : start;
      continue;
    }
    const words = wordsBefore(text, startOfLine(text, start)).trim();
    const title = plainText(words.replace(/^(?:#{1,6}|[-*+]|\d{1,9}[.)])\s+/, ''));
    const begin = from ?? start;
    const labelEnd = text.indexOf('\n', start);
    entries.push({
      title: title.length > longestTitle ? '' : title,
      isApart: last !== undefined && last !== begin,
      start: begin,
      labelStart: last ?? begin,
      labelEnd: labelEnd === -1 ? endOf(node) : labelEnd,
      end: endOf(node),
    });
    from = undefined;
    last = undefined;
  }
  return entries;
}

function entryOfItem(item: Nodes & { readonly children: readonly Nodes[] }, text: string): Entry {
  const [first, second] = item.children;
  const start = startOf(item);
  const words = first === undefined ? '' : text.slice(startOf(first), endOf(first));
  // As far as the block that the words lead to, as words of their own do.
  const labelEnd = text.indexOf('\n', second?.type === 'code' ? startOf(second) : start);
  const sentence = plainText(words).split(/[.。:：]\s|\n/, 1)[0] ?? '';
  const label = { labelStart: start, labelEnd: labelEnd === -1 ? endOf(item) : labelEnd };
  return { title: sentence, isApart: false, start, ...label, end: endOf(item) };
}

/** What stands between two ways belongs to the first of them. */
function branchesOf(group: readonly Entry[]): readonly BranchDraft[] {
  const taken = new Set<string>();
  return group.map(({ title, start, labelStart, labelEnd, end }, index) => {
    const words = title.replace(/[\s:：.。]+$/, '');
    const name = nameOfBranch(words, index + 1, taken);
    taken.add(name);
    return {
      name,
      title: words === '' ? `way ${index + 1}` : words,
      label: [labelStart, labelEnd],
      ranges: [[start, group[index + 1]?.start ?? end]],
    };
  });
}

const windows: ReadonlySet<string> = new Set(['powershell', 'ps1', 'pwsh', 'ps', 'posh']);

/** Blocks for Windows beside blocks for a shell: a machine is one or the other. */
function systemsOf(content: readonly Nodes[], written: WrittenBlocks): readonly BranchDraft[] | undefined {
  const here: Code[] = [];
  const there: Code[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote')
      node.children.forEach(visit);
    if (node.type !== 'code') return;
    const block = written.blocks.get(node);
    if (block === undefined) return;
    // What nothing here runs is only shown.
    if (windows.has(block.language ?? '') && block.isRunnableLabel) there.push(node);
    else if (block.known?.family === 'shell' && block.isRunnableLabel) here.push(node);
  };
  content.forEach(visit);
  const branch = (name: string, title: string, nodes: readonly Code[]): BranchDraft[] => {
    const [first] = nodes;
    if (first === undefined) return [];
    const ranges = nodes.map((node): [number, number] => [startOf(node), endOf(node)]);
    return [{ name, title, label: [startOf(first), startOf(first) + 3], ranges }];
  };
  const branches = [...branch('shell', 'Linux, macOS', here), ...branch('windows', 'Windows', there)];
  return branches.length > 1 ? branches : undefined;
}
