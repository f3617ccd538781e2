// Owns what a list of tasks is.
import type { Address } from '../basics/address.ts';
import type { Span } from '../text/span.ts';

export interface Checklist {
  readonly address: Address;
  readonly span: Span;
  readonly items: readonly ChecklistItem[];
  readonly containerPrefix: string;
  readonly resultOffset: number;
  /** All items of its list, where it is the first of several that something is run between. */
  readonly whole?: readonly ChecklistItem[];
}

export interface ChecklistItem {
  /** Plain text of the item. */
  readonly text: string;
  /** The author's own tick, before any run. */
  readonly ticked: boolean;
  /** The single byte between the brackets. */
  readonly markOffset: number;
  readonly span: Span;
}

/** How many items of the same list each item stands below, in their order. */
export function nestingOf(items: readonly ChecklistItem[]): readonly number[] {
  const open: ChecklistItem[] = [];
  return items.map((item) => {
    while (open.length > 0 && (open.at(-1)?.span.end ?? 0) <= item.span.start) open.pop();
    open.push(item);
    return open.length - 1;
  });
}
