// Owns taking out of a state what a shell would run or go to, where it holds something that must not be kept so.
import { type ByteText, fromByteText } from '../../../languages/shell/byte-text.ts';
import type { ShellVariable, StateChange } from '../../../languages/shell/shell-state.ts';
import type { CarriedChanges } from '../carried-state.ts';
import type { LockedPart, TakenOut } from './secret-lock.ts';

/** Something that was taken out, with the text for which it was. */
export interface TakenPart extends Pick<LockedPart, 'what' | 'names'> {
  readonly text: string;
  readonly taken: TakenOut;
}

/** No folder that there can be: whoever goes there is told so. */
const nowhere = '/dev/null/the-folder-was-not-kept';

/** The changes without all functions, aliases, traps, folders and so on whose text holds such. */
export function takeOut(
  changes: CarriedChanges,
  holds: (text: string) => boolean,
): { readonly kept: CarriedChanges; readonly parts: readonly TakenPart[] } {
  const parts: TakenPart[] = [];
  const take = (part: TakenPart): boolean => {
    if (!holds(part.text)) return false;
    parts.push(part);
    return true;
  };
  const cwd = { what: 'the working directory', text: changes.cwd, taken: { cwd: changes.cwd } };
  const left = [...changes.leftIn].filter(([link, folder]) => {
    const what = 'the working directory of a linked page';
    return !take({ what, text: folder, taken: { leftIn: [link ?? null, folder] } });
  });
  const kept: CarriedChanges = {
    ...changes,
    cwd: take(cwd) ? nowhere : changes.cwd,
    leftIn: new Map(left),
    shells: new Map([...changes.shells].map(([shell, change]) => [shell, keptOf(shell, change, take)])),
  };
  return { kept, parts };
}

function keptOf(shell: string, change: StateChange, take: (part: TakenPart) => boolean): StateChange {
  const { functions, aliases, cwd, more, set, ...rest } = change;
  const takes = (what: string, bytes: ByteText, taken: Partial<StateChange>, names?: readonly string[]) =>
    take({ what, text: fromByteText(bytes), taken: { shell, change: taken }, ...(names && { names }) });
  const keptMore = more?.filter((entry) => {
    const [kind, text] = entry;
    return !takes(wordsOf(kind), text, { more: [entry] }, kind === 'arguments' ? [kind] : undefined);
  });
  return {
    ...rest,
    set: set.filter(
      (entry) =>
        !isList(entry[1]) ||
        !takes(`list \`${entry[0]}\``, entry[1].source ?? '', { set: [entry] }, [entry[0]]),
    ),
    ...(functions && { functions: keptFunctions(functions, takes) }),
    ...(aliases !== undefined &&
      !takes('an alias', aliases, { aliases }, aliasNames(aliases)) && { aliases }),
    ...(cwd !== undefined && !takes('the working directory', cwd, { cwd }) && { cwd }),
    ...(keptMore && { more: keptMore }),
  };
}

/** A list of a shell: no environment can hold one. All that is none is quoted. */
export function isList({ source }: ShellVariable): boolean {
  return source?.startsWith('(') === true;
}

type Functions = NonNullable<StateChange['functions']>;

function keptFunctions(
  functions: Functions,
  takes: (what: string, text: ByteText, taken: Partial<StateChange>, names: readonly string[]) => boolean,
): Functions {
  const kept = pieces(functions).filter(({ text, names }) => {
    const called = names.map(nameOf);
    const what = called.length === 1 ? `function \`${called[0]}\`` : 'a function';
    return !takes(what, text, { functions: { text, names } }, called);
  });
  return { text: kept.map(({ text }) => text).join('\n'), names: kept.flatMap(({ names }) => names) };
}

/** Each function apart; all of them together where it is not certain where one ends. */
function pieces({ text, names }: Functions): readonly Functions[] {
  const starts: number[] = [];
  for (const line of names) {
    const name = nameOf(line).replace(/[^\w]/g, '\\$&');
    const found = [...text.matchAll(new RegExp(`^(?:function )?'?${name}'?[ \\t]*\\(`, 'gm'))];
    const at = found[0]?.index;
    if (found.length !== 1 || at === undefined || at < (starts.at(-1) ?? 0)) return [{ text, names }];
    starts.push(at);
  }
  if (starts[0] !== 0) return [{ text, names }];
  return names.map((name, index) => ({
    text: text.slice(starts[index], starts[index + 1]).trimEnd(),
    names: [name],
  }));
}

/** Shells list names alone, or as the last word of a declaration. */
function nameOf(line: string): string {
  return line.slice(line.lastIndexOf(' ') + 1);
}

function aliasNames(aliases: ByteText): readonly string[] {
  return [...fromByteText(aliases).matchAll(/^\\?(?:builtin )?alias (?:-\S* )*'?([^\s=']+)'?=/gm)].map(
    (match) => match[1] ?? '',
  );
}

function wordsOf(kind: string): string {
  if (kind === 'arguments') return 'the positional parameters';
  return kind.includes('trap') ? 'a trap' : `what a shell holds as \`${kind}\``;
}
