// Owns finding the command, the code or the statements that a command is given to run.

import type { ProgramRules } from './command-table.ts';
import type { Launch } from './known-program.ts';
import { type Option, readArgument } from './read-arguments.ts';

/** What a command is given to run, by the words behind its name. */
export interface FoundLaunch {
  readonly launch: Launch;
  /** The first of the words that belong to it. */
  readonly index: number;
  /** Where it begins in that word. */
  readonly start: number;
  /** Just behind the last of them. */
  readonly end: number;
}

/** Everything that the words behind the name of a program give it to run. */
export function findLaunches(rules: ProgramRules, words: readonly string[]): readonly FoundLaunch[] {
  const found: FoundLaunch[] = [];
  for (const launch of rules.launches) {
    if (launch.inOption !== undefined) found.push(...inOptions(rules, launch, launch.inOption, words));
    else if (!found.some(({ launch: other }) => other.inOption === undefined)) {
      const index = behind(rules, launch, words);
      if (index === undefined || index >= words.length) continue;
      const isOneWord = launch.gives !== 'command' && launch.gives !== 'code';
      found.push({ launch, index, start: 0, end: isOneWord ? index + 1 : words.length });
    }
  }
  return found;
}

function inOptions(
  rules: ProgramRules,
  launch: Launch,
  names: string,
  words: readonly string[],
): readonly FoundLaunch[] {
  const found: FoundLaunch[] = [];
  const wanted = names.split(' ');
  if (launch.gives === 'command') return upToSemicolon(launch, wanted, words);
  for (let at = 0; at < words.length; ) {
    const read = readArgument(words, at, rules.options);
    if (read.type === 'end-of-options') break;
    if (read.type === 'options') {
      for (const { name, value, index, valueStart } of read.options)
        if (value !== undefined && wanted.includes(name))
          found.push({ launch, index, start: valueStart, end: index + 1 });
    }
    at = read.next;
  }
  return found;
}

/** `find … -exec COMMAND ;` */
function upToSemicolon(
  launch: Launch,
  wanted: readonly string[],
  words: readonly string[],
): readonly FoundLaunch[] {
  return words.flatMap((word, at) => {
    if (!wanted.includes(word) || at + 1 >= words.length) return [];
    const closing = words.findIndex((other, index) => index > at && (other === ';' || other === '+'));
    return [{ launch, index: at + 1, start: 0, end: closing === -1 ? words.length : closing }];
  });
}

/** The index of the word behind what comes before the launched command; undefined where the launch does not fit. */
function behind(
  { options: rules }: ProgramRules,
  launch: Launch,
  words: readonly string[],
): number | undefined {
  const { behind: pattern, isParted } = launch;
  const wanted = pattern === undefined ? [] : pattern.split(' ');
  const given: Option[] = [];
  let at = 0;
  let taken = 0;
  while (at < words.length) {
    const read = readArgument(words, at, rules);
    if (read.type === 'end-of-options') {
      if (taken < wanted.length) return undefined;
      return isAllowed(launch, given) ? read.next : undefined;
    }
    if (read.type === 'argument') {
      if (taken === wanted.length && !isParted) return isAllowed(launch, given) ? at : undefined;
      if (taken < wanted.length) {
        if (!fits(wanted[taken] ?? '', read.argument.text)) return undefined;
        taken += 1;
      }
    } else given.push(...read.options);
    at = read.next;
  }
  return undefined;
}

function fits(wanted: string, text: string): boolean {
  return wanted
    .split('|')
    .some(
      (part) => part === '*' || part === text || (part.endsWith(':*') && text.startsWith(part.slice(0, -1))),
    );
}

function isAllowed({ onlyWith, notWith }: Launch, given: readonly Option[]): boolean {
  const isGiven = (names: string) => given.some(({ name }) => names.split(' ').includes(name));
  return (onlyWith === undefined || isGiven(onlyWith)) && (notWith === undefined || !isGiven(notWith));
}
