// Owns whether what a block printed is what its author expected; knows nothing of where the output is kept.
import type { Expectation } from '../runbook/model.ts';
import type { FailureReason } from './event.ts';
import { matchesOutput } from './match-output.ts';
import { similarity } from './similarity.ts';

type ExpectationFailure = Extract<FailureReason, { type: 'expectation' }>;

/** How much of an actual output a failure quotes, in characters. */
const quoteLimit = 2_000;

/** The first expectation that `stdout` does not meet, or undefined when it meets all. */
export function checkExpectations(
  expectations: readonly Expectation[],
  stdout: string,
  expectedOutput: string | undefined,
): ExpectationFailure | undefined {
  for (const expectation of expectations) {
    const failure = check(expectation, stdout, expectedOutput);
    if (failure) return failure;
  }
  return undefined;
}

function check(
  expectation: Expectation,
  stdout: string,
  expectedOutput: string | undefined,
): ExpectationFailure | undefined {
  switch (expectation.type) {
    case 'text': {
      const found = stdout.includes(expectation.text);
      if (found !== expectation.negated) return undefined;
      const not = expectation.negated ? 'not ' : '';
      return failure(expectation.text, stdout, `expected the output ${not}to hold \`${expectation.text}\``);
    }
    case 'regex': {
      const pattern = `/${expectation.source}/${expectation.flags}`;
      const found = new RegExp(expectation.source, expectation.flags).test(stdout);
      if (found !== expectation.negated) return undefined;
      const not = expectation.negated ? 'not ' : '';
      return failure(pattern, stdout, `expected the output ${not}to match ${pattern}`);
    }
    case 'output':
      if (expectedOutput === undefined || matchesOutput(expectedOutput, stdout)) return undefined;
      return failure(expectedOutput, stdout, 'the output is not the one shown below the block');
    case 'similarity': {
      const score = similarity(expectedOutput ?? '', stdout);
      if (score >= expectation.threshold) return undefined;
      const message = `the output is ${score.toFixed(2)} similar to the one shown; ${expectation.threshold} is asked`;
      return failure(expectedOutput ?? '', stdout, message);
    }
    case 'number':
      return checkNumber(expectation.comparison, stdout);
    case 'json':
      return checkJson(expectation.expression, stdout);
  }
}

function failure(expected: string, actual: string, message: string): ExpectationFailure {
  const quoted = actual.length > quoteLimit ? `${actual.slice(0, quoteLimit)}…` : actual;
  return { type: 'expectation', expected, actual: quoted, message };
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
};

/** `<70`, `>=3`, or several with commas; the output must be one number, a percent sign and blanks aside. */
function checkNumber(comparison: string, stdout: string): ExpectationFailure | undefined {
  const text = stdout.trim().replace(/\s*%$/, '');
  const actual = Number(text);
  if (text === '' || Number.isNaN(actual))
    return failure(comparison, stdout, `expected a number ${comparison}; the output is not a number`);
  for (const part of comparison.split(',')) {
    const match = /^\s*(<=|>=|==|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*%?\s*$/.exec(part);
    const compare = comparisons[match?.[1] ?? ''];
    if (!compare || match?.[2] === undefined)
      return failure(comparison, stdout, `\`${part}\` is not a comparison with a number`);
    if (!compare(actual, Number(match[2])))
      return failure(comparison, stdout, `expected a number ${comparison}; got ${text}`);
  }
  return undefined;
}

/** `.path.to[0].field == "value"`, `.count > 3`, or `.path` alone for "is there and true". */
function checkJson(expression: string, stdout: string): ExpectationFailure | undefined {
  let document: unknown;
  try {
    document = JSON.parse(stdout);
  } catch {
    return failure(expression, stdout, 'expected JSON; the output does not parse as JSON');
  }
  const match = /^\s*(\$?[^\s<>=!]*)\s*(?:(<=|>=|==|!=|<|>|=)\s*(.+?))?\s*$/s.exec(expression);
  if (!match) return failure(expression, stdout, `\`${expression}\` is not a JSON expectation`);
  const found = valueAt(document, match[1] ?? '');
  const shown = found === undefined ? 'nothing' : JSON.stringify(found);
  const message = `expected ${expression}; found ${shown}`;
  if (match[2] === undefined) return found ? undefined : failure(expression, stdout, message);
  const wanted = jsonValue(match[3] ?? '');
  if (match[2] === '==' || match[2] === '=')
    return sameJson(found, wanted) ? undefined : failure(expression, stdout, message);
  if (match[2] === '!=') return sameJson(found, wanted) ? failure(expression, stdout, message) : undefined;
  const compare = comparisons[match[2]];
  const holds = typeof found === 'number' && typeof wanted === 'number' && compare?.(found, wanted) === true;
  return holds ? undefined : failure(expression, stdout, message);
}

function sameJson(left: unknown, right: unknown): boolean {
  return left !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

/** What is written on the right: JSON where it parses, else the text itself. */
function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Follows `.a.b[0]["c d"]`; a leading `$` is the document. */
function valueAt(document: unknown, path: string): unknown {
  const keys = [...path.replace(/^\$/, '').matchAll(/\.?([\w-]+)|\[(\d+)\]|\["([^"]*)"\]/g)];
  let value = document;
  for (const [, name, index, quoted] of keys) {
    const key = name ?? index ?? quoted ?? '';
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}
