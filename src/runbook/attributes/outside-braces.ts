// Owns what is said of guards that stand behind the language of a block without braces.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { type GuardWord, guardWord } from '../other-tools/guard-words.ts';
import { guardsSomewhere } from './guards-somewhere.ts';
import type { WrittenAttribute } from './parse-fence-info.ts';
import { isOwnName } from './read-attribute.ts';

/** Guards that stand behind the language of a block without braces. */
export function outsideBraces(
  outside: readonly WrittenAttribute[],
  text: string,
  toByteOffset: (offset: number) => number,
): readonly Diagnostic[] {
  return outside
    .filter(({ name, value }) => guardsSomewhere(name, value))
    .map(({ name, nameStart, valueEnd }): Diagnostic => {
      const found = isOwnName(name) ? undefined : guardWord(name);
      const meant = found === undefined ? text.slice(nameStart, valueEnd) : asWritten(found);
      return {
        code: 'attribute-outside-braces',
        severity: 'warning',
        message: `\`${name}\` is outside braces and has no effect`,
        span: span(toByteOffset(nameStart), toByteOffset(valueEnd)),
        ...(meant === undefined ? { help: found?.advice ?? '' } : { label: `write \`{${meant}}\`` }),
      };
    });
}

/** What is meant, as it is written; how long and how often other tools count in units of their own. */
function asWritten({ meant, isFlag }: GuardWord): string | undefined {
  return meant === undefined || isFlag || meant.includes('=') ? meant : `${meant}=…`;
}
