// Owns holding a label of an event against what a rule says of it, as Alertmanager does.
import type { LabelMatcher, LabelTest } from '../../runbook/front-matter/triggers/trigger.ts';
import { boundedMatch, tooSlowWords } from '../../text/bounded-match.ts';
import { citedText } from './cited-text.ts';
import type { TriggerOutcome } from './trigger-outcome.ts';

/** More of a label no pattern is tried on. */
const mostMatched = 1_000;

/** What comes of one test: whether it holds, or why that cannot be said. */
type Held = boolean | { readonly undecided: string };

/**
 * What a label comes to that does not fit, or of which it cannot be said whether it does; undefined where it fits. A
 * label that the event does not have is the empty text, and a pattern has to match all of it.
 */
export function whyLabelStops(
  { label, any, none }: LabelMatcher,
  labels: Readonly<Record<string, string>>,
): Extract<TriggerOutcome, { type: 'no-match' | 'rejected' }> | undefined {
  const isThere = Object.hasOwn(labels, label);
  const value = (isThere ? labels[label] : undefined) ?? '';
  const is = isThere ? `\`${label}\` is ${citedText(value)}` : `the event has no label \`${label}\``;
  let undecided: string | undefined;
  for (const test of none) {
    const held = holds(test, value);
    if (held === true) return { type: 'no-match', reason: `${is}, and may not be ${wordsOf(test)}` };
    if (held !== false) undecided ??= held.undecided;
  }
  const wanted = whetherAny(any, value);
  if (wanted === false)
    return { type: 'no-match', reason: `${is}, and has to be ${any.map(wordsOf).join(' or ')}` };
  if (wanted !== true) undecided ??= wanted.undecided;
  return undecided === undefined ? undefined : { type: 'rejected', reason: `\`${label}\` ${undecided}` };
}

/** Whether one of them holds, or there are none; one that does makes up for those that cannot be decided. */
function whetherAny(tests: readonly LabelTest[], value: string): Held {
  let found: Held = tests.length === 0;
  for (const test of tests) {
    const held = holds(test, value);
    if (held === true) return true;
    if (found === false) found = held;
  }
  return found;
}

function holds(test: LabelTest, value: string): Held {
  if (test.type === 'equal') return value === test.value;
  if (value.length > mostMatched)
    return { undecided: 'is longer than the 1,000 characters that patterns are tried on' };
  return (
    boundedMatch(`^(?:${test.source})$`, 'u', value) ?? { undecided: `and ~${test.source} ${tooSlowWords}` }
  );
}

function wordsOf(test: LabelTest): string {
  return test.type === 'equal' ? citedText(test.value) : `\`~${test.source}\``;
}
