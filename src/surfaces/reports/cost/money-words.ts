// Owns the words for what runs cost.
import type { Rate } from '../../../runbook/front-matter/configuration.ts';
import { formatDuration } from '../../../runbook/regions/format-duration.ts';
import { counted } from '../../../view/words/quoted.ts';
import { writtenDuration } from '../../../view/words/written-duration.ts';
import type { Cost, IdleTime, RunCost } from './run-cost.ts';

/** `195 EUR`, with cents only where there are some, and without the parts of one. */
export function moneyWords({ amount, currency }: Rate): string {
  const cents = Math.round(Math.abs(amount) * 100);
  if (cents === 0 && amount !== 0) return `less than 0.01 ${currency}`;
  return `${cents % 100 === 0 ? amount.toFixed(0) : amount.toFixed(2)} ${currency}`;
}

/** `at least 3.2 s, 0.02 EUR`; `why` says why something is not known, where there is room for it. */
export function machineCostWords({ machines }: RunCost, why = true): string {
  const least = machines.atLeast ? 'at least ' : '';
  return `${least}${formatDuration(machines.ms)}, ${moneyOf(machines, why && noMachineRate)}`;
}

/** What people did in it by hand. */
export function peopleCostWords({ people }: RunCost, why = true): string {
  return people.ms === 0 ? 'none' : `${formatDuration(people.ms)}, ${moneyOf(people, why && noRates)}`;
}

/** What the same by hand would have cost, and of how many runs that is known where it is not of all. */
export function byHandWords({ runs, byHand }: RunCost, why = true): string {
  if (byHand === undefined)
    return why ? 'not known: the page has no `manual-estimate`, or it came to nothing' : 'not known';
  const of = byHand.runs === runs ? '' : ` (${counted(byHand.runs, 'run')} of ${runs})`;
  return `${writtenDuration(byHand.ms)}, ${moneyOf(byHand, why && noRates)}${of}`;
}

/** How long workers had no run, and what share of it each run has. */
export function idleWords(idle: IdleTime | undefined): string {
  if (idle === undefined) return 'not known';
  const share = idle.runs === 0 ? 'no run began' : `${formatDuration(idle.ms / idle.runs)} a run`;
  return `${writtenDuration(idle.ms)}, ${moneyOf(idle, false)}; ${share}`;
}

/** The share of some runs in that time. */
export function idleShareWords(idle: Cost): string {
  return `${writtenDuration(idle.ms)}, ${moneyOf(idle, noMachineRate)}`;
}

const noMachineRate = 'no `machine-rate` is configured';
const noRates = 'no `rates` are configured';

function moneyOf({ money }: Cost, why: string | false): string {
  if (money !== undefined) return money.map(moneyWords).join(' and ');
  return why === false ? 'in money not known' : `in money not known: ${why}`;
}
