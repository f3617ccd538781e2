// Owns which conditions of shell code are pipelines whose last command may end before it has read all.
import { readShell, wordText } from './read-shell.ts';
import type { ShellCode, ShellCommand, ShellPipeline } from './shell-code.ts';

/** Commands that need not read to the end, with what their arguments then look like. */
const earlyReaders: readonly (readonly [programs: string, ending: RegExp])[] = [
  ['grep egrep fgrep zgrep rg', /\s-(?:\w*[qlm]|-(?:quiet|silent|max-count|files-with))/],
  ['head read cmp', /^/],
  ['sed gsed', /[\s;'"{\d$/}][qQ]\d*\s*(?:[;}'"]|$)/],
  ['awk gawk mawk nawk', /\bexit\b/],
];
const endings = new Map(
  earlyReaders.flatMap(([programs, ending]) => programs.split(' ').map((program) => [program, ending])),
);

/** Quickly false for most code. */
const mayHoldOne = new RegExp(`\\|[^|].*(?:${[...endings.keys()].join('|')})`, 's');

/** A list of commands, as far as it has been read: what is open in it, innermost last. */
type Open = 'condition' | 'body' | 'function';

/**
 * The last commands, without their blanks, of pipelines that a condition may be judged by: in `if`, `while` and `until`,
 * behind `!`, before `&&` and `||`, and anywhere in functions, which may be called in one. None that also ends a pipeline
 * that stands as a command of its own. All of `functions` is taken for bodies of functions.
 */
export function cutConditions(code: string, functions = ''): ReadonlySet<string> {
  const ends = new Set<string>();
  const others = new Set<string>();
  if (mayHoldOne.test(functions)) for (const { text } of earlyEnds(functions)) ends.add(text);
  if (mayHoldOne.test(code))
    for (const { text, isCondition } of earlyEnds(code)) (isCondition ? ends : others).add(text);
  for (const text of others) ends.delete(text);
  return ends;
}

function earlyEnds(text: string): { readonly text: string; readonly isCondition: boolean }[] {
  const shell = readShell(text);
  const lists = new Map<ShellPipeline | undefined, Open[]>();
  const conditions = new Set<ShellPipeline>();
  const last = new Map<ShellPipeline, ShellCommand>();
  const isJudged = (pipeline: ShellPipeline): boolean =>
    conditions.has(pipeline) || /^(?:&&|\|\|)$/.test(pipeline.terminator ?? '');
  /** As far as the lists around it have been read. */
  const isWithinCondition = ({ parent }: ShellPipeline): boolean =>
    lists.get(parent)?.some((kind) => kind !== 'body') === true ||
    (parent !== undefined && (isJudged(parent) || isWithinCondition(parent)));
  let isFunctionNext = false;
  for (const command of shell.commands) {
    const { pipeline, isPiped } = command;
    const open = lists.get(pipeline.parent) ?? [];
    lists.set(pipeline.parent, open);
    for (const word of command.words) {
      if (word.role !== 'keyword') break;
      const keyword = wordText(shell, word);
      if (keyword === '!') conditions.add(pipeline);
      if (keyword === 'function' || /^\s*\(\s*\)/.test(text.slice(word.end))) isFunctionNext = true;
      else if (keyword === '{' || keyword === 'for' || keyword === 'select') {
        open.push(keyword === '{' && isFunctionNext ? 'function' : 'body');
        isFunctionNext = false;
      } else if (/^(?:if|while|until)$/.test(keyword)) open.push('condition');
      else if (keyword === 'elif') open[open.length - 1] = 'condition';
      else if (/^(?:then|else|do)$/.test(keyword)) open[open.length - 1] = 'body';
      else if (/^(?:fi|done|\})$/.test(keyword)) open.pop();
    }
    if (isWithinCondition(pipeline)) conditions.add(pipeline);
    if (isPiped) last.set(pipeline, command);
  }
  return [...last].flatMap(([pipeline, command]) => {
    if (!endsEarly(shell, command)) return [];
    return [{ text: withoutBlanks(shell, command), isCondition: isJudged(pipeline) }];
  });
}

function endsEarly(shell: ShellCode, { words, end }: ShellCommand): boolean {
  const name = words.find(({ role }) => role === 'name');
  if (name === undefined) return false;
  const ending = endings.get(wordText(shell, name).replace(/^.*\//, ''));
  return ending?.test(shell.code.slice(name.end, end)) === true;
}

function withoutBlanks({ code }: ShellCode, { words, start, end }: ShellCommand): string {
  const first = words.find(({ role }) => role !== 'keyword');
  return code.slice(first?.start ?? start, end).replace(/\\\n|\s/g, '');
}
