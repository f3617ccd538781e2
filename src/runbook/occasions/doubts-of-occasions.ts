// Owns the doubts at places that are likely to be for another occasion than the run.
import { rangesAt } from '../../basics/ranges-at.ts';
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
  const settledAt = rangesAt(outline.headings.filter(({ attributes }) => attributes.run !== undefined));
  const teardowns = findTeardowns(outline, rules, context);
  const slugs = new Map(outline.headings.map(({ start, slug }) => [start, slug]));
  const place = (code: 'teardown' | 'other-procedure') => {
    return ({ start, end, from, text }: OtherOccasion) => {
      const doubt = makeDoubt(code, span(toByteOffset(from[0]), toByteOffset(from[1])), { text });
      const slug = slugs.get(start) || 'NAME';
      return { start, end, doubt: { ...doubt, help: doubt.help.replace('NAME', () => slug) } };
    };
  };
  const teardownsAt = rangesAt(teardowns.map(place('teardown')));
  const otherProceduresAt = rangesAt(
    findOtherProcedures(outline, rules)
      .filter(({ start }) => teardownsAt(start).length === 0)
      .map(place('other-procedure')),
  );
  return (at) => {
    const places = [...teardownsAt(at), ...otherProceduresAt(at)];
    return places.length === 0 || settledAt(at).length > 0 ? [] : places.map(({ doubt }) => doubt);
  };
}
