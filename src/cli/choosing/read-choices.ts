// Owns reading which ways `--choose` takes.
import { fail, ok, type Result } from '../../basics/result.ts';
import { matchBranch } from '../../run/belonging/match-branch.ts';
import type { Plan, PlannedBranch } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { closestName } from '../../text/closest-name.ts';
import type { Complaint } from '../refusal.ts';

/** The branches that are named, by the names of their choices; the first that is not there is complained of. */
export function readChoices(
  { items }: Plan,
  named: Readonly<Record<string, string>>,
): Result<NonNullable<RunOptions['choose']>, Complaint> {
  const choices = new Map<string, PlannedBranch>();
  for (const { branches = [] } of items) for (const one of branches) choices.set(one.choice, one);
  const chosen: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(named)) {
    const choice = choices.get(name);
    if (choice === undefined) {
      const meant = closestName(name, [...choices.keys()]);
      return fail({
        message: `--choose: the runbook has no choice \`${name}\`${meant ? `; did you mean \`${meant}\`?` : ''}`,
        help: choices.size === 0 ? 'there is none in it' : `it has ${listed([...choices.keys()])}`,
      });
    }
    const ways = choice.of.map((one) => one.name);
    const branch = matchBranch(choice.of, value);
    if (branch === undefined && value !== 'all')
      return fail({
        message: `--choose: \`${value}\` is not one of the ways of \`${name}\``,
        help: `they are ${listed(ways)}, and \`all\``,
      });
    chosen[name] = branch === undefined ? ways : [branch];
  }
  return ok(chosen);
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
