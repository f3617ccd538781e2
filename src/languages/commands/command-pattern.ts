// Owns the patterns of the table of commands: reading them, and whether a command fits one.
import type { Option } from './read-arguments.ts';

/** A command as patterns see it. */
export interface MatchedCommand {
  /** Its arguments that are no options. */
  readonly given: readonly string[];
  readonly options: readonly Option[];
  /** Something is piped or redirected into it. */
  readonly isFed: boolean;
  /** Another command stands behind it. */
  readonly hasMore: boolean;
}

interface Alternative {
  readonly fits: (text: string) => boolean;
  /** How much it says, the more the better. */
  readonly weight: number;
}

interface OptionTest {
  readonly isGiven: boolean;
  readonly alternatives: readonly ((option: Option) => boolean)[];
}

export interface CommandPattern {
  /** `'...'` stands for any number of arguments, `'$'` for their end. */
  readonly given: readonly ('...' | '$' | readonly Alternative[])[];
  readonly options: readonly OptionTest[];
  readonly isFed: boolean | undefined;
}

/** Reads patterns that are parted by commas. */
export function readPatterns(written: string | undefined, anyCase: boolean): readonly CommandPattern[] {
  const parts = (written ?? '').split(/,\s+|,$/).filter((part) => part.trim() !== '');
  return parts.map((part) => readPattern(part.trim().split(/\s+/), anyCase));
}

function readPattern(tokens: readonly string[], anyCase: boolean): CommandPattern {
  const given: ('...' | '$' | readonly Alternative[])[] = [];
  const options: OptionTest[] = [];
  let isFed: boolean | undefined;
  for (const token of tokens) {
    if (token === '<' || token === '!<') isFed = token === '<';
    else if (/^!?-/.test(token)) options.push(optionTest(token));
    else if (token === '...' || token === '$') given.push(token);
    else given.push(token.split('|').map((part) => alternative(part, anyCase)));
  }
  return { given, options, isFed };
}

function alternative(part: string, anyCase: boolean): Alternative {
  if (part === '*') return { fits: () => true, weight: 1 };
  // More of a name says more: `delete-bucket-*` more than `delete-*`.
  if (part.includes('*')) return { fits: globOf(part), weight: 2 + Math.min(part.length, 90) / 100 };
  return { fits: (text) => text === part || (anyCase && text.toLowerCase() === part), weight: 3 };
}

function optionTest(token: string): OptionTest {
  const alternatives = token
    .replace(/^!/, '')
    .split('|')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = globOf(equals === -1 ? part : part.slice(0, equals));
      if (equals === -1) return (option: Option) => name(option.name);
      const value = globOf(part.slice(equals + 1));
      return (option: Option) => name(option.name) && value(option.value ?? '');
    });
  return { isGiven: !token.startsWith('!'), alternatives };
}

/** `*` stands for any text; no other sign is special. */
function globOf(written: string): (text: string) => boolean {
  if (!written.includes('*')) return (text) => text === written;
  const parts = written.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
      return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = text.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}

/** How much a pattern that the command fits says of it; undefined where the command does not fit. */
export function weightOf(pattern: CommandPattern, command: MatchedCommand): number | undefined {
  if (pattern.isFed !== undefined && pattern.isFed !== command.isFed) return undefined;
  for (const { isGiven, alternatives } of pattern.options) {
    const found = command.options.some((option) => alternatives.some((fits) => fits(option)));
    if (found !== isGiven) return undefined;
  }
  const given = weightOfGiven(pattern, command, 0, 0);
  if (given === undefined) return undefined;
  const weight = pattern.options.filter(({ isGiven }) => isGiven).length * 3;
  return given + weight + (pattern.isFed === undefined ? 0 : 1);
}

function weightOfGiven(
  pattern: CommandPattern,
  command: MatchedCommand,
  token: number,
  argument: number,
): number | undefined {
  const wanted = pattern.given[token];
  if (wanted === undefined) return 0;
  const { given, hasMore } = command;
  if (wanted === '$') return argument >= given.length && !hasMore ? 1 : undefined;
  if (wanted === '...') {
    let best: number | undefined;
    for (let from = argument; from <= given.length; from += 1) {
      const weight = weightOfGiven(pattern, command, token + 1, from);
      if (weight !== undefined && (best === undefined || weight > best)) best = weight;
    }
    return best;
  }
  const text = given[argument];
  if (text === undefined) return undefined;
  const weights = wanted.flatMap(({ fits, weight }) => (fits(text) ? [weight] : []));
  if (weights.length === 0) return undefined;
  const rest = weightOfGiven(pattern, command, token + 1, argument + 1);
  return rest === undefined ? undefined : rest + Math.max(...weights);
}
