// Owns the answers of the people of a gate, out of what was written down before.
import { requestDigest } from '../../run/approvals/request-digest.ts';
import type { RunCommand } from '../../run/command.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { RunState } from '../../run/state.ts';
import type { WrittenAnswer } from './answer-question.ts';

/** As many people approve as are needed, or one denies; where neither is written down, it stays open. */
export function answerApproval(
  state: RunState,
  item: PlanItem,
  answers: Readonly<Record<string, string>>,
): WrittenAnswer {
  const { address } = item;
  const gate = state.items[state.indexOf.get(address) ?? -1]?.approval;
  if (gate === undefined) return { ok: true, commands: [] };
  const key = [address, item.step, gate.gate].find((name) => Object.hasOwn(answers, name));
  const answer = key === undefined ? undefined : answers[key];
  if (key === undefined || (answer !== 'approve' && answer !== 'deny'))
    return { ok: false, question: `\`${address}\` waits for approval: \`approve\` or \`deny\`?` };
  const of = requestDigest(state, item, gate);
  const others = Array.from({ length: gate.needed }, (_, index) => `approver-${index + 1}`);
  const people = [...gate.people, ...others].slice(0, answer === 'approve' ? gate.needed : 1);
  const commands = people.map(
    (user): RunCommand => ({
      type: answer === 'approve' ? 'GiveApproval' : 'DenyApproval',
      address,
      by: { user, host: 'test' },
      at: new Date().toISOString(),
      ...(of !== undefined && { of }),
    }),
  );
  return { ok: true, commands, key };
}
