// Owns the page that a run is taken up with: as it is now, or the run's own copy where nothing is to be written to it.
import { existsSync } from 'node:fs';
import type { RunId } from '../../basics/address.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { type RunbookFile, readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { mendTornFile } from '../../engine/disk/write-in-place.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { ExpandedPlan } from '../../run/links/expand-links.ts';
import type { Plan } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { regionLines } from '../../runbook/regions/region-lines.ts';
import { isTick } from '../../runbook/regions/result-marker.ts';
import { resultPlaces } from '../../runbook/regions/result-place.ts';
import { ticksByHand } from '../../runbook/regions/ticks-by-hand.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { visibleText } from '../../text/visible-text.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { locateSection } from '../load/locate-section.ts';
import { refuse } from '../refusal.ts';
import { reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage } from '../write-result.ts';
import { noteReadOnly } from './check-surroundings.ts';

/** A run that is to be taken up. */
interface Resumed {
  /** Absolute path of its page. */
  readonly path: string;
  readonly plan: Plan;
  /** The page as it was when the run began. */
  readonly before: Runbook;
  readonly log: RunOptions['log'];
  readonly folder: RunFolder;
}

/** What it goes on with. */
export interface PageOfResume {
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  readonly planNow: Plan;
  /** The linked runbooks, by their file. */
  readonly linked: ReadonlyMap<string, Runbook>;
}

/**
 * The page as it stands. Where it is gone and no results are written into it, the copy that the run was started with
 * and its own plan: a run can be taken up where its page has never been. An exit code, after saying why, else.
 */
export function pageOfResume({ path, plan, before, log, folder }: Resumed): Result<PageOfResume, number> {
  mendTornFile(path);
  if (log === 'none' && !existsSync(path)) {
    const copy = readRunbookFile(folder.runbook);
    if (copy.ok) {
      writeMessage(`note: \`${path}\` is gone; the run goes on with its own copy\n`);
      return ok({ file: { ...copy.value, path }, runbook: before, planNow: plan, linked: new Map() });
    }
  }
  const { file, runbook, diagnostics, source } = loadRunbook(path);
  if (file && runbook) {
    const unwritable = noteReadOnly(path, log);
    if (unwritable) writeMessage(`note: ${unwritable}\n`);
    for (const line of ticksSince(runbook, folder.id)) writeMessage(`note: ${line}\n`);
    const { plan: planNow, linked } = planAsStarted(runbook, plan);
    return ok({ file, runbook, planNow, linked });
  }
  reportDiagnostics(diagnostics, source);
  return fail(
    refuse({
      message: 'the runbook cannot be read, so there is nowhere to write results',
      help: 'put it back where it was, or give `--log none` and go on with the copy of the run; the run itself is safe',
    }),
  );
}

/** Boxes that somebody has ticked, or unticked, since the run was here: only a run's own answers count for it. */
function ticksSince(runbook: Runbook, run: RunId): readonly string[] {
  const places = resultPlaces(runbook);
  return runbook.regions.flatMap((region) => {
    if (region.type !== 'result' || region.run !== run) return [];
    const place = places.get(region.address);
    const items = place?.whole ?? place?.items ?? [];
    return ticksByHand(runbook.source, items, regionLines(runbook.source, region.span)).map(
      ({ text, markOffset }) => {
        const how = isTick(runbook.source.bytes[markOffset]) ? 'ticked' : 'unticked';
        return `\`${visibleText(text)}\` was ${how} in the page since; it stays so, and the run does not go by it`;
      },
    );
  });
}

/** The plan of the page as it is now; of the section that was run, or of what is left of it where its heading is another. */
function planAsStarted(runbook: Runbook, started: Plan): ExpandedPlan {
  const { path } = runbook.source;
  const section = locateSection(runbook, { path, section: started.section });
  if (section.ok) return loadPlan(runbook, section.value);
  const whole = loadPlan(runbook);
  const known = new Set(started.items.map(({ address }) => address));
  return {
    ...whole,
    plan: { ...whole.plan, items: whole.plan.items.filter(({ address }) => known.has(address)) },
  };
}
