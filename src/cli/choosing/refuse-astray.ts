// Owns why a run without a person does not begin: an input is to name a way of a choice, and names none.
import { namedValue } from '../../basics/named-values.ts';
import { matchBranch } from '../../run/belonging/match-branch.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { Complaint } from '../refusal.ts';

/** The first choice among chosen items whose input is known and names none of its ways. */
export function refuseAstray(
  chosen: readonly PlanItem[],
  { choose = {} }: RunOptions,
  values: Readonly<Record<string, string>>,
): Complaint | undefined {
  for (const { branches = [] } of chosen) {
    for (const { choice, rule, of } of branches) {
      if (rule?.type !== 'variable' || namedValue(choose, choice) !== undefined) continue;
      const value = namedValue(values, rule.name);
      if (value === undefined || matchBranch(of, value) !== undefined) continue;
      const ways = of.map(({ name }) => `\`${name}\``).join(', ');
      return {
        message: `\`${rule.name}\` is \`${value}\`, which names none of the ways of \`${choice}\``,
        help: `they are ${ways}; \`--choose ${choice}=${of[0]?.name}\` chooses one regardless`,
      };
    }
  }
  return undefined;
}
