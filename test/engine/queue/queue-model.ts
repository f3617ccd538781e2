// Owns what a queue should hold, in plain lists: the same rules as the port states, said once more without a database.
import type { Decided, RuleDecision } from '../../../src/engine/queue/rule-decision.ts';
import type { RunRequest } from '../../../src/engine/queue/run-request.ts';
import type { ReceivedEvent } from '../../../src/run/triggers/received-event.ts';

interface ModelRun {
  readonly id: string;
  readonly rule: string;
  readonly request: RunRequest;
  readonly subject: string;
  status: string;
  due: number | undefined;
  worker: string | undefined;
  epoch: number;
  deaths: number;
  begunAt: number | undefined;
  spanUntil: number;
}

interface Taken {
  readonly run: string;
  readonly how: string;
  readonly hasRested: boolean;
}

interface ModelEvent {
  readonly id: number;
  readonly event: ReceivedEvent;
  readonly decided: readonly Decided[];
  times: number;
}

const over = ['ended', 'cancelled'];

export class QueueModel {
  readonly runs: ModelRun[] = [];
  readonly events: ModelEvent[] = [];
  readonly beats = new Map<string, number>();
  messages: { readonly run: string; readonly type: string }[] = [];

  readonly #leaseMs: number;

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  tell(event: ReceivedEvent, decisions: readonly RuleDecision[], at: number): ModelEvent {
    const before = this.events.find(
      ({ event: { key, state } }) => key === event.key && state === event.state,
    );
    if (before !== undefined) {
      before.times++;
      return before;
    }
    if (event.state === 'resolved') this.#resolve(event.subject);
    const decided = decisions.map((decision) => this.#decide(event, decision, at));
    const told = { id: this.events.length + 1, event, decided, times: 1 };
    this.events.push(told);
    return told;
  }

  #decide(event: ReceivedEvent, decision: RuleDecision, at: number): Decided {
    if ('runbook' in decision) return decision;
    const { rule, request } = decision;
    const named = { rule, runbook: request.runbook };
    const tooLate = this.events.some(
      ({ event: { key, subject, state } }) =>
        key === event.key && subject === event.subject && state === 'resolved' && event.state === 'firing',
    );
    if (tooLate) return { ...named, type: 'dropped', reason: 'its end was reported before its beginning' };
    const same = this.runs.findLast(
      (run) =>
        request.dedup &&
        run.rule === rule &&
        run.request.dedup?.key === request.dedup.key &&
        run.spanUntil > at,
    );
    if (same) {
      this.#keepOn(same, event);
      return { ...named, type: 'joined', run: same.id as never, why: 'dedup' };
    }
    const { concurrency: limit } = request;
    if (limit && limit.whenFull !== 'queue') {
      const there = this.runs.filter(
        (run) =>
          run.request.concurrency?.key === limit.key &&
          !over.includes(run.status) &&
          (limit.countsResting || run.status !== 'resting'),
      );
      const last = there.at(-1);
      const newest = last?.id;
      if (there.length >= limit.limit && limit.whenFull === 'coalesce' && last) this.#keepOn(last, event);
      if (there.length >= limit.limit)
        return limit.whenFull === 'coalesce'
          ? { ...named, type: 'joined', run: newest as never, why: 'concurrency' }
          : { ...named, type: 'refused', reason: `run ${newest} is there already, and no more may be` };
    }
    return { ...named, ...this.#add(event, decision, at) } as Decided;
  }

  #add(event: ReceivedEvent, decision: Exclude<RuleDecision, { runbook: unknown }>, at: number): object {
    const { rule, request } = decision;
    const id = `run-${this.runs.length + 1}`;
    const span = request.dedup?.span;
    const firing = span === 'while-firing' && event.state === 'firing';
    this.runs.push({
      ...{
        id,
        rule,
        request,
        subject: event.subject,
        worker: undefined,
        epoch: 0,
        deaths: 0,
        begunAt: undefined,
      },
      status: decision.type === 'ask' ? 'asking' : 'queued',
      due: decision.type === 'ask' ? undefined : decision.type === 'held' ? decision.until : at,
      spanUntil: typeof span === 'object' ? at + span.forMs : firing ? Number.POSITIVE_INFINITY : 0,
    });
    if (decision.type === 'start') return { type: 'queued', run: id };
    if (decision.type === 'ask') return { type: 'asking', run: id, reason: decision.reason };
    return { type: 'held', run: id, until: decision.until, reason: decision.reason };
  }

  #resolve(subject: string): void {
    for (const run of this.runs.filter((one) => one.subject === subject)) {
      if (run.spanUntil === Number.POSITIVE_INFINITY) run.spanUntil = 0;
      const { whenResolved } = run.request;
      if (over.includes(run.status) || whenResolved === 'ignore') continue;
      if (run.begunAt !== undefined || whenResolved === 'note') this.#message(run.id, whenResolved);
      else if (whenResolved === 'stop-if-waiting') this.#end(run, 'cancelled');
    }
  }

  #keepOn({ id, subject }: ModelRun, event: ReceivedEvent): void {
    if (event.state !== 'firing' || event.subject !== subject) return;
    this.messages = this.messages.filter(({ run, type }) => run !== id || type !== 'stop-if-waiting');
  }

  #message(run: string, type: string): void {
    const isThere = this.messages.some((message) => message.run === run && message.type === type);
    if (!isThere) this.messages.push({ run, type });
  }

  #end(run: ModelRun, status: string): void {
    run.status = status;
    run.due = undefined;
    this.messages = this.messages.filter((message) => message.run !== run.id);
  }

  claim(worker: string, at: number): Taken | undefined {
    this.beats.set(worker, Math.max(at, this.beats.get(worker) ?? at));
    const isDead = (name: string | undefined) =>
      (this.beats.get(name ?? '') ?? Number.NEGATIVE_INFINITY) <= at - this.#leaseMs;
    for (const run of this.runs.filter(({ status, worker: had }) => status === 'running' && isDead(had))) {
      run.deaths++;
      if (run.deaths < 3) return this.#take(run, worker, at);
      run.epoch++;
      run.status = 'resting';
    }
    const next = this.runs.find(
      (run) =>
        ['queued', 'resting'].includes(run.status) &&
        run.due !== undefined &&
        run.due <= at &&
        this.#hasRoom(run) &&
        this.#hasRate(run, at),
    );
    return next && this.#take(next, worker, at);
  }

  #take(run: ModelRun, worker: string, at: number): Taken {
    const how = run.begunAt === undefined ? 'start' : 'needs-resume';
    const hasRested = run.status === 'resting';
    run.begunAt ??= at;
    Object.assign(run, { status: 'running', worker, due: undefined, epoch: run.epoch + 1 });
    return { run: run.id, how, hasRested };
  }

  #hasRoom(run: ModelRun): boolean {
    const { concurrency: limit } = run.request;
    if (!limit) return true;
    const counted = limit.countsResting ? ['running', 'resting'] : ['running'];
    const others = this.runs.filter(
      (other) =>
        other !== run && other.request.concurrency?.key === limit.key && counted.includes(other.status),
    );
    return others.length < limit.limit;
  }

  #hasRate(run: ModelRun, at: number): boolean {
    const { rate } = run.request;
    if (!rate || run.begunAt !== undefined) return true;
    const begun = this.runs.filter(
      (other) => other.rule === run.rule && other.begunAt !== undefined && other.begunAt > at - rate.perMs,
    );
    return begun.length < rate.count;
  }

  /** What a worker says that took a run at an epoch. */
  say(
    id: string,
    epoch: number,
    what: { status: 'ended' | 'resting' | 'queued'; due?: number },
  ): 'done' | 'lost' {
    const run = this.runs.find((one) => one.id === id);
    if (run?.status !== 'running' || run.epoch !== epoch) return 'lost';
    run.status = what.status;
    run.due = what.due;
    if (what.status === 'ended') this.messages = this.messages.filter((message) => message.run !== id);
    return 'done';
  }

  wake(id: string, at: number): boolean {
    const run = this.runs.find((one) => one.id === id);
    if (run?.status !== 'resting') return false;
    run.due = Math.min(run.due ?? at, at);
    run.deaths = 0;
    return true;
  }

  permit(id: string, at: number): boolean {
    const run = this.runs.find((one) => one.id === id);
    if (run?.status !== 'asking') return false;
    Object.assign(run, { status: 'queued', due: at });
    return true;
  }

  cancel(id: string): string {
    const run = this.runs.find((one) => one.id === id);
    if (run === undefined) return 'unknown';
    if (over.includes(run.status)) return 'over';
    if (run.begunAt !== undefined) {
      this.#message(id, 'stop');
      return 'asked';
    }
    this.#end(run, 'cancelled');
    return 'cancelled';
  }
}
