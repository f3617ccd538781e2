// Owns which commands in the code of a block do something, and where they stand.
import { languageOf } from '../languages.ts';
import { findPlaceholders } from '../placeholders/find-placeholders.ts';
import { maskPlaceholders } from '../placeholders/mask-placeholders.ts';
import { mayHoldPlaceholder } from '../placeholders/may-hold-placeholder.ts';
import { findStatement } from '../sql/find-statement.ts';
import { findCmdlet } from './find-cmdlet.ts';
import { findScriptCall } from './find-script-call.ts';
import type { KnownFunctions, ReadCommand, ReadCommands } from './read-command.ts';
import { readCommands } from './read-commands.ts';

/** A stretch of code, in UTF-16 offsets of it. */
export interface CodePlace {
  readonly start: number;
  readonly end: number;
}

/**
 * The commands of shell code as they stand, those that are not known, too; placeholders are values that are not known.
 * `functions` are those of code that ran before.
 */
export function shellCommands(code: string, functions?: KnownFunctions): ReadCommands {
  const placeholders = mayHoldPlaceholder(code) ? findPlaceholders(code, 'shell') : [];
  return readCommands(maskPlaceholders(code, placeholders), functions);
}

/** The commands of shell code that are known to do something, as they stand. */
function effectiveCommands(code: string): readonly ReadCommand[] {
  return shellCommands(code).commands.filter(({ effects }) => effects.size > 0);
}

/** Where code in this language is first known to have the effect; `label` is that of a block. */
export function findEffect(
  code: string,
  label: string,
  effect: 'changes' | 'destroys',
): CodePlace | undefined {
  const language = languageOf(label);
  switch (language?.family) {
    case 'shell':
      return effectiveCommands(code).find(({ effects }) => effects.has(effect));
    case 'sql':
      return findStatement(code, effect);
    case 'http':
      return findRequest(code, effect);
    case 'interpreter':
      return language?.id === 'powershell' ? findCmdlet(code, effect) : findScriptCall(code, effect);
    default:
      return undefined;
  }
}

/** Whether code in this language is known to destroy something; `label` is that of a block. */
export function destroys(code: string, label: string): boolean {
  return findEffect(code, label, 'destroys') !== undefined;
}

/** Requests that only look, although they are sent as others are. */
const queries = /\/(?:_search|_count|_msearch|_analyze|_validate\/query|graphql)(?:\?|$)|\/api\/v1\/query/;

function findRequest(code: string, effect: 'changes' | 'destroys'): CodePlace | undefined {
  const pattern = effect === 'destroys' ? /^(DELETE)[ \t]+(\S+)/gm : /^(POST|PUT|PATCH|DELETE)[ \t]+(\S+)/gm;
  for (const { index, 0: text, 1: method, 2: url = '' } of code.matchAll(pattern))
    if (method !== 'POST' || !queries.test(url)) return { start: index, end: index + text.length };
  return undefined;
}
