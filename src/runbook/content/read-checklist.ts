// Owns what a task list asks: one checklist, or several where something is run between two of its items.
import type { List, ListItem, Nodes, Paragraph } from 'mdast';
import { span } from '../../text/span.ts';
import type { ChecklistItem } from '../checklist.ts';
import { beforeNewline, endOfLine, startOfLine } from '../markdown/end-of-line.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { containerPrefix } from './container-prefix.ts';
import type { DocumentContext } from './document-context.ts';
import type { PartDraft } from './part-draft.ts';

interface TaskItem {
  readonly item: ListItem;
  readonly paragraph: Paragraph;
}

export function isTaskList(node: Nodes): boolean {
  return node.type === 'list' && node.children.some(({ checked }) => typeof checked === 'boolean');
}

/**
 * The checklists of a list, each with its range: items are asked in the order in which they are written with what is
 * run between them, at the places `runs`. An item that holds code is asked before it.
 */
export function readChecklist(
  list: List,
  context: DocumentContext,
  runs: readonly { readonly start: number }[],
): readonly { readonly start: number; readonly end: number; readonly part: PartDraft }[] {
  const { text } = context;
  const end = endOfContent(text, list);
  const tasks = [...taskItems(list)];
  const items = readItems(tasks, context, context.marksAt(endOfLine(text, end)));
  const stretches = cutAt(tasks, runs);
  const whole: ChecklistItem[] = [];
  return stretches.map(({ from, to }, index) => {
    const [first, last] = [tasks[from], tasks[to - 1]];
    const isEnd = index === stretches.length - 1;
    const start = index === 0 || first === undefined ? startOf(list) : startOf(first.item);
    // What is said behind the text of an item leads to what is run there.
    const isFollowed = last !== undefined && runs.some((run) => run.start > startOf(last.paragraph));
    const rangeEnd = isFollowed ? endOf(last.paragraph) : end;
    const place = isEnd || last === undefined ? placeBehind(list, end, context) : placeIn(last, context);
    const read = items.slice(from, to);
    const own = stretches.length === 1 ? read : ticked(read, context.marksAt(place.offset));
    whole.push(...own);
    const checklist = {
      span: span(context.toByteOffset(start), context.toByteOffset(rangeEnd)),
      items: own,
      containerPrefix: place.prefix,
      resultOffset: context.toByteOffset(place.offset),
      ...(index === 0 && !isEnd && { whole }),
    };
    return {
      start,
      end: rangeEnd,
      part: { type: 'checklist', checklist, ...(index > 0 && { continues: index + 1 }) },
    };
  });
}

/** The items between two places at which something is run. */
function cutAt(
  tasks: readonly TaskItem[],
  runs: readonly { readonly start: number }[],
): readonly { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  let from = 0;
  for (let next = 1; next <= tasks.length; next += 1) {
    const before = tasks[next - 1];
    const behind = tasks[next];
    const isCut =
      before !== undefined &&
      behind !== undefined &&
      runs.some(({ start }) => start > startOf(before.paragraph) && start < startOf(behind.paragraph));
    if (!isCut && behind !== undefined) continue;
    stretches.push({ from, to: next });
    from = next;
  }
  return stretches.length === 0 ? [{ from: 0, to: 0 }] : stretches;
}

/** Behind the list, in what the list stands in. */
function placeBehind(list: List, end: number, { text }: DocumentContext) {
  // Items of one list may be indented differently, and it is the last one that must not take the result in.
  return {
    offset: endOfLine(text, end),
    prefix: containerPrefix(text, startOf(list.children.at(-1) ?? list)),
  };
}

/** Behind the text of an item, within it. */
function placeIn({ item, paragraph }: TaskItem, { text }: DocumentContext) {
  const marker =
    /^(?:[-+*]|\d{1,9}[.)])[ \t]+/.exec(text.slice(startOf(item), startOf(paragraph)))?.[0] ?? '';
  return {
    offset: endOfLine(text, endOf(paragraph)),
    prefix: containerPrefix(text, startOf(item) + marker.length),
  };
}

function readItems(
  tasks: readonly TaskItem[],
  { text, toByteOffset }: DocumentContext,
  marks: string | undefined,
): readonly ChecklistItem[] {
  const items = tasks.map(({ item, paragraph }): ChecklistItem => {
    const bracket = text.lastIndexOf('[', startOf(paragraph) - 1);
    return {
      text: plainText(text.slice(startOf(paragraph), endOf(paragraph))),
      ticked: item.checked === true,
      markOffset: toByteOffset(bracket + 1),
      span: span(toByteOffset(startOf(item)), toByteOffset(endOf(item))),
    };
  });
  return ticked(items, marks);
}

/** The author's ticks, where a result remembers them of just these items. */
function ticked(items: readonly ChecklistItem[], marks: string | undefined): readonly ChecklistItem[] {
  if (marks === undefined || marks.length !== items.length) return items;
  return items.map((item, index) => ({ ...item, ticked: marks[index] === 'x' || marks[index] === 'X' }));
}

/** End of a list; micromark counts the empty lines of a quote to a list that ends before them. */
function endOfContent(text: string, list: List): number {
  let end = endOf(list);
  for (;;) {
    const start = startOfLine(text, end);
    if (start <= startOf(list) || !/^[ \t>]*$/.test(text.slice(start, end))) return end;
    end = beforeNewline(text, start);
  }
}

/** Task items of a list and of the task lists below them, in document order. */
function* taskItems(list: List): Iterable<TaskItem> {
  for (const item of list.children) {
    const [first] = item.children;
    if (typeof item.checked === 'boolean' && first?.type === 'paragraph') yield { item, paragraph: first };
    for (const child of item.children) if (child.type === 'list') yield* taskItems(child);
  }
}
