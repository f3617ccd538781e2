// Owns the doubts that stand in the branches of choices which nobody has settled.
import { span } from '../../text/span.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { Doubt } from '../runbook.ts';
import type { ChoiceDraft } from './find-choices.ts';

/** The doubts at a place, by the branches that it stands in, the outermost first; offsets are UTF-16. */
export type DoubtsAt = (start: number) => readonly Doubt[];

/** What is doubtful of the places of a document because of its choices. */
export function doubtsOfChoices(
  choices: readonly ChoiceDraft[],
  toByteOffset: (offset: number) => number,
): DoubtsAt {
  const places = choices.flatMap(({ rule, branches }) => {
    const [first] = branches;
    if (first === undefined || rule?.type === 'all') return [];
    const place = span(toByteOffset(first.start), toByteOffset(first.headingEnd));
    const titles = branches.map(({ title }) => `\`${title}\``);
    const listed = `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
    const doubt = makeDoubt('alternative', place, { text: `${listed} read like alternatives` });
    return branches.map(({ start, end }) => ({ start, end, doubt }));
  });
  return (at) =>
    places.length === 0
      ? []
      : places.filter(({ start, end }) => start <= at && at < end).map(({ doubt }) => doubt);
}
