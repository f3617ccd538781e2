// Owns what the page of a server shows and does, over the folder of runs, the library and the queue.
import { createHash, randomUUID } from 'node:crypto';
import { runId } from '../../../basics/address.ts';
import { fail, ok, type Result } from '../../../basics/result.ts';
import type { ListedRun, RunStore } from '../../../engine/journal/run-store.ts';
import { queueLimits, type RunQueue } from '../../../engine/queue/run-queue.ts';
import { checkInput } from '../../../run/inputs/resolve-inputs.ts';
import { formatMoment } from '../../../runbook/regions/format-duration.ts';
import { handOverPage } from '../../../surfaces/reports/telling/hand-over-page.ts';
import type { Person } from '../../../surfaces/web/person.ts';
import { renderMarkdown } from '../../../surfaces/web/render-markdown.ts';
import type {
  LibraryPage,
  LibrarySource,
  RunFilter,
  StartedRun,
  StartRequest,
  WebAnswer,
  WebPort,
  WebRefusal,
  WebRun,
} from '../../../surfaces/web/web-port.ts';
import { proseText } from '../../../view/steps/index-items.ts';
import { readRun } from '../../history/read-run.ts';
import { type Library, type LibraryState, libraryEntry, type Shelved } from '../shelf/library.ts';
import { requestOf, whyNotServed } from '../shelf/request-of.ts';
import { type AnswerParts, answerRun } from './answer-run.ts';
import { outputFiles, outputStream } from './output-files.ts';
import { RunningOutputs, runningOutputs } from './running-outputs.ts';
import { knownTo, shownRun, webRun } from './shown-run.ts';
import { statisticsPage } from './statistics-page.ts';
import { permissionName, waitingMark, waitingOf, waitingRun } from './waiting-run.ts';
import { watchOutputs } from './watch-outputs.ts';
import { webEvent, webEventBlocks } from './web-event.ts';
import { webInputs } from './web-inputs.ts';

/** What the port is made of. */
export interface WebPortParts extends AnswerParts {
  readonly library: Library;
  readonly watch: WebPort['watch'];
  readonly replay: WebPort['replay'];
  /** Whose runs the workers of this server take. */
  readonly queues: readonly string[];
}

/** How often the queue is asked for a run that somebody looks at. */
const lookMs = 1_000;

/** The port of the page of this process. */
export function createWebPort(parts: WebPortParts): WebPort {
  const { store, library, queue } = parts;
  const running = new RunningOutputs(store);
  const find = (id: string): ListedRun | undefined => {
    const found = store.find(id);
    return found.ok && found.value.id === id ? found.value : undefined;
  };
  return {
    runs: async (filter) => runsOf(parts, filter),
    run: async (id, person) => {
      const run = find(id);
      const shown = run && shownRun(store, run, person, await knownTo(queue, run));
      return shown ?? (await waitingRun(queue, id));
    },
    handOver: async (id) => {
      const run = find(id);
      const read = run && store.hasBegun(run.folder) ? readRun(run.folder) : undefined;
      if (run === undefined || read === undefined) return undefined;
      const { state, history, outputs } = read;
      const isLive = store.isLive(run.folder);
      return handOverPage({
        state,
        history,
        isLive,
        isElsewhere: store.goesOnElsewhere(run.folder),
        read: (output) => outputs.excerpt(output, 'the page of the run'),
      });
    },
    outputStream: async (id, name) => {
      const run = find(id);
      const read = run && readRun(run.folder);
      if (run === undefined || read === undefined) return undefined;
      const running = store.isLive(run.folder) ? runningOutputs(run.folder, read.state) : [];
      return outputStream(run.folder, [...outputFiles(run.folder, read.history), ...running], name);
    },
    running: async (id) => {
      const run = find(id);
      if (run === undefined) return (await queue.run(runId(id))) && [];
      return store.hasBegun(run.folder) ? running.of(run) : [];
    },
    answer: async (id, person, answer) => {
      const run = find(id);
      return run === undefined
        ? answerWaiting(parts, id, person, answer)
        : answerRun(parts, run, person, answer);
    },
    library: async () => library.all().map(libraryEntry),
    librarySource: () => librarySource(library.state),
    runbook: async (path) => {
      const found = library.find(path);
      return found && libraryPageOf(found);
    },
    start: async (person, request) => startRun(parts, person, request),
    events: async (before) => {
      const part = { limit: 100, ...(before !== undefined && { from: Number(before) }) };
      const { entries } = await queue.events({}, part);
      return entries.map(webEvent);
    },
    event: async (id) => {
      const found = /^\d{1,15}$/.test(id) ? await queue.event(Number(id)) : undefined;
      return found && { event: webEvent(found), shown: webEventBlocks(found) };
    },
    replay: parts.replay,
    statistics: statisticsPage(parts),
    hasRun: async (id) => find(id) !== undefined || (await queue.run(runId(id))) !== undefined,
    watch: (id, onChange) => watchRun(parts, id, onChange),
    watchOutput: (id, onMore) => watchOutputs(store.folder(runId(id)).outputs, onMore),
  };
}

/** No journal tells of one that has not begun, why a worker has let one rest, or that its process has ended. */
function watchRun(
  { store, queue, watch }: WebPortParts,
  id: string,
  onChange: (mark?: number) => void,
): () => void {
  const unwatch = watch(id, onChange);
  let known: string | undefined;
  const look = async (): Promise<void> => {
    const run = await queue.run(runId(id));
    const folder = store.folder(runId(id));
    if (!store.hasBegun(folder)) return run && onChange(waitingMark(run));
    const rests = run?.status === 'resting' ? run.reason : '';
    const stands = `${store.isLive(folder)} ${rests}`;
    if (known !== undefined && stands !== known) onChange();
    known = stands;
  };
  // A queue that cannot be used now is asked again.
  const ask = (): void => void look().catch(() => {});
  const timer = setInterval(ask, lookMs);
  ask();
  return () => {
    clearInterval(timer);
    unwatch();
  };
}

/** Newest first by their ids, whether they have begun or wait for their turn: what waits hides none that asks somebody. */
async function runsOf({ store, queue }: WebPortParts, filter: RunFilter): Promise<readonly WebRun[]> {
  const { limit, status, runbook, before } = filter;
  const isWanted = (id: string): boolean => before === undefined || id < before;
  const waiting = (status === 'ended' ? [] : await unbegun(store, queue, runbook)).filter(({ id }) =>
    isWanted(id),
  );
  const known = new Set<string>(waiting.map(({ id }) => id));
  const shown: WebRun[] = [];
  for (const run of status === 'open' ? store.notEnded() : store.newest()) {
    while (waiting[0] !== undefined && waiting[0].id > run.id) shown.push(...waiting.splice(0, 1));
    if (shown.length >= limit) break;
    if (!isWanted(run.id) || known.has(run.id)) continue;
    const { summary } = run;
    if (runbook !== undefined && summary?.runbook.endsWith(`/${runbook}`) !== true) continue;
    if (status === 'ended' && summary?.status !== 'ended') continue;
    shown.push(webRun(store, run, (await queue.run(run.id))?.origin));
  }
  return [...shown, ...waiting].slice(0, limit);
}

/** Runs of which there is no record yet, newest first; one that somebody has just taken is in the queue alone as well. */
async function unbegun(store: RunStore, queue: RunQueue, runbook: string | undefined): Promise<WebRun[]> {
  const found: WebRun[] = [];
  let from: number | undefined;
  do {
    const part = { limit: queueLimits.page, ...(from !== undefined && { from }) };
    const { entries, next } = await queue.runs({ status: ['asking', 'queued', 'running'] }, part);
    for (const run of entries)
      if (!store.hasBegun(store.folder(run.id)) && (runbook === undefined || run.runbook.path === runbook))
        found.push(waitingOf(run));
    from = next;
  } while (from !== undefined);
  return found.sort((left, right) => (left.id < right.id ? 1 : -1));
}

/** A run that asks whether it may begin has no record yet. */
async function answerWaiting(
  { queue, now, wake }: WebPortParts,
  id: string,
  { name }: Person,
  answer: WebAnswer,
): Promise<Result<string, WebRefusal>> {
  const isPermission = answer.type === 'answer' && answer.question === permissionName;
  const { word = '', note } = isPermission ? answer.answer : {};
  const by = note === undefined ? name : `${name} (${note})`;
  if (word === 'begin' && (await queue.permit(runId(id), by, now()))) {
    wake();
    return ok('it begins');
  }
  const reason = word === 'drop' ? `dropped by ${by}` : `stopped by ${name}`;
  if (word === 'drop' || answer.type === 'stop') {
    const cancelled = await queue.cancel(runId(id), { reason, at: now() });
    if (cancelled === 'cancelled' || cancelled === 'asked') return ok(reason);
  }
  return fail({ status: 404, message: 'There is no such run, or it asks nothing.' });
}

function librarySource({ name, commit, seenAtMs, trouble }: LibraryState): LibrarySource | undefined {
  if (commit === undefined) return undefined;
  const when = seenAtMs === undefined ? '' : `, fetched ${formatMoment(new Date(seenAtMs).toISOString())}`;
  const words = `Commit ${commit.slice(0, 12)} of ${name}${when}.`;
  if (trouble === undefined) return { words };
  return {
    words,
    trouble: `There may be a newer one: it cannot be fetched: ${trouble}. This one stays until it can.`,
  };
}

function libraryPageOf(shelved: Shelved): LibraryPage {
  const { source } = shelved.runbook;
  return {
    ...libraryEntry(shelved),
    html: renderMarkdown(proseText(source, { start: 0, end: source.bytes.length })),
    findings: shelved.findings,
    inputs: webInputs(shelved.inputs),
  };
}

async function startRun(
  { library, queue, queues, now, wake }: WebPortParts,
  person: Person,
  { path, inputs: given, key }: StartRequest,
): Promise<Result<StartedRun, WebRefusal>> {
  const found = library.find(path);
  if (found === undefined) return fail({ status: 404, message: 'The library has no such runbook.' });
  if (found.errors > 0)
    return fail({ status: 422, message: 'The runbook has errors, and is not run while it has.' });
  const unserved = whyNotServed(found, queues);
  if (unserved !== undefined) return fail({ status: 422, message: `Not here: ${unserved}.` });
  const known = new Map(found.inputs.map((input) => [input.name, input]));
  const inputs = person.way === 'page' ? filledIn(given, found.inputs) : given;
  for (const [name, value] of Object.entries(inputs)) {
    const input = known.get(name);
    if (input === undefined) return fail({ status: 422, message: `The runbook has no input ${name}.` });
    if (input.secret !== undefined)
      return fail({
        status: 422,
        message: `${name} is a secret, which the server gets from where the runbook says.`,
      });
    const checked = checkInput(input, value);
    if (!checked.ok) return fail({ status: 422, message: `Not started: ${checked.error}.` });
  }
  const missing = webInputs(found.inputs).filter(
    ({ name, required, secret, value }) =>
      required && secret === undefined && value === undefined && inputs[name] === undefined,
  );
  if (missing.length > 0)
    return fail({ status: 422, message: `Still needed: ${missing.map(({ name }) => name).join(', ')}.` });
  const request = requestOf(library, found, { inputs, may: 'change', whenResolved: 'ignore' });
  const started = await queue.startRun({
    key: key === undefined ? randomUUID() : orderKey(person, key, path, inputs),
    request,
    person: person.name,
    via: person.way,
    at: now(),
  });
  if (started.type === 'refused') return fail({ status: 409, message: `${started.reason}.` });
  wake();
  return ok({ run: started.run, isJoined: started.type === 'joined' });
}

/** A field of a form that is left empty says nothing; one that was emptied says that its value is not to be the usual one. */
function filledIn(given: StartRequest['inputs'], inputs: Shelved['inputs']): StartRequest['inputs'] {
  const usual = new Set(inputs.flatMap((input) => (input.default === undefined ? [] : [input.name])));
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== '' || usual.has(name)));
}

/** Other inputs, or another runbook, are another order: of a form that was gone back to and changed. */
function orderKey({ name, way }: Person, key: string, path: string, inputs: StartRequest['inputs']): string {
  const whole = JSON.stringify([way, name, key, path, Object.entries(inputs).sort()]);
  return createHash('sha256').update(whole).digest('hex');
}
