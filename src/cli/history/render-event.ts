// Owns how events are told as text. Every word in them is a stranger's.
import type { KeptEvent, WholeEvent } from '../../engine/queue/kept-event.ts';
import type { Decided } from '../../engine/queue/rule-decision.ts';
import { formatMoment } from '../../runbook/regions/format-duration.ts';
import { visibleText } from '../../text/visible-text.ts';
import { layOutColumns } from '../../view/layout/lay-out-columns.ts';

/** In fewer columns the list leaves out what it can. */
const roomyColumns = 120;

/** One line each; `width` is that of the terminal. */
export function renderEvents(events: readonly KeptEvent[], width: number | undefined): string {
  const hasTime = width === undefined || width >= roomyColumns;
  const rows = events.map((event) => {
    const { told, id, times, receivedAt, rounds } = event;
    const came = rounds.flatMap(({ decided }) => decided);
    return [
      String(id),
      ...(hasTime ? [moment(receivedAt)] : []),
      visibleText(told.endpoint === '' ? told.source : `${told.source}/${told.endpoint}`),
      told.type === 'event' ? told.state : 'unreadable',
      `${times}×`,
      summaryOf(came),
      titleOf(event),
    ];
  });
  const last = hasTime ? 6 : 5;
  const right = [0, hasTime ? 4 : 3];
  return layOutColumns(rows, right, width === undefined ? undefined : { width, cut: [last] });
}

/** All that is kept of one, with the delivery's beginning. */
export function renderEvent(event: Omit<WholeEvent, 'raw'>, raw: string): string {
  const { told, id, times, receivedAt, lastToldAt, rounds, rawBytes } = event;
  const facts: [name: string, value: string][] = [
    ['source', told.endpoint === '' ? told.source : `${told.source}, endpoint ${told.endpoint}`],
    [
      'told',
      times === 1 ? moment(receivedAt) : `${times} times, ${moment(receivedAt)} to ${moment(lastToldAt)}`,
    ],
  ];
  if (told.type === 'event') {
    facts.push(['state', told.state], ['subject', told.subject], ['key', told.key]);
    if (told.at !== undefined) facts.push(['at', told.at]);
    if (told.person !== undefined) facts.push(['person', told.person]);
    if (told.link !== undefined) facts.push(['link', told.link]);
    for (const [name, value] of Object.entries(told.labels)) facts.push([`label ${name}`, value]);
  }
  const seen = facts.map(([name, value]) => [`  ${visibleText(name)}`, visibleText(value)]);
  const long = rawBytes > new TextEncoder().encode(raw).length ? `, of ${rawBytes} bytes` : '';
  return [
    `event ${id}: ${titleOf(event)}\n`,
    layOutColumns(seen),
    ...rounds.flatMap(renderRound),
    `\nas it came${long}\n`,
    ...raw.split(/\r?\n/).map((line) => `  ${visibleText(line)}`.trimEnd().concat('\n')),
  ].join('');
}

function renderRound({ at, by, decided, leftOut }: KeptEvent['rounds'][number]): readonly string[] {
  const head =
    by === undefined ? 'what came of it' : `gone through anew by ${visibleText(by)}, ${moment(at)}`;
  const lines = decided.map(decidedLine);
  const none =
    decided.length === 0 && leftOut === 0 ? ['  no runbook has a rule for events of this sender\n'] : [];
  return [
    `\n${head}\n`,
    ...lines,
    ...(leftOut === 0 ? [] : [`  and ${leftOut} more rules that do not match\n`]),
    ...none,
  ];
}

/** What came of an event now, a line for each rule that it met. */
export function renderDecided(decided: readonly Decided[]): string {
  const told = decided.filter(({ type }) => type !== 'no-match');
  if (told.length > 0) return told.map(decidedLine).join('');
  return decided.length === 0 ? 'no runbook has a rule for events of this sender\n' : 'no rule matches\n';
}

function decidedLine(one: Decided): string {
  const { repository, path } = one.runbook;
  const place = repository === undefined ? path : `${repository} ${path}`;
  return `  ${visibleText(`${place} ${one.rule}`)}: ${visibleText(wordsOf(one))}\n`;
}

/** What came of one rule. */
function wordsOf(one: Decided): string {
  switch (one.type) {
    case 'queued':
      return `run ${one.run}`;
    case 'held':
      return `run ${one.run}, held until ${moment(one.until)}: ${one.reason}`;
    case 'asking':
      return `run ${one.run}, when a person lets it begin: ${one.reason}`;
    case 'joined':
      return `left to run ${one.run}${one.why === 'dedup' ? ', by its dedup key' : ', by its concurrency'}`;
    case 'no-match':
      return `no match: ${one.reason}`;
    default:
      return `${one.type}: ${one.reason}`;
  }
}

function summaryOf(came: readonly Decided[]): string {
  const runs = came.flatMap((one) => ('run' in one ? [one.run] : []));
  const [run] = runs;
  if (run !== undefined) return runs.length === 1 ? run : `${runs.length} runs`;
  const [other] = came.filter(({ type }) => type !== 'no-match');
  return other?.type ?? (came.length === 0 ? 'no rules' : 'no match');
}

function titleOf({ told }: Pick<KeptEvent, 'told'>): string {
  return visibleText(told.type === 'event' ? told.title : told.reason);
}

function moment(ms: number): string {
  return formatMoment(new Date(ms).toISOString());
}
