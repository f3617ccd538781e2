// Owns which headings say of all that stands below them that it is for a certain case.
import { rangesAt } from '../../basics/ranges-at.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import { speaksOfCondition } from '../headings/speaks-of-condition.ts';
import { isStruck } from '../markdown/is-struck.ts';
import { findRemedies } from './find-remedies.ts';
import { headingNamesCase } from './names-case.ts';

/** Such a heading's line, in UTF-16 offsets, and what is said of it. */
export interface ConditionalHeading {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const appendix =
  /^\W*(?:appendix|annex|anhang|annexe|anexo|allegato|bijlage|приложение|附录|付録|부록)(?![\p{L}\p{N}])/iu;

/** The innermost heading above a place that says that it is for a certain case, where nothing below it says more. */
export function conditionalHeadings(
  outline: Outline,
  rules: HeadingRules,
): (at: number) => ConditionalHeading | undefined {
  const { headings } = outline;
  const remedies = findRemedies(outline, rules);
  const conditional = headings.flatMap((heading, index) => {
    const said = heading === rules.titleHeading ? undefined : ofHeading(heading, index);
    return said === undefined ? [] : [{ heading, said }];
  });
  if (conditional.length === 0) return () => undefined;
  const saidOf = new Map(conditional.map(({ heading, said }) => [heading, said]));
  const conditionalAt = rangesAt([...saidOf.keys()]);
  const settledAt = rangesAt(
    headings.filter(
      ({ attributes: { run, when, check } }) =>
        run !== undefined || when !== undefined || check !== undefined,
    ),
  );
  return (at) => {
    const isAbove = ({ start }: Heading): boolean => start < at;
    const heading = conditionalAt(at).findLast(isAbove);
    if (heading === undefined) return undefined;
    const said = saidOf.get(heading);
    if (settledAt(at).some((one) => isAbove(one) && one.start >= heading.start)) return undefined;
    return { start: heading.start, end: heading.headingEnd, text: `\`${heading.title}\` ${said}` };
  };

  function ofHeading(heading: Heading, index: number): string | undefined {
    const { title, written } = heading;
    const { subject } = rules;
    if (isStruck(written)) return 'is struck out';
    if (speaksOfCondition(title, subject.title) || headingNamesCase(title, subject.title))
      return 'says that it is for a certain case';
    if (remedies.has(heading)) return 'reads as if it were for a failure of what stands before it';
    return index > 0 && appendix.test(title) && rules.matchOf(heading) === undefined
      ? 'is looked up, and seldom done with the rest'
      : undefined;
  }
}
