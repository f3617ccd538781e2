// Owns the error that attributes on a heading that would do nothing.
import type { Diagnostic } from '../../text/diagnostic.ts';
import { span } from '../../text/span.ts';
import type { Heading, Outline } from '../headings/outline.ts';
import type { Attributes } from '../runbook.ts';
import type { Structure } from './build-steps.ts';
import type { StepDraft } from './step-draft.ts';

/** What holds on every heading, or is looked after where links are. */
const everywhere: ReadonlySet<keyof Attributes> = new Set([
  'errexit',
  'name',
  'digest',
  'with',
  'choose',
  'run',
]);

/** What only something that runs can have, as it is written. */
const ofRuns: Partial<Record<keyof Attributes, string>> = {
  run: 'run',
  timeoutMs: 'timeout',
  retries: 'retries',
  intervalMs: 'interval',
  exit: 'exit',
  expect: 'expect',
  captures: 'capture',
  interactive: 'interactive',
  background: 'background',
  user: 'user',
  hosts: 'host',
  hostsFrom: 'hosts-from',
  each: 'each',
  of: 'of',
  eachFrom: 'each-from',
  parallel: 'parallel',
  mustPass: 'must-pass',
  hostsMustPass: 'hosts-must-pass',
};

/** What holds for a validation and a rollback of the step, too. */
const heldByBound: ReadonlySet<keyof Attributes> = new Set([
  ...(['user', 'hosts', 'hostsFrom', 'hostsMustPass', 'cwd', 'env'] as const),
  ...(['each', 'of', 'eachFrom', 'mustPass', 'parallel'] as const),
]);

/** Guards on a heading that is no step, and on a step that nothing runs in: each would silently be none. */
export function findIdleAttributes(
  { headings }: Outline,
  { steps }: Structure,
  toByteOffset: (offset: number) => number,
): readonly Diagnostic[] {
  if (!headings.some(({ group }) => group !== undefined)) return [];
  const byStart = new Map([...allDrafts(steps)].map((draft) => [draft.heading?.[0], draft]));
  return headings.flatMap((heading): readonly Diagnostic[] => {
    const problem = problemOf(heading, byStart.get(heading.start));
    if (problem === undefined || heading.group === undefined) return [];
    const [start, end] = heading.group;
    return [
      {
        code: 'idle-attribute',
        severity: 'error',
        span: span(toByteOffset(start), toByteOffset(end)),
        ...problem,
      },
    ];
  });
}

function* allDrafts(steps: readonly StepDraft[]): Iterable<StepDraft> {
  for (const step of steps) {
    yield step;
    yield* allDrafts(step.validation);
    yield* allDrafts(step.rollback);
  }
}

function problemOf(
  { attributes }: Heading,
  step: StepDraft | undefined,
): Pick<Diagnostic, 'message' | 'help'> | undefined {
  const keys = (Object.keys(attributes) as (keyof Attributes)[]).filter(
    // That all below belongs to every run can be said where the steps are further below, too.
    (key) => !everywhere.has(key) && !(key === 'run' && attributes.run && step === undefined),
  );
  if (step === undefined) {
    if (keys.length === 0) return undefined;
    return {
      message: 'this heading is not a step, so its attributes have no effect',
      help: 'write them on the headings of its steps, or on blocks; `runsheet print` shows what is a step',
    };
  }
  const isAsked = attributes.ask !== undefined;
  if (isAsked && !step.manual)
    return {
      message: 'there is something to run or to tick in this step, so that `ask` asks nothing',
      help: 'put the question on a heading of its own before it',
    };
  if (attributes.choices !== undefined && !isAsked)
    return { message: '`choices` has no effect without `ask`', help: 'write `ask=NAME` beside it' };
  const hasBound = step.validation.length > 0 || step.rollback.length > 0;
  if (attributes.with !== undefined && !hasBound && !step.parts.some(isLink))
    return {
      message: `this step leads to no other page, so that ${Object.keys(attributes.with)
        .map((name) => `\`with.${name}\``)
        .join(', ')} has no effect`,
      help: 'a step that is only a link to a page hands it on; a variable of the blocks here is `env.NAME=…`',
    };
  if (step.parts.some(runs)) return undefined;
  const idle = keys.flatMap((key) => (hasBound && heldByBound.has(key) ? [] : (ofRuns[key] ?? [])));
  if (idle.length === 0) return undefined;
  return {
    message: `nothing runs in this step, so that ${idle.map((name) => `\`${name}\``).join(', ')} has no effect`,
    help: 'what a person does can have `when`, `check`, `confirm`, `approve`, `risk`, `on-failure`, `estimate`, `tags` and `notify`',
  };
}

function isLink(part: StepDraft['parts'][number]): boolean {
  return part.type === 'runbook-link';
}

function runs(part: StepDraft['parts'][number]): boolean {
  return isLink(part) || (part.type === 'block' && part.block.runnable);
}
