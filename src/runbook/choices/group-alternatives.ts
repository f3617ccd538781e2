// Owns which of several things beside one another are alternatives, by their titles.
import { isOtherWay } from './kinds-of-alternative.ts';

interface Titled {
  readonly title: string;
}

/** Groups of two and more, each in its order; what stands in none is no alternative of anything. */
export function groupAlternatives<Entry extends Titled>(
  entries: readonly Entry[],
  kindsOf: (title: string) => readonly string[],
): readonly (readonly Entry[])[] {
  const groups: Entry[][] = [];
  const taken = new Set<Entry>();
  const take = (group: Entry[]): void => {
    groups.push(group);
    for (const entry of group) taken.add(entry);
  };
  for (const alike of byKind(entries, kindsOf)) {
    const free = alike.filter((entry) => !taken.has(entry));
    if (free.length > 1) take(free);
  }
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before === undefined || taken.has(entry) || !isOtherWay(entry.title)) continue;
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
): readonly (readonly Entry[])[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const kind of kindsOf(entry.title)) {
      const alike = groups.get(kind);
      if (alike === undefined) groups.set(kind, [entry]);
      else alike.push(entry);
    }
  }
  return [...groups].flatMap(([kind, alike]) =>
    kind.startsWith('set ') && areOneAfterOther(alike) ? [] : [alike],
  );
}

/** "Build with Docker" and "Run with Docker" are two things done with one. */
function areOneAfterOther(entries: readonly Titled[]): boolean {
  const parts = entries.map(({ title }) => /^\W*(\w+)\b(.+)$/.exec(title.toLowerCase()));
  const rests = new Set(parts.map((part) => part?.[2]));
  const verbs = new Set(parts.map((part) => part?.[1]));
  return rests.size === 1 && verbs.size === entries.length && entries.length > 1;
}
