// Owns comparing what stands of a run in its page with what the journal says that it has left there.
import type { RunId } from '../../basics/address.ts';
import { digestOfCode } from '../../run/digest-of-code.ts';
import type { WrittenDocument } from '../../run/event.ts';
import { rowsOfRuns } from '../../runbook/regions/plan-write-back.ts';
import { regionLines } from '../../runbook/regions/region-lines.ts';
import { isTick } from '../../runbook/regions/result-marker.ts';
import { type ResultPlace, resultPlaces } from '../../runbook/regions/result-place.ts';
import { runLogLimit } from '../../runbook/regions/run-log.ts';
import { ticksByHand } from '../../runbook/regions/ticks-by-hand.ts';
import type { Region, Runbook } from '../../runbook/runbook.ts';
import { digestOfRegion } from '../digest-of-region.ts';
import { damage, note, type RecordFlaw } from './record-flaw.ts';

type ResultRegion = Extract<Region, { type: 'result' }>;

/**
 * The page may have been cleared, or been written by a later run, since: what is gone because of that is no damage.
 * `page` is its name in words.
 */
export function checkPage(
  page: string,
  runbook: Runbook,
  run: RunId,
  written: WrittenDocument,
): readonly RecordFlaw[] {
  const results = runbook.regions.filter((region) => region.type === 'result');
  const own = results.filter((region) => region.run === run);
  const rows = rowsOfRuns(runbook);
  const [row, ...more] = rows.filter((one) => one.run === run);
  if (own.length === 0 && row === undefined) return [note(`\`${page}\` holds nothing of the run any more`)];
  const places = resultPlaces(runbook);
  // Of two runs of one second nobody knows which came first.
  const isLatest = rows.every((one) => one.run === run || secondOf(one.run) < secondOf(run));
  const flaws = own.flatMap((region) =>
    checkRegion(page, runbook, region, written, places.get(region.address)),
  );
  const there = new Set<string>(own.map(({ address }) => address));
  if (there.size < own.length) flaws.push(damage(`\`${page}\` holds a result of the run twice`));
  if (isLatest)
    for (const address of Object.keys(written.regions))
      if (!there.has(address)) flaws.push(damage(`\`${page}\` lacks the result of \`${address}\``));
  if (
    row === undefined
      ? rows.length < runLogLimit && written.row !== undefined
      : digestOfRegion([row.line]) !== written.row
  )
    flaws.push(damage(`the table of runs in \`${page}\` does not say what the journal says of the run`));
  if (more.length > 0) flaws.push(damage(`the table of runs in \`${page}\` holds the run twice`));
  return flaws;
}

function checkRegion(
  page: string,
  runbook: Runbook,
  region: ResultRegion,
  { regions }: WrittenDocument,
  place: ResultPlace | undefined,
): RecordFlaw[] {
  const { address, code } = region;
  const lines = regionLines(runbook.source, region.span);
  if (!Object.hasOwn(regions, address) || digestOfRegion(lines) !== regions[address])
    return [damage(`the result of \`${address}\` in \`${page}\` is not what the run has written`)];
  if (place === undefined || !standsAt(runbook, region, place.offset))
    return [damage(`the result of \`${address}\` in \`${page}\` is at another place`)];
  const flaws = checkTicks(page, runbook, lines, place);
  const isOther = code !== undefined && place.code !== undefined && digestOfCode(place.code) !== code;
  if (isOther && !showsCode(lines))
    flaws.push(note(`the code above the result of \`${address}\` in \`${page}\` is another than ran`));
  return flaws;
}

/** Results follow their block, one behind the other. */
function standsAt({ regions }: Runbook, region: ResultRegion, offset: number): boolean {
  for (let at = offset; ; ) {
    const next = regions.find(({ span }) => span.start === at);
    if (next === undefined) return false;
    if (next === region) return true;
    at = next.span.end;
  }
}

/** Whether it is told already that another text has run. */
function showsCode(lines: readonly string[]): boolean {
  return (
    lines[1]?.includes(' · ran another text · ') === true ||
    lines.includes('The command as it was run, edited by the operator:')
  );
}

/** The ticks of a checklist are outside of its result, which lists its items in their order. */
function checkTicks(
  page: string,
  { source }: Runbook,
  lines: readonly string[],
  { items = [] }: ResultPlace,
): RecordFlaw[] {
  return ticksByHand(source, items, lines).map(({ text, markOffset }) => {
    const how = isTick(source.bytes[markOffset]) ? 'ticked' : 'not ticked';
    return damage(`\`${text}\` in \`${page}\` is ${how}, other than the run left it`);
  });
}

/** Run ids begin with the second of their start. */
function secondOf(run: RunId): string {
  return run.slice(0, 'YYYYMMDD-HHMMSS'.length);
}
