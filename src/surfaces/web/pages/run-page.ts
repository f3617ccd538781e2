// Owns the page of one run: what it waits with, and its report as far as it has come.
import { html, raw } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import { formatBytes } from '../../../view/words/format-bytes.ts';
import type { PageBlock } from '../../reports/page/page.ts';
import { hasRole, type Person } from '../person.ts';
import type { ShownRun, WebQuestion } from '../web-port.ts';
import { questionForm } from './question-form.ts';
import { blocks, type Html, inline } from './shell.ts';
import { standing } from './standing.ts';

/** The page; its live part is renewed by itself where the browser runs our script. */
export function runPage(run: ShownRun, person: Person): Html {
  return html`<div data-live="/runs/${run.id}/changes?mark=${run.mark}">${livePart(run, person)}</div>`;
}

/** What can be another at the next moment. */
export function livePart(run: ShownRun, person: Person): Html {
  return html`<p role="status">${standing(run)}${run.isLive ? ', a process works on it' : ''}</p>
${run.cause === undefined ? '' : html`<p class="hint">Because of ${visibleText(run.cause)}</p>`}
${run.stuck === undefined ? '' : html`<p class="notice">It could not go on: ${inline(run.stuck)}</p>`}
<section data-output aria-label="What runs now">${blocks(run.running)}</section>
${run.questions.map((question) => waiting(run, question, person))}
${ending(run, person)}
${blocks(run.report.blocks)}
${outputs(run)}
${run.isUnbegun ? '' : html`<p><a href="/runs/${run.id}/hand-over">Hand-over page</a></p>`}`;
}

/** What whoever takes it over has to know, and the way back. */
export function handOver(id: string, shown: readonly PageBlock[]): Html {
  return html`<p><a href="/runs/${id}">Back to the run</a></p>${blocks(shown)}`;
}

function waiting(run: ShownRun, question: WebQuestion, person: Person): Html {
  const action = `/runs/${run.id}/answers`;
  const role = question.type === 'approval' ? 'approver' : 'operator';
  const why = hasRole(person, role)
    ? undefined
    : `You may look, but not answer: that takes the role ${role}.`;
  return questionForm(question, { action, ...(why && { whyNot: why }) });
}

function ending(run: ShownRun, person: Person): Html | string {
  if (!run.isOpen || !hasRole(person, 'operator')) return '';
  const pause = html`<button name="type" value="pause">Pause after the step that runs</button>`;
  const goOn = html`<button name="type" value="resume">Go on</button>`;
  return html`<form method="post" action="/runs/${run.id}/answers">${run.canGoOn ? goOn : run.isLive ? pause : ''}
<details><summary>Stop the run</summary><p class="hint">${run.isLive ? 'What runs now is ended, and n' : 'N'}othing is undone by it.</p>
<button name="type" value="stop">Stop it now</button></details></form>`;
}

function outputs({ id, outputs: files }: ShownRun): Html | string {
  if (files.length === 0) return '';
  return html`<h2>Outputs</h2><ul>${files.map(
    ({ name, label, bytes }) =>
      html`<li><a href="/runs/${id}/outputs/${raw(encodeURIComponent(name))}">${inline(label)}</a>, ${formatBytes(bytes)}</li>`,
  )}</ul>`;
}
