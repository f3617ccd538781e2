// Owns what a block finds because a link brought it: the link's variables, and its own runbook's folder.
import { resolve } from 'node:path';
import { resolveBindings } from '../../run/inputs/resolve-bindings.ts';
import { startFolderOf } from '../../run/links/join-path.ts';
import type { BlockItem } from '../../run/plan.ts';
import type { CarriedState } from '../shells/carried-state.ts';

/** The runbooks of one run, the opened one and those that it links to; the state carries where each was left. */
export class LinkedPlaces {
  readonly #carried: CarriedState;
  readonly #folder: string;

  /** `folder` is the opened runbook's. */
  constructor(carried: CarriedState, folder: string) {
    this.#carried = carried;
    this.#folder = folder;
  }

  /**
   * The block with what its link gives in its environment, or why that cannot be had. A linked runbook begins in
   * its own folder and goes on where its last block was; behind it, work goes on where it was before.
   */
  enter(item: BlockItem): BlockItem | string {
    const bound = this.bind(item);
    if (typeof bound === 'string') return bound;
    this.#goTo(item);
    // That of a linked runbook is from the opened one's folder, wherever the opened one starts.
    const { file, cwd } = bound;
    return file === undefined || cwd === undefined || /^[/~]/.test(cwd)
      ? bound
      : { ...bound, cwd: resolve(this.#folder, cwd) };
  }

  /** The same for a block that runs elsewhere, where nothing is in the runbook's folder. */
  bind(item: BlockItem): BlockItem | string {
    const { values, unset } = resolveBindings(item.bindings ?? [], (name) => this.#carried.valueOf(name));
    if (unset)
      return `\`with.${unset.by}\` of the link \`${item.within}\` uses \`$${unset.name}\`, which is not set`;
    return item.bindings === undefined ? item : { ...item, env: { ...values, ...item.env } };
  }

  #goTo({ within, file, startIn }: BlockItem): void {
    const { leftIn, cwd, within: current } = this.#carried;
    if (within === current) return;
    leftIn.set(current, cwd);
    const start = file === undefined ? this.#folder : resolve(this.#folder, startIn ?? startFolderOf(file));
    this.#carried.enter(leftIn.get(within) ?? start);
    this.#carried.within = within;
  }
}
