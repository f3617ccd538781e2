// Owns an event that was received, as the page shows it.
import type { KeptEvent, WholeEvent } from '../../../engine/queue/kept-event.ts';
import type { Decided } from '../../../engine/queue/rule-decision.ts';
import { formatMoment } from '../../../runbook/regions/format-duration.ts';
import type { PageBlock } from '../../../surfaces/reports/page/page.ts';
import type { WebEvent } from '../../../surfaces/web/web-port.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { quoted } from '../../../view/words/quoted.ts';

/** As lists have it, with what came of it the last time that it was gone through. */
export function webEvent({ id, told, times, receivedAt, rounds }: KeptEvent): WebEvent {
  const decided = rounds.at(-1)?.decided ?? [];
  const often = times > 1 ? `, told ${times} times` : '';
  return {
    id: String(id),
    at: new Date(receivedAt).toISOString(),
    source: told.endpoint === '' ? told.source : `${told.source}/${told.endpoint}`,
    title: told.type === 'event' ? told.title : 'not readable',
    state: `${told.type === 'event' ? told.state : 'rejected'}${often}`,
    came: told.type === 'event' ? cameOf(decided) : [told.reason],
    runs: [...new Set(decided.flatMap((one) => ('run' in one ? [one.run as string] : [])))],
  };
}

function cameOf(decided: readonly Decided[]): readonly string[] {
  const told = decided.filter(({ type }) => type !== 'no-match');
  if (told.length > 0) return told.map(decidedWords);
  return [decided.length === 0 ? 'no runbook has a rule' : `none of ${decided.length} rules matches`];
}

/** What one rule made of it, in a sentence. */
function decidedWords(one: Decided): string {
  const who = `${one.runbook.path} (${one.rule})`;
  switch (one.type) {
    case 'queued':
      return `${who}: started`;
    case 'held':
      return `${who}: waits until ${new Date(one.until).toISOString()}: ${one.reason}`;
    case 'asking':
      return `${who}: waits for permission: ${one.reason}`;
    case 'joined':
      return `${who}: left to the run that is there already`;
    default:
      return `${who}: ${one.type.replace('-', ' ')}: ${one.reason}`;
  }
}

/** All that is known of it: what each rule said each time, its fields, and the bytes that came. */
export function webEventBlocks({ told, rounds, raw, rawBytes }: WholeEvent): readonly PageBlock[] {
  const text = new TextDecoder().decode(raw);
  return [
    ...rounds.flatMap(({ at, by, decided, leftOut }): PageBlock[] => [
      {
        type: 'heading',
        level: 3,
        text: `Decided ${formatMoment(new Date(at).toISOString())}${by === undefined ? '' : `, once more by ${visibleText(by)}`}`,
      },
      {
        type: 'list',
        items: [
          ...decided.map((one) => visibleText(decidedWords(one))),
          ...(leftOut > 0 ? [`${leftOut} more rules that do not match`] : []),
        ],
      },
    ]),
    ...(told.type === 'event'
      ? [
          { type: 'heading' as const, level: 2 as const, text: 'Labels' },
          {
            type: 'table' as const,
            head: [],
            rows: Object.entries(told.labels).map(([name, value]) => [
              quoted(visibleText(name)),
              visibleText(value),
            ]),
          },
        ]
      : []),
    { type: 'heading', level: 2, text: 'As it came' },
    { type: 'code', label: 'text', lines: text.split('\n').map(visibleText) },
    ...(rawBytes > raw.length ? [{ type: 'paragraph' as const, text: `${rawBytes} bytes in all` }] : []),
  ];
}
