// Owns who may answer an approval.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { Rejection } from '../command.ts';
import type { Actor } from '../event.ts';
import type { PlanItem } from '../plan.ts';
import type { ItemState } from '../state.ts';

/**
 * Whether this person's answer counts, or why it does not. A gate that names people takes only
 * them; a gate that names people or wants more than one never takes the operator who asked; nobody counts
 * twice.
 */
export function mayApprove(item: PlanItem, known: ItemState, by: Actor): Result<void, Rejection> {
  const gate = known.approval;
  if (!gate || gate.granted || known.status !== 'pending') {
    return fail({ code: 'no-open-gate', message: `\`${item.address}\` waits for no approval` });
  }
  const restricted = gate.people.length > 0 || gate.needed > 1;
  if (restricted && by.user === gate.requestedBy.user) {
    return fail({ code: 'own-step', message: `\`${by.user}\` runs this step and cannot approve it` });
  }
  if (gate.people.length > 0 && !gate.people.includes(by.user)) {
    return fail({
      code: 'not-an-approver',
      message: `\`${by.user}\` is not asked here; \`${gate.gate}\` is ${gate.people.map((name) => `\`${name}\``).join(', ')}`,
    });
  }
  if (gate.given.some((answer) => answer.by.user === by.user)) {
    return fail({ code: 'answered-already', message: `\`${by.user}\` has approved already` });
  }
  return ok(undefined);
}
