// Owns all hosts of a run: which there are, and what blocks left on them for later ones.
import type { Address } from '../../basics/address.ts';
import type { HostResult, SavedState } from '../../run/event.ts';
import type { ExecutionRequest, ExecutionResult } from '../../run/executor.ts';
import { tableOfHosts, type Values } from '../attempts/handed-on-by.ts';
import { type RemoteContext, RemoteHost } from './remote-host.ts';

export class RemoteHosts {
  readonly #context: RemoteContext;
  /** States of earlier processes of the run, by host. */
  readonly #restore: Readonly<Record<string, SavedState>>;
  readonly #hosts = new Map<string, RemoteHost>();
  /** What a block handed on from each host, secrets as they are, which no journal may hold. */
  readonly #values = new Map<Address, Map<string, Values>>();

  constructor(context: RemoteContext, restore: Readonly<Record<string, SavedState>>) {
    this.#context = context;
    this.#restore = restore;
  }

  run(request: ExecutionRequest, host: string): Promise<ExecutionResult> {
    const { address } = request.item;
    return this.#hostOf(host).run(request, (values) => {
      const known = this.#values.get(address) ?? new Map<string, Values>();
      this.#values.set(address, known.set(host, values));
    });
  }

  /** The values of a block, one host's as they are, several hosts' as tables; and which of them are lost secrets. */
  valuesOf(
    address: Address,
    hosts: readonly HostResult[],
    isOne: boolean,
  ): { readonly values: Values; readonly lost: readonly string[] } {
    const known = this.#values.get(address);
    const lost: string[] = [];
    const rows = hosts.map(({ host, captured = {} }) => {
      const here = known?.get(host);
      // Of a host that passed before the run broke off, only what could be written down is left.
      if (here === undefined && Object.values(captured).some((value) => value.includes('***')))
        lost.push(host);
      return { host, values: here ?? captured };
    });
    return { values: tableOfHosts(rows, isOne), lost };
  }

  /** Ends the connections. */
  close(): Promise<void> {
    return this.#context.client.close();
  }

  #hostOf(host: string): RemoteHost {
    const known = this.#hosts.get(host);
    if (known !== undefined) return known;
    const made = new RemoteHost(host, this.#context, this.#restore[host]);
    this.#hosts.set(host, made);
    return made;
  }
}
