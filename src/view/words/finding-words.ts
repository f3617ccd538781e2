// Owns the words for what a block found that only looks.
import type { AttemptResult } from '../../run/event.ts';
import { listed, quoted } from './quoted.ts';

/** So many hosts or items are named. */
const namedHosts = 3;

/** `exit 3`; of several hosts or items, which of them found something. */
export function findingWords({ exitCode, hosts = [] }: Pick<AttemptResult, 'exitCode' | 'hosts'>): string {
  const found = hosts.filter(({ finding }) => finding);
  if (hosts.length < 2) return `exit ${exitCode}`;
  const names = found.slice(0, namedHosts).map(({ host }) => quoted(host));
  if (found.length > names.length) names.push(`${found.length - names.length} more`);
  return `exit not 0 ${found[0]?.each === undefined ? 'on' : 'for'} ${listed(names)}`;
}
