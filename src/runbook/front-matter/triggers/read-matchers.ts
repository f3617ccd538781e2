// Owns reading what `match:` says of labels, in the words of Alertmanager.
import { isRegex } from '../check-default.ts';
import { type Complaints, expects, isMapping, type Path, refuses, textList } from './complaints.ts';
import type { LabelMatcher, LabelTest } from './trigger.ts';

const form = 'a text, a pattern such as `~web-.*`, one of them after `!`, or a list of those';

/** How a text is written that begins like a pattern. */
const howTilde = 'one that matches a text with `~` at its begin is written `~[~]/bin`';

/** The matchers of a mapping of labels; what is wrong with it is told. */
export function readMatchers(match: unknown, path: Path, complaints: Complaints): readonly LabelMatcher[] {
  if (match === undefined) return [];
  if (!isMapping(match)) {
    expects(complaints, path, 'a mapping of labels such as `{ severity: [critical, page] }`');
    return [];
  }
  return Object.entries(match).flatMap(([label, value]) =>
    readMatcher(label, value, [...path, label], complaints),
  );
}

/** What one label has to be; empty where that cannot be read, which is told. */
export function readMatcher(
  label: string,
  value: unknown,
  path: Path,
  complaints: Complaints,
): readonly LabelMatcher[] {
  const texts = textList(value);
  if (texts === undefined) {
    expects(complaints, path, form);
    return [];
  }
  const [any, none]: [LabelTest[], LabelTest[]] = [[], []];
  for (const [index, text] of texts.entries()) {
    const [, not = '', sign = '', rest = ''] = /^(!?)(=~|~|=?)(.*)$/s.exec(text) ?? [];
    const isPattern = sign === '~';
    const place = Array.isArray(value) ? [...path, index] : path;
    if (sign === '=~') {
      // A text by our rules and a pattern by those of Alertmanager: nobody guesses which.
      refuses(
        complaints,
        place,
        '`=~` is the sign for patterns of Alertmanager, and none here',
        `a pattern is written \`${not}~${rest}\`; ${howTilde}`,
      );
      continue;
    }
    if (isPattern && !isRegex(rest)) {
      refuses(
        complaints,
        place,
        `\`${rest}\` is not a regular expression`,
        `a text that begins with \`!\` is written after \`=\`: \`"=!x"\`; ${howTilde}`,
      );
      continue;
    }
    (not === '' ? any : none).push(
      isPattern ? { type: 'pattern', source: rest } : { type: 'equal', value: rest },
    );
  }
  return [{ label, any, none, span: complaints.find(path, false) }];
}
