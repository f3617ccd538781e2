// Owns holding a label of an event against what a rule says of it, as Alertmanager does.
import type { LabelMatcher, LabelTest } from '../../runbook/front-matter/triggers/trigger.ts';
import { boundedMatch, tooSlowWords } from '../../text/bounded-match.ts';
import { citedText } from './cited-text.ts';

/** More of a label no pattern is tried on. */
const mostMatched = 1_000;

/**
 * Why a label does not fit, as a sentence without its stop; undefined where it does. A label that the event does not
 * have is the empty text, and a pattern has to match all of it.
 */
export function whyLabelDiffers(
  { label, any, none }: LabelMatcher,
  labels: Readonly<Record<string, string>>,
): string | undefined {
  const isThere = Object.hasOwn(labels, label);
  const value = (isThere ? labels[label] : undefined) ?? '';
  const is = isThere ? `\`${label}\` is ${citedText(value)}` : `the event has no label \`${label}\``;
  for (const test of [...any, ...none]) {
    const why = whyNotTried(test, value);
    if (why !== undefined) return `\`${label}\` ${why}`;
  }
  const refusing = none.find((test) => holds(test, value));
  if (refusing !== undefined) return `${is}, and may not be ${wordsOf(refusing)}`;
  if (any.length === 0 || any.some((test) => holds(test, value))) return undefined;
  return `${is}, and has to be ${any.map(wordsOf).join(' or ')}`;
}

function whyNotTried(test: LabelTest, value: string): string | undefined {
  if (test.type === 'equal') return undefined;
  if (value.length > mostMatched) return 'is longer than the 1,000 characters that patterns are tried on';
  return tried(test.source, value) === undefined ? `and ~${test.source} ${tooSlowWords}` : undefined;
}

function holds(test: LabelTest, value: string): boolean {
  return test.type === 'equal' ? value === test.value : tried(test.source, value) === true;
}

function tried(pattern: string, value: string): boolean | undefined {
  return boundedMatch(`^(?:${pattern})$`, 'u', value);
}

function wordsOf(test: LabelTest): string {
  return test.type === 'equal' ? citedText(test.value) : `\`~${test.source}\``;
}
