// Owns what starts a runbook beside people, in words.
import type { LabelMatcher, Trigger } from '../../../runbook/front-matter/triggers/trigger.ts';

/** `alertmanager (alertname=PoolFull, severity)`; a schedule with when it comes. */
export function triggerWords({ source, endpoint, match, condition, schedule, may }: Trigger): string {
  if (schedule) return `schedule ${schedule.cron} (${schedule.timezone})`;
  const what = [...match.map(labelWords), ...(condition ? ['if'] : [])].join(', ');
  const from = endpoint === undefined ? source : `${source}/${endpoint}`;
  const beyond = may === 'change' ? ', may change' : '';
  return `${from}${what === '' ? '' : ` (${what})`}${beyond}`;
}

/** A label that has to be one text is told with it; else that it is looked at. */
function labelWords({ label, any: [first, ...others], none }: LabelMatcher): string {
  return first?.type === 'equal' && others.length === 0 && none.length === 0
    ? `${label}=${first.value}`
    : label;
}
