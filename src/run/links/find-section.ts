// Owns finding a section of a runbook by the name that a link or a command line gives it.
import type { Runbook } from '../../runbook/runbook.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Span } from '../../text/span.ts';

/** A section of a runbook, found by its name. */
export interface FoundSection {
  /** The anchor of its heading, or the name of its step. */
  readonly anchor: string;
  readonly title: string;
  readonly span: Span;
}

/**
 * The section below the heading with this anchor or these words, or the step of this name; where there is none, the
 * names that might have been meant: those of headings with these words, or the closest one.
 */
export function findSection(
  { anchors, steps }: Runbook,
  name: string,
): FoundSection | { readonly meant: readonly string[] } {
  const heading = anchors.get(name);
  if (heading !== undefined) return { anchor: name, title: heading.title, span: heading };
  const step = steps.find((one) => one.name === name);
  if (step !== undefined) return { anchor: name, title: step.title, span: step.span };
  const words = inLowerCase(name);
  const alike = [...anchors].filter(
    ([anchor, { title }]) => anchor === words || inLowerCase(title) === words,
  );
  const [only, ...others] = alike;
  if (only !== undefined && others.length === 0)
    return { anchor: only[0], title: only[1].title, span: only[1] };
  if (only !== undefined) return { meant: alike.map(([anchor]) => anchor) };
  const known = [...anchors.keys(), ...steps.map((one) => one.name)];
  const closest = closestName(words.replaceAll(' ', '-'), known);
  return { meant: closest === undefined ? [] : [closest] };
}

/** What is said behind the message that there is no such section. */
export function sectionsMeant(meant: readonly string[]): string {
  return meant.length === 0 ? '' : `; did you mean ${meant.map((one) => `\`#${one}\``).join(' or ')}?`;
}

function inLowerCase(words: string): string {
  return words.trim().replace(/\s+/g, ' ').toLowerCase();
}
