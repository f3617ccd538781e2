// Owns which headings, tabs, list items and blocks of a document are alternatives of one another.
import type { WrittenBlocks } from '../content/read-blocks.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import { endOf, soleLink, startOf } from '../markdown/parse-structure.ts';
import type { BranchDraft } from './branch-draft.ts';
import type { ChooseRule } from './choice.ts';
import { findBlockChoices } from './find-block-choices.ts';
import { findTabs } from './find-tabs.ts';
import { groupAlternatives } from './group-alternatives.ts';
import { kindsOfHeading, plainTitle } from './kinds-of-alternative.ts';

/** A choice without its final name; offsets are UTF-16. */
export interface ChoiceDraft {
  /** The name of what it stands in; several choices may stand there. */
  readonly name: string;
  readonly title: string;
  readonly rule?: ChooseRule;
  /** At least two, in their order. */
  readonly branches: readonly BranchDraft[];
}

/** The name of a choice that stands below no heading. */
const nameOfPage = 'page';

/** The choices of a document, an outer one before those in it. */
export function findChoices(
  { document, headings }: Outline,
  written: WrittenBlocks,
  text: string,
): readonly ChoiceDraft[] {
  return [document, ...headings].flatMap((parent) => {
    const { title, attributes } = parent;
    const name = attributes.name ?? (parent.slug || nameOfPage);
    const rule = attributes.choose;
    const ofHeadings = choicesBelow(parent, text).map((branches) => ({ branches, ...(rule && { rule }) }));
    const tabs = findTabs(parent.content, text);
    const ofTabs = tabs.map((branches) => ({ branches, ...(rule && ofHeadings.length === 0 && { rule }) }));
    const blocks = rule === undefined ? findBlockChoices(parent.content, written, text) : [];
    const ofBlocks = blocks.filter((branches) => !areTabs(branches, tabs)).map((branches) => ({ branches }));
    return [...ofHeadings, ...ofTabs, ...ofBlocks].map((choice) => ({ name, title, ...choice }));
  });
}

/** Whether ways are told apart by the tabs that they stand in, which are a choice already. */
function areTabs(branches: readonly BranchDraft[], groups: readonly (readonly BranchDraft[])[]): boolean {
  const starts = branches.map(({ label }) => label[0]);
  return groups.some((tabs) => {
    const held = tabs.filter(({ label: [start], ranges }) =>
      starts.some((at) => at >= start && at < Math.max(...ranges.map(([, end]) => end))),
    );
    return held.length > 1;
  });
}

/** "Pick the one that matches your scenario." */
const oneOf =
  /\b(?:pick|choose|select|use|follow|run|do)\s+(?:only |just |exactly )?(?:(?:either|whichever|any one)\b|one\b(?! (?:at a time|after|by one))|the (?:one|procedure|section|path|runbook|variant|guide)\b[^.]{0,20}\b(?:match\w*|fits?|fitting|appl\w+|suits?|suitable|for your|for you|relevant))/i;

function saysOneOf(words: string): boolean {
  return oneOf.test(words.replace(/\s+/g, ' '));
}

/** "Procedure 1" is one of several where the words above it say that one is taken; else they come one after the other. */
function kindOfCounted(title: string): readonly string[] {
  const word =
    /^(procedure|path|track|flow|workflow|runbook|playbook|recipe|plan|section|part|guide)\s*#?\s*(?:[a-z]|\d{1,2}|[ivx]{1,4})\b/i.exec(
      plainTitle(title),
    )?.[1];
  return word === undefined ? [] : [`counted ${word.toLowerCase()}`];
}

/** Without headings that are nothing but one and the same link: a part that is done several times, with other values. */
function withoutRepeated(headings: readonly Heading[]): readonly Heading[] {
  const pages = headings.map(({ written, title }) => {
    const url = written.startsWith('[') ? soleLink(written)?.url : undefined;
    return url && `${title} ${url}`;
  });
  const known = new Set<string>();
  const repeated = new Set(pages.filter((page) => page && (known.has(page) || !known.add(page))));
  return headings.filter((_, index) => !repeated.has(pages[index]));
}

function choicesBelow(
  { children, attributes, content }: Heading,
  text: string,
): readonly (readonly BranchDraft[])[] {
  const kindsOf = (title: string) => [...kindsOfHeading(title), ...kindOfCounted(title)];
  const isOneOf = content.some(
    (node) => node.type === 'paragraph' && saysOneOf(text.slice(startOf(node), endOf(node))),
  );
  const groups =
    attributes.choose === undefined
      ? groupAlternatives(withoutRepeated(children), isOneOf ? kindsOf : kindsOfHeading)
      : [children].filter(({ length }) => length > 1);
  return groups.map((branches) =>
    branches.map(
      ({ title, slug, attributes: own, start, headingEnd, end }): BranchDraft => ({
        name: own.name ?? slug,
        title,
        label: [start, headingEnd],
        ranges: [[start, end]],
      }),
    ),
  );
}
