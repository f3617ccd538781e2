// Owns the start of a thread in which rules are held against events.
import { parentPort } from 'node:worker_threads';
import type { RuleMessage, RuleTask } from '../../engine/triggers/rule-thread.ts';
import { decideTrigger } from '../../run/triggers/decide-trigger.ts';
import { evaluateExpression } from '../../runbook/front-matter/triggers/check-expression.ts';
import { boundedMatch } from '../../text/bounded-match.ts';

const tell = (message: RuleMessage): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ rule, event, circumstances }: RuleTask) =>
  tell(decideTrigger(rule, event, circumstances, evaluateExpression)),
);
// What is loaded on its first use is loaded now: it is not the time of a rule.
evaluateExpression('"a".matches("a")', {});
boundedMatch('a', 'u', 'a');
tell('ready');
