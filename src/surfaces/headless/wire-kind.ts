// Owns what all public records have in common.
import { description, literal, number, type ObjectEntries, pipe, strictObject, string } from 'valibot';

/** A moment. */
export const time = pipe(string(), description('ISO 8601, UTC, milliseconds'));

/** Fields that every record of something that happened carries. */
const numbered = { seq: pipe(number(), description('counts from 1 without gaps within a run')), at: time };

/** A record of a type, with what it means and what it holds. */
export function wireKind<const Type extends string, const Fields extends ObjectEntries>(
  type: Type,
  meaning: string,
  fields: Fields,
) {
  return pipe(strictObject({ v: literal(1), type: literal(type), ...fields }), description(meaning));
}

/** A record of something that happened. */
export function fact<const Type extends string, const Fields extends ObjectEntries>(
  type: Type,
  meaning: string,
  fields: Fields,
) {
  return wireKind(type, meaning, { ...numbered, ...fields });
}
