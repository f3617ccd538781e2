// Owns what is to be known of a block that writes a file, or puts one back.
import type { BlockItem } from '../../../run/plan.ts';
import type { FilePlace, FileStep } from '../../../runbook/file-step.ts';
import { quoted } from '../quoted.ts';

/** Short facts, the most important first. */
export function fileFacts({ restores }: BlockItem, step: FileStep): string[] {
  const { path, place, mode, owner, validate } = step;
  if (restores !== undefined) return [`puts back ${quoted(path)} as it was`];
  return [
    place === undefined ? `writes ${quoted(path)}` : `${placeWords(place)} ${quoted(path)}`,
    ...(mode === undefined ? [] : [`mode ${mode.toString(8).padStart(4, '0')}`]),
    ...(owner === undefined ? [] : [`owner ${quoted(owner)}`]),
    ...(validate === undefined ? [] : [`checked with ${quoted(validate)}`]),
  ];
}

function placeWords(place: FilePlace): string {
  if (!('line' in place)) return place.type === 'start' ? 'goes to the start of' : 'goes to the end of';
  const line = quoted(`/${place.line.source}/${place.line.flags}`);
  return place.type === 'set' ? `sets the line ${line} of` : `goes ${place.type} the line ${line} of`;
}
