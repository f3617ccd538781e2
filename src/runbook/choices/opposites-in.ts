// Owns which titles beside one another differ in nothing but a pair of opposites, of which only one is so.

/** A word, or several joined by `_`, on each side; two of one side say the same. */
interface Family {
  readonly sides: readonly (readonly string[])[];
  /** What the rest of a title has to be, where a thing can have both at once: a new node, and an existing one. */
  readonly of?: RegExp;
}

const family = (sides: string, of?: RegExp): Family => ({
  sides: sides.split('|').map((side) => side.trim().split(' ')),
  ...(of !== undefined && { of }),
});

/*
 * Left out is what a procedure has both of, one after the other: old and new, primary and replica, source and target,
 * public and private, temporary and permanent, full and incremental.
 */
const families: readonly Family[] = [
  family('minor | major | patch'),
  family('full complete | partial selective'),
  family('same | new different another other cross separate'),
  family('new fresh | existing', /^[\w.]+$/),
  family('graceful gracefully clean | forced forceful forcible'),
  family('online hot | offline cold'),
  family('rolling | full all_at_once big_bang | in_place | blue_green | canary'),
  family('manual manually by_hand | automatic automatically automated | semi_automatic semi_automated'),
  family('small | large big huge', /^(?!.*\b(?:with|test|try|find|list|show|delete|remove|copy|create)\b)/),
  family('planned scheduled | emergency'),
  family('normal standard | emergency'),
  family('intact | lost'),
  family('single | multiple several'),
  family('single_node | multi_node'),
  family('logical | physical'),
  family('horizontal | vertical'),
  family('stateless | stateful'),
  family('self_managed | managed'),
];

/** The families of a word, each with the side that it is on. */
const familiesOf = new Map<string, { readonly family: number; readonly side: number }[]>();
for (const [at, { sides }] of families.entries())
  for (const [side, words] of sides.entries())
    for (const word of words) {
      const known = familiesOf.get(word) ?? [];
      known.push({ family: at, side });
      familiesOf.set(word, known);
    }

const joined = [...familiesOf.keys()].filter((word) => word.includes('_'));
const joinedWords = new RegExp(`\\b(?:${joined.join('|').replaceAll('_', ' ')})\\b`, 'g');

/** "Non-root user", "Unplanned failover", "Disconnected clusters"; "Unmount it" ends what "Mount it" began. */
const negation = /\b(?:non (?=\w)|un(?=\w+(?:ed|able|ible)\b)|dis(?=\w+ed\b))/;

/** Longer titles say more than which of two is meant. */
const mostWords = 7;

/** How one title stands to a family of opposites: those that share `kind` and differ in `side` are opposites. */
export interface Opposite {
  readonly kind: string;
  readonly side: string;
}

/** Every way in which a title, plain and in lower case, may be one of two. */
export function oppositesIn(title: string): readonly Opposite[] {
  const words = title.replace(joinedWords, (found) => found.replaceAll(' ', '_')).split(' ');
  if (title === '' || words.length > mostWords) return [];
  const found = words.flatMap((word, at) =>
    (familiesOf.get(word) ?? []).flatMap(({ family: index, side }): readonly Opposite[] => {
      const rest = withoutSmallWords(words.toSpliced(at, 1));
      const isOf = families[index]?.of?.test(rest) ?? true;
      return isOf ? [{ kind: `opposite ${index} ${rest}`, side: `${side}` }] : [];
    }),
  );
  const affirmed = title.replace(negation, '');
  found.push({
    kind: `opposite ${withoutSmallWords(affirmed.split(' '))}`,
    side: affirmed === title ? 'is' : 'is not',
  });
  return found;
}

/** Whether titles that share a kind of opposites differ in it. */
export function areOpposed(kind: string, titles: readonly string[]): boolean {
  const sides = titles.map((title) => oppositesIn(title).find((one) => one.kind === kind)?.side);
  return new Set(sides).size > 1;
}

function withoutSmallWords(words: readonly string[]): string {
  return words
    .filter((word) => !/^(?:an?|the|your|our|its)$/.test(word))
    .map((word) => (/[^s]s$/.test(word) ? word.slice(0, -1) : word))
    .join(' ');
}

/** Verbs, and those that take back what they do. */
const turns: readonly (readonly [forth: RegExp, back: RegExp])[] = [
  [/^enabl(?:e|ing)\b/, /^disabl(?:e|ing)\b/],
  [/^activat(?:e|ing)\b/, /^deactivat(?:e|ing)\b/],
  [/^(?:turn|switch)(?:ing)? on\b/, /^(?:turn|switch)(?:ing)? off\b/],
  [/^scal(?:e|ing) up\b/, /^scal(?:e|ing) down\b/],
  [/^scal(?:e|ing) out\b/, /^scal(?:e|ing) in\b/],
  [/^upscal(?:e|ing)\b/, /^downscal(?:e|ing)\b/],
  [/^increas(?:e|ing)\b/, /^(?:de|re)(?:creas|duc)(?:e|ing)\b/],
  [/^(?:grow|expand)(?:ing)?\b/, /^shrink(?:ing)?\b/],
  [/^grant(?:ing)?\b/, /^revok(?:e|ing)\b/],
  [/^add(?:ing)?\b/, /^remov(?:e|ing)\b/],
  [/^(?:block|bann?)(?:ing)?\b/, /^un(?:block|bann?)(?:ing)?\b/],
];

/**
 * Whether a title, plain and in lower case, takes back at once what the one right before it does: "Scale up", "Scale
 * down". The other way round something is done in between, or made to begin anew: "Disable it", "Enable it".
 */
export function takesBack(before: string, title: string): boolean {
  const turn = turns.find(([forth, back]) => forth.test(before) && back.test(title));
  if (turn === undefined) return false;
  const [forth, back] = turn;
  const rest = (text: string, verb: RegExp) =>
    withoutSmallWords(
      text
        .replace(verb, '')
        .replace(/ (?:to|from) /, ' ')
        .trim()
        .split(' '),
    );
  return rest(before, forth) === rest(title, back);
}
