// Owns the facts at the head of a report.

import type { RecordedEvent } from '../../../run/event.ts';
import { filledText } from '../../../run/rules/filled-text.ts';
import { pageFacts } from '../../../run/rules/links-with-rules.ts';
import type { RunState } from '../../../run/state.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { stepCountWords } from '../../../view/steps/count-steps.ts';
import { formatTime } from '../../../view/words/format-time.ts';
import { endWords } from '../../../view/words/outcome-words.ts';
import { actorWords } from '../../../view/words/quoted.ts';
import { spentUntilEnd } from '../course/spent-between.ts';

/** Names and values; what is not known is left out. */
export function factsOf(
  state: RunState,
  history: readonly RecordedEvent[],
): readonly (readonly [string, string])[] {
  const started = history.find(({ event }) => event.type === 'RunStarted');
  const ended = history.findLast(({ event }) => event.type === 'RunEnded');
  const { plan } = state;
  const tookMs = spentUntilEnd(history);
  const facts: [string, string | undefined][] = [
    ['run', state.run],
    ['outcome', ended?.event.type === 'RunEnded' ? endWords(ended.event) : state.lifecycle],
    ['why', ended?.event.type === 'RunEnded' ? ended.event.message : state.pause?.message],
    ['steps', stepCountWords(state)],
    ['severity', pageFacts(state, undefined).severity],
    ['owner', plan.owner],
    ['responders', respondersOf(state)],
    ['operators', peopleOf(history, ['RunStarted', 'RunResumed'])],
    ['approved by', peopleOf(history, ['ApprovalGiven'])],
    ['started', started && formatTime(started.at)],
    ['ended', ended && formatTime(ended.at)],
    ['took', tookMs === undefined ? undefined : formatDuration(tookMs)],
    ['estimated', plan.estimateMs === undefined ? undefined : formatDuration(plan.estimateMs)],
  ];
  if (started?.event.type === 'RunStarted') {
    const { runbook, inputs, secretInputs } = started.event;
    facts.push(['runbook', runbook.path], ['digest', runbook.digest], ['commit', runbook.commit]);
    const given = Object.entries(inputs).map(([name, value]) => `${name}=${value}`);
    const hidden = secretInputs.map((name) => `${name}=***`);
    if (given.length + hidden.length > 0) facts.push(['inputs', [...given, ...hidden].join(', ')]);
  }
  return facts.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, visibleText(value)] as const],
  );
}

/** A responder that a variable is to name, and that has no value, is nobody. */
function respondersOf(state: RunState): string {
  const names = (state.plan.responders ?? []).flatMap((text) => filledText(text, state) ?? []);
  return names.filter((name) => name !== '').join(', ');
}

/** Everybody who did one of these, in their order. */
function peopleOf(
  history: readonly RecordedEvent[],
  types: readonly ('RunStarted' | 'RunResumed' | 'ApprovalGiven')[],
): string {
  const names = history.flatMap(({ event }) =>
    types.some((type) => type === event.type) && 'by' in event && event.by ? [actorWords(event.by)] : [],
  );
  return [...new Set(names)].join(', ');
}
