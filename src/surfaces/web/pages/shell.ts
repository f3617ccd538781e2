// Owns what all pages of a server have around what they show.
import { html, raw } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import type { PageBlock } from '../../reports/page/page.ts';
import { inlineHtml, renderHtmlBlocks } from '../../reports/page/render-html-blocks.ts';
import type { Person } from '../person.ts';

/** HTML in which everything that came from elsewhere is escaped. */
export type Html = ReturnType<typeof html>;

/** A page and who looks at it. */
export interface Shown {
  readonly title: string;
  /** Absent where nobody is signed in. */
  readonly person?: Person;
  /** The path of the page of the list that this one belongs to. */
  readonly at?: string;
  readonly body: Html | readonly Html[];
}

const places = [
  ['/runs', 'Runs'],
  ['/library', 'Library'],
  ['/events', 'Events'],
  ['/statistics', 'Statistics'],
] as const;

/** The page as a whole document; it fetches only what this server has. */
export function shell({ title, person, at, body }: Shown): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · runsheet</title>
<link rel="stylesheet" href="/assets/page.css">
<link rel="icon" href="data:,">
<script src="/assets/page.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${person === undefined ? '' : navigation(person, at)}
<main id="content">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

function navigation(person: Person, at: string | undefined): Html {
  const links = places.map(
    ([path, words]) =>
      html`<li><a href="${path}"${path === at ? raw(' aria-current="page"') : ''}>${words}</a></li>`,
  );
  return html`<header><nav aria-label="Pages"><ul>${links}</ul>
<form class="who" method="post" action="/sign-out">${person.name} <button>Sign out</button></form></nav></header>`;
}

/** Parts of a report. */
export function blocks(of: readonly PageBlock[]): Html {
  return html`${raw(renderHtmlBlocks(of))}`;
}

/** A sentence in which what stands between backticks is code, as in messages of a terminal. */
export function inline(words: string): Html {
  return html`${raw(inlineHtml(visibleText(words)))}`;
}

/** A time that a reader's own clock can be held against; one that something waits until is counted down to. */
export function moment(iso: string, isUntil = false): Html {
  return html`<time${isUntil ? raw(' data-until') : ''} datetime="${iso}">${iso.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC')}</time>`;
}

/** A table with a head; the cells are HTML already. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table>
<thead><tr>${head.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;
}
