// Owns the list of events that a server has received, and one of them.
import { html } from 'hono/html';
import { visibleText } from '../../../text/visible-text.ts';
import type { PageBlock } from '../../reports/page/page.ts';
import { hasRole, type Person } from '../person.ts';
import type { WebEvent } from '../web-port.ts';
import { blocks, type Html, inline, moment, table } from './shell.ts';

/** So many events stand on one page. */
const eventsShown = 100;

/** Newest first. */
export function eventsPage(events: readonly WebEvent[]): Html {
  const last = events.at(-1);
  if (events.length === 0) return html`<p>No events.</p>`;
  return html`${table(
    'Events',
    ['Event', 'What came of it', 'Received'],
    events.map((event) => [
      html`<a href="/events/${event.id}">${visibleText(event.title) || 'without a title'}</a> <span class="under">${event.state}</span>`,
      cameOf(event),
      html`${moment(event.at)} <span class="under">${visibleText(event.source)}</span>`,
    ]),
  )}${last && events.length === eventsShown ? html`<p><a href="/events?before=${last.id}">Older events</a></p>` : ''}`;
}

/** One event with why it started what, and why not. */
export function eventPage(event: WebEvent, shown: readonly PageBlock[], person: Person): Html {
  return html`<p>${moment(event.at)}, from ${visibleText(event.source)}, ${event.state}</p>
<h2>What came of it</h2>${cameOf(event)}
${
  hasRole(person, 'operator')
    ? html`<form method="post" action="/events/${event.id}/replay"><button>Decide it once more</button>
<p class="hint">With the runbooks and rules of now, as if it had just been received.</p></form>`
    : ''
}
${blocks(shown)}`;
}

function cameOf({ came, runs }: WebEvent): Html {
  return html`<ul>${came.map((line) => html`<li>${inline(line)}</li>`)}${runs.map(
    (run) => html`<li>run <a href="/runs/${run}">${run}</a></li>`,
  )}</ul>`;
}
