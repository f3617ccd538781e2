// Owns taking simple inline markup off a line without parsing it.
import { isPrintableAscii } from '../../text/is-printable-ascii.ts';

/** What a reader sees otherwise than it is written, and what only a parser can tell apart. */
const needsParser = /[\\*`~\0]|<(?=[A-Za-z!/?])|&(?=#?\w+;)|\]\(|\]\[|!\[|\[\^/;
/** Underscores that do not stand within a word. */
const atWord = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u;
const atAsciiWord = /(?<![A-Za-z\d])_|_(?![A-Za-z\d])/;

/** A code span, which binds tighter than all else: between single backticks, without blanks at its ends. */
const codeSpan = /(?<!`)`(?!`)([^`\s](?:[^`]*[^`\s])?)`(?!`)/g;
/** A link with nothing in its text that could reach out of it, and a plain address. */
const simpleLink = /(?<![!\]\\])\[((?! )[^\][*_~!^`<>\\&]+(?<! ))\]\(([^\s()<>*_~`\\&\0]+)\)/g;
/** Strong or stressed words, with something on both sides that cannot change what they are. */
const simpleStress =
  /(?<![^\s("'])(?:\*\*([^*\s](?:[^*]*[^*\s])?)\*\*|\*([^*\s](?:[^*]*[^*\s])?)\*)(?![^\s.,;:!?)"'])/g;

/**
 * The text of a line whose markup is none, code, plain links and stressed words; `undefined` for lines that need a
 * parser.
 */
export function withoutSimpleMarkup(line: string): string | undefined {
  // This is all that most lines need.
  if (!/[\\*`~<&[_\0]/.test(line)) return line;
  if (/[\\\0]/.test(line)) return undefined;
  const codes: string[] = [];
  const text = line
    .replace(codeSpan, (_span, code: string) => {
      codes.push(code);
      return '\u0000';
    })
    .replace(simpleLink, '$1')
    .replace(simpleStress, (_span, strong?: string, stressed?: string) => strong ?? stressed ?? '');
  // A bare address takes in the marks that follow it.
  if (text !== line && /:\/\/|www\.|@/i.test(text)) return undefined;
  const seen = text.replaceAll('\u0000', '');
  if (needsParser.test(seen)) return undefined;
  if (seen.includes('_') && (isPrintableAscii(seen) ? atAsciiWord : atWord).test(seen)) return undefined;
  return text.replaceAll('\u0000', () => codes.shift() ?? '');
}
