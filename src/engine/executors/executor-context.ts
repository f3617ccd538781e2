// Owns what the executor of a run works with.
import type { LocalMachine } from '../machines/local-machine.ts';
import type { RunResources } from '../machines/run-resources.ts';
import type { LeftOff } from './left-off.ts';
import type { LinkedPlaces } from './linked-places.ts';
import type { RemoteHosts } from './remote-hosts.ts';

export interface ExecutorContext {
  readonly runFolder: string;
  readonly cwd: string;
  readonly shell: string;
  readonly interpreters: Readonly<Record<string, readonly string[]>>;
  /** The environment that the operator works in. */
  readonly operatorEnv: Readonly<Record<string, string | undefined>>;
  readonly places: LinkedPlaces;
  readonly resources: RunResources;
  readonly here: LocalMachine;
  readonly hosts: RemoteHosts;
  /** Names of the variables that blocks on hosts get as well; what is captured joins them. */
  readonly sharedNames: Set<string>;
  /** What has left the state here that an earlier process has stored. */
  readonly leftOff: LeftOff | undefined;
  /** Removes the private folder. */
  readonly remove: () => void;
}
