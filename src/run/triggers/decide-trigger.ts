// Owns what one rule makes of one event: a run, none, or one that waits; a pure function of both and of the time.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { LabelMatcher, QuietHours } from '../../runbook/front-matter/triggers/trigger.ts';
import { concurrencyKey } from '../inputs/concurrency-key.ts';
import { citedText } from './cited-text.ts';
import type { Evaluate } from './evaluate.ts';
import { eventText } from './event-text.ts';
import { endOfQuiet, quietAt } from './quiet-at.ts';
import type { ReceivedEvent } from './received-event.ts';
import type { DedupSpan, TriggeredStart, TriggerOutcome } from './trigger-outcome.ts';
import type { TriggerRule } from './trigger-rule.ts';
import { triggeredInputs } from './triggered-inputs.ts';
import { whyLabelStops } from './why-label-stops.ts';
import { whyOtherSender } from './why-other-sender.ts';

/** What is known beside the event and the rule. */
export interface Circumstances {
  /** In milliseconds since 1970. */
  readonly now: number;
  /** All names of the person who asks; only that of the sender where absent. */
  readonly personNames?: readonly string[];
}

/** Longer keys are refused: nobody could tell them apart. */
const longestKey = 1_000;

/** Never throws where `evaluate` does not. */
export function decideTrigger(
  rule: TriggerRule,
  event: ReceivedEvent,
  { now, personNames }: Circumstances,
  evaluate: Evaluate,
): TriggerOutcome {
  const { trigger } = rule;
  const why = whyOtherSender(trigger, event) ?? whyNotThisPerson(rule, event, personNames);
  if (why !== undefined) return { type: 'no-match', reason: why };
  const refusal = refusalOfLabels(rule, event) ?? refusalOfCondition(rule, event, evaluate);
  if (refusal !== undefined) return refusal;
  const start = startOf(rule, event, evaluate);
  if (!start.ok) return { type: 'rejected', reason: start.error };
  return atThisTime(trigger.quiet, start.value, now);
}

/** What cannot be decided of a label counts once no other label differs; texts come first, as patterns take time. */
function refusalOfLabels(
  { trigger: { match } }: TriggerRule,
  { labels }: ReceivedEvent,
): TriggerOutcome | undefined {
  const hasPattern = ({ any, none }: LabelMatcher) =>
    [...any, ...none].some(({ type }) => type === 'pattern');
  let undecided: TriggerOutcome | undefined;
  for (const matcher of [...match].sort(
    (one, other) => Number(hasPattern(one)) - Number(hasPattern(other)),
  )) {
    const stop = whyLabelStops(matcher, labels);
    if (stop?.type === 'no-match') return stop;
    undecided ??= stop;
  }
  return undecided;
}

function whyNotThisPerson(
  { trigger: { people }, groups }: TriggerRule,
  { person }: ReceivedEvent,
  names: readonly string[] = person === undefined ? [] : [person],
): string | undefined {
  if (people === undefined) return undefined;
  if (person === undefined)
    return 'the rule is for some people, and the event says of nobody that they asked for it';
  const asked = people.flatMap((name) => [
    name,
    ...(Object.hasOwn(groups, name) ? (groups[name] ?? []) : []),
  ]);
  return names.some((name) => asked.includes(name))
    ? undefined
    : `${citedText(person)} is not one of those who can ask for it: ${people.map((name) => `\`${name}\``).join(', ')}`;
}

function refusalOfCondition(
  { trigger: { condition } }: TriggerRule,
  event: ReceivedEvent,
  evaluate: Evaluate,
): TriggerOutcome | undefined {
  if (condition === undefined) return undefined;
  const found = evaluate(condition.code, event.fields);
  if (!found.ok)
    return { type: found.error.isMissing ? 'no-match' : 'rejected', reason: `\`if\` ${found.error.reason}` };
  if (found.value === true) return undefined;
  return found.value === false
    ? { type: 'no-match', reason: '`if` does not hold' }
    : { type: 'rejected', reason: 'what `if` comes to is neither true nor false' };
}

function startOf(
  rule: TriggerRule,
  event: ReceivedEvent,
  evaluate: Evaluate,
): Result<TriggeredStart, string> {
  const { trigger, inputs: declarations, concurrencyKey: key, runOn, rate } = rule;
  const dedup = dedupOf(rule, event, evaluate);
  if (!dedup.ok) return dedup;
  const inputs = triggeredInputs(trigger, declarations, event, evaluate);
  if (!inputs.ok) return inputs;
  return ok({
    inputs: inputs.value,
    dedup: dedup.value,
    ...(key !== undefined && { concurrencyKey: concurrencyKey(key, inputs.value, declarations) }),
    may: trigger.may,
    whenResolved: trigger.whenResolved,
    ...(runOn !== undefined && { runOn }),
    ...(rate && { rate }),
  });
}

/**
 * The sender's own key where the rule has none: what it is about, or the event where that has no end. A key of the rule
 * stands for a time, or until the end that is told of what fires.
 */
function dedupOf(
  { trigger: { dedup } }: TriggerRule,
  { state, subject, key, fields }: ReceivedEvent,
  evaluate: Evaluate,
): Result<TriggeredStart['dedup'], string> {
  const span: DedupSpan = dedup?.forMs === undefined ? { whileFiring: true } : { forMs: dedup.forMs };
  if (dedup?.key === undefined) return ok({ key: state === 'firing' ? subject : key, ...span });
  if (dedup.forMs === undefined && state !== 'firing')
    return fail(
      '`dedup` has a key and no `for`, and no end is told of what just happens: the key would keep nothing',
    );
  const found = evaluate(dedup.key.code, fields);
  if (!found.ok) return fail(`\`dedup.key\` ${found.error.reason}`);
  const text = eventText(found.value);
  if (!text.ok) return fail(`what \`dedup.key\` comes to ${text.error}`);
  if (text.value === '') return fail('what `dedup.key` comes to is empty');
  return text.value.length > longestKey
    ? fail('what `dedup.key` comes to is longer than 1,000 characters')
    : ok({ key: text.value, ...span });
}

/** The first of the hours that it is within says what becomes of the run. */
function atThisTime(quiet: readonly QuietHours[], start: TriggeredStart, now: number): TriggerOutcome {
  const hours = quietAt(quiet, now);
  if (hours === undefined) return { type: 'start', ...start };
  const reason = `it is within the quiet hours of ${hours.timezone}`;
  if (hours.action === 'drop') return { type: 'dropped', reason: `${reason}, in which events start nothing` };
  if (hours.action === 'ask')
    return { type: 'ask', reason: `${reason}, in which a person is asked first`, ...start };
  // Whatever the other hours say: what begins after some must not begin within others.
  const until = endOfQuiet(quiet, now);
  return until === undefined
    ? {
        type: 'rejected',
        reason: `${reason}, ${quiet.length === 1 ? 'which never end' : 'and with the other hours of the rule they never end'}`,
      }
    : { type: 'held', until, reason: `${reason}, and starts when they are over`, ...start };
}
