// Owns holding an event against many rules, so that one which never comes to an end is in nobody's way.
import type { Circumstances } from '../../run/triggers/decide-trigger.ts';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { TriggerOutcome } from '../../run/triggers/trigger-outcome.ts';
import type { TriggerRule } from '../../run/triggers/trigger-rule.ts';
import { whyOtherSender } from '../../run/triggers/why-other-sender.ts';
import { openRuleLane, type Unanswered } from './rule-lane.ts';
import type { RuleTask } from './rule-thread.ts';

/** What a rule makes of the event. */
export interface RuleOutcome {
  readonly rule: TriggerRule;
  readonly outcome: TriggerOutcome;
}

/** No rule was tried: the sender has to tell the event once more. */
export class RulesBusy extends Error {
  override readonly name = 'RulesBusy';
}

/** Decides, in threads of its own. */
export interface RuleJudge {
  /**
   * What each rule makes of the event, in their order; whatever these hold, there is an outcome for each. Rejected where
   * nothing can be said for now: too many events wait to be tried with patience, or a thread cannot be started.
   */
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
/** So many events wait at most to be tried with more patience. */
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
  const tryQuickly = async (task: RuleTask): Promise<TriggerOutcome | 'too-slow'> => {
    const other = whyOtherSender(task.rule.trigger, task.event);
    if (other !== undefined) return { type: 'no-match', reason: other };
    return slow.has(task.rule) ? 'too-slow' : outcomeOf(await quick.decide(task));
  };
  const tryPatiently = async (task: RuleTask): Promise<TriggerOutcome> => {
    // Nothing is said of what was not tried: an outcome stands for good, and whoever told of the event can tell it again.
    if (patient.size() >= mostPatient) throw new RulesBusy('too many events wait for rules that take long');
    const outcome = outcomeOf(await patient.decide(task));
    if (outcome !== 'too-slow') {
      slow.delete(task.rule);
      return outcome;
    }
    slow.add(task.rule);
    return {
      type: 'rejected',
      reason: 'the rule takes too long for this event, and was broken off: a pattern tries too many ways',
    };
  };
  return {
    async decide(event, rules, circumstances) {
      const tasks = rules.map((rule): RuleTask => ({ rule, event, circumstances }));
      const first = await Promise.all(tasks.map(tryQuickly));
      const decided: RuleOutcome[] = [];
      // One after the other: an event has one place among those that wait, whatever number of rules takes long for it.
      for (const [index, task] of tasks.entries()) {
        const outcome = first[index] ?? 'too-slow';
        decided.push({
          rule: task.rule,
          outcome: outcome === 'too-slow' ? await tryPatiently(task) : outcome,
        });
      }
      return decided;
    },
    close: async () => {
      await Promise.all([quick.close(), patient.close()]);
    },
  };
}

function outcomeOf(answer: TriggerOutcome | Unanswered): TriggerOutcome | 'too-slow' {
  return answer === 'too-large'
    ? { type: 'rejected', reason: 'the rule could not be decided for this event: it needs too much memory' }
    : answer;
}
