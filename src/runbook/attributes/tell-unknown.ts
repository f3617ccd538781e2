// Owns what is said of a word among attributes that is none of ours: no guard is silently none.
import { closestName, isOneSlip } from '../../text/closest-name.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { type GuardWord, guardWord, squashed } from '../other-tools/guard-words.ts';
import { isDisplayWord } from '../other-tools/is-display-word.ts';
import { runmeWords } from '../other-tools/runme-words.ts';
import type { BraceGroup, Stray, WrittenAttribute } from './parse-fence-info.ts';
import { isBlockName, isOwnName, ownNames } from './read-attribute.ts';

/** A diagnostic that has no place yet; `mended` is what is certainly meant, in the place of the name. */
type Told = Omit<Diagnostic, 'span' | 'fix'> & { readonly mended?: string };

const ownBySquashed: ReadonlyMap<string, string> = new Map(ownNames.map((name) => [squashed(name), name]));
const ofRunme: ReadonlySet<string> = new Set(runmeWords.cell.map(({ word }) => squashed(word)));

/** What is said of an attribute that is none; undefined for one of a tool that shows pages, or that an editor reads. */
export function tellUnknown({ name }: WrittenAttribute, owner: string): Told | undefined {
  const base = { code: 'unknown-attribute', message: `\`${name}\` is not an attribute of ${owner}` };
  const own = ownBySquashed.get(squashed(name));
  if (own === name && isBlockName(name))
    return { ...base, severity: 'error', help: 'write it after the language of a block' };
  if (/^with\../.test(name))
    return {
      ...base,
      severity: 'error',
      help: `a link to another page has it; a variable of a block is \`env.${name.slice('with.'.length)}=…\``,
    };
  if (own !== undefined)
    return { ...base, severity: 'error', label: `did you mean \`${own}\`?`, mended: own };
  if (isForeign(name)) return undefined;
  const guard = guardWord(name);
  if (guard !== undefined) return { ...base, severity: 'error', ...howToSay(guard) };
  const meant = misspelt(name);
  if (meant !== undefined) {
    const label = `did you mean \`${meant}\`?`;
    return { ...base, severity: 'error', label, ...(isOneSlip(name, meant) && { mended: meant }) };
  }
  return { ...base, severity: 'warning', message: `${base.message}, and has no effect` };
}

function howToSay({ meant, advice }: GuardWord): Pick<Told, 'label' | 'help'> {
  return meant === undefined ? { help: advice ?? '' } : { label: `did you mean \`${meant}\`?` };
}

/** Words that guard nothing in any tool; a guard of ours is never among them. */
function isForeign(name: string): boolean {
  if (name.startsWith('runme.dev/') || ofRunme.has(squashed(name))) return true;
  return guardWord(name) === undefined && isDisplayWord(name);
}

/** The attribute of ours that a misspelt name means. */
function misspelt(name: string): string | undefined {
  const meant = closestName(name.replace(/_/g, '-'), ownNames);
  if (meant !== undefined) return meant;
  const group = /^([a-z]+)[.:]/i.exec(name)?.[1];
  const prefix = group === undefined ? undefined : closestName(group, ['env', 'with']);
  return prefix === undefined ? undefined : `${prefix}.NAME`;
}

/** What is said of what cannot be read as an attribute; classes, anchors and line ranges are left alone. */
export function tellStray({ text }: Stray, owner: string): Told | undefined {
  if (text.startsWith('=')) {
    return {
      code: 'attribute-syntax',
      severity: 'error',
      message: 'there is a space before `=`, so that it belongs to no attribute',
      help: 'write `name=value` without blanks',
    };
  }
  const [, marks = '', name] = /^([^\w\s]*)([A-Za-z][\w-]*)/.exec(text) ?? [];
  if (name === undefined || marks.includes('#')) return undefined;
  const isClass = marks === '.';
  const guard = guardWord(name);
  const isGuard = isOwnName(name) || (guard !== undefined && (guard.isFlag || !isClass));
  if (!isGuard && (isClass || misspelt(name) === undefined)) return undefined;
  if (isClass) {
    return {
      code: 'unknown-attribute',
      severity: 'warning',
      message: `\`${text}\` is a class, and has no effect`,
      ...(isOwnName(name) ? { help: `write \`${name}\` without the dot` } : guard && howToSay(guard)),
    };
  }
  return {
    code: 'unknown-attribute',
    severity: 'error',
    message: `\`${text}\` is not an attribute of ${owner}`,
    ...(guard !== undefined && !isOwnName(name)
      ? howToSay(guard)
      : { help: 'attributes are `name` or `name=value`' }),
  };
}

/** True for a name that is ours, or that means one of ours. */
export function isAttributeName(name: string): boolean {
  return (
    isOwnName(name) || ownBySquashed.has(squashed(name)) || (!isForeign(name) && misspelt(name) !== undefined)
  );
}

/**
 * True for a group that is written for a tool that runs blocks. In the braces of a heading a word may stand for
 * something to be filled in, as in `Restart {service}`: there a word of other tools counts where it has a value, or
 * where it is one that stands alone.
 */
export function isOfGuards({ attributes, strays }: BraceGroup): boolean {
  return (
    attributes.some(
      ({ name, value }) =>
        isAttributeName(name) ||
        (value === undefined ? guardWord(name)?.isFlag === true : guardWord(name) !== undefined),
    ) || strays.some((stray) => tellStray(stray, '')?.severity === 'error')
  );
}
