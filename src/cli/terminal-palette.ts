// Owns what a terminal can show, read off its environment; knows nothing of what is shown.
import { type ColourLevel, makePalette, type Palette } from '../view/palette.ts';
import { mayColour } from './output.ts';

/** The palette for a stream: no colour where none is wanted, 256 where the terminal says that it has them. */
export function paletteFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Palette {
  return makePalette(colourLevel(stream, env), { unicode: showsUnicode(env), hyperlinks: false });
}

function colourLevel(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): ColourLevel {
  if (!mayColour(stream, env)) return 0;
  if (env.FORCE_COLOR === '2' || env.FORCE_COLOR === '3') return 2;
  return env.COLORTERM !== undefined || /256|direct/.test(env.TERM ?? '') ? 2 : 1;
}

/** The locale decides, as it does for every other program; POSIX order of the three variables. */
function showsUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  // Containers often set no locale at all, and their terminals are modern; a named locale without UTF-8 is old.
  return env.TERM !== 'linux' && (locale === '' || /utf-?8/i.test(locale));
}
