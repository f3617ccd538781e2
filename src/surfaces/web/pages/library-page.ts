// Owns the library: the runbooks of the server, one of them, and the form that starts it.
import { html, raw } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import { counted } from '../../../view/words/quoted.ts';
import { hasRole, type Person } from '../person.ts';
import type { LibraryEntry, LibraryPage, LibrarySource, WebInput } from '../web-port.ts';
import { type Html, inline, table } from './shell.ts';

/** Where the page of a runbook is. */
function runbookPath(path: string): string {
  return `/library/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** All runbooks, by their path. */
export function libraryPage(entries: readonly LibraryEntry[], source: LibrarySource | undefined): Html {
  const { words, trouble } = source ?? {};
  return html`${words === undefined ? '' : html`<p class="hint">${visibleText(words)}</p>`}
${trouble === undefined ? '' : html`<p class="notice alert" role="status">${visibleText(trouble)}</p>`}
${entries.length === 0 ? html`<p>No runbooks.</p>` : entriesTable(entries)}`;
}

function entriesTable(entries: readonly LibraryEntry[]): Html {
  return table(
    'Runbooks',
    ['Runbook', 'Started by', 'Check'],
    entries.map((entry) => [
      html`<a href="${runbookPath(entry.path)}">${visibleText(entry.title)}</a> <span class="under">${visibleText(describing(entry))}</span>`,
      html`people${entry.startedBy.map((words) => html` <span class="under">${visibleText(words)}</span>`)}`,
      checkWords(entry),
    ]),
  );
}

/** Where it is, whose, how grave, and of what. */
function describing({ path, owner, severity, tags }: LibraryEntry): string {
  const facts = [path, owner, severity].filter((part) => part !== undefined).join(' · ');
  return [facts, ...tags.map((tag) => `#${tag}`)].join(' ');
}

/** Whether it can be run, and how much there is to read about it on its page. */
function checkWords({ problems, errors }: LibraryEntry): Html | string {
  if (errors > 0)
    return html`<span class="mark is-bad" aria-hidden="true">✘</span> ${counted(errors, 'error')}: not run`;
  return problems === 0 ? 'nothing found' : counted(problems, 'warning');
}

/** One runbook: how to start it, what check finds, and its text. */
export function runbookPage(page: LibraryPage, { person, key, problem }: RunbookForm): Html {
  return html`<p class="hint">${visibleText(page.path)}${page.owner === undefined ? '' : `, owned by ${visibleText(page.owner)}`}</p>
${problem === undefined ? '' : html`<p class="notice alert" role="alert">${inline(problem.message)}</p>`}
${page.startedBy.length === 0 ? '' : html`<p>Started by: ${visibleText(page.startedBy.join('; '))}</p>`}
${hasRole(person, 'operator') ? starting(page, key, problem?.values ?? {}) : ''}
${page.findings.length === 0 ? '' : html`<details${page.errors > 0 ? raw(' open') : ''}><summary>What check finds: ${String(page.findings.length)}</summary><ul>${page.findings.map((line) => html`<li>${inline(line)}</li>`)}</ul></details>`}
<h2>The page</h2>
<article>${raw(page.html)}</article>`;
}

/** Who looks, and the form for them. */
export interface RunbookForm {
  readonly person: Person;
  /** Of this form and no other, so that it starts one run however often it is sent. */
  readonly key: string;
  readonly problem?: Problem;
}

/** Why a start was refused, and what had been written. */
interface Problem {
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What can only be refused is not asked for. */
function starting(page: LibraryPage, key: string, values: Readonly<Record<string, string>>): Html {
  if (page.errors === 0) return startForm(page, key, values);
  return html`<p class="notice alert">It cannot be started while it has errors: ${counted(page.errors, 'error')}, below.</p>`;
}

function startForm(
  { path, inputs }: LibraryPage,
  key: string,
  values: Readonly<Record<string, string>>,
): Html {
  return html`<form class="box" method="post" action="/start">
<h2>Start</h2>
<p class="hint">It runs on the server, unattended: what needs a person waits on the page of the run.</p>
<input type="hidden" name="path" value="${path}"><input type="hidden" name="key" value="${key}">
${inputs.map((input) => inputField(input, values[input.name]))}
<button class="main">Start the run</button></form>`;
}

function inputField(input: WebInput, written: string | undefined): Html {
  const id = `input-${input.name}`;
  const value = written ?? input.value ?? '';
  if (input.secret !== undefined)
    return html`<p><strong>${input.name}</strong>: ${visibleText(input.secret)}</p>`;
  const needed = input.required ? raw(' required') : '';
  const hint = [input.description, input.pattern && `has to match ${input.pattern}`]
    .filter((part) => part !== undefined)
    .join('; ');
  // Where the page gives no value, nothing is chosen that nobody has chosen.
  const field =
    input.choices === undefined
      ? html`<input type="text" id="${id}" name="input.${input.name}" value="${value}" aria-describedby="${id}-hint" autocomplete="off"${needed}>`
      : html`<select id="${id}" name="input.${input.name}" aria-describedby="${id}-hint"${needed}>${input.value === undefined ? html`<option value=""></option>` : ''}${input.choices.map(
          (choice) => html`<option ${choice === value ? 'selected' : ''}>${choice}</option>`,
        )}</select>`;
  return html`<label for="${id}">${input.name}</label>${field}<p class="hint" id="${id}-hint">${visibleText(hint)}</p>`;
}
