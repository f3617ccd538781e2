// Owns the sizes of the screen's parts that are known before anything is drawn: a block's terminal has its size then.

/** Of a terminal or a part of it, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Two columns need this much; below it the outline is called up by a key. */
const twoColumnsFrom = 100;

/** Fewer rows than this leave less room for the header. */
const tallFrom = 18;

/** Rows of the header: title, facts, a line; or fewer of them. */
export function headerRows(rows: number): number {
  return rows >= tallFrom ? 3 : rows >= 6 ? 2 : 1;
}

/** Rows of the footer: what happened last, the question, the keys; or fewer of them. */
export function footerRows(rows: number): number {
  return rows >= 10 ? 3 : rows >= 4 ? 2 : 1;
}

/** Columns of the list of steps; zero where there is no room for two columns. */
export function outlineColumns(columns: number): number {
  return columns < twoColumnsFrom ? 0 : Math.min(46, Math.max(30, Math.floor(columns * 0.3)));
}

/** What the text, the output and the panel share. */
export function mainSize({ columns, rows }: Size): Size {
  const outline = outlineColumns(columns);
  return {
    // The bar beside the outline has a column of air.
    columns: outline === 0 ? columns : columns - outline - 2,
    rows: Math.max(1, rows - headerRows(rows) - footerRows(rows)),
  };
}

/** The terminal of a running block, on a screen of this size; it stays the same while the block runs. */
export function blockTerminalSize(screen: Size): Size {
  const { columns, rows } = mainSize(screen);
  return { columns, rows: Math.max(1, rows - 1 - Math.max(rows < 8 ? 1 : 3, Math.floor(rows * 0.35))) };
}
