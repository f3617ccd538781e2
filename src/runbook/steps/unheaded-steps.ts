// Owns steps that have no heading of their own: items of ordered lists, and code with the prose before it.
import type { List, ListItem, Nodes } from 'mdast';
import { containerPrefix } from '../content/container-prefix.ts';
import type { DocumentContext } from '../content/document-context.ts';
import { holdsWork } from '../content/holds-work.ts';
import { askedIn, asksInProse } from '../content/read-asked.ts';
import { isTaskList } from '../content/read-checklist.ts';
import type { PartRules } from '../content/read-parts.ts';
import { readParts } from '../content/read-parts.ts';
import { isAllLinks, linkOfItem } from '../content/read-sole-link.ts';
import { behindLabel } from '../headings/normalise-heading.ts';
import { endOfLine } from '../markdown/end-of-line.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { onlyTells } from '../prose/only-tells.ts';
import type { SectionKind, StepRule } from '../runbook.ts';
import type { StepDraft } from './step-draft.ts';
import { actingSections, isActive } from './step-draft.ts';

/** Longest title made of prose; the prose itself is shown whole. */
const titleLength = 72;

/**
 * The steps of content that holds an ordered list; `undefined` where there is none, or where `onlyWork` asks for
 * code or a checklist in it and there is none. Links that are not in order are steps too, but those of an index. Code that stands between two parts of one list, which is how a
 * list is written by those who do not indent, belongs to the item before it.
 */
export function listSteps(
  context: DocumentContext,
  nodes: readonly Nodes[],
  section: SectionKind,
  onlyWork: boolean,
  isIndex = false,
): readonly StepDraft[] | undefined {
  const allLinks = !isIndex && isAllLinks(context, nodes);
  const isOrdered = (node: Nodes): node is List =>
    node.type === 'list' && (allLinks || (node.ordered === true && !isTaskList(node)));
  const places = nodes.flatMap((node, at) => (isOrdered(node) ? [at] : []));
  const [first] = places;
  if (first === undefined) return undefined;
  const isContinued = nodes.some((node) => isOrdered(node) && (node.start ?? 1) > 1);
  const isWork = (node: Nodes) => holdsWork(node, context.written) || (allLinks && node.type === 'list');
  const worksInside = nodes.some((node) => isOrdered(node) && isWork(node));
  if (onlyWork && !worksInside && !(isContinued && nodes.some(isWork))) return undefined;

  const steps: StepDraft[] = [];
  const before = nodes.slice(0, first);
  if (before.some(isWork) || before.some((node) => asksAbove(node, context)))
    steps.push(...unheadedSteps(context, before, section, rangeOf(before)));
  for (const [which, index] of places.entries()) {
    const list = nodes[index];
    const following = nodes.slice(index + 1, places[which + 1] ?? nodes.length);
    if (list?.type === 'list') {
      const attached = isContinued ? following : [];
      for (const [at, item] of list.children.entries()) {
        const isLast = at === list.children.length - 1;
        const step = itemStep(context, item, isLast ? attached : [], section);
        if (step !== undefined) steps.push(step);
      }
      if (!isContinued && (following.some(isWork) || asksInProse(following, context))) {
        steps.push(...unheadedSteps(context, following, section, rangeOf(following)));
      }
    }
  }
  return steps.length === 0 ? undefined : steps;
}

function itemStep(
  context: DocumentContext,
  item: ListItem,
  attached: readonly Nodes[],
  section: SectionKind,
): StepDraft | undefined {
  const { text } = context;
  const [first] = item.children;
  if (first === undefined) return undefined;
  const end = attached.length === 0 ? endOf(item) : endOf(attached.at(-1) ?? item);
  const written = text.slice(startOf(first), endOf(first));
  const isLine = first.type === 'paragraph' || first.type === 'heading';
  const bracesBehindLink = /\{(?:[^{}"']|"[^"]*"|'[^']*')*\}\s*$/;
  const link =
    attached.length === 0
      ? linkOfItem(context, item, { from: startOf(first) + behindLabel(written) })
      : undefined;
  const stretch = { start: startOf(item), end, nodes: [item, ...attached], without: [] };
  const parts = link === undefined ? readParts(context, stretch, plainRules(section)) : [link];
  const manual = !parts.some(isActive);
  if (manual && !actingSections.has(section) && section !== 'cleanup') return undefined;
  // As in a paragraph: the way back is not held up by whom to tell.
  const isSentence = item.children.length + attached.length === 1;
  if (manual && section === 'rollback' && isSentence && onlyTells(plainText(written))) return undefined;
  // What a link passes on, and its pin, are no words of its name, which has to stay when they change.
  const title = link === undefined ? written : written.replace(bracesBehindLink, '');
  return {
    ...unheaded('list-item', section, startOf(item), end),
    title: context.skim ? '' : isLine ? shortTitle(plainText(title)) : firstCodeLine(item),
    heading: [startOf(first), Math.min(endOfLine(text, startOf(first)), endOf(first))],
    parts,
    manual,
    // What was attached stands behind the list, and so does the result then.
    ...(manual && {
      containerPrefix: containerPrefix(text, attached.length === 0 ? startOf(first) : startOf(item)),
    }),
  };
}

/** Each block or checklist with the prose before it. */
export function unheadedSteps(
  context: DocumentContext,
  nodes: readonly Nodes[],
  section: SectionKind,
  [from]: readonly [start: number, end: number],
  rules: PartRules = plainRules(section),
): readonly StepDraft[] {
  const steps: StepDraft[] = [];
  let pending: Nodes[] = [];
  let start = from;
  for (const [index, node] of nodes.entries()) {
    pending.push(node);
    if (!holdsWork(node, context.written)) continue;
    // The output that the block should have stands behind it and belongs to it.
    const shown = nodes.slice(index + 1).find((next) => next.type !== 'html' && next.type !== 'paragraph');
    const end = shown?.type === 'code' && context.written.outputs.has(shown) ? endOf(shown) : endOf(node);
    const parts = readParts(context, { start, end, nodes: pending, without: [] }, rules);
    const manual = !parts.some(isActive);
    if (!manual || (actingSections.has(section) && !rules.isContext(start))) {
      const paragraph = pending.findLast((other) => other.type === 'paragraph');
      const written = paragraph === undefined ? '' : context.text.slice(startOf(paragraph), endOf(paragraph));
      const title = context.skim ? '' : shortTitle(plainText(written));
      const begin = startOf(pending[0] ?? node);
      steps.push({
        ...unheaded('code-block', section, begin, end),
        title: title === '' ? firstCodeLine(node) : title,
        parts,
        manual,
      });
    }
    pending = [];
    start = end;
  }
  const byHand = rules.isContext(start) ? undefined : stepBehind(context, pending, section, rules);
  return byHand === undefined ? steps : [...steps, byHand];
}

/** What stands behind the last block and asks a person for something. */
function stepBehind(
  context: DocumentContext,
  nodes: readonly Nodes[],
  section: SectionKind,
  rules: PartRules,
): StepDraft | undefined {
  if (!actingSections.has(section) && section !== 'cleanup') return undefined;
  const last = nodes.findLastIndex((node) => asksInProse([node], context));
  const asking = nodes.slice(
    nodes.findIndex((node) => asksInProse([node], context)),
    last + 1,
  );
  const [first] = asking;
  if (first === undefined) return undefined;
  const [start, end] = rangeOf(asking);
  return {
    ...unheaded('code-block', section, start, end),
    title: context.skim ? '' : shortTitle(plainText(context.text.slice(start, endOf(first)))),
    heading: [start, Math.min(endOfLine(context.text, start), endOf(first))],
    parts: readParts(context, { start, end, nodes: asking, without: [] }, rules),
    manual: true,
    containerPrefix: containerPrefix(context.text, start),
  };
}

/** Above a list only what no item can be meant by: the rest leads to it. */
function asksAbove(node: Nodes, context: DocumentContext): boolean {
  if (node.type !== 'paragraph') return false;
  const { byHand } = askedIn(context.text.slice(startOf(node), endOf(node)), false);
  return byHand.some(({ asks }) => asks !== 'works' && asks !== 'apart');
}

function unheaded(rule: StepRule, section: SectionKind, start: number, end: number) {
  return { rule, section, start, end, depth: 0, attributes: {}, validation: [], rollback: [] };
}

function plainRules(section: SectionKind): PartRules {
  return { section, attributes: {}, isContext: () => false, lookingAt: () => undefined };
}

function rangeOf(nodes: readonly Nodes[]): readonly [number, number] {
  const [first] = nodes;
  const last = nodes.at(-1);
  return [first === undefined ? 0 : startOf(first), last === undefined ? 0 : endOf(last)];
}

/** The first sentence, without the colon that leads to the code, cut at a word where it is long. */
function shortTitle(text: string): string {
  const sentence = /^.*?[.!?。！？:：](?=\s|$)/.exec(text)?.[0] ?? text;
  const plain = sentence.replace(/[\s.:：。]+$/, '');
  if (plain.length <= titleLength) return plain;
  const cut = plain.slice(0, titleLength);
  const word = cut.lastIndexOf(' ');
  return `${(word > titleLength / 2 ? cut.slice(0, word) : cut).replace(/[\s,;:]+$/, '')}…`;
}

function firstCodeLine(node: Nodes): string {
  if (node.type === 'code') {
    const line = node.value.split(/\r\n|\n|\r/).find((one) => one.trim() !== '') ?? '';
    return shortTitle(line.trim().replace(/^\$ /, ''));
  }
  if ('children' in node) {
    for (const child of node.children) {
      const line = firstCodeLine(child);
      if (line !== '') return line;
    }
  }
  return '';
}
