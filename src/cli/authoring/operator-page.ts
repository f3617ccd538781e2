// Owns a page as its operator will see it, written down at once instead of step by step.
import { initialState } from '../../run/evolve.ts';
import { storedBytes } from '../../run/masking/redactor.ts';
import { Page } from '../../surfaces/prompt/page.ts';
import { hasErrors } from '../../text/diagnostic.ts';
import type { Palette } from '../../view/layout/palette.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { renderForPeople } from '../report-diagnostics.ts';

/** The lines of the page, or of what is wrong with it where a run would refuse it. */
export function operatorPage(path: string, palette: Palette, columns: number): readonly string[] {
  const { runbook, source, diagnostics } = loadRunbook(path);
  const expanded = runbook && loadPlan(runbook);
  const found = [...diagnostics, ...(expanded?.diagnostics ?? [])];
  if (runbook === undefined || expanded === undefined || hasErrors(found)) {
    const errors = found.filter(({ severity }) => severity === 'error');
    return errors.flatMap((error) => renderForPeople(error, source, palette.level > 0).split('\n'));
  }
  const { plan, linked } = expanded;
  const state = initialState(plan);
  let text = '';
  const page = new Page(
    { runbook, plan, linked, state: () => state, readOutputTail: () => storedBytes(new Uint8Array()) },
    { palette, columns: () => columns, write: (more) => (text += more) },
  );
  page.showHead();
  for (const { address } of plan.items) page.showItem(address, state);
  return text.replace(/\n+$/, '').split('\n');
}
