// Owns which runs an address asks for.
import type { RunFilter } from './web-port.ts';

const usualRuns = 50;
const mostRuns = 500;

/** What a query asks for; what it says that is no filter is left out. */
export function readRunFilter({
  status,
  runbook,
  before,
  limit,
}: Readonly<Record<string, string>>): RunFilter {
  const wanted = Math.trunc(Number(limit));
  return {
    limit: wanted >= 1 ? Math.min(mostRuns, wanted) : usualRuns,
    ...((status === 'open' || status === 'ended') && { status }),
    ...(runbook && { runbook }),
    ...(before && { before }),
  };
}
