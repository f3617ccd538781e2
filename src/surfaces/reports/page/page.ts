// Owns what a page for people consists of, before it is known whether it becomes Markdown or HTML.

/**
 * A page; in every text what stands in backticks is code, and nothing else is markup. Texts are made visible by whoever
 * makes the page; markup in them is escaped by whoever renders it.
 */
export interface Page {
  readonly title: string;
  readonly blocks: readonly PageBlock[];
}

/** One part of a page. */
export type PageBlock =
  | { readonly type: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  | PageTable
  | { readonly type: 'code'; readonly label: 'text' | 'diff' | 'sh'; readonly lines: readonly string[] }
  /** Shown when a reader opens it. */
  | { readonly type: 'fold'; readonly summary: string; readonly blocks: readonly PageBlock[] }
  | Chart;

/** A table; without a head, the first cell of each row is what the row is about. */
export interface PageTable {
  readonly type: 'table';
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, by their index. */
  readonly right?: readonly number[];
}

/** What a stretch of a bar stands for. */
export type PartKind = 'work' | 'people' | 'approval' | 'waiting' | 'paused' | 'good' | 'bad' | 'other';

/** Bars one below the other, on one scale that begins at zero. */
export interface Chart {
  readonly type: 'chart';
  readonly title: string;
  /** Where the scale ends; above zero. */
  readonly total: number;
  /** What stands at the end of the scale. */
  readonly totalWords: string;
  readonly legend: readonly { readonly kind: PartKind; readonly words: string }[];
  readonly rows: readonly ChartRow[];
}

export interface ChartRow {
  readonly label: string;
  /** What stands behind the bar. */
  readonly value: string;
  /** In their order, none over another. */
  readonly parts: readonly { readonly kind: PartKind; readonly from: number; readonly to: number }[];
}
