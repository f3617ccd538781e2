// Owns the words of the single commands in a shell block, roughly; knows nothing of what a command does.

import { languageOf } from '../languages.ts';
import type { Block } from '../model.ts';
import { commandsOf } from './lint-rule.ts';

/** True for blocks that a shell runs. */
export function isShell(block: Block): boolean {
  return block.language === undefined || languageOf(block.language)?.family === 'shell';
}

/** Words that only say how the following command is run. */
const wrappers =
  /^(?:(?:sudo|time|exec|command|env|nohup|then|do|else|!|\{|\()\s+(?:-\S+\s+)*|[A-Za-z_]\w*=\S*\s+)+/;

/**
 * The commands of a block, one string each, wrappers such as `sudo` and comments taken off. Bodies of
 * here-documents are left out; quotes are not understood beyond that.
 */
export function shellCommands(block: Block): readonly string[] {
  const commands: string[] = [];
  let hereDocument: string | undefined;
  for (const line of commandsOf(block)
    .replace(/\\\n\s*/g, ' ')
    .split('\n')) {
    if (hereDocument !== undefined) {
      if (line.trim() === hereDocument) hereDocument = undefined;
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    hereDocument = /<<-?\s*['"]?(\w+)/.exec(line)?.[1];
    const code = line.replace(/\s#\s.*$/, '');
    for (const command of code.split(/\|\||&&|[;|]/)) {
      const trimmed = command.trim().replace(wrappers, '');
      if (trimmed !== '') commands.push(trimmed);
    }
  }
  return commands;
}
