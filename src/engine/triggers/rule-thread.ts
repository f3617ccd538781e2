// Owns one thread that holds rules against events.
import { Worker } from 'node:worker_threads';
import type { Circumstances } from '../../run/triggers/decide-trigger.ts';
import type { ReceivedEvent } from '../../run/triggers/received-event.ts';
import type { TriggerOutcome } from '../../run/triggers/trigger-outcome.ts';
import type { TriggerRule } from '../../run/triggers/trigger-rule.ts';

/** What a thread is given: one rule and one event. */
export interface RuleTask {
  readonly rule: TriggerRule;
  readonly event: ReceivedEvent;
  readonly circumstances: Circumstances;
}

/** What a thread tells: that it has begun, or what became of its task. */
export type RuleMessage = 'ready' | TriggerOutcome;

export interface RuleThread {
  readonly isReady: () => boolean;
  readonly give: (task: RuleTask) => void;
  /** Whether the process goes on while there is nothing but the thread. */
  readonly keepsProcess: (keeps: boolean) => void;
  /** Ends it, whatever it is doing. */
  readonly end: () => Promise<unknown>;
}

interface Heard {
  readonly ready: () => void;
  readonly answered: (outcome: TriggerOutcome) => void;
  /** It has ended by itself. */
  readonly ended: (cause: 'out-of-memory' | Error) => void;
}

/** More memory no rule needs; a thread that wants it ends. */
const memoryMb = 128;

/** Starts a thread with a file of `dist`; no process is kept by it until that is asked for. */
export function startRuleThread(file: URL, heard: Heard): RuleThread {
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
  let isReady = false;
  let isEnded = false;
  const ended = (cause: unknown): void => {
    if (isEnded) return;
    isEnded = true;
    const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
    heard.ended(
      isMemory
        ? 'out-of-memory'
        : cause instanceof Error
          ? cause
          : new Error(`the thread has ended: ${cause}`),
    );
  };
  worker.on('message', (message: RuleMessage) => {
    if (message !== 'ready') return heard.answered(message);
    isReady = true;
    heard.ready();
  });
  worker.on('error', ended);
  worker.on('exit', ended);
  worker.unref();
  return {
    isReady: () => isReady,
    give: (task) => worker.postMessage(task),
    keepsProcess: (keeps) => (keeps ? worker.ref() : worker.unref()),
    end: () => worker.terminate(),
  };
}
