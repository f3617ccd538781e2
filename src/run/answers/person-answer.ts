// Owns the form of an answer that a person gives to a run from elsewhere.

/** What a person says to a question; which words there are is told by `wordsFor`. */
export interface PersonAnswer {
  readonly word: string;
  /** What was asked for, or the name of what is destroyed. */
  readonly value?: string;
  /** Places of items of a checklist, the first is 0; all of them where none are given. */
  readonly items?: readonly number[];
  readonly note?: string;
}

/** The answer that a value from outside holds; undefined where it holds none. */
export function parsePersonAnswer(value: unknown): PersonAnswer | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { word, value: text, items, note } = value as Readonly<Record<string, unknown>>;
  if (typeof word !== 'string' || ![text, note].every((one) => one === undefined || typeof one === 'string'))
    return undefined;
  const isPlace = (one: unknown): boolean => Number.isSafeInteger(one) && Number(one) >= 0;
  if (items !== undefined && !(Array.isArray(items) && items.length <= 10_000 && items.every(isPlace)))
    return undefined;
  return {
    word,
    ...(typeof text === 'string' && { value: text }),
    ...(typeof note === 'string' && { note }),
    ...(items !== undefined && { items: items as readonly number[] }),
  };
}
