// Owns the words for why a block of some language cannot be run here.
import type { MissingLanguage, UndecidedLanguage, UnknownLanguage } from './find-language.ts';

/** Why a block of this label cannot be run here. */
export function languageFailure(
  label: string,
  language: MissingLanguage | UnknownLanguage | UndecidedLanguage,
): string {
  if (language.type === 'undecided') return language.message;
  if (language.type === 'unknown') return `\`${label}\` is not a language that blocks can be run in`;
  const commands = language.commands.map((command) => `\`${command}\``).join(' or ');
  return `\`${label}\` blocks need ${commands}, which is not installed; ${language.help}`;
}
