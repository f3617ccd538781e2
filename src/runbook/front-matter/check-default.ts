// Owns what the default of an input must be like, by its type, choices and pattern.
import { whyNotGiven } from '../../basics/why-not-given.ts';
import { boundedMatch, tooSlowWords } from '../../text/bounded-match.ts';
import { parseDuration } from '../parse-duration.ts';
import type { InputDeclaration } from '../runbook.ts';

/** Decimal, with an exponent where one is written: what every language reads alike. */
export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim());
}

/** Why an input would refuse its own default, as the end of a sentence; its pattern must be one. */
export function checkDefault(input: InputDeclaration): string | undefined {
  const value = input.default;
  if (value === undefined) return undefined;
  const notGiven = whyNotGiven(input.name, value);
  if (notGiven !== undefined) return notGiven;
  if (input.type === 'number' && !isNumber(value)) return 'is not a number';
  if (input.type === 'boolean' && !/^(?:true|false)$/.test(value)) return 'is neither `true` nor `false`';
  if (input.type === 'duration' && parseDuration(value) === undefined)
    return 'is not a duration such as `30s`';
  const chosen = input.type === 'multiple' ? value.split(',').map((one) => one.trim()) : [value];
  const { choices, pattern } = input;
  if (choices !== undefined && !chosen.every((one) => choices.includes(one)))
    return 'is not one of its choices';
  if (pattern === undefined) return undefined;
  const matches = boundedMatch(`^(?:${pattern})$`, 'u', value);
  if (matches === undefined) return `and its pattern ${tooSlowWords}`;
  return matches ? undefined : 'does not match its pattern';
}

/** Whether the text is a regular expression, Unicode included. */
export function isRegex(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
