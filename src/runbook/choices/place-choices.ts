// Owns the choices of a page with their names and places, and what stands in which of their branches.
import { rangesAt } from '../../basics/ranges-at.ts';
import { shorten } from '../../text/shorten.ts';
import { type Span, span } from '../../text/span.ts';
import type { Doubt } from '../doubts/doubt.ts';
import { makeDoubt } from '../doubts/make-doubt.ts';
import type { Choice, InBranch } from './choice.ts';
import type { ChoiceDraft } from './find-choices.ts';

/** What the choices of a page say of a place. */
export interface PlaceInChoices {
  /** The outermost first. */
  readonly branches: readonly InBranch[];
  readonly doubts: readonly Doubt[];
}

/** What they say of a place, by its UTF-16 offset. */
export type PlaceOf = (start: number) => PlaceInChoices;

const nowhere: PlaceInChoices = { branches: [], doubts: [] };

/** Names the choices of a page; an outer one comes before those in it. */
export function placeChoices(
  drafts: readonly ChoiceDraft[],
  toByteOffset: (offset: number) => number,
): { readonly choices: readonly Choice[]; readonly placeOf: PlaceOf } {
  const names = new Map<string, number>();
  const places = drafts.map(({ name, title, rule, branches }) => {
    const count = names.get(name) ?? 0;
    names.set(name, count + 1);
    const choice: Choice = {
      name: count === 0 ? name : `${name}-${count + 1}`,
      title,
      ...(rule !== undefined && { rule }),
      branches: branches.map((branch) => ({
        name: branch.name,
        title: branch.title,
        span: span(toByteOffset(branch.label[0]), toByteOffset(branch.label[1])),
      })),
    };
    return { choice, doubt: doubtOf(choice), branches };
  });
  const branchesAt = rangesAt(
    places.flatMap(({ branches }, place) =>
      branches.flatMap(({ name: branch, ranges }) =>
        ranges.map(([start, end]) => ({ start, end, place, branch })),
      ),
    ),
  );
  const placeOf: PlaceOf = (at) => {
    const found = new Map<number, string>();
    for (const { place, branch } of branchesAt(at)) if (!found.has(place)) found.set(place, branch);
    const around = [...found]
      .sort(([left], [right]) => left - right)
      .flatMap(([index, branch]) => {
        const place = places[index];
        return place === undefined ? [] : [{ in: { choice: place.choice, branch }, doubt: place.doubt }];
      });
    if (around.length === 0) return nowhere;
    return {
      branches: around.map((one) => one.in),
      doubts: around.flatMap(({ doubt }) => doubt ?? []),
    };
  };
  return { choices: places.map(({ choice }) => choice), placeOf };
}

/** What is doubtful while nobody has chosen; nothing where the page says it. */
function doubtOf({ name, rule, branches }: Choice): Doubt | undefined {
  const [first] = branches;
  if (first === undefined || rule?.type === 'all' || rule?.type === 'variable') return undefined;
  const titles = branches.map(({ title }) => `\`${shorten(title)}\``);
  const listed = `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
  const choose = `\`--choose ${name}=${first.name}\``;
  const place: Span = first.span;
  const doubt =
    rule === undefined
      ? makeDoubt('alternative', place, {
          text: `${listed} read like alternatives`,
          help: `write \`{choose}\` after the heading right above them if one of them is to be run, \`{choose=all}\` if all of them are; ${choose} runs that one`,
        })
      : makeDoubt('alternative', place, {
          text: `one of ${listed} is to be run, and it is not said which`,
          help: `say it with ${choose}, or bind the choice to an input with \`{choose=NAME}\``,
        });
  return { ...doubt, choice: { name, isWritten: rule !== undefined } };
}
