// Owns the short facts about an item that an operator wants beside its code; knows nothing of a run's course.
import type { BlockItem, PlanItem } from '../run/plan.ts';
import { type Run, run } from './styled-text.ts';
import { counted, listed, quoted, writtenDuration } from './words.ts';

/** What an operator should know before an item runs, the most important first; nothing that goes without saying. */
export function itemFacts(item: PlanItem): Run[] {
  const facts: Run[] = [];
  if (item.risk === 'destructive') facts.push(run('destructive', { tone: 'bad', bold: true }));
  if (item.undoes !== undefined) facts.push(run(`undoes ${quoted(item.undoes)}`, { tone: 'warn' }));
  if (item.validates !== undefined) facts.push(run(`checks ${quoted(item.validates)}`, { tone: 'muted' }));
  if (item.kind === 'block') facts.push(...blockFacts(item));
  if (item.kind === 'runbook') facts.push(run(`runs ${quoted(item.target)}`, { tone: 'muted' }));
  if (item.approve) {
    const whom =
      item.approve.type === 'group'
        ? `of ${quoted(item.approve.group)}`
        : `of ${counted(item.approve.count, 'person', 'people')}`;
    facts.push(run(`needs approval ${whom}`, { tone: 'warn' }));
  }
  if (item.estimateMs !== undefined)
    facts.push(run(`takes about ${writtenDuration(item.estimateMs)}`, { tone: 'muted' }));
  return facts;
}

function blockFacts(item: BlockItem): Run[] {
  const facts: string[] = [item.language];
  if (item.risk === 'read') facts.push('only looks');
  if (item.hosts.length > 0) facts.push(`on ${listed(item.hosts.map(quoted))}`);
  if (item.hostsFrom !== undefined) facts.push(`on the hosts of ${quoted(item.hostsFrom)}`);
  if (item.cwd !== undefined) facts.push(`in ${quoted(item.cwd)}`);
  if (item.background) facts.push('in the background');
  if (item.interactive) facts.push('takes the whole terminal');
  if (item.timeoutMs !== undefined) facts.push(`at most ${writtenDuration(item.timeoutMs)}`);
  if (item.retries > 0)
    facts.push(`retried ${counted(item.retries, 'time')}, every ${writtenDuration(item.intervalMs)}`);
  if (item.capture !== undefined) facts.push(`sets ${quoted(item.capture)}`);
  return facts.map((fact) => run(fact, { tone: 'muted' }));
}
