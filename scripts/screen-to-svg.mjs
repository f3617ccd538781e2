// Owns how the screen of a terminal emulator is drawn as an SVG picture.

const cell = { width: 8.4, height: 18, baseline: 13.5 };
const margin = { x: 16, top: 42, bottom: 18 };
const colours = { background: '#16181d', bar: '#22252c', foreground: '#d7dae0', selection: '#3a3f4b' };

/** The sixteen colours that programs name by number; readable on the dark background. */
const named = [
  ...['#3b3f4a', '#ef6b73', '#8fcf7a', '#e8c070', '#6cb0f5', '#c792ea', '#5fc9c4', '#d7dae0'],
  ...['#7d8494', '#ff8f95', '#a9e895', '#f5d78e', '#8fc7ff', '#dcb0f7', '#84e3de', '#ffffff'],
];

/** The colour of a number of the 256-colour table, as XTerm defines it. */
function paletteColour(index) {
  if (index < 16) return named[index];
  if (index >= 232) return rgb(Array(3).fill(8 + (index - 232) * 10));
  const level = (step) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return rgb([level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]);
}

function rgb(parts) {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function foregroundOf(at) {
  if (at.isFgRGB()) return `#${at.getFgColor().toString(16).padStart(6, '0')}`;
  if (at.isFgPalette()) return paletteColour(at.getFgColor());
  return colours.foreground;
}

function backgroundOf(at) {
  if (at.isBgRGB()) return `#${at.getBgColor().toString(16).padStart(6, '0')}`;
  if (at.isBgPalette()) return paletteColour(at.getBgColor());
  return undefined;
}

/** How a cell looks; cells that look alike are drawn as one piece. */
function lookOf(at) {
  let [foreground, background] = [foregroundOf(at), backgroundOf(at)];
  if (at.isInverse()) [foreground, background] = [background ?? colours.background, foreground];
  return {
    foreground,
    background,
    bold: Boolean(at.isBold()),
    dim: Boolean(at.isDim()),
    italic: Boolean(at.isItalic()),
    underline: Boolean(at.isUnderline()),
  };
}

/** The pieces of a line: text of one look, with the column where it starts and its width in columns. */
function piecesOf(line, cols) {
  const pieces = [];
  for (let column = 0; column < cols; column += 1) {
    const at = line?.getCell(column);
    if (!at || at.getWidth() === 0) continue;
    const look = lookOf(at);
    const key = JSON.stringify(look);
    const last = pieces.at(-1);
    const text = at.getChars() || ' ';
    if (last?.key === key) {
      last.text += text;
      last.width += at.getWidth();
    } else pieces.push({ key, look, text, column, width: at.getWidth() });
  }
  return pieces;
}

/** An SVG picture of the lines of the emulator's screen from `first` on, in a window with a title. */
export function screenToSvg(terminal, { title, first = 0, rows = terminal.rows }) {
  const width = margin.x * 2 + terminal.cols * cell.width;
  const height = margin.top + rows * cell.height + margin.bottom;
  const body = [];
  for (let row = 0; row < rows; row += 1) {
    const top = margin.top + row * cell.height;
    for (const piece of piecesOf(terminal.buffer.active.getLine(first + row), terminal.cols)) {
      const x = margin.x + piece.column * cell.width;
      const wide = piece.width * cell.width;
      if (piece.look.background) {
        body.push(
          `<rect x="${round(x)}" y="${top}" width="${round(wide)}" height="${cell.height}" fill="${piece.look.background}"/>`,
        );
      }
      if (piece.text.trim() === '') continue;
      const blanks = piece.text.length - piece.text.trimStart().length;
      const shown = piece.text.trim();
      const columns = piece.width - blanks - (piece.text.length - piece.text.trimEnd().length);
      body.push(
        `<text x="${round(x + blanks * cell.width)}" y="${round(top + cell.baseline)}" textLength="${round(columns * cell.width)}" lengthAdjust="spacingAndGlyphs" fill="${piece.look.foreground}"${styleOf(piece.look)}>${escaped(shown)}</text>`,
      );
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${colours.background}"/>`,
    `<path d="M0 28V8a8 8 0 0 1 8-8h${round(width - 16)}a8 8 0 0 1 8 8v20z" fill="${colours.bar}"/>`,
    ...['#ef6b73', '#e8c070', '#8fcf7a'].map(
      (fill, index) => `<circle cx="${18 + index * 18}" cy="14" r="5" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">`,
    `<text x="${round(width / 2)}" y="19" text-anchor="middle" font-size="12" fill="#9aa1ae">${escaped(title)}</text>`,
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function styleOf({ bold, dim, italic, underline }) {
  return [
    bold ? ' font-weight="bold"' : '',
    dim ? ' opacity="0.6"' : '',
    italic ? ' font-style="italic"' : '',
    underline ? ' text-decoration="underline"' : '',
  ].join('');
}

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function round(number) {
  return Math.round(number * 10) / 10;
}
