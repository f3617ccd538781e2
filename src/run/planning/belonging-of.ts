// Owns what a page says of whether an item belongs to a run: the choices it stands in, and what is doubtful of it.
import type { Choice, InBranch } from '../../runbook/choices/choice.ts';
import type { Block, Runbook, Step } from '../../runbook/runbook.ts';
import type { PlanItem, PlannedBranch } from '../plan.ts';

/** The branches and doubts of an item: those of its step, then its own. */
export function belongingOf(
  { frontMatter }: Runbook,
  step: Step,
  block?: Block,
): Pick<PlanItem, 'branches' | 'doubts'> {
  const { accept = [] } = frontMatter;
  const branches = [...(step.branches ?? []), ...(block?.branches ?? [])].flatMap((one) =>
    plannedBranch(one, accept.includes('alternative')),
  );
  const doubts = [...(step.doubts ?? []), ...(block?.doubts ?? [])].map((doubt) => {
    const mayAccept = doubt.choice?.isWritten !== true && accept.includes(doubt.code);
    return mayAccept ? { ...doubt, accepted: true as const } : doubt;
  });
  return { ...(branches.length > 0 && { branches }), ...(doubts.length > 0 && { doubts }) };
}

/** The branches of a choice as a plan has them: one list for all blocks in it, for there may be thousands of both. */
const branchesOf = new WeakMap<Choice, PlannedBranch['of']>();

/** Nothing where all of the branches are run anyway. */
function plannedBranch({ choice, branch }: InBranch, isAccepted: boolean): readonly PlannedBranch[] {
  const { name, title, rule, branches } = choice;
  if (rule?.type === 'all') return [];
  const of = branchesOf.get(choice) ?? branches.map((one) => ({ name: one.name, title: one.title }));
  branchesOf.set(choice, of);
  return [
    {
      choice: name,
      title,
      branch,
      of,
      ...(rule !== undefined && { rule }),
      ...(rule === undefined && isAccepted && { accepted: true }),
    },
  ];
}
