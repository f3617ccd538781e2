// Owns which runs an address asks for.
import type { RunFilter } from './web-port.ts';

const usualRuns = 50;
const mostRuns = 500;

/** Why a program is not answered that asks so; undefined where it is. */
export function whyNoRunFilter({ status, limit }: Readonly<Record<string, string>>): string | undefined {
  if (status !== undefined && status !== 'open' && status !== 'ended')
    return 'expected `status` to be `open` or `ended`';
  if (limit !== undefined && !(/^\d{1,3}$/.test(limit) && Number(limit) >= 1 && Number(limit) <= mostRuns))
    return `expected \`limit\` to be a number from 1 to ${mostRuns}`;
  return undefined;
}

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
