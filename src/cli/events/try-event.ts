// Owns `runsheet events test`: what the rules of pages make of an event, without anything being run.

import { openRuleJudge, type RuleOutcome } from '../../engine/triggers/rule-judge.ts';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { TriggeredStart, TriggerOutcome } from '../../run/triggers/trigger-outcome.ts';
import { type TriggerRule, triggerRules } from '../../run/triggers/trigger-rule.ts';
import { formatDuration } from '../../runbook/regions/format-duration.ts';
import { hasErrors } from '../../text/diagnostic.ts';
import { visibleText } from '../../text/visible-text.ts';
import { findPages } from '../checking/find-pages.ts';
import { exitCode } from '../exit-code.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadFoundRunbook, loadRunbook } from '../load/load-runbook.ts';
import { refuse } from '../refusal.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { writeResult } from '../write-result.ts';
import { readPayload } from './read-payload.ts';

/** What `runsheet events test` was given beside the pages and the event. */
export interface TryOptions {
  readonly source?: string;
  /** `Name: value`, as they came with the body. */
  readonly header?: readonly string[];
  /** When the event comes; now where absent. */
  readonly at?: string;
  readonly json?: boolean;
}

/** Tells for each rule of the pages what it makes of each event; gives the exit code. */
export async function tryEvent(
  pages: string | undefined,
  payload: string | undefined,
  options: TryOptions,
): Promise<number> {
  if (pages === undefined || payload === undefined)
    return refuse({
      message: 'a runbook or a folder is needed, and a file with an event: `events test FILE EVENT`',
    });
  const now = options.at === undefined ? Date.now() : Date.parse(options.at);
  if (Number.isNaN(now))
    return refuse({
      message: `--at: expected a time such as \`2026-11-29T22:30:00Z\`; got \`${options.at}\``,
    });
  const rules = rulesOf(pages);
  if (rules === undefined) return exitCode.usage;
  if (rules.length === 0)
    return refuse({ message: `no page there says which events start it: \`${pages}\`` });
  const read = await readPayload(payload, options, now);
  if (!read.ok) return refuse(read.error);
  const judge = openRuleJudge(new URL('./rule-worker.js', import.meta.url));
  try {
    // One after the other: of many at once, not all could be tried.
    const told: Told[] = [];
    for (const event of read.value.events) {
      const outcomes: RuleOutcome[] = [];
      for (const rule of rules) outcomes.push(await decideAs(judge, rule, event, now));
      told.push({ event, outcomes });
    }
    writeResult(options.json ? asJson(read.value.takenFor, told) : asText(read.value.takenFor, told));
    return exitCode.succeeded;
  } finally {
    await judge.close();
  }
}

interface Told {
  readonly event: ReceivedEvent;
  readonly outcomes: readonly RuleOutcome[];
}

/** What is read from a file came by no endpoint: it is taken as told by that of the rule. */
async function decideAs(
  judge: ReturnType<typeof openRuleJudge>,
  rule: TriggerRule,
  event: ReceivedEvent,
  now: number,
): Promise<RuleOutcome> {
  const { endpoint } = rule.trigger;
  const told = event.endpoint === '' && endpoint !== undefined ? { ...event, endpoint } : event;
  const [outcome] = await judge.decide(told, [rule], { now });
  if (outcome === undefined) throw new Error('a rule without an outcome');
  return outcome;
}

function rulesOf(name: string): readonly TriggerRule[] | undefined {
  const { paths, named, problems } = findPages([name]);
  for (const problem of problems) complain(problem);
  const rules: TriggerRule[] = [];
  let isWrong = problems.length > 0;
  for (const path of paths) {
    const loaded = named.has(path) ? loadRunbook(path) : loadFoundRunbook(path);
    if (loaded === undefined) continue;
    const { runbook, diagnostics, source } = loaded;
    if (runbook === undefined || hasErrors(diagnostics)) {
      reportDiagnostics(diagnostics, source);
      isWrong = true;
    } else rules.push(...triggerRules(path, runbook, loadPlan(runbook).plan.inputs ?? []));
  }
  return isWrong ? undefined : rules;
}

function asJson(takenFor: string, told: readonly Told[]): string {
  const events = told.map(({ event, outcomes }) => ({
    event,
    rules: outcomes.map(({ rule: { page, index, trigger }, outcome }) => ({
      page,
      rule: index + 1,
      source: trigger.source,
      outcome,
    })),
  }));
  return `${JSON.stringify({ version: 1, takenFor, events }, null, 2)}\n`;
}

function asText(takenFor: string, told: readonly Told[]): string {
  return told
    .map(({ event, outcomes }) =>
      [
        `${visibleText(event.title)}, taken for ${takenFor} that is ${event.state}`,
        ...outcomes.flatMap((outcome) => linesOf(outcome, event)),
        '',
      ].join('\n'),
    )
    .join('\n');
}

const words: Readonly<Record<TriggerOutcome['type'], string>> = {
  'no-match': 'no',
  start: 'starts a run',
  held: 'starts a run later',
  ask: 'starts a run that asks first',
  dropped: 'dropped',
  rejected: 'rejected',
};

function linesOf(
  { rule: { page, index, trigger }, outcome }: RuleOutcome,
  { state }: ReceivedEvent,
): readonly string[] {
  const said = 'reason' in outcome ? `: ${outcome.reason}` : '';
  return [
    `  ${visibleText(page)}, rule ${index + 1} (${trigger.source}): ${words[outcome.type]}${said}`,
    ...('inputs' in outcome ? factsOf(outcome, state) : []),
    ...(outcome.type === 'held' ? [`    until   ${new Date(outcome.until).toISOString()}`] : []),
  ];
}

function factsOf(
  { inputs, dedup, may, whenResolved, concurrencyKey, rate, runOn }: TriggeredStart,
  state: ReceivedEvent['state'],
): readonly string[] {
  const untilEnd = state === 'firing' ? 'for as long as it fires' : 'however often it is told';
  const span = 'forMs' in dedup ? `for ${formatDuration(dedup.forMs)}` : untilEnd;
  return [
    ...Object.entries(inputs).map(([name, value]) => `    input   ${name}=${visibleText(value)}`),
    `    once    ${visibleText(dedup.key)}, ${span}`,
    `    may     ${may}`,
    ...(whenResolved === 'ignore' ? [] : [`    over    ${whenResolved}`]),
    ...(concurrencyKey === undefined ? [] : [`    counts  as ${visibleText(concurrencyKey)}`]),
    ...(rate === undefined ? [] : [`    rate    ${rate.count} in ${formatDuration(rate.perMs)}`]),
    ...(runOn === undefined ? [] : [`    queue   ${runOn}`]),
  ];
}
