// Owns which headings of a document are alternatives of one another.
import type { Heading, Outline } from '../headings/outline.ts';
import type { ChooseRule } from '../runbook.ts';
import { isOtherWay, kindsOfAlternative } from './kinds-of-alternative.ts';

/** Headings of which one is meant to be followed; offsets are UTF-16. */
export interface ChoiceDraft {
  /** The heading above them; the document itself has depth 0. */
  readonly parent: Heading;
  /** What the author says; absent where the titles alone say it. */
  readonly rule?: ChooseRule;
  /** At least two, in their order. */
  readonly branches: readonly Heading[];
}

/** The choices of a document, an outer one before those in it. */
export function findChoices({ document, headings }: Outline): readonly ChoiceDraft[] {
  return [document, ...headings].flatMap((parent) => choicesBelow(parent));
}

function choicesBelow(parent: Heading): readonly ChoiceDraft[] {
  const { children, attributes } = parent;
  const rule = attributes.choose;
  if (rule !== undefined) return children.length < 2 ? [] : [{ parent, rule, branches: children }];
  const groups: Heading[][] = [];
  const taken = new Set<Heading>();
  const take = (branches: Heading[]): void => {
    groups.push(branches);
    for (const branch of branches) taken.add(branch);
  };
  const byKind = new Map<string, Heading[]>();
  for (const child of children) {
    for (const kind of kindsOfAlternative(child.title)) {
      const alike = byKind.get(kind);
      if (alike === undefined) byKind.set(kind, [child]);
      else alike.push(child);
    }
  }
  for (const alike of byKind.values()) {
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
  return groups.map((branches) => ({ parent, branches }));
}
