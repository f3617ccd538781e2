// Owns turning a run's events into what its document shows.
import type { Address } from '../../basics/address.ts';
import { digestOfCode } from '../../run/digest-of-code.ts';
import type { Actor, AttemptResult, HostResult, RecordedEvent, RunEvent } from '../../run/event.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import { type OutputExcerpt, roundBytes } from '../../runbook/regions/output-excerpt.ts';
import type {
  ChecklistEntry,
  HostView,
  LinkedResult,
  ResultView,
} from '../../runbook/regions/result-view.ts';
import type { LogEntry } from '../../runbook/regions/run-log.ts';
import { reasonWords } from '../../view/words/reason-words.ts';
import { spentBetween } from './course/spent-between.ts';
import type { ItemRecord } from './item-record.ts';
import { foldItem } from './item-record.ts';

/** What the events so far say: one record an item that has something to show, and the run's row. */
export interface DocumentState {
  readonly items: ReadonlyMap<Address, ItemRecord>;
  readonly operator?: Actor;
  readonly entry?: LogEntry;
  /** The last event, and the milliseconds from the first one to it. */
  readonly until?: { readonly last: RecordedEvent; readonly spentMs: number };
}

/** Gives the bounded ends of a stored output; `undefined` where nothing was printed or the file is gone. */
export type ReadOutput = (output: OutputSummary) => OutputExcerpt | undefined;

/** Takes results and the run's row; a document writer is one. */
export interface ResultSink {
  update(address: Address, make: () => ResultView | undefined): void;
  setLogEntry(entry: LogEntry): void;
}

/** Before the first event. */
export const emptyDocumentState: DocumentState = { items: new Map() };

/** The state after more events; nothing that it is given is changed. */
export function foldResults(state: DocumentState, events: readonly RecordedEvent[]): DocumentState {
  const items = new Map(state.items);
  let next: DocumentState = { ...state, items };
  for (const recorded of events) {
    next = { ...next, ...foldRun(next, recorded) };
    const address = addressOf(recorded.event);
    const item = address === undefined ? undefined : foldItem(items.get(address), recorded, next.operator);
    if (address !== undefined && item !== undefined) items.set(address, item);
  }
  return next;
}

/** What a document shows of one item. */
export function resultView(
  item: PlanItem,
  record: ItemRecord,
  read: ReadOutput,
  linked: readonly LinkedResult[] = [],
): ResultView {
  const { status, at, by, reason, difference, note, details, result } = record;
  const output = result === undefined || result.hosts !== undefined ? undefined : read(result.output);
  const checklist = item.kind === 'checklist' ? checklistOf(item.entries, record) : undefined;
  const ticked = checklist?.filter((entry) => entry.ticked && entry.by !== undefined).length ?? 0;
  const all = checklist !== undefined && ticked === checklist.length;
  const open = checklist !== undefined && !all && status === 'waiting';
  const said = open ? `${ticked} of ${checklist.length} ticked` : reason;
  const hosts = hostsOf(record, read);
  const warnings = warningsOf(record);
  return {
    address: item.address,
    status: all && status === 'waiting' ? 'done' : status,
    at,
    ...(by && { by }),
    ...(result &&
      status !== 'running' && { durationMs: result.durationMs, exitCode: exitCodeOf(item, result) }),
    ...(said !== undefined && { reason: said }),
    ...(difference !== undefined && { difference }),
    ...(note !== undefined && { note }),
    ...(details.length > 0 && { details }),
    ...ranCode(item, record),
    ...(result && Object.keys(result.captured).length > 0 && { captured: result.captured }),
    ...(warnings.length > 0 && { warnings }),
    ...(checklist && { checklist }),
    ...(output && { output }),
    ...(hosts && { hosts }),
    ...(linked.length > 0 && { linked }),
  };
}

/** Hands on what changes in a run's document, event by event; a resumed run's former events come first. */
export class DocumentLog {
  readonly #planned: ReadonlyMap<Address, PlanItem>;
  /** What each link of the document brought into the run, in the order of the plan. */
  readonly #linked = new Map<Address, PlanItem[]>();
  readonly #read: ReadOutput;
  readonly #sink: ResultSink;
  readonly #isSummary: boolean;
  readonly #items = new Map<Address, ItemRecord>();
  #run: Omit<DocumentState, 'items'> = {};

  /** A summary has only what somebody has to look at, or has said. */
  constructor(plan: Plan, read: ReadOutput, sink: ResultSink, isSummary = false) {
    this.#planned = new Map(plan.items.map((item) => [item.address, item]));
    for (const item of plan.items) {
      const link = this.#linkInDocument(item);
      if (link === item || item.kind === 'runbook') continue;
      this.#linked.set(link.address, [...(this.#linked.get(link.address) ?? []), item]);
    }
    this.#read = read;
    this.#sink = sink;
    this.#isSummary = isSummary;
  }

  onEvent(recorded: RecordedEvent): void {
    const changed = foldRun(this.#run, recorded);
    this.#run = { ...this.#run, ...changed };
    if (changed.entry !== undefined) this.#sink.setLogEntry(changed.entry);
    const address = addressOf(recorded.event);
    const planned = address === undefined ? undefined : this.#planned.get(address);
    if (address === undefined || planned === undefined) return;
    // What stands for a placeholder is asked beside its block, and is no item of the page.
    if (planned.kind === 'manual' && planned.ask?.usedBy !== undefined) return;
    const before = this.#items.get(address);
    const record = foldItem(before, recorded, this.#run.operator);
    if (record === undefined || record === before) return;
    this.#items.set(address, record);
    const shown = this.#linkInDocument(planned);
    this.#sink.update(shown.address, () => this.#viewOf(shown, record.at));
  }

  /** What is shown of an item; undefined where a summary says nothing of it. */
  #viewOf(shown: PlanItem, at: string): ResultView | undefined {
    const none: ItemRecord = { status: 'waiting', at, attempt: 0, details: [], ticks: {} };
    const record = this.#items.get(shown.address) ?? none;
    const view = resultView(shown, record, this.#read, this.#linkedResults(shown.address));
    return this.#isSummary && !isForSummary(shown, view) ? undefined : view;
  }

  /** Where the document shows an item: at the link that brought it, or at the item itself. */
  #linkInDocument(item: PlanItem): PlanItem {
    let shown = restoredBy(item, this.#planned);
    while (shown.within !== undefined) {
      const link = this.#planned.get(shown.within);
      if (link === undefined) break;
      shown = link;
    }
    return shown;
  }

  #linkedResults(link: Address): readonly LinkedResult[] {
    const isDone = this.#items.get(link)?.status === 'already-done';
    return (this.#linked.get(link) ?? []).flatMap((item): readonly LinkedResult[] => {
      const { address } = item;
      const record = this.#items.get(address);
      if (record && this.#isSummary && !isForSummary(item, record)) return [];
      if (record === undefined || (isDone && record.status === 'skipped')) return [];
      const { status, reason, result } = record;
      const output = status === 'failed' && result !== undefined ? this.#read(result.output) : undefined;
      return [
        {
          address,
          status,
          ...(result && status !== 'running' && { durationMs: result.durationMs }),
          ...(reason !== undefined && { reason }),
          ...(output && { output }),
        },
      ];
    });
  }
}

/** What puts a file back, and a handler, have no place of their own in a page: they are told of at their block. */
function restoredBy(item: PlanItem, planned: ReadonlyMap<Address, PlanItem>): PlanItem {
  const restores = item.kind === 'block' ? (item.restores ?? item.follows?.at(-1)) : undefined;
  return (restores === undefined ? undefined : planned.get(restores)) ?? item;
}

/** The code that an item's last attempt ran, where there was one. */
function ranCode(item: PlanItem, { ran }: ItemRecord): Pick<ResultView, 'ran'> {
  if (item.kind !== 'block' || ran === undefined) return {};
  const code = ran.edited ?? item.code;
  return {
    ran: { code, digest: digestOfCode(code), ...(ran.edited !== undefined && { edited: true as const }) },
  };
}

/** What failed or is not known to have ended well, and all that people did, said or have to do. */
function isForSummary(
  { kind }: PlanItem,
  {
    status,
    reason,
    note,
    details = [],
    linked = [],
  }: Pick<ResultView, 'status'> & Partial<Pick<ResultView, 'reason' | 'note' | 'details' | 'linked'>>,
): boolean {
  if (kind === 'manual' || kind === 'checklist' || linked.length > 0 || note !== undefined) return true;
  if (status === 'failed' || status === 'in-doubt' || status === 'marked-done') return true;
  if (status === 'waiting') return reason !== undefined;
  return details.some(({ type }) => type === 'note' || type === 'decided');
}

/** A link has an end, but no process that could have an exit code. */
function exitCodeOf(item: PlanItem, { exitCode }: AttemptResult): number | null {
  return item.kind === 'runbook' ? null : exitCode;
}

/** What an event says of the whole run. */
function foldRun(state: Omit<DocumentState, 'items'>, recorded: RecordedEvent): Omit<DocumentState, 'items'> {
  const { until } = state;
  const spentMs = until === undefined ? 0 : until.spentMs + spentBetween(until.last, recorded);
  return { ...foldEntry(state, recorded, spentMs), until: { last: recorded, spentMs } };
}

function foldEntry(
  state: Omit<DocumentState, 'items'>,
  { event, at }: RecordedEvent,
  spentMs: number,
): Pick<DocumentState, 'operator' | 'entry'> {
  switch (event.type) {
    case 'RunStarted': {
      const { run, by, inputs, runbook } = event;
      const version = runbook.commit ?? runbook.digest.replace(/^sha256[:-]/u, '');
      const { section } = runbook;
      const entry = { run, at, by, outcome: openInLog, inputs, version, ...(section && { section }) };
      return { operator: by, entry };
    }
    case 'RunResumed':
      return { operator: event.by, ...(state.entry && { entry: { ...state.entry, outcome: openInLog } }) };
    case 'RunPaused':
      return ended(state.entry, '◌ paused', spentMs);
    case 'RunEnded':
      return ended(state.entry, outcomeInLog[event.outcome], spentMs);
    default:
      return {};
  }
}

const openInLog = '◌ open';

const outcomeInLog = {
  rehearsed: '✔ rehearsed',
  succeeded: '✔ succeeded',
  failed: '✘ failed',
  'rolled-back': '✘ failed, rolled back',
  'rollback-failed': '✘ failed, rollback failed',
  'precondition-failed': '✘ a precondition does not hold',
  stopped: '✘ stopped',
} as const;

function ended(entry: LogEntry | undefined, outcome: string, durationMs: number): { entry?: LogEntry } {
  if (entry === undefined) return {};
  return { entry: { ...entry, outcome, durationMs } };
}

function addressOf(event: RunEvent): Address | undefined {
  return 'address' in event ? event.address : undefined;
}

/** The executor's warnings, and what it could not keep. */
function warningsOf({ result }: ItemRecord): readonly string[] {
  if (result === undefined) return [];
  const dropped = result.output.droppedBytes ?? 0;
  const lost = dropped > 0 ? [`${roundBytes(dropped)} of its output were not kept`] : [];
  return [...result.warnings, ...lost];
}

function checklistOf(
  entries: readonly { readonly text: string; readonly ticked: boolean }[],
  { ticks }: ItemRecord,
): readonly ChecklistEntry[] {
  return entries.map(({ text, ticked }, index) => {
    const set = ticks[index];
    return set === undefined ? { text, ticked } : { text, ticked: set.ticked, by: set.by, at: set.at };
  });
}

/** All hosts of a block that has ended; of one that nobody saw end, those that had. */
function hostsOf({ status, result, hosts }: ItemRecord, read: ReadOutput): readonly HostView[] | undefined {
  if (result?.hosts) return result.hosts.map((host) => hostView(host, read));
  if (hosts === undefined || status === 'running') return undefined;
  return Object.entries(hosts).map(([host, ended]) =>
    ended === undefined ? { host, status: 'in-doubt', durationMs: 0, exitCode: null } : hostView(ended, read),
  );
}

function hostView(host: HostResult, read: ReadOutput): HostView {
  const output = read(host.output);
  return {
    host: host.host,
    status: host.finding ? 'found' : host.status,
    durationMs: host.durationMs,
    exitCode: host.exitCode,
    ...(host.failure && { reason: reasonWords(host.failure) }),
    ...(output && { output }),
  };
}
