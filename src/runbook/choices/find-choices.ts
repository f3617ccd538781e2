// Owns which headings of a document are alternatives of one another.
import type { Heading, Outline } from '../headings/outline.ts';
import type { ChooseRule } from './choice.ts';
import { isOtherWay, kindsOfAlternative } from './kinds-of-alternative.ts';

/** A choice without its final name; offsets are UTF-16. */
export interface ChoiceDraft {
  /** The name of what it stands in; several choices may stand there. */
  readonly name: string;
  readonly title: string;
  readonly rule?: ChooseRule;
  /** At least two, in their order. */
  readonly branches: readonly BranchDraft[];
}

/** A stretch of the document that is one of several. */
export interface BranchDraft {
  readonly name: string;
  readonly title: string;
  readonly start: number;
  /** Where its heading or label ends. */
  readonly headingEnd: number;
  readonly end: number;
}

/** The name of a choice that stands below no heading. */
const nameOfPage = 'page';

/** The choices among the headings of a document, an outer one before those in it. */
export function findChoices({ document, headings }: Outline): readonly ChoiceDraft[] {
  return [document, ...headings].flatMap((parent) =>
    choicesBelow(parent).map(
      (branches): ChoiceDraft => ({
        name: parent.attributes.name ?? (parent.slug || nameOfPage),
        title: parent.title,
        ...(parent.attributes.choose !== undefined && { rule: parent.attributes.choose }),
        branches: branches.map(({ title, slug, attributes, start, headingEnd, end }) => ({
          name: attributes.name ?? slug,
          title,
          start,
          headingEnd,
          end,
        })),
      }),
    ),
  );
}

function choicesBelow({ children, attributes }: Heading): readonly (readonly Heading[])[] {
  if (attributes.choose !== undefined) return children.length < 2 ? [] : [children];
  const groups: Heading[][] = [];
  const taken = new Set<Heading>();
  const take = (branches: Heading[]): void => {
    groups.push(branches);
    for (const branch of branches) taken.add(branch);
  };
  for (const alike of byKind(children)) {
    const free = alike.filter((child) => !taken.has(child));
    if (free.length > 1) take(free);
  }
  for (const [index, child] of children.entries()) {
    const before = children[index - 1];
    if (before === undefined || taken.has(child) || !isOtherWay(child.title)) continue;
    const group = groups.find((one) => one.includes(before));
    if (group === undefined) take([before, child]);
    else {
      group.push(child);
      taken.add(child);
    }
  }
  return groups;
}

/** Headings that share what makes them alternatives, the surest first. */
function byKind(children: readonly Heading[]): Iterable<readonly Heading[]> {
  const groups = new Map<string, Heading[]>();
  for (const child of children) {
    for (const kind of kindsOfAlternative(child.title)) {
      const alike = groups.get(kind);
      if (alike === undefined) groups.set(kind, [child]);
      else alike.push(child);
    }
  }
  return groups.values();
}
