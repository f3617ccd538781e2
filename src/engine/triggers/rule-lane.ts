// Owns one thread in which rules are held against events, one after the other, each within a limit of time.
import type { TriggerOutcome } from '../../run/triggers/trigger-outcome.ts';
import { type RuleTask, type RuleThread, startRuleThread } from './rule-thread.ts';

/** Why there is no outcome: it took too long, or too much memory. */
export type Unanswered = 'too-slow' | 'too-large';

export interface RuleLane {
  /** How many wait or are being decided. */
  readonly size: () => number;
  /** Rejected where the thread cannot be started, or is ended before. */
  readonly decide: (task: RuleTask) => Promise<TriggerOutcome | Unanswered>;
  /** Ends the thread. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly task: RuleTask;
  readonly settle: (answer: TriggerOutcome | Unanswered | Promise<never>) => void;
}

/**
 * A lane with a thread of its own, started when there is something to do. A rule that takes longer than the limit ends
 * the thread, for nothing else stops a pattern that is being tried; the next one gets another, which stands by.
 */
export function openRuleLane(file: URL, limitMs: number): RuleLane {
  const waiting: Waiting[] = [];
  let current: Waiting | undefined;
  let thread: RuleThread | undefined;
  let spare: RuleThread | undefined;
  let limit: NodeJS.Timeout | undefined;

  const answer = (given: Parameters<Waiting['settle']>[0]): void => {
    clearTimeout(limit);
    const answered = current;
    current = undefined;
    answered?.settle(given);
    next();
  };
  const isLate = (task: RuleTask): void => {
    if (current?.task !== task) return;
    void thread?.end();
    thread = spare;
    spare = undefined;
    answer('too-slow');
  };
  const begin = (): void => {
    if (current === undefined || !thread?.isReady()) return;
    const { task } = current;
    thread.give(task);
    // An answer may have come while this process had other work.
    limit = setTimeout(() => setImmediate(isLate, task), limitMs);
  };
  const start = (): RuleThread => {
    const started = startRuleThread(file, {
      ready: () => thread === started && begin(),
      answered: (outcome) => thread === started && answer(outcome),
      ended: (cause) => {
        if (spare === started) spare = undefined;
        if (thread !== started) return;
        thread = undefined;
        answer(cause === 'out-of-memory' ? 'too-large' : Promise.reject(cause));
      },
    });
    return started;
  };
  const next = (): void => {
    if (current !== undefined) return;
    current = waiting.shift();
    if (current !== undefined) {
      thread ??= start();
      begin();
    } else if (thread !== undefined) spare ??= start();
    thread?.keepsProcess(current !== undefined);
  };

  return {
    size: () => waiting.length + (current === undefined ? 0 : 1),
    decide: (task) =>
      new Promise((settle) => {
        waiting.push({ task, settle });
        next();
      }),
    close: async () => {
      const open = [...(current === undefined ? [] : [current]), ...waiting.splice(0)];
      const threads = [thread, spare];
      [thread, spare, current] = [undefined, undefined, undefined];
      clearTimeout(limit);
      for (const { settle } of open)
        settle(Promise.reject(new Error('the thread that decides by rules has ended')));
      await Promise.all(threads.map((one) => one?.end()));
    },
  };
}
