// Owns how names, people, hosts and items, counts and lists are written within a sentence.
import type { Actor, HostResult } from '../../run/event.ts';
import { visibleText } from '../../text/visible-text.ts';

/** A name in backticks; whatever it holds, it stays on its line. */
export function quoted(name: string): string {
  return `\`${visibleText(name)}\``;
}

/** `ada@bastion`; the name alone where no host is known. */
export function actorWords({ user, host }: Actor): string {
  return visibleText(host === '' ? user : `${user}@${host}`);
}

/** `on web1`; `for a` where it is an item of a list. */
export function targetWords({ host, each }: Pick<HostResult, 'host' | 'each'>): string {
  return `${each === undefined ? 'on' : 'for'} ${quoted(host)}`;
}

/** `1 step`, `3 steps`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
