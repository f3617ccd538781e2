// Owns how names, people, hosts and items, counts and lists are written within a sentence.
import type { AnswerWay } from '../../run/approvals/via.ts';
import type { Actor, HostResult } from '../../run/event.ts';
import { visibleText } from '../../text/visible-text.ts';

/** A name in backticks; whatever it holds, it stays on its line. */
export function quoted(name: string): string {
  return `\`${visibleText(name)}\``;
}

/** How somebody has answered who has no account on the machine. */
const wayWords: Readonly<Record<AnswerWay, string>> = {
  page: 'page',
  api: 'API',
  link: 'link',
  slack: 'Slack',
};

/** `ada (page)` for whom a server tells of; `ada@bastion`; the name alone where no host is known; `runner@bastion for ada` where it acts for somebody. */
export function actorWords({ user, host, for: whom, via }: Actor): string {
  if (via !== undefined) return `${visibleText(user)} (${wayWords[via.way]})`;
  const account = host === '' ? user : `${user}@${host}`;
  return visibleText(whom === undefined ? account : `${account} for ${whom}`);
}

/** `on web1`; `for a` where it is an item of a list. */
export function targetWords({ host, each }: Pick<HostResult, 'host' | 'each'>): string {
  return `${each === undefined ? 'on' : 'for'} ${quoted(host)}`;
}

/** So many items are named; of more, their number is given. */
const mostNamed = 4;

/** ` for `a` and `b``, to stand behind the name of a block; empty where it is about all of its list, or has none. */
export function turnWords({ turn }: { readonly turn?: readonly string[] | undefined }): string {
  if (turn === undefined || turn.length === 0) return '';
  return ` for ${turn.length > mostNamed ? counted(turn.length, 'item') : listed(turn.map(quoted))}`;
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

/** Words of which one is meant: `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
