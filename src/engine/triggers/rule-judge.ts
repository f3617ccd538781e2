// Owns holding an event against many rules, so that one which never comes to an end is in nobody's way.
import type { Circumstances } from '../../run/triggers/decide-trigger.ts';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { TriggerOutcome } from '../../run/triggers/trigger-outcome.ts';
import type { TriggerRule } from '../../run/triggers/trigger-rule.ts';
import { whyOtherSender } from '../../run/triggers/why-other-sender.ts';
import { openRuleLane } from './rule-lane.ts';
import type { RuleTask } from './rule-thread.ts';

/** What a rule makes of the event. */
export interface RuleOutcome {
  readonly rule: TriggerRule;
  readonly outcome: TriggerOutcome;
}

/** Decides, in threads of its own. */
export interface RuleJudge {
  /** What each rule makes of the event, in their order; whatever these hold, there is an outcome for each. */
  readonly decide: (
    event: ReceivedEvent,
    rules: readonly TriggerRule[],
    circumstances: Circumstances,
  ) => Promise<readonly RuleOutcome[]>;
  readonly close: () => Promise<void>;
}

/** How long a rule may take where others wait for it. */
const quickMs = 100;
/**
 * How long it may take beside them: the machine may have been busy. Less than a pattern has elsewhere, so that it is the
 * rule that is broken off.
 */
const patientMs = 900;
/** So many wait at most to be tried with more patience. */
const mostPatient = 20;

/**
 * `file` is the one of `dist` that a thread is started with. A rule has 100 ms; one that takes longer is tried once
 * more in a second thread, for longer, while others go on in the first.
 */
export function openRuleJudge(file: URL): RuleJudge {
  const quick = openRuleLane(file, quickMs);
  const patient = openRuleLane(file, patientMs);
  // What took too long once begins there where nobody waits for it.
  const slow = new WeakSet<TriggerRule>();
  const decideOne = async (task: RuleTask): Promise<TriggerOutcome> => {
    const other = whyOtherSender(task.rule.trigger, task.event);
    if (other !== undefined) return { type: 'no-match', reason: other };
    const first = slow.has(task.rule) ? 'too-slow' : await quick.decide(task);
    if (typeof first === 'object') return first;
    const second = first === 'too-slow' && patient.size() < mostPatient ? await patient.decide(task) : first;
    if (typeof second === 'object') {
      slow.delete(task.rule);
      return second;
    }
    if (second === 'too-slow') slow.add(task.rule);
    return {
      type: 'rejected',
      reason:
        second === 'too-slow'
          ? 'the rule takes too long for this event, and was broken off: a pattern tries too many ways'
          : 'the rule could not be decided for this event: it needs too much memory',
    };
  };
  return {
    decide: (event, rules, circumstances) =>
      Promise.all(
        rules.map(async (rule) => ({ rule, outcome: await decideOne({ rule, event, circumstances }) })),
      ),
    close: async () => {
      await Promise.all([quick.close(), patient.close()]);
    },
  };
}
