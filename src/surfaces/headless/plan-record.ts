// Owns the record that opens a stream.
import { codesOf } from '../../run/belonging/open-doubts.ts';
import type { Plan } from '../../run/plan.ts';
import type { WireRecord } from './wire-record.ts';

/** The record that opens a stream: what the run may do. */
export function planRecord(plan: Plan): WireRecord {
  const { title, severity, owner, estimateMs } = plan;
  return {
    v: 1,
    type: 'plan',
    title,
    ...(severity !== undefined && { severity }),
    ...(owner !== undefined && { owner }),
    ...(estimateMs !== undefined && { estimateMs }),
    items: plan.items.map((item) => ({
      address: item.address,
      kind: item.kind,
      step: item.step,
      stepTitle: item.stepTitle,
      phase: item.phase,
      ...(item.undoes !== undefined && { undoes: item.undoes }),
      ...(item.validates !== undefined && { validates: item.validates }),
      ...(item.within !== undefined && { within: item.within }),
      ...(item.file !== undefined && { file: item.file }),
      ...(item.branches && {
        branches: item.branches.map(({ choice, branch }) => ({ choice, branch })),
      }),
      ...(item.doubts && { doubts: [...codesOf(item.doubts)] }),
      risk: item.risk,
      line: item.line,
      ...(item.kind === 'block' && { language: item.language }),
      ...(item.estimateMs !== undefined && { estimateMs: item.estimateMs }),
    })),
  };
}
