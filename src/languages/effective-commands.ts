// Owns which commands in the code of a block are known to do something, and where they stand.
import { languageOf } from './languages.ts';
import { findPlaceholders } from './placeholders/find-placeholders.ts';
import { maskPlaceholders } from './placeholders/mask-placeholders.ts';
import { mayHoldPlaceholder } from './placeholders/may-hold-placeholder.ts';
import { type CommandEffect, effectsOf, mayHaveEffect } from './shell/command-effect.ts';
import { isInBackground, readShell, wordText } from './shell/reader/read-shell.ts';
import type { ShellCode, ShellCommand } from './shell/reader/shell-code.ts';
import { findStatement } from './sql/find-statement.ts';

/** A command of shell code, in UTF-16 offsets of it. */
export interface EffectiveCommand {
  readonly effects: ReadonlySet<CommandEffect>;
  /** Its program's name. */
  readonly start: number;
  readonly end: number;
  /** The block goes on beside it. */
  readonly isInBackground: boolean;
}

/** The commands of shell code that are known to do something, as they stand. */
export function effectiveCommands(code: string): readonly EffectiveCommand[] {
  const placeholders = mayHoldPlaceholder(code) ? findPlaceholders(code, 'shell') : [];
  const shell = readShell(maskPlaceholders(code, placeholders));
  return shell.commands.flatMap((command) => effectiveCommand(shell, command) ?? []);
}

/** Whether code in this language is known to destroy something; `label` is that of a block. */
export function destroys(code: string, label: string): boolean {
  const family = languageOf(label)?.family;
  if (family === 'shell') return effectiveCommands(code).some(({ effects }) => effects.has('destroys'));
  return family === 'sql' && findStatement(code, 'destroys') !== undefined;
}

function effectiveCommand(shell: ShellCode, command: ShellCommand): EffectiveCommand | undefined {
  const words = command.words.filter(({ role }) => role === 'name' || role === 'argument');
  const [name] = words;
  if (name?.role !== 'name' || !mayHaveEffect(wordText(shell, name))) return undefined;
  const isFed = command.isPiped || command.redirects.some(({ operator }) => operator.startsWith('<'));
  const effects = effectsOf(
    words.map((word) => wordText(shell, word)),
    isFed,
  );
  if (effects.size === 0) return undefined;
  return { effects, start: name.start, end: name.end, isInBackground: isInBackground(command.pipeline) };
}
