// Owns finding values in the commands of a session that are likely to be others the next time.
import { readShell, wordText } from '../../languages/shell/reader/read-shell.ts';
import type { Draft } from './draft-steps.ts';
import { placesOf } from './put-variable.ts';

/** A value that several commands hold, and what it may be called. */
export interface SuggestedInput {
  readonly name: string;
  readonly value: string;
  readonly commands: number;
}

const kinds: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'VERSION', pattern: /(?<![\w.])v?\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?(?![\w.])/g },
  { name: 'ADDRESS', pattern: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g },
  { name: 'HOST', pattern: /(?<=@)[a-z][\w-]*(?:\.[\w-]+)*|(?<=--?h(?:ost)?[= ])[a-z][\w-]*(?:\.[\w-]+)*/g },
];

/** Versions, addresses and hosts that stand in two commands or more, the most frequent first. */
export function suggestInputs({ preconditions, steps, validation }: Draft): readonly SuggestedInput[] {
  const codes = [...preconditions, ...steps, ...validation].flatMap(({ blocks, undo, verify }) => [
    ...blocks.flatMap(({ code, file }) => (file === undefined ? [code] : [])),
    ...undo,
    ...verify,
  ]);
  const found = new Map<string, string>();
  for (const code of codes)
    for (const text of wordsOf(code))
      for (const { name, pattern } of kinds)
        for (const [value] of text.matchAll(pattern)) if (!found.has(value)) found.set(value, name);
  const taken = new Map<string, number>();
  return [...found]
    .map(([value, name]) => ({
      ...{ name, value },
      commands: codes.filter((code) => placesOf(code, value).length > 0).length,
    }))
    .filter(({ commands }) => commands > 1)
    .sort((one, other) => other.commands - one.commands)
    .map((one) => {
      const count = (taken.get(one.name) ?? 0) + 1;
      taken.set(one.name, count);
      return count === 1 ? one : { ...one, name: `${one.name}_${count}` };
    });
}

function wordsOf(code: string): readonly string[] {
  const shell = readShell(code);
  return shell.commands.flatMap(({ words }) => words.map((word) => wordText(shell, word)));
}
