// Owns what is recorded of a block on its hosts, or for the items of its list.
import type { Address } from '../../basics/address.ts';

/** What an event is about where a step does several blocks with an item before the next one. */
export interface OfTurn {
  /** The items; absent where it is about the block with all of its list. */
  readonly turn?: readonly string[];
}

/** `Host` is the result on one host, `Attempt` the end of an attempt. */
export type TargetEvent<Host, Attempt> =
  /** The hosts of a block that asks a command for them, or the items of its list; the run keeps to them. */
  | {
      readonly type: 'HostsResolved';
      readonly address: Address;
      readonly hosts: readonly string[];
      /** The variable that is the item; absent for hosts. */
      readonly each?: string;
    }
  | {
      readonly type: 'HostStarted';
      readonly address: Address;
      readonly attempt: number;
      /** The host, or the item. */
      readonly host: string;
      /** The variable that is the item; absent for a host. */
      readonly each?: string;
    }
  | { readonly type: 'HostEnded'; readonly address: Address; readonly result: Host }
  /** A block is through with these items, and has others to come or to be said of; `BlockPassed` says so of all. */
  | ({ readonly type: 'TurnEnded'; readonly turn: readonly string[] } & Attempt);
