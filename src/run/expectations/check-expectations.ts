// Owns whether what a block printed is what its author expected.
import { type JsonExpectation, parseJsonExpectation } from '../../runbook/attributes/json-expectation.ts';
import type { Expectation } from '../../runbook/expectation.ts';
import { boundedMatch, tooSlowWords } from '../../text/bounded-match.ts';
import { jsonTextAt } from '../../text/json-text-at.ts';
import type { FailureReason } from '../event.ts';
import { type MaskedText, ownText } from '../masking/redactor.ts';
import { compareDecimals } from './compare-decimals.ts';
import { matchesOutput } from './matches-output.ts';
import type { Printed } from './printed.ts';
import { renderDifference } from './render-difference.ts';
import { similarity } from './similarity.ts';

type ExpectationFailure = Extract<FailureReason, { type: 'expectation' }>;
/** Not masked yet. */
type Failure = Extract<FailureReason<string>, { type: 'expectation' }>;

/** How much of an output a failure quotes, in characters. */
const quoteLimit = 2_000;

/** The first expectation that what was printed does not meet, as it may be told, or undefined when it meets all. */
export function checkExpectations(
  expectations: readonly Expectation[],
  printed: Printed,
  expectedOutput: string | undefined,
): ExpectationFailure | undefined {
  const { mask } = printed;
  for (const expectation of expectations) {
    const failure = isOfStderr(expectation)
      ? check(expectation, { ...printed, stdout: printed.stderr }, expectedOutput, 'what it prints on stderr')
      : check(expectation, printed, expectedOutput, 'the output');
    if (failure === undefined) continue;
    const { expected, actual, message, difference } = failure;
    return {
      type: 'expectation',
      // What is cut could not be masked any more.
      expected: cut(mask(expected)),
      actual: cut(mask(actual)),
      message: mask(message),
      ...(difference !== undefined && { difference: mask(difference) }),
    };
  }
  return undefined;
}

/** Whether an expectation is about the output that is shown below its block. */
export function comparesOutputs({ type }: Expectation): boolean {
  return type === 'output' || type === 'similarity';
}

/** Whether an expectation is about what a block prints on stderr. */
export function isOfStderr(expectation: Expectation): boolean {
  return 'stream' in expectation && expectation.stream === 'stderr';
}

function check(
  expectation: Expectation,
  printed: Printed,
  expectedOutput: string | undefined,
  what: string,
): Failure | undefined {
  const { stdout } = printed;
  switch (expectation.type) {
    case 'text': {
      const found = stdout.includes(expectation.text);
      if (found !== expectation.negated) return undefined;
      const not = expectation.negated ? 'not ' : '';
      return failure(expectation.text, stdout, `expected ${what} ${not}to hold \`${expectation.text}\``);
    }
    case 'regex': {
      const pattern = `/${expectation.source}/${expectation.flags}`;
      // As a person sees it: the newline that ends the last line is no part of it, so that `$` is behind its text.
      const found = boundedMatch(expectation.source, expectation.flags, stdout.replace(/\r?\n$/, ''));
      if (found === undefined) return failure(pattern, stdout, `${what} and ${pattern} ${tooSlowWords}`);
      if (found !== expectation.negated) return undefined;
      const not = expectation.negated ? 'not ' : '';
      return failure(pattern, stdout, `expected ${what} ${not}to match ${pattern}`);
    }
    case 'output':
      if (expectedOutput === undefined)
        return failure('', stdout, 'no output is shown below the block to compare with');
      if (readings(printed).some((text) => matchesOutput(expectedOutput, text))) return undefined;
      return withDifference(expectedOutput, printed, 'the output is not the one shown below the block');
    case 'similarity': {
      if (expectedOutput === undefined)
        return failure('', stdout, 'no output is shown below the block to compare with');
      const score = Math.max(...readings(printed).map((text) => similarity(expectedOutput, text)));
      if (score >= expectation.threshold) return undefined;
      const message = `the output is ${score.toFixed(2)} similar to the one shown; ${expectation.threshold} is asked`;
      return withDifference(expectedOutput, printed, message);
    }
    case 'number':
      return checkNumber(expectation.comparison, stdout);
    case 'json':
      return checkJson(expectation.expression, printed);
  }
}

/** A page shows no secret, so that an output with one may stand on it masked, as `--update-expected` writes it. */
function readings({ stdout, mask }: Printed): readonly string[] {
  const masked = mask(stdout);
  return masked === stdout ? [stdout] : [stdout, masked];
}

function failure(expected: string, actual: string, message: string): Failure {
  return { type: 'expectation', expected, actual, message };
}

function withDifference(expected: string, { stdout, mask }: Printed, message: string): Failure {
  const difference = renderDifference(mask(expected), mask(stdout));
  return { ...failure(expected, stdout, message), difference };
}

function cut(text: MaskedText): MaskedText {
  return ownText(quote(text));
}

function quote(text: string): string {
  return text.length > quoteLimit ? `${text.slice(0, quoteLimit)}…` : text;
}

/** By how two numbers stand to one another, see `compareDecimals`. */
const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '==': (order) => order === 0,
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
};

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
/** No number that is worth comparing is longer; this keeps a huge output from being looked at twice. */
const longestNumber = 64;

/** `<70`, `>=3`, `10..20`, or several with commas; the output must be one number, a percent sign aside. */
function checkNumber(comparison: string, stdout: string): Failure | undefined {
  const trimmed = stdout.trim();
  const text = trimmed.endsWith('%') ? trimmed.slice(0, -1).trimEnd() : trimmed;
  if (text.length > longestNumber || !decimal.test(text))
    return failure(comparison, stdout, `expected a number ${comparison}; the output is not a number`);
  for (const part of comparison.split(',')) {
    const holds = numberHolds(part.trim(), text);
    if (holds === undefined)
      return failure(comparison, stdout, `\`${part}\` is not a comparison with a number`);
    if (!holds) return failure(comparison, stdout, `expected a number ${comparison}; got ${text}`);
  }
  return undefined;
}

function numberHolds(comparison: string, actual: string): boolean | undefined {
  const range = /^(-?\d+(?:\.\d+)?)\s*%?\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*%?$/.exec(comparison);
  if (range)
    return compareDecimals(actual, range[1] ?? '') >= 0 && compareDecimals(actual, range[2] ?? '') <= 0;
  const match = /^(<=|>=|==|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*%?$/.exec(comparison);
  return match ? comparisons[match[1] ?? '']?.(compareDecimals(actual, match[2] ?? '')) : undefined;
}

function checkJson(expression: string, { stdout, mask }: Printed): Failure | undefined {
  const expectation = parseJsonExpectation(expression);
  if (!expectation) return failure(expression, stdout, `\`${expression}\` is not a JSON expectation`);
  let document: unknown;
  try {
    document = JSON.parse(stdout);
  } catch {
    return failure(expression, stdout, 'expected JSON; the output does not parse as JSON');
  }
  const found = valueAt(document, expectation.path);
  // As it is written: a number may have more digits than were read.
  const written = typeof found === 'number' ? jsonTextAt(stdout, expectation.path) : undefined;
  const number = written && (written.type === 'text' ? written.text : String(found));
  if (holds(found, number, expectation.comparison)) return undefined;
  const shown = found === undefined ? 'nothing' : quote(mask(number ?? JSON.stringify(found)));
  return failure(expression, shown, `expected ${expression}; found ${shown}`);
}

function holds(
  found: unknown,
  number: string | undefined,
  comparison: JsonExpectation['comparison'],
): boolean {
  if (!comparison) return Boolean(found);
  const { operator, operand, written } = comparison;
  if (number !== undefined && typeof operand === 'number')
    return comparisons[operator]?.(compareDecimals(number, written)) === true;
  if (operator === '==' || operator === '=') return sameJson(found, operand);
  // What is not there is not shown to be different: a misspelt path must not pass.
  if (operator === '!=') return found !== undefined && !sameJson(found, operand);
  return false;
}

/** The order of an object's keys does not count. */
function sameJson(left: unknown, right: unknown): boolean {
  if (!isKeyed(left) || !isKeyed(right)) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

/** Whether a value is an object or a list, whose parts have keys. */
function isKeyed(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  let value = document;
  for (const key of path) {
    if (!isKeyed(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}
