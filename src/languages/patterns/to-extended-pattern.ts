// Owns writing a pattern of JavaScript as one of bash, where both mean the same.

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const digits = '0123456789';
const small = 'abcdefghijklmnopqrstuvwxyz';
const capital = small.toUpperCase();

/** Letters one by one: what a range or a class of POSIX holds is for the locale to say, `é` for instance. */
const classes: Readonly<Record<string, string>> = {
  d: digits,
  w: `${digits}${capital}_${small}`,
  s: '[:space:]',
};

/**
 * The extended regular expression; undefined where there is none that surely means the same. Where ends of lines count
 * (`m`), only groups tell them, so that `group` has to be nobody's concern.
 */
export function toExtendedPattern(
  source: string,
  flags = '',
  group: 'first' | 'none' = 'first',
): string | undefined {
  const isOfLines = flags.includes('m') && /[$^]/.test(source);
  if (/[^ums]/.test(flags) || /\p{Cc}/u.test(source)) return undefined;
  if (isOfLines && (group === 'first' || !/^\^?[^$^]*\$?$/.test(source.replace(/\\.|\[\^/g, ''))))
    return undefined;
  let written = '';
  let isSet = false;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] ?? '';
    const next = source[at + 1] ?? '';
    // What is of several bytes is one character in some locales only: nothing is said of it but that it is there.
    if (/[^\u0020-\u007e]/.test(character) && (isSet || /[*+?{]/.test(next))) return undefined;
    if (character === '\\') {
      at += 1;
      const known = classes[next];
      const control = controls[next];
      if (control !== undefined) written += control;
      else if (known !== undefined) written += isSet ? known : `[${known}]`;
      else if (/[A-Za-z0-9]/.test(next)) return undefined;
      // In a set of POSIX a backslash is itself.
      else if (isSet) {
        if (/[\]\\^-]/.test(next)) return undefined;
        written += next;
      } else written += /[.*+?()[\]{}|^$\\]/.test(next) ? `\\${next}` : next;
    } else if (isSet) {
      if (character === '[') return undefined;
      const range = rangeOf(source.slice(at, at + 3));
      isSet = character !== ']';
      written += range ?? character;
      if (range !== undefined) at += 2;
    } else if (character === '[') {
      if (next === ']' || source.startsWith('[^]', at)) return undefined;
      isSet = true;
      written += character;
      if (next === '^') {
        written += '^';
        at += 1;
      }
    } else if (character === '(' && next === '?') {
      // A group that is not counted would be, and change which one is the first.
      return undefined;
    } else if (/[*+?}]/.test(character) && next === '?') return undefined;
    else if (character === '{' && !/^\{\d+(?:,\d*)?\}/.test(source.slice(at))) return undefined;
    else if (isOfLines && character === '^') written += '(^|\n)';
    else if (isOfLines && character === '$') written += '(\n|$)';
    // A dot of JavaScript is no newline, unless it is told to be.
    else written += character === '.' && !flags.includes('s') ? '[^\n]' : character;
  }
  return isSet ? undefined : written;
}

/** All that `a-f` holds; undefined where it is no range of letters or digits. */
function rangeOf(text: string): string | undefined {
  const [from = '', dash, to = ''] = text;
  const row = [digits, small, capital].find((one) => from !== '' && one.includes(from) && one.includes(to));
  if (row === undefined || dash !== '-' || to === '') return undefined;
  return row.slice(row.indexOf(from), row.indexOf(to) + 1);
}
