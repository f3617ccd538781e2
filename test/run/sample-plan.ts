// Owns small plans for tests of the run floor, made through the types rather than through Markdown.
import { address, stepName } from '../../src/basics/address.ts';
import type { BlockItem, Phase, Plan, PlanItem } from '../../src/run/plan.ts';

/** A block item with nothing special about it. */
export function block(name: string, phase: Phase, more: Partial<BlockItem> = {}): BlockItem {
  const looks = phase === 'preconditions' || phase === 'diagnosis' || phase === 'validation';
  return {
    kind: 'block',
    address: address(name),
    step: stepName(name),
    stepTitle: name,
    phase,
    risk: looks ? 'read' : 'change',
    tags: [],
    line: 1,
    language: 'sh',
    code: `echo ${name}\n`,
    retries: 0,
    intervalMs: 1000,
    exit: [0],
    expect: [],
    env: {},
    interactive: false,
    background: false,
    hosts: [],
    ...more,
  };
}

export function planOf(items: readonly PlanItem[], more: Partial<Plan> = {}): Plan {
  return {
    title: 'Sample',
    shell: 'bash',
    env: {},
    interpreters: {},
    items,
    approvalGroups: {},
    missingSections: [],
    ...more,
  };
}
