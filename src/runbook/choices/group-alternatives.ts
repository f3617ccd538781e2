// Owns which of several things beside one another are alternatives, by their titles.
import { isOtherWay, plainTitle } from './kinds-of-alternative.ts';
import { areOpposed, takesBack } from './opposites-in.ts';

interface Titled {
  readonly title: string;
  /** More than its own title stands between it and what is before it. */
  readonly isApart?: boolean;
}

/** Groups of two and more, each in its order; what stands in none is no alternative of anything. */
export function groupAlternatives<Entry extends Titled>(
  entries: readonly Entry[],
  kindsOf: (title: string) => readonly string[],
): readonly (readonly Entry[])[] {
  const lowerTitle = lowerTitlesOf(entries);
  const groups: Entry[][] = [];
  const taken = new Set<Entry>();
  const take = (group: Entry[]): void => {
    groups.push(group);
    for (const entry of group) taken.add(entry);
  };
  for (const alike of byKind(entries, kindsOf, lowerTitle)) {
    const free = alike.filter((entry) => !taken.has(entry));
    if (free.length > 1) take(free);
  }
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before === undefined || taken.has(entry)) continue;
    if (
      !isOtherWay(lowerTitle(entry)) &&
      (entry.isApart || !takesBack(lowerTitle(before), lowerTitle(entry)))
    )
      continue;
    const group = groups.find((one) => one.includes(before));
    if (group === undefined) take([before, entry]);
    else {
      group.push(entry);
      taken.add(entry);
    }
  }
  return groups;
}

/** Entries that share what makes them alternatives, the surest first. */
function byKind<Entry extends Titled>(
  entries: readonly Entry[],
  kindsOf: (title: string) => readonly string[],
  lowerTitle: LowerTitle,
): readonly (readonly Entry[])[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const kind of kindsOf(entry.title)) {
      const alike = groups.get(kind);
      if (alike === undefined) groups.set(kind, [entry]);
      else alike.push(entry);
    }
  }
  const areTwice = doneInTwoWays(entries.map(lowerTitle));
  return [...groups].flatMap(([kind, alike]) =>
    areApart(kind, alike.map(lowerTitle), kindsOf, areTwice) ? [alike] : [],
  );
}

/** What is done again and again on the way. */
const again =
  /^(?:again|boot|check|clear|commit|confirm|drain|flush|look|monitor|notify|observe|pause|reboot|recheck|reload|restart|resume|retry|review|rerun|run|save|sync|tell|test|validate|verify|wait|watch)\b/;

/**
 * Whether entries of one and the same title are ways: the titles of a page that does all of it once with the command line
 * and once in a console come back, several of them. One that comes back behind something else is a step of its own.
 */
function doneInTwoWays(all: readonly string[]): (titles: readonly string[]) => boolean {
  const firstOf = new Map<string, number>();
  const returning = new Set<string>();
  for (const [index, title] of all.entries()) {
    if (!firstOf.has(title)) firstOf.set(title, index);
    else if (!again.test(title)) returning.add(title);
  }
  return ([title = '']) => {
    const isBeside = all[(firstOf.get(title) ?? -1) + 1] === title;
    return isBeside || (returning.size > 1 && returning.has(title));
  };
}

type LowerTitle = (entry: Titled) => string;

/** Titles as they are compared, in lower case; each is asked for several times. */
function lowerTitlesOf(entries: readonly Titled[]): LowerTitle {
  const titles = new Map(entries.map((entry) => [entry, plainTitle(entry.title).toLowerCase()]));
  return (entry) => titles.get(entry) ?? '';
}

/** Whether entries that share a kind are told apart by it. */
function areApart(
  kind: string,
  titles: readonly string[],
  kindsOf: (title: string) => readonly string[],
  areTwice: (titles: readonly string[]) => boolean,
): boolean {
  // The same words lead to what goes on.
  if (new Set(titles).size < 2) return kind.startsWith('job ') && areTwice(titles);
  if (kind.startsWith('opposite ')) return areOpposed(kind, titles);
  return !kind.startsWith('set ') || !areOneAfterOther(titles, (word) => kindsOf(word).includes(kind));
}

/** "Build with Docker" and "Run with Docker" are two things done with one; "Docker servers" and "Podman servers" are not. */
function areOneAfterOther(titles: readonly string[], isMember: (words: string) => boolean): boolean {
  const parts = titles.map((title) => /^\W*(\w+)\b(.+)$/.exec(title));
  const [rest = '', ...others] = new Set(parts.map((part) => part?.[2] ?? ''));
  const verbs = new Set(parts.map((part) => part?.[1]));
  return others.length === 0 && verbs.size === titles.length && isMember(rest);
}
