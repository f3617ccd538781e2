// Owns a rule of a page with all that is needed of the page to decide by it, as plain data.
import type { Rate, Trigger } from '../../runbook/front-matter/triggers/trigger.ts';
import type { InputDeclaration, Runbook } from '../../runbook/runbook.ts';

/** It can be handed from thread to thread. */
export interface TriggerRule {
  /** The page, by the name under which it is found again. */
  readonly page: string;
  /** Which of the page's rules it is, from 0. */
  readonly index: number;
  readonly trigger: Trigger;
  /** All inputs of a run of the page. */
  readonly inputs: readonly InputDeclaration[];
  /** The people of each group under `approvals`. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** `concurrency.key`, with its references. */
  readonly concurrencyKey?: string;
  readonly runOn?: string;
  readonly rate?: Rate;
}

/** The rules of a page; `inputs` are those of its plan, in which pages that it links to have theirs as well. */
export function triggerRules(
  page: string,
  { frontMatter }: Pick<Runbook, 'frontMatter'>,
  inputs: readonly InputDeclaration[],
): readonly TriggerRule[] {
  const { triggers = [], concurrency, runOn, rate, approvals } = frontMatter;
  const concurrencyKey = typeof concurrency === 'object' ? concurrency.key : undefined;
  const groups = Object.fromEntries(Object.entries(approvals).map(([name, { people }]) => [name, people]));
  return triggers.map((trigger, index) => ({
    page,
    index,
    trigger,
    inputs,
    groups,
    ...(concurrencyKey !== undefined && { concurrencyKey }),
    ...(runOn !== undefined && { runOn }),
    ...(rate && { rate }),
  }));
}
