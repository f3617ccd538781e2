// Owns what a place is that names a thing of a page.

export type ThingKind = 'step' | 'input' | 'handler' | 'hosts' | 'channel' | 'page';

/** One place that names a thing. Offsets are UTF-16 offsets of the text. */
export interface Occurrence {
  readonly kind: ThingKind;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /**
   * How it is named there: as what it is, by the words of its heading, by an anchor of its heading, in a comment of
   * the tool, or by another name for it.
   */
  readonly as: 'definition' | 'heading' | 'reference' | 'anchor' | 'mark';
  /** The page that has the thing, as a link writes it; absent for the page itself. */
  readonly target?: string;
}
