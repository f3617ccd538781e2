// Owns the form that answers what a run waits with.
import { html, raw } from 'hono/html';
import type { WebQuestion } from '../web-port.ts';
import { blocks, type Html, inline, moment } from './shell.ts';

/** Where a form is sent, and why it is none for who looks. */
export interface QuestionForm {
  /** Absent for the address of the page itself. */
  readonly action?: string;
  readonly whyNot?: string;
}

/** The question with all that is known for its answer; without the means to answer for whom it is not. */
export function questionForm(question: WebQuestion, form: QuestionForm): Html {
  const why = form.whyNot ?? (question.type === 'approval' ? question.whyNot : undefined);
  const inner = html`<h2>${question.type === 'approval' ? 'Waits for approval' : 'Waits for an answer'}</h2>
<p>${inline(question.asked)}${question.type === 'approval' ? until(question.expiresAt) : ''}</p>
${question.says === undefined ? '' : html`<article>${raw(question.says)}</article>`}
${blocks(question.shown)}`;
  if (why !== undefined)
    return html`<section class="box">${inner}<p class="notice">${inline(why)}</p></section>`;
  const action = form.action === undefined ? '' : html` action="${form.action}"`;
  return html`<form class="box" method="post"${action}>${inner}
${question.type === 'approval' ? approving(question) : answering(question)}</form>`;
}

function until(expiresAt: string | undefined): Html | string {
  if (expiresAt === undefined) return '';
  return html`, until ${moment(expiresAt, true)}<span></span>`;
}

type Approval = WebQuestion & { readonly type: 'approval' };

function approving({ address, digest }: Approval): Html {
  return html`<input type="hidden" name="address" value="${address}"><input type="hidden" name="digest" value="${digest}">
<label for="comment-${digest}">Comment, for the record</label>
<input type="text" id="comment-${digest}" name="comment" maxlength="2000" autocomplete="off">
<p class="hint">The digest of what is approved is <code>${digest}</code>; what is edited meanwhile is asked for anew.</p>
<button class="main" name="type" value="approve">Approve exactly this</button>
<button name="type" value="deny">Deny</button>`;
}

type Asked = WebQuestion & { readonly type: 'question' };

function answering({ id, boxes, value, words, meanings }: Asked): Html {
  return html`<input type="hidden" name="type" value="answer"><input type="hidden" name="question" value="${id}">
${boxes === undefined ? '' : checkboxes(boxes)}
${value === undefined ? '' : valueField(id, value)}
<label for="note-${id}">Note, for the record</label>
<input type="text" id="note-${id}" name="note" maxlength="2000" autocomplete="off">
<div class="words">${words.map((word) => html`<button name="word" value="${word}" aria-describedby="does-${word}">${word}</button><span class="hint" id="does-${word}">${meanings[word] ?? ''}</span>`)}</div>`;
}

function checkboxes(boxes: NonNullable<Asked['boxes']>): Html {
  return html`<fieldset><legend>What is done</legend>${boxes.map(
    ({ text, ticked }, at) =>
      html`<label><input type="checkbox" name="item" value="${String(at)}"> ${inline(text)}${ticked ? ' (ticked)' : ''}</label>`,
  )}</fieldset>`;
}

function valueField(id: string, { label, choices }: NonNullable<Asked['value']>): Html {
  const field =
    choices === undefined
      ? html`<input type="text" id="value-${id}" name="value" autocomplete="off">`
      : html`<select id="value-${id}" name="value"><option value=""></option>${choices.map(
          (choice) => html`<option>${choice}</option>`,
        )}</select>`;
  return html`<label for="value-${id}">${label}</label>${field}`;
}
