// Owns the pages that who has a link is shown.
import { html } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import type { LinkedRequest } from '../link-port.ts';
import { questionForm } from './question-form.ts';
import { blocks, type Html, inline } from './shell.ts';
import { standing } from './standing.ts';

/** What is asked with all that the page of the run has, and the form that answers it. */
export function linkPage({ person, run, question }: LinkedRequest & { readonly type: 'open' }): Html {
  return html`<p role="status">${standing(run)}</p>
${run.cause === undefined ? '' : html`<p class="hint">Because of ${visibleText(run.cause)}</p>`}
<p>You answer as ${visibleText(person.name)}; the link counts once.</p>
${questionForm(question, {})}
${blocks(run.report.blocks)}`;
}

/** What has become of it. */
export function answeredPage(words: string): Html {
  return html`<p class="notice" role="status">${inline(words)}</p>`;
}
