// Owns the table of pages that a list prints.
import type { Staleness } from '../../runbook/front-matter/upkeep.ts';
import { displayWidth } from '../../text/display-width.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';
import type { ListedPage } from './listed-page.ts';

/** One column: what stands in it, and how it gives way where a line is too long. */
interface Column {
  readonly head: string;
  readonly cell: (page: ListedPage) => string;
  /** It can be cut; else it stands whole or not at all. */
  readonly isCut?: true;
  readonly isNumber?: true;
}

const stalenessWords: Readonly<Record<Staleness, string>> = {
  'review-passed': 'review',
  'proof-overdue': 'proof',
  unproven: 'unproven',
  changed: 'changed',
};

/** `review, proof`: what of a page is due. */
export function staleWords(stale: readonly Staleness[]): string {
  return stale.map((one) => stalenessWords[one]).join(', ');
}

const columns: readonly Column[] = [
  { head: 'runbook', cell: ({ path }) => path, isCut: true },
  { head: 'title', cell: ({ title }) => title, isCut: true },
  { head: 'steps', cell: ({ steps }) => String(steps), isNumber: true },
  { head: 'severity', cell: ({ severity = '' }) => severity, isCut: true },
  { head: 'owner', cell: ({ owner = '' }) => owner, isCut: true },
  { head: 'service', cell: ({ services = [] }) => services.join(', '), isCut: true },
  { head: 'tags', cell: ({ tags = [] }) => tags.join(', '), isCut: true },
  { head: 'last run', cell: runWords },
  { head: 'last proof', cell: ({ lastProof }) => lastProof?.at.slice(0, 10) ?? '' },
  { head: 'stale', cell: ({ stale }) => staleWords(stale) },
];

/** The first gives way first. */
const cutFirst = ['tags', 'title', 'service', 'severity', 'owner', 'runbook'];
const leftOutFirst = ['steps', 'tags', 'service', 'last run', 'severity', 'owner', 'title'];
/** What a column that can be cut keeps at least. */
const narrowest = 8;

/** Lines below a heading; a column in which nothing stands is left out, and others are where the width is too small. */
export function renderPages(pages: readonly ListedPage[], width: number | undefined): string {
  let shown = columns.filter(({ cell }) => pages.some((page) => cell(page) !== ''));
  if (width !== undefined)
    for (const head of leftOutFirst)
      if (leastWidth(shown, pages) > width) shown = shown.filter((column) => column.head !== head);
  const rows = pages.map((page) => shown.map(({ cell }) => visibleText(cell(page))));
  const placeOf = (head: string) => shown.findIndex((column) => column.head === head);
  const fit = width === undefined ? undefined : { width, cut: cutFirst.map(placeOf).filter((at) => at >= 0) };
  return layOutColumns(
    [shown.map(({ head }) => head), ...rows],
    shown.flatMap(({ isNumber }, at) => (isNumber ? [at] : [])),
    fit,
  );
}

function leastWidth(shown: readonly Column[], pages: readonly ListedPage[]): number {
  const widths = shown.map(({ head, cell, isCut }) => {
    const whole = Math.max(...[head, ...pages.map(cell)].map((text) => displayWidth(visibleText(text))));
    return isCut ? Math.min(narrowest, whole) : whole;
  });
  return widths.reduce((sum, one) => sum + one + 2, -2);
}

function runWords({ lastRun }: ListedPage): string {
  if (lastRun === undefined) return '';
  const day = lastRun.at.slice(0, 10);
  if (lastRun.outcome === 'succeeded') return day;
  return `${day} ${lastRun.outcome ?? lastRun.status}`;
}
