// Owns how it is shown how a run stands.
import { html } from 'hono/html';
import type { WebRun } from '../web-port.ts';
import type { Html } from './shell.ts';

/** A sign for those who look over a list; the words beside it say the same. */
const marks: Readonly<Record<string, readonly [sign: string, kind: string]>> = {
  succeeded: ['✔', 'good'],
  running: ['▶', 'work'],
  paused: ['●', 'waiting'],
  interrupted: ['?', 'bad'],
  unreadable: ['?', 'bad'],
  'waits for permission': ['●', 'waiting'],
  failed: ['✘', 'bad'],
  'rolled-back': ['✘', 'bad'],
  'rollback-failed': ['✘', 'bad'],
  'precondition-failed': ['✘', 'bad'],
};

/** The word for it, and what a run that rests waits for. */
export function standing({ status, waits }: Pick<WebRun, 'status' | 'waits'>): Html {
  const [sign, kind] = marks[status] ?? ['·', 'other'];
  return html`<span class="mark is-${kind}" aria-hidden="true">${sign}</span> <span class="status">${status}</span>${waits === undefined ? '' : html`: ${waits}`}`;
}
