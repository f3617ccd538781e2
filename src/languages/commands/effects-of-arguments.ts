// Owns what one command does, by the table, without the command that it may run.

import type { CommandEffect } from './command-effect.ts';
import { type CommandPattern, type MatchedCommand, weightOf } from './command-pattern.ts';
import type { ProgramRules } from './command-table.ts';
import { readArguments } from './read-arguments.ts';

/** How a command stands in its code. */
export interface Circumstances {
  /** Something is piped or redirected into it. */
  readonly isFed: boolean;
  /** Another command stands behind it. */
  readonly hasMore: boolean;
}

/** What a command does by its own words behind its name. */
export function effectsOfArguments(
  rules: ProgramRules,
  words: readonly string[],
  circumstances: Circumstances,
): ReadonlySet<CommandEffect> {
  const command: MatchedCommand = { ...readArguments(words, rules.options), ...circumstances };
  if (asksForHelp(command) || rules.spares.some((pattern) => weightOf(pattern, command) !== undefined))
    return new Set(['looks']);
  const effects = new Set<CommandEffect>();
  let most = -1;
  let verdict: CommandEffect | undefined;
  for (const { effect, patterns } of rules.verdicts) {
    const weight = heaviest(patterns, command);
    if (weight === undefined || weight < most) continue;
    most = weight;
    verdict = effect;
  }
  if (verdict !== undefined) effects.add(verdict);
  if (verdict === 'destroys') effects.add('changes');
  for (const { effect, patterns } of rules.further)
    if (heaviest(patterns, command) !== undefined) effects.add(effect);
  if (effects.has('opens-session')) effects.add('wants-terminal');
  return effects;
}

function heaviest(patterns: readonly CommandPattern[], command: MatchedCommand): number | undefined {
  let most: number | undefined;
  for (const pattern of patterns) {
    const weight = weightOf(pattern, command);
    if (weight !== undefined && (most === undefined || weight > most)) most = weight;
  }
  return most;
}

function asksForHelp({ given, options, hasMore }: MatchedCommand): boolean {
  if (hasMore) return false;
  if (options.some(({ name }) => name === '--help')) return true;
  if (given.length > 0 || options.length !== 1) return false;
  return /^(?:-h|-help|-V|--version|-version)$/.test(options[0]?.name ?? '');
}
