// Owns where each part of the screen stands, from the terminal's size and what there is to show.

/** A part of the screen; columns and rows count from zero. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Of a terminal, in characters. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What stands in the main column, from top to bottom; what is absent takes no room. */
export interface MainContent {
  /** Lines that the text of the step would take. */
  readonly page: number;
  /** The block's terminal: `live` keeps its size while the block runs, a number is lines of an ended one. */
  readonly output?: 'live' | number;
  /** Lines that a menu or an input needs. */
  readonly panel?: number;
}

/** Where the parts stand that are always there. */
export interface Layout {
  readonly header: Rect;
  /** Absent where there is no room for two columns. */
  readonly outline?: Rect;
  readonly main: Rect;
  readonly footer: Rect;
}

/** Where the parts of the main column stand. */
export interface MainLayout {
  readonly page: Rect;
  /** The line above the output, with its title, and the output itself. */
  readonly outputRule?: Rect;
  readonly output?: Rect;
  readonly panelRule?: Rect;
  readonly panel?: Rect;
}

/** Two columns need this much; below it the outline is called up by a key. */
const twoColumnsFrom = 100;

/** Fewer rows than this leave room for one line of the header only. */
const tallFrom = 18;

/** The parts that are always there. */
export function layOutScreen({ columns, rows }: Size): Layout {
  const headerRows = rows >= tallFrom ? 3 : rows >= 6 ? 2 : 1;
  const footerRows = rows >= tallFrom ? 3 : rows >= 4 ? 2 : 1;
  const body = Math.max(1, rows - headerRows - footerRows);
  const header = { left: 0, top: 0, width: columns, height: headerRows };
  const footer = { left: 0, top: headerRows + body, width: columns, height: footerRows };
  if (columns < twoColumnsFrom) {
    return { header, footer, main: { left: 0, top: headerRows, width: columns, height: body } };
  }
  const width = Math.min(46, Math.max(30, Math.floor(columns * 0.3)));
  return {
    header,
    footer,
    outline: { left: 0, top: headerRows, width, height: body },
    // One column of air on each side of the bar.
    main: { left: width + 2, top: headerRows, width: columns - width - 2, height: body },
  };
}

/** Divides the main column. A panel is served first, since it asks something; then the output, then the text. */
export function divideMain(main: Rect, content: MainContent): MainLayout {
  const rows = main.height;
  // What is chosen about should stay in sight: some of the text, and the end of the output.
  const kept = content.output === undefined ? 3 : 5;
  const panel = content.panel === undefined ? 0 : Math.max(1, Math.min(content.panel, rows - kept));
  const panelRows = panel === 0 ? 0 : panel + 1;
  const left = rows - panelRows;
  const output = Math.min(
    outputRows(content, content.output === 'live' ? rows : left),
    Math.max(0, left - 1),
  );
  const outputTotal = output === 0 ? 0 : output + 1;
  const page = Math.max(0, left - outputTotal);
  const below = main.top + page;
  return {
    page: { ...main, height: page },
    ...(output > 0 && {
      outputRule: { ...main, top: below, height: 1 },
      output: { ...main, top: below + 1, height: output },
    }),
    ...(panel > 0 && {
      panelRule: { ...main, top: below + outputTotal, height: 1 },
      panel: { ...main, top: below + outputTotal + 1, height: panel },
    }),
  };
}

function outputRows({ page, output }: MainContent, rows: number): number {
  if (output === undefined || rows < 3) return 0;
  if (output === 'live') return liveRows(rows);
  const atLeast = rows < 8 ? 1 : Math.min(4, page);
  const room = rows - 1 - Math.min(page, Math.max(atLeast, Math.floor(rows / 2)));
  return Math.max(1, Math.min(output, room));
}

/** Rows of the terminal of a running block in a main column of `rows`; they do not change while it runs. */
export function liveRows(rows: number): number {
  return Math.max(1, rows - 1 - Math.max(rows < 8 ? 1 : 3, Math.floor(rows * 0.35)));
}

/** First line to show of `length` so that lines `from` to `to` are in sight, the end first if both do not fit. */
export function scrollInto(
  { from, to }: { readonly from: number; readonly to: number },
  length: number,
  height: number,
): number {
  const last = Math.max(0, length - height);
  const top = to - from < height ? Math.min(from, Math.max(0, to - height + 1)) : from;
  return Math.max(0, Math.min(top, last));
}

/** A first line that stays within what there is. */
export function clampTop(top: number, length: number, height: number): number {
  return Math.max(0, Math.min(top, length - height));
}
