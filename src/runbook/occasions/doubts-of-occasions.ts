// Owns the doubts at places that are likely to be for another occasion than the run.
import { span } from '../../text/span.ts';
import type { DocumentContext } from '../content/document-context.ts';
import type { DoubtsAt } from '../doubts/doubts-at.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { HeadingRules } from '../headings/heading-rules.ts';
import type { Outline } from '../headings/outline.ts';
import { findOtherProcedures } from './find-other-procedures.ts';
import { findTeardowns, type OtherOccasion } from './find-teardowns.ts';

/** What is doubtful of the places of a document because they undo its work, or belong to other work. */
export function doubtsOfOccasions(outline: Outline, rules: HeadingRules, context: DocumentContext): DoubtsAt {
  const { toByteOffset } = context;
  const settled = outline.headings.filter(({ attributes }) => attributes.run !== undefined);
  const isSettled = (at: number) => settled.some(({ start, end }) => start <= at && at < end);
  const teardowns = findTeardowns(outline, rules, context);
  const place = (code: 'teardown' | 'other-procedure') => {
    return ({ start, end, from, text }: OtherOccasion) => {
      const doubt = makeDoubt(code, span(toByteOffset(from[0]), toByteOffset(from[1])), { text });
      const slug = outline.headings.find((heading) => heading.start === start)?.slug || 'NAME';
      return { start, end, doubt: { ...doubt, help: doubt.help.replace('NAME', () => slug) } };
    };
  };
  const isTeardown = (at: number) => teardowns.some(({ start, end }) => start <= at && at < end);
  const places = [
    ...teardowns.map(place('teardown')),
    ...findOtherProcedures(outline, rules)
      .filter(({ start }) => !isTeardown(start))
      .map(place('other-procedure')),
  ];
  return (at) =>
    places.length === 0 || isSettled(at)
      ? []
      : places.filter(({ start, end }) => start <= at && at < end).map(({ doubt }) => doubt);
}
