// Owns plans of every shape, with links, gates, conditions, retries and undos.
import fc from 'fast-check';
import { stepName } from '../../src/basics/address.ts';
import type { BlockItem, Phase, Plan, PlanItem } from '../../src/run/plan.ts';
import { block, planOf } from './sample-plan.ts';

const phases: readonly Phase[] = [
  'preconditions',
  'diagnosis',
  'steps',
  'steps',
  'steps',
  'validation',
  'cleanup',
];

/** Plans of up to seven items with gates, conditions, retries and undos sprinkled over them. */
const flatPlans: fc.Arbitrary<Plan> = fc
  .array(
    fc.record({
      phase: fc.nat({ max: phases.length - 1 }),
      kind: fc.constantFrom('block', 'block', 'block', 'manual', 'checklist'),
      retries: fc.nat({ max: 2 }),
      when: fc.boolean(),
      check: fc.boolean(),
      confirm: fc.boolean(),
      approve: fc.boolean(),
      destructive: fc.boolean(),
      undo: fc.boolean(),
      background: fc.boolean(),
      onFailure: fc.constantFrom(undefined, 'continue', 'rollback', 'stop', 'ask'),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((shapes) => {
    const sorted = shapes.toSorted((left, right) => left.phase - right.phase);
    const items = sorted.map((shape, index): PlanItem => {
      const phase = phases[shape.phase] ?? 'steps';
      const base = block(`item-${index}`, phase);
      if (shape.kind === 'manual') return { ...base, kind: 'manual', text: 'by hand' };
      if (shape.kind === 'checklist') {
        return {
          ...base,
          kind: 'checklist',
          entries: [
            { text: 'a', ticked: false },
            { text: 'b', ticked: true },
          ],
        };
      }
      const more: Partial<BlockItem> = {
        retries: shape.retries,
        ...(shape.when && { when: 'w' }),
        ...(shape.check && { check: 'c' }),
        ...(shape.background && { background: true }),
        ...(shape.confirm && { confirm: 'Sure?' }),
        ...(shape.approve && phase === 'steps' && { approve: { type: 'count', count: 2 } as const }),
        ...(shape.destructive && phase === 'steps' && { risk: 'destructive' as const }),
        ...(shape.onFailure && { onFailure: shape.onFailure as BlockItem['onFailure'] & string }),
      };
      return { ...base, ...more };
    });
    const undos = sorted.flatMap((shape, index) =>
      shape.undo && phases[shape.phase] === 'steps'
        ? [block(`undo-${index}`, 'rollback', { undoes: stepName(`item-${index}`) })]
        : [],
    );
    return planOf([...items, ...undos, block('restore', 'rollback')]);
  });

/** The same plan with some of its steps brought in by a link, the first of them as its preconditions. */
function linkedFrom(plan: Plan, link: LinkShape, name: string): Plan {
  const indexes = plan.items.flatMap(({ phase }, index) => (phase === 'steps' ? [index] : []));
  const start = indexes[link.start % Math.max(1, indexes.length)];
  if (start === undefined) return plan;
  const end = Math.min(start + link.size, (indexes.at(-1) ?? start) + 1);
  const head = plan.items[start];
  const header: PlanItem = {
    ...block(name, 'steps'),
    kind: 'runbook',
    target: 'linked.md',
    inputs: {},
    ...(head?.within !== undefined && { within: head.within }),
    ...(link.confirm && { confirm: 'All of it?' }),
    ...(link.approve && { approve: { type: 'count', count: 1 } as const }),
    ...(link.onFailure && { onFailure: link.onFailure as BlockItem['onFailure'] & string }),
  };
  const inside = plan.items.slice(start, end).map((item, index): PlanItem => {
    // A link around a part of another link takes only what belongs to that one.
    const within = item.within === head?.within ? header.address : (item.within ?? header.address);
    const isGate = index < link.gates && item.section === undefined && item.kind !== 'runbook';
    return isGate
      ? { ...item, within, section: 'preconditions', risk: 'read' }
      : { ...item, within, section: item.section ?? 'steps' };
  });
  const undo = block(`undo-${name}`, 'rollback', { undoes: stepName(name), within: header.address });
  return {
    ...plan,
    items: [...plan.items.slice(0, start), header, ...inside, ...plan.items.slice(end), undo],
  };
}

interface LinkShape {
  readonly start: number;
  readonly size: number;
  readonly gates: number;
  readonly confirm: boolean;
  readonly approve: boolean;
  readonly onFailure: string | undefined;
}

const linkShape: fc.Arbitrary<LinkShape> = fc.record({
  start: fc.nat({ max: 6 }),
  size: fc.integer({ min: 1, max: 4 }),
  gates: fc.nat({ max: 2 }),
  confirm: fc.boolean(),
  approve: fc.boolean(),
  onFailure: fc.constantFrom(undefined, undefined, 'continue', 'rollback', 'stop'),
});

/** Plans without links, with one, and with one inside another. */
export const plans: fc.Arbitrary<Plan> = fc
  .tuple(flatPlans, fc.array(linkShape, { maxLength: 2 }))
  .map(([plan, links]) => {
    const [outer, inner] = links;
    const once = outer === undefined ? plan : linkedFrom(plan, outer, 'link-a');
    const first = once.items.findIndex(({ within }) => within === 'link-a');
    const last = once.items.findLastIndex(({ within, phase }) => within === 'link-a' && phase !== 'rollback');
    if (inner === undefined || first === -1) return once;
    // The inner link takes some of the outer one's last items.
    const count = Math.min(inner.size, last - first + 1);
    const from = last - count + 1;
    const offset = once.items.slice(0, from).filter(({ phase }) => phase === 'steps').length;
    return linkedFrom(once, { ...inner, start: offset, size: count }, 'link-b');
  });
