// Owns letting a person choose, before a run, which of several procedures of its page is run.
import { openDoubts } from '../../run/belonging/open-doubts.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Pick } from '../../surfaces/prompt/prompter.ts';
import type { Span } from '../../text/span.ts';

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
    prompter.pick(
      'This page holds several procedures. Which one? (type to search; Ctrl-C leaves)',
      picks,
      signal,
    ),
  );
}

/** The headings of the opened page that open doubts are about, and those with work beside them, in its order. */
function proceduresOf(
  { anchors, sections, source }: Runbook,
  chosen: readonly PlanItem[],
  options: RunOptions,
): readonly Procedure[] {
  const work = chosen.filter((item) => item.file === undefined && item.phase === 'steps');
  const doubted = new Set(
    work.flatMap((item) =>
      openDoubts(item, options).flatMap(({ code, span }) => (code === 'other-procedure' ? span.start : [])),
    ),
  );
  const headings = [...anchors].map(([anchor, heading]) => ({ anchor, heading }));
  const around = ({ start, end }: Span): number | undefined =>
    headings.findLast(({ heading }) => heading.start < start && heading.end >= end)?.heading.start;
  const places = new Set(
    headings.flatMap(({ heading }) => (doubted.has(heading.start) ? [around(heading)] : [])),
  );
  const own = new Set(sections.flatMap(({ kind, span }) => (kind === 'steps' ? [] : [span.start])));
  const lineOf = (offset: number): number => source.lines.placeOf(offset).line;
  return headings.flatMap(({ anchor, heading }) => {
    const [from, to] = [lineOf(heading.start), lineOf(Math.max(heading.start, heading.end - 1))];
    const isBeside =
      places.has(around(heading)) &&
      !own.has(heading.start) &&
      work.some(({ line }) => from <= line && line <= to);
    return isBeside ? [{ anchor, title: heading.title, line: from }] : [];
  });
}
