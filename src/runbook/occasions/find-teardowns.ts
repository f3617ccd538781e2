// Owns which places of a document are likely to undo or take away what the document itself has done.
import type { Nodes } from 'mdast';
import { shorten } from '../../text/shorten.ts';
import type { DocumentContext } from '../content/document-context.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import { normaliseHeading, segmentsOf } from '../headings/normalise-heading.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import { bringsBack, mayUndo, speaksOfUndo, undoLetters } from '../headings/speaks-of-undo.ts';
import { maySay } from '../markdown/may-say.ts';
import { endOf, plainText, startOf } from '../markdown/parse-structure.ts';
import { announcesUndo, announcingLetters, nounsOf, takesAway, wholes } from './takes-away.ts';

/** A place of a document that is likely to be for another occasion; offsets are UTF-16. */
export interface OtherOccasion {
  readonly start: number;
  readonly end: number;
  /** What says so. */
  readonly from: readonly [start: number, end: number];
  /** What is doubtful, a sentence without its stop. */
  readonly text: string;
}

/** Headings and blocks that read as if they took back what the page does. */
export function findTeardowns(
  outline: Outline,
  rules: HeadingRules,
  context: DocumentContext,
): readonly OtherOccasion[] {
  if (rules.subject.undoes || rules.subject.takesAway) return [];
  const found: OtherOccasion[] = [];
  const built = new Set<string>();
  const visit = (parent: Heading): void => {
    let isValidated = false;
    const works: Heading[] = [];
    const lastWork = lastWorkOf(parent.children, rules);
    for (const [index, heading] of parent.children.entries()) {
      const match = rules.matchOf(heading);
      const area = rules.areaOf(heading);
      const before = works.length;
      if (holdsSomeWork(heading, rules)) works.push(heading);
      if (area === 'free' || area === 'steps' || area === 'cleanup' || area === 'preconditions') {
        const place = {
          rules,
          context,
          built,
          isValidated,
          before: () => works.slice(0, before),
          worksBehind: (isBare: boolean) => lastWork(isBare) > index,
        };
        const text = teardownText(heading, place);
        if (text !== undefined) {
          found.push({
            start: heading.start,
            end: heading.end,
            from: [heading.start, heading.headingEnd],
            text,
          });
          continue;
        }
        if (area !== 'cleanup' && isBuild(heading.title))
          for (const noun of nounsOf(heading.title)) built.add(noun);
      }
      if (area !== 'rollback') found.push(...undosIn(heading.content, context));
      if (match?.kind === 'validation') isValidated = true;
      visit(heading);
    }
  };
  visit(outline.document);
  found.push(...undosIn(outline.document.content, context));
  return found.sort((left, right) => left.start - right.start);
}

/** What is known where a heading stands. */
interface TeardownPlace {
  readonly rules: HeadingRules;
  readonly context: DocumentContext;
  /** Nouns of what the page has made before it. */
  readonly built: ReadonlySet<string>;
  readonly isValidated: boolean;
  /** What stands before it and holds work. */
  readonly before: () => readonly Heading[];
  /** Whether work stands behind it that takes nothing away; `isBare`: also right below a heading. */
  readonly worksBehind: (isBare: boolean) => boolean;
}

/** Why a heading reads like a teardown, or a way back; undefined where it does not. */
function teardownText(heading: Heading, place: TeardownPlace): string | undefined {
  const { rules, built, isValidated, before, worksBehind } = place;
  const match = rules.matchOf(heading);
  const segments = segmentsOf(heading.title);
  const isMixed = segments.some((segment) => speaksOfUndo(segment) === 'mixed');
  if (isMixed && rules.hasWork(heading.content)) return `\`${heading.title}\` holds work and its undo`;
  const isBack = segments.some((segment) => {
    const back = bringsBack(segment);
    const isOwn = back === 'old' || (back === 'moved' && !wasMovedAway(before(), rules));
    return isOwn || mayUndo(segment, rules.subject.title);
  });
  if (match === undefined && isBack && before().length > 0)
    return `\`${heading.title}\` reads as if it took back what this page does`;
  const taken = takesAway(heading.title);
  if (match?.kind !== 'cleanup' && match !== undefined && match.kind !== 'steps') return undefined;
  const isWhole = taken?.objects.some((noun) => wholes.has(noun) || built.has(noun)) === true;
  const isSubject = taken?.objects.some((noun) => rules.subject.nouns.includes(noun)) === true;
  const isOwn =
    (rules.subject.builds && (isWhole || isSubject)) ||
    taken?.objects.some((noun) => built.has(noun)) === true;
  if (match?.kind === 'cleanup')
    return isOwn || (rules.subject.builds && removes(heading, place.context)) || saysResources(heading.title)
      ? `\`${heading.title}\` removes what this page makes`
      : undefined;
  if (taken === undefined) return undefined;
  const isBuilt = taken.objects.some((noun) => built.has(noun));
  // "Stop it" before "Install" is a step of its work.
  if (!isBuilt && worksBehind(taken.objects.length === 0)) return undefined;
  if (isOwn || (rules.subject.builds && taken.objects.length === 0))
    return `\`${heading.title}\` removes what this page makes`;
  return isValidated ? `\`${heading.title}\` removes something after the validation` : undefined;
}

/** The place of the last heading of some that holds work and takes nothing away, -1 where there is none. */
function lastWorkOf(headings: readonly Heading[], rules: HeadingRules): (isBare: boolean) => number {
  const known = new Map<boolean, number>();
  return (isBare) => {
    const found =
      known.get(isBare) ??
      headings.findLastIndex((heading) => {
        const kind = rules.matchOf(heading)?.kind;
        if ((kind !== undefined && kind !== 'steps') || takesAway(heading.title) !== undefined) return false;
        const hasOwn = isBare && rules.hasWork(heading.content);
        return hasOwn || rules.holdsWorkBehind(heading, heading.start - 1);
      });
    known.set(isBare, found);
    return found;
  };
}

const movesAway =
  /^(?:drain|divert|fail(?:ing)? ?over|switch|shift|mov|point|rout|direct|redirect|send|flip|cut|tak|evacuat|remov)/;

/** Whether something was moved away, and work was done before it comes back: it comes back with that. */
function wasMovedAway(before: readonly Heading[], rules: HeadingRules): boolean {
  const away = before.findIndex(({ title }) => movesAway.test(normaliseHeading(title)));
  return away !== -1 && before.slice(away + 1).some((one) => rules.matchOf(one) === undefined);
}

function holdsSomeWork(heading: Heading, rules: HeadingRules): boolean {
  const kind = rules.matchOf(heading)?.kind;
  if (kind !== undefined && kind !== 'steps') return false;
  return rules.hasWork(heading.content) || rules.holdsWorkBehind(heading, heading.start);
}

function isBuild(title: string): boolean {
  return /\b(?:creat|deploy|install|set(?:ting)? ?up|build|provision|launch|add|start|enabl|register|appl)/i.test(
    title,
  );
}

function saysResources(title: string): boolean {
  return /\bresources?\b|リソース|资源|리소스/i.test(title);
}

/** Whether a block below a heading says that it takes something away. */
function removes(heading: Heading, context: DocumentContext): boolean {
  const inNode = (node: Nodes): boolean =>
    node.type === 'code'
      ? context.written.blocks.has(node) &&
        /\b(?:delete|destroy|uninstall|down|drop|remove|purge|terminate|teardown)\b/i.test(node.value)
      : 'children' in node && node.children.some(inNode);
  return heading.content.some(inNode) || heading.children.some((child) => removes(child, context));
}

/** Blocks that prose right before them, or the item that holds them, calls an undo. */
function undosIn(nodes: readonly Nodes[], context: DocumentContext): readonly OtherOccasion[] {
  const found: OtherOccasion[] = [];
  const visit = (siblings: readonly Nodes[]): void => {
    for (const [index, node] of siblings.entries()) {
      const before = siblings[index - 1];
      if (node.type === 'code') {
        const lead = before?.type === 'paragraph' ? writtenAs(before) : '';
        const mayLead = maySay(lead, undoLetters) || maySay(lead, announcingLetters);
        if (before !== undefined && mayLead && isUndoLead(plainText(lead))) {
          const from = [startOf(before), endOf(before)] as const;
          const text = `\`${cite(plainText(lead))}\` leads to an undo`;
          found.push({ start: startOf(node), end: endOf(node), from, text });
        }
        continue;
      }
      if (node.type === 'listItem') {
        const [first] = node.children;
        const title = first?.type === 'paragraph' ? writtenAs(first) : '';
        if (first !== undefined && maySay(title, undoLetters) && isUndoTitle(plainText(title))) {
          const from = [startOf(first), endOf(first)] as const;
          const text = `\`${cite(plainText(title))}\` is an undo`;
          found.push({ start: startOf(node), end: endOf(node), from, text });
          continue;
        }
      }
      if (node.type === 'list' || node.type === 'listItem' || node.type === 'blockquote')
        visit(node.children);
    }
  };
  const writtenAs = (node: Nodes): string => context.text.slice(startOf(node), endOf(node));
  visit(nodes);
  return found;
}

function isUndoLead(prose: string): boolean {
  return isUndoTitle(prose) || announcesUndo(prose);
}

/** A short line that is nothing but the name of an undo, as a heading in bold is. */
function isUndoTitle(prose: string): boolean {
  const words = prose.trim().split(/\s+/);
  return words.length <= 8 && segmentsOf(prose).some((segment) => speaksOfUndo(segment) === 'undo');
}

function cite(prose: string): string {
  const line = prose
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[:：]$/, '')
    .replace(/`/g, '');
  return shorten(line);
}
