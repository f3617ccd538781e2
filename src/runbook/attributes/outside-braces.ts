// Owns what is said of guards that stand behind the language of a block, or at the end of a heading, without braces.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import { type GuardWord, guardWord } from '../other-tools/guard-words.ts';
import { guardsSomewhere } from './guards-somewhere.ts';
import { readGroup, type WrittenAttribute } from './parse-fence-info.ts';
import { isOwnName } from './read-attribute.ts';
import { readAttributes } from './read-attributes.ts';

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

/** `name=value` at the end of a title, one or several, in brackets of another kind or in none. */
const atEndOfTitle =
  /(?<=^|[\s([{])[a-z-]+=(?:"[^"]*"|[^\s"\])}]+)(?:[\s,]+[a-z-]+(?:=(?:"[^"]*"|[^\s"\])}]+))?)*(?=[\])}]*$)/;

/** What no title says of itself by chance, and what a step that has it must not run without. */
const holdsStep: ReadonlySet<string> = new Set(['approve', 'confirm', 'risk', 'on-failure']);

/** Guards at the end of a heading that guard nothing there; `title` has blanks in the place of what is code in it. */
export function outsideBracesOfHeading(
  title: string,
  from: number,
  toByteOffset: (offset: number) => number,
): readonly Diagnostic[] {
  if (!title.includes('=')) return [];
  const found = atEndOfTitle.exec(title);
  if (found === null) return [];
  const written = `{${found[0]}}`;
  const group = readGroup(written, 0, written.length);
  const guard = group.attributes.find(({ name }) => holdsStep.has(name));
  if (guard === undefined || group.problems.length > 0) return [];
  if (readAttributes(group, 'a step', (offset) => offset).diagnostics.length > 0) return [];
  const start = from + found.index;
  return [
    {
      code: 'attribute-outside-braces',
      severity: 'error',
      message: `\`${guard.name}\` is outside braces and has no effect`,
      span: span(toByteOffset(start), toByteOffset(start + found[0].length)),
      label: `write \`${written}\``,
    },
  ];
}
