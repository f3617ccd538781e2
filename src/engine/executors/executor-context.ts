// Owns what the executor of a run works with.
import type { AttemptContext } from '../attempts/run-attempt.ts';
import type { RemoteHosts } from '../ssh/remote-hosts.ts';
import type { LinkedPlaces } from './linked-places.ts';

export interface ExecutorContext {
  readonly runFolder: string;
  readonly cwd: string;
  readonly shell: string;
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  readonly secretNames: Set<string>;
  readonly places: LinkedPlaces;
  readonly attempts: AttemptContext;
  readonly hosts: RemoteHosts;
  /** Names of the variables that blocks on hosts get as well; what is captured joins them. */
  readonly sharedNames: Set<string>;
  /** Removes the private folder. */
  readonly remove: () => void;
}
