// Owns what of two ways to run a script has to be the same.
import type { Manner, Observed } from './script-rig.ts';

/** How messages name the file and the line that they are about. */
const places = /^(?:[^\s:]+: ?)+?(?:line )?(\d+): /gm;

/** The same behind what has been printed in that line; dash names the file that it reads once more. */
const placesInLines =
  /(?<=\|)(?:FOLDER\/script|\/[^\s|]*\/(?:code|runsheet-\w+)\/[^\s|:]+): ?(?:line )?(\d+): (?:\/\S+: )?/g;

/** dash names the file that it reads behind the line of the script that has it read. */
const codeFile = /^(\S+: \d+: )\S+\/(?:code|runsheet-\w+)\/\S+: /gm;

/** The first line of a function is none to zsh; it has another number where a carried one is told. */
const firstLines = /^\w+: (?=command not found: )/gm;

/** What zsh lists of the tool's own: its trap for failing commands, and its functions. */
const ownInLists = /^(?:trap -- .*__rs_failing .* Z?ERR|__rs_\w+)\n/gm;

function comparable(text: string, manner: Manner): string {
  // A block has lines of its own.
  const placed = (_: string, line: string): string => `FILE: ${manner === 'whole' ? line : 'N'}: `;
  return text
    .replace(placesInLines, placed)
    .replace(codeFile, '$1')
    .replace(ownInLists, '')
    .replace(firstLines, '$&1: ')
    .replace(places, placed);
}

/** What differs, for people; empty where nothing does. */
export function compareObserved(expected: Observed, actual: Observed, manner: Manner): string {
  const differences: string[] = [];
  const compare = (what: string, one: string, other: string): void => {
    if (one !== other) differences.push(`${what}\n  ${firstDifference(one, other)}`);
  };
  compare('stdout', comparable(expected.stdout, manner), comparable(actual.stdout, manner));
  compare('stderr', comparable(expected.stderr, manner), comparable(actual.stderr, manner));
  compare('status', String(expected.status), String(actual.status));
  for (const file of new Set([...Object.keys(expected.files), ...Object.keys(actual.files)]))
    compare(`file ${file}`, expected.files[file] ?? '(none)', actual.files[file] ?? '(none)');
  return differences.join('\n');
}

function firstDifference(expected: string, actual: string): string {
  const lines = [expected.split('\n'), actual.split('\n')] as const;
  const at = lines[0].findIndex((line, index) => line !== lines[1][index]);
  const index = at === -1 ? lines[0].length : at;
  const quote = (all: readonly string[]): string =>
    JSON.stringify(all.slice(index, index + 3).join('\n')).slice(0, 200);
  return `line ${index + 1}: shell ${quote(lines[0])}, blocks ${quote(lines[1])}`;
}
