// Owns the list of runs.
import { html } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import type { RunFilter, WebRun } from '../web-port.ts';
import { type Html, moment, table } from './shell.ts';
import { standing } from './standing.ts';

/** Newest first, with a way to the older ones where this is as many as were asked for. */
export function runsPage(runs: readonly WebRun[], filter: RunFilter): Html {
  const last = runs.at(-1);
  const older = last !== undefined && runs.length === filter.limit;
  return html`<form method="get" action="/runs">
<label for="status">Which runs</label>
<select id="status" name="status">
${option('', 'all', filter.status)}${option('open', 'not ended', filter.status)}${option('ended', 'ended', filter.status)}
</select> <button>Show</button></form>
${runs.length === 0 ? html`<p>No runs.</p>` : runsTable(runs)}
${older ? html`<p><a href="/runs?${queryOf({ ...filter, before: last.id })}">Older runs</a></p>` : ''}`;
}

/** Runs as a table, which fits a phone. */
function runsTable(runs: readonly WebRun[]): Html {
  return table(
    'Runs',
    ['Run', 'Stands', 'Started'],
    runs.map((run) => [
      html`<a href="/runs/${run.id}">${visibleText(run.title) || run.id}</a> <span class="under">${run.id}</span>`,
      standing(run),
      html`${run.startedAt === '' ? '' : moment(run.startedAt)} <span class="under">${visibleText(run.startedBy)}</span>`,
    ]),
  );
}

function option(value: string, words: string, chosen: string | undefined): Html {
  return html`<option value="${value}" ${value === (chosen ?? '') ? 'selected' : ''}>${words}</option>`;
}

function queryOf({ status, runbook, before }: RunFilter): string {
  const query = new URLSearchParams();
  if (status !== undefined) query.set('status', status);
  if (runbook !== undefined) query.set('runbook', runbook);
  if (before !== undefined) query.set('before', before);
  return query.toString();
}
