// Owns what differs between two versions of a runbook, step by step.
import type { Address } from '../../basics/address.ts';
import type { Block, Runbook, Step } from '../../runbook/runbook.ts';

/** What differs between two versions of a runbook, by address. */
export interface RunbookComparison {
  readonly edited: readonly Address[];
  readonly moved: readonly Address[];
  readonly gone: readonly Address[];
  readonly added: readonly Address[];
  /** For people: one line a block that is not the same, with what changed in its code. */
  readonly lines: readonly string[];
}

/** Compares by address: the same, moved, edited, gone or new. */
export function compareRunbooks(before: Runbook, after: Runbook): RunbookComparison {
  const old = blocksOf(before);
  const current = blocksOf(after);
  const gone = [...old.keys()].filter((address) => !current.has(address));
  const added = [...current.keys()].filter((address) => !old.has(address));
  const edited: Address[] = [];
  for (const [address, block] of old) {
    const now = current.get(address);
    if (now && meaning(now) !== meaning(block)) edited.push(address);
  }
  const kept = [...old.keys()].filter((address) => current.has(address));
  const moved = movedOf(
    kept,
    [...current.keys()].filter((address) => old.has(address)),
  );
  const lines = [
    ...gone.map((address) => `  gone    \`${address}\``),
    ...edited.flatMap((address) => describeEdit(address, old.get(address), current.get(address))),
    ...moved.map((address) => `  moved   \`${address}\``),
    ...added.map((address) => `  new     \`${address}\``),
  ];
  const heading =
    lines.length === 0
      ? 'the runbook has changed since, but in none of its blocks'
      : 'the runbook has changed since:';
  return { edited, moved, gone, added, lines: [heading, ...lines] };
}

/** What of a block matters to a run: what it runs, and its attributes. */
function meaning(block: Block): string {
  return JSON.stringify([
    block.language ?? '',
    block.console?.commands ?? block.code,
    block.risk,
    block.attributes,
  ]);
}

function blocksOf(runbook: Runbook): Map<Address, Block> {
  const found = new Map<Address, Block>();
  const visit = (step: Step): void => {
    for (const part of step.parts) {
      if (part.type === 'block' && part.block.runnable) found.set(part.block.address, part.block);
    }
    for (const bound of [...step.validation, ...step.rollback]) visit(bound);
  };
  for (const step of runbook.steps) visit(step);
  return found;
}

/** The fewest that have to move to turn one order into the other: all outside a longest common subsequence. */
function movedOf(before: readonly Address[], after: readonly Address[]): Address[] {
  const place = new Map(before.map((address, index) => [address, index]));
  const tails: number[] = [];
  const sequence = after.map((address) => place.get(address) ?? 0);
  const previous = new Array<number>(sequence.length).fill(-1);
  const endAt: number[] = [];
  sequence.forEach((value, index) => {
    let length = tails.findIndex((tail) => tail >= value);
    if (length === -1) length = tails.length;
    tails[length] = value;
    endAt[length] = index;
    previous[index] = length > 0 ? (endAt[length - 1] ?? -1) : -1;
  });
  const stays = new Set<number>();
  for (let index = endAt[tails.length - 1] ?? -1; index >= 0; index = previous[index] ?? -1) stays.add(index);
  return after.filter((_, index) => !stays.has(index));
}

function describeEdit(address: Address, before: Block | undefined, after: Block | undefined): string[] {
  const linesOf = (block: Block | undefined) =>
    (block?.console?.commands ?? block?.code ?? '').replace(/\n$/, '').split('\n');
  const old = linesOf(before);
  const now = linesOf(after);
  const removed = old.filter((line) => !now.includes(line)).map((line) => `          - ${line}`);
  const inserted = now.filter((line) => !old.includes(line)).map((line) => `          + ${line}`);
  const attributes =
    removed.length + inserted.length === 0 ? ['          (attributes or order of lines)'] : [];
  return [`  edited  \`${address}\``, ...removed, ...inserted, ...attributes];
}
