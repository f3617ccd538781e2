// Owns finding values that end at a blank where their author went on.
import type { Stray, SyntaxProblem, WrittenAttribute } from './parse-fence-info.ts';
import { tellUnknown } from './tell-unknown.ts';

/** What holds a command or a sentence, which seldom are one word. */
const texts =
  /^(?:when|check|confirm|cwd|of|each-from|hosts-from|validate|choices|expect(?:-\w+)?|(?:env|with)\..+)$/;

/** Values of such attributes that were written without quotes and go on behind a blank: `when=test -d /etc`. */
export function cutValues(
  written: readonly WrittenAttribute[],
  strays: readonly Stray[],
): readonly SyntaxProblem[] {
  // Classes, anchors and line ranges are for those who show pages.
  const words = strays.filter(({ text }) => !/^[.#][A-Za-z]|^[\d,-]+$/.test(text));
  const unknown = written.filter(
    (one) => one.value === undefined && tellUnknown(one, '')?.severity === 'warning',
  );
  const more = [
    ...words.map(({ start, end }) => ({ start, end })),
    ...unknown.map(({ nameStart: start, nameEnd: end }) => ({ start, end })),
  ];
  const all = [...written.map(({ nameStart }) => nameStart), ...more.map(({ start }) => start)];
  return written.flatMap(({ name, quoted, value, nameStart, valueEnd }) => {
    if (quoted !== 'no' || value === undefined || !texts.test(name)) return [];
    const next = Math.min(...all.filter((start) => start >= valueEnd));
    const goesOn = more.find(({ start }) => start === next);
    if (goesOn === undefined) return [];
    const message = `the value of \`${name}\` ends at its first blank`;
    return [{ message, start: nameStart, end: goesOn.end, help: 'put a value with blanks in quotes' }];
  });
}
