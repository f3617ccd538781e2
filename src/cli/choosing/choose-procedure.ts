// Owns letting a person choose, before a run, which of several procedures of its page is run.
import { openDoubts } from '../../run/belonging/open-doubts.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Pick } from '../../surfaces/prompt/prompter.ts';

/** One procedure by its anchor; all of them in their order; each decided when the run comes to it; or nothing. */
export type ProcedureAnswer = { readonly anchor: string } | 'all' | 'each' | 'left';

/** A heading that reads like a procedure of its own. */
interface Procedure {
  readonly anchor: string;
  readonly title: string;
  /** One-based. */
  readonly line: number;
}

/** What is answered; `each` without a question where nothing says that the page holds several. */
export async function chooseProcedure(
  runbook: Runbook,
  chosen: readonly PlanItem[],
  options: RunOptions,
): Promise<ProcedureAnswer> {
  const { steps, from, until, tags } = options.selection;
  // Who has selected has said what is meant.
  if (steps.length > 0 || tags.length > 0 || from !== undefined || until !== undefined) return 'each';
  const procedures = proceduresOf(runbook, chosen, options);
  if (procedures.length < 2) return 'each';
  const picks: Pick<ProcedureAnswer>[] = [
    ...procedures.map(({ anchor, title, line }) => ({
      name: title,
      note: `line ${line}`,
      value: { anchor },
    })),
    { name: 'all of the page', note: 'in its order', value: 'all' },
    { name: 'decide at each', note: 'when the run comes to it', value: 'each' },
  ];
  const { askOutsideRun, ownTerminal } = await import('../../surfaces/prompt/open-prompter.ts');
  return askOutsideRun<ProcedureAnswer>(ownTerminal(), 'left', ({ prompter, signal }) =>
    prompter.pick('This page holds several procedures. Which one? (type to search)', picks, signal),
  );
}

/** The headings of the opened page that open doubts are about, in its order. */
function proceduresOf(
  { anchors, source }: Runbook,
  chosen: readonly PlanItem[],
  options: RunOptions,
): readonly Procedure[] {
  const starts = new Set(
    chosen.flatMap((item) =>
      item.file === undefined && item.phase !== 'rollback'
        ? openDoubts(item, options).flatMap(({ code, span }) =>
            code === 'other-procedure' ? span.start : [],
          )
        : [],
    ),
  );
  return [...anchors].flatMap(([anchor, { title, start }]) =>
    starts.has(start) ? [{ anchor, title, line: source.lines.placeOf(start).line }] : [],
  );
}
