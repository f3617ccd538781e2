// Owns the proof that results at their places leave a runbook as it is.
import type { Address } from '../basics/address.ts';
import { decodeSource } from '../text/source-file.ts';
import { type Span, span } from '../text/span.ts';
import { applySplices } from '../text/splice.ts';
import { parseOptionsOf, parseRunbook } from './parse-runbook.ts';
import { columnsOf, layOutRegion, newlineAt } from './regions/lay-out-region.ts';
import { resultEnd, resultStart } from './regions/result-marker.ts';
import type { ResultPlace } from './regions/result-place.ts';
import { resultPlaces } from './regions/result-place.ts';
import type { Runbook } from './runbook.ts';

/** Parses that one document is worth; beyond it, what is not proven yet has no place. */
const parseLimit = 40;

/**
 * Those of the `places` at which a region is found again and everything else parses as before. Nearly
 * always all of them, told by one parse. Markdown of broken nesting can hold a place that shows or hides what
 * stands around it; such places are found by halves and left out.
 */
export function checkedPlaces(
  runbook: Runbook,
  places: ReadonlyMap<Address, ResultPlace> = resultPlaces(runbook),
): ReadonlyMap<Address, ResultPlace> {
  const all = [...places.values()];
  if (all.every((place) => place.isPlain)) return places;
  const standing = new Set(runbook.regions.map((region) => region.span.start));
  // Where a region stands already, the parse at hand has proven its place.
  const open = all.filter((place) => !standing.has(place.offset));
  const before = shapeOf(runbook);
  let parses = 0;

  const proven = (some: readonly ResultPlace[]): readonly ResultPlace[] => {
    if (some.length === 0 || parses >= parseLimit) return [];
    parses += 1;
    if (isInvisible(runbook, some, before)) return some;
    if (some.length === 1) return [];
    const middle = Math.ceil(some.length / 2);
    const halves = [...proven(some.slice(0, middle)), ...proven(some.slice(middle))];
    // Two halves that do no harm alone may do so together.
    if (halves.length === 0 || isInvisible(runbook, halves, before)) return halves;
    return proven(some.slice(0, middle));
  };

  const kept = new Set(proven(open).map((place) => place.address));
  return new Map([...places].filter(([, place]) => standing.has(place.offset) || kept.has(place.address)));
}

/** Whether a document with a region at each of the places is the same runbook, and each region is found. */
function isInvisible(runbook: Runbook, places: readonly ResultPlace[], before: string): boolean {
  const { source } = runbook;
  const sample = (place: ResultPlace): readonly string[] => [
    resultStart({ address: place.address }),
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
  const after = parseRunbook(written, parseOptionsOf(runbook)).runbook;
  const found = new Set(after.regions.map((region) => (region.type === 'result' ? region.address : '')));
  return (
    after.regions.length === runbook.regions.length + places.length &&
    places.every((place) => found.has(place.address)) &&
    shapeOf(after) === before
  );
}

/** Everything that a runbook says, without where it says so; of prose, its text. */
function shapeOf({ source, title, frontMatter, intro, sections, steps }: Runbook): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return JSON.stringify({ title, frontMatter, intro, sections, steps }, (key, value: unknown) => {
    if (key.endsWith('Offset') || key === 'containerPrefix') return undefined;
    if (isProse(value)) return decoder.decode(source.bytes.subarray(value.span.start, value.span.end));
    return isSpan(value) ? 'span' : value;
  });
}

function isProse(value: unknown): value is { readonly span: Span } {
  return isObject(value) && value.type === 'prose';
}

function isSpan(value: unknown): boolean {
  return isObject(value) && typeof value.start === 'number' && typeof value.end === 'number';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
