// Owns whether shell code prints what there is and changes nothing, as far as its programs are known.
import { languageOf } from '../../languages.ts';
import { shellCommands } from '../find-effect.ts';
import type { ReadCommand } from '../read-command.ts';

/** What sets the stage and prints nothing. */
const silent = new Set([
  'cd',
  'export',
  'source',
  '.',
  'set',
  'true',
  ':',
  'unset',
  'sleep',
  'pushd',
  'popd',
]);

/** True where one command is known to look, and all others do that or set the stage; `label` is that of a block. */
export function onlyLooks(code: string, label: string): boolean {
  if (languageOf(label)?.family !== 'shell') return false;
  const { commands } = shellCommands(code);
  const looks = commands.filter(({ effects }) => effects.size === 1 && effects.has('looks'));
  const rest = commands.filter((command) => !looks.includes(command));
  return looks.length > 0 && rest.every(setsTheStage);
}

/** Whether a command prepares what others do, and prints nothing. */
export function setsTheStage({ words: [name = ''] }: ReadCommand): boolean {
  return silent.has(name);
}
