// Owns the proof that results at their places leave a runbook as it is; knows nothing of what results say.
import type { Address } from '../basics/ids.ts';
import { decodeSource } from '../text/source-file.ts';
import { span } from '../text/span.ts';
import { applySplices } from '../text/splice.ts';
import type { Runbook } from './model.ts';
import { parseRunbook } from './parse-runbook.ts';
import { columnsOf, layOutRegion, newlineAt } from './region-layout.ts';
import { resultEnd, resultStart } from './region-marker.ts';
import type { ResultPlace } from './result-place.ts';
import { resultPlaces } from './result-place.ts';

/** Parses that one document is worth; beyond it, what is not proven yet has no place. */
const parseLimit = 40;

/**
 * Those of a runbook's places at which a region is found again and everything else parses as before. Nearly
 * always all of them, told by one parse. Markdown of broken nesting can hold a place that shows or hides what
 * stands around it; such places are found by halves and left out.
 */
export function checkedPlaces(runbook: Runbook): ReadonlyMap<Address, ResultPlace> {
  const all = resultPlaces(runbook);
  const standing = new Set(runbook.regions.map((region) => region.span.start));
  // Where a region stands already, the parse at hand has proven its place.
  const open = [...all.values()].filter((place) => !standing.has(place.offset));
  const before = shapeOf(runbook);
  let parses = 0;

  const proven = (places: readonly ResultPlace[]): readonly ResultPlace[] => {
    if (places.length === 0 || parses >= parseLimit) return [];
    parses += 1;
    if (isInvisible(runbook, places, before)) return places;
    if (places.length === 1) return [];
    const middle = Math.ceil(places.length / 2);
    const halves = [...proven(places.slice(0, middle)), ...proven(places.slice(middle))];
    // Two halves that do no harm alone may do so together.
    if (halves.length === 0 || isInvisible(runbook, halves, before)) return halves;
    return proven(places.slice(0, middle));
  };

  const kept = new Set(proven(open).map((place) => place.address));
  return new Map([...all].filter(([, place]) => standing.has(place.offset) || kept.has(place.address)));
}

/** Whether a document with a region at each of the places is the same runbook, and each region is found. */
function isInvisible(runbook: Runbook, places: readonly ResultPlace[], before: string): boolean {
  const { source } = runbook;
  const sample = (place: ResultPlace): readonly string[] => [
    resultStart(place),
    '> passed',
    '',
    '```text',
    'output',
    '```',
    resultEnd,
  ];
  const splices = [...places]
    .sort((left, right) => columnsOf(right.prefix) - columnsOf(left.prefix))
    .map((place) => ({
      span: span(place.offset, place.offset),
      bytes: layOutRegion(sample(place), place.prefix, newlineAt(source, place.offset)),
    }));
  const written = decodeSource(source.path, applySplices(source.bytes, splices)).source;
  const after = parseRunbook(written).runbook;
  const found = new Set(after.regions.map((region) => (region.type === 'result' ? region.address : '')));
  return (
    after.regions.length === runbook.regions.length + places.length &&
    places.every((place) => found.has(place.address)) &&
    shapeOf(after) === before
  );
}

/** Everything that a runbook says, without where it says so. */
function shapeOf({ source, title, frontMatter, intro, sections, steps }: Runbook): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const places = new Set([
    'span',
    'headingSpan',
    'contentSpan',
    'resultOffset',
    'markOffset',
    'containerPrefix',
  ]);
  return JSON.stringify({ title, frontMatter, intro: intro.length, sections, steps }, (key, value) => {
    if (places.has(key)) return undefined;
    if (value?.type !== 'prose') return value;
    return { prose: decoder.decode(source.bytes.subarray(value.span.start, value.span.end)) };
  });
}
