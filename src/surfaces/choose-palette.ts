// Owns what a stream's terminal can show, read from it and from the environment.
import { type ColourLevel, makePalette, type Palette } from '../view/layout/palette.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type MaybeTerminal = { readonly isTTY?: boolean | undefined };

/** The palette for a stream: NO_COLOR and FORCE_COLOR decide first, then the terminal. */
export function choosePalette(stream: MaybeTerminal, env: Environment): Palette {
  return makePalette(chooseLevel(stream, env), {
    unicode: knowsUnicode(env),
    ...(stream.isTTY === true && env.TERM !== 'dumb' && { inverse: true }),
    // The variable that other tools agree on for terminals that can follow links.
    hyperlinks: Boolean(env.FORCE_HYPERLINK) && env.FORCE_HYPERLINK !== '0',
  });
}

function chooseLevel(stream: MaybeTerminal, env: Environment): ColourLevel {
  if (env.NO_COLOR) return 0;
  const forced = env.FORCE_COLOR;
  if (forced === '0' || forced === 'false') return 0;
  if (forced === '2' || forced === '3') return 2;
  if (forced === undefined && (stream.isTTY !== true || env.TERM === 'dumb')) return 0;
  const rich = /256|direct/.test(env.TERM ?? '') || /truecolor|24bit/i.test(env.COLORTERM ?? '');
  return rich ? 2 : 1;
}

/** The locale's word; without one, a terminal of today is taken to know Unicode, and Linux's own console not. */
function knowsUnicode(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return env.TERM !== 'linux';
}
