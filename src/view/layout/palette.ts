// Owns how each tone looks at each level of colour, and the marks of states.
import type { Style, StyledLine, Tone } from './styled-line.ts';

/** 0: no colours, and no escapes but for reverse video. 1: the terminal's own 16 colours. 2: 256 colours. */
export type ColourLevel = 0 | 1 | 2;

/** Marks that stand before lines; each is one column wide. */
export interface Symbols {
  readonly passed: string;
  readonly found: string;
  readonly failed: string;
  readonly skipped: string;
  readonly running: string;
  readonly waiting: string;
  readonly doubt: string;
  readonly paused: string;
  readonly bullet: string;
  readonly arrow: string;
  readonly bar: string;
  readonly horizontal: string;
  readonly cross: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly undo: string;
  readonly warning: string;
}

/** How text looks on a terminal. */
export interface Palette {
  readonly level: ColourLevel;
  readonly unicode: boolean;
  /** Whether text may be shown in reverse video, which is no colour: a terminal that moves its cursor can. */
  readonly inverse: boolean;
  /** Whether links may be written as OSC 8 hyperlinks. */
  readonly hyperlinks: boolean;
  readonly symbols: Symbols;
  /** The text in its style; without colours the text itself. */
  paint(text: string, style: Style): string;
}

const unicodeSymbols: Symbols = {
  passed: '✔',
  found: '○',
  failed: '✘',
  skipped: '↷',
  running: '▶',
  waiting: '◌',
  doubt: '?',
  paused: '‖',
  bullet: '•',
  arrow: '›',
  bar: '│',
  horizontal: '─',
  cross: '┼',
  ellipsis: '…',
  dot: '·',
  undo: '↶',
  warning: '!',
};

/** The same marks for terminals and fonts that know only ASCII. */
const asciiSymbols: Symbols = {
  passed: '+',
  found: 'o',
  failed: 'x',
  skipped: '-',
  running: '>',
  waiting: '.',
  doubt: '?',
  paused: '=',
  bullet: '*',
  arrow: '>',
  bar: '|',
  horizontal: '-',
  cross: '+',
  ellipsis: '~',
  dot: '-',
  undo: '<',
  warning: '!',
};

/** Plain colour numbers, so that the terminal's own theme decides; none of them is near white or black. */
const sixteen: Readonly<Record<Tone, string>> = {
  muted: '2',
  accent: '36',
  good: '32',
  bad: '31',
  warn: '33',
  code: '36',
  link: '34',
  heading: '1',
  keyword: '35',
  string: '32',
  number: '36',
  comment: '2',
  variable: '36',
  function: '34',
};

/** Middle tones of the 256-colour cube, with a contrast of 4 : 1 or more on white and on black ground alike. */
const cube: Readonly<Record<Tone, string>> = {
  muted: '38;5;243',
  accent: '38;5;31',
  good: '38;5;28',
  bad: '38;5;161',
  warn: '38;5;130',
  code: '38;5;31',
  link: '38;5;63',
  heading: '1',
  keyword: '38;5;133',
  string: '38;5;28',
  number: '38;5;130',
  comment: '38;5;243',
  variable: '38;5;31',
  function: '38;5;63',
};

/** The code that ends what another began (ECMA-48 SGR). */
function endOf(code: string): string {
  if (code === '1' || code === '2') return '22';
  if (code === '3') return '23';
  if (code === '4') return '24';
  if (code === '7') return '27';
  if (code === '9') return '29';
  return '39';
}

type PaletteOptions = Pick<Palette, 'unicode' | 'hyperlinks' | 'inverse'>;

/** The palette of a level; with Unicode and without hyperlinks where nothing else is said. */
export function makePalette(
  level: ColourLevel,
  { unicode = true, hyperlinks = false, inverse = level > 0 }: Partial<PaletteOptions> = {},
): Palette {
  const colours = level === 2 ? cube : sixteen;
  return {
    level,
    unicode,
    inverse,
    hyperlinks: hyperlinks && level > 0,
    symbols: unicode ? unicodeSymbols : asciiSymbols,
    paint: (text, style) => {
      if (text === '') return text;
      if (level === 0) return inverse && style.inverse ? `\u001b[7m${text}\u001b[27m` : text;
      const codes = new Set<string>();
      if (style.bold) codes.add('1');
      if (style.italic) codes.add('3');
      if (style.underline) codes.add('4');
      if (style.inverse) codes.add('7');
      if (style.strike) codes.add('9');
      if (style.tone) codes.add(colours[style.tone]);
      if (codes.size === 0) return text;
      const begin = [...codes].join(';');
      const end = [...new Set([...codes].map(endOf))].reverse().join(';');
      return `\u001b[${begin}m${text}\u001b[${end}m`;
    },
  };
}

/** What may stand in an OSC 8 address: visible ASCII only, and schemes that run nothing. */
const safeAddress = /^(https?|mailto):[\u0021-\u007e]{1,2000}$/i;

/** A line as the characters that are written to a terminal; blanks at its end are dropped. */
export function paintLine(line: StyledLine, palette: Palette): string {
  let text = '';
  for (const { text: piece, style, href } of line) {
    const painted = palette.paint(piece, style);
    const linked = palette.hyperlinks && href !== undefined && safeAddress.test(href);
    text += linked ? `\u001b]8;;${href}\u001b\\${painted}\u001b]8;;\u001b\\` : painted;
  }
  return text.replace(/ +$/, '');
}
