// Owns what starts a runbook beside people, in words.
import type { Trigger } from '../../../runbook/front-matter/triggers/trigger.ts';

/** `alertmanager (alertname, severity)`; a schedule with when it comes. */
export function triggerWords({ source, endpoint, match, condition, schedule, may }: Trigger): string {
  if (schedule) return `schedule ${schedule.cron} (${schedule.timezone})`;
  const what = [...match.map(({ label }) => label), ...(condition ? ['if'] : [])].join(', ');
  const from = endpoint === undefined ? source : `${source}/${endpoint}`;
  const beyond = may === 'change' ? ', may change' : '';
  return `${from}${what === '' ? '' : ` (${what})`}${beyond}`;
}
