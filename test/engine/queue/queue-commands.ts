// Owns what is done to a queue and to its model side by side, and the comparing of the two.
import fc from 'fast-check';
import { expect } from 'vitest';
import { runId } from '../../../src/basics/address.ts';
import type { RuleDecision } from '../../../src/engine/queue/rule-decision.ts';
import type { RunQueue } from '../../../src/engine/queue/run-queue.ts';
import type { RunRequest } from '../../../src/engine/queue/run-request.ts';
import { alert, request } from './example-event.ts';
import type { QueueModel } from './queue-model.ts';

/** The queue as it is now, which is another object after it was opened anew. */
export interface RealQueue {
  now: number;
  queue: RunQueue;
  reopen(): Promise<RunQueue>;
}

type Command = fc.AsyncCommand<QueueModel, RealQueue>;

const raw = new Uint8Array();
const reason = 'A reason.';

/** A command that does the same to both, expects the same answer, and then the same of everything that is kept. */
function command(
  name: string,
  work: (model: QueueModel, real: RealQueue) => Promise<{ said: unknown; expected: unknown }>,
): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      const { said, expected } = await work(model, real);
      expect(said).toEqual(expected);
      expect(await keptBy(real.queue)).toEqual(expectedOf(model));
    },
    toString: () => name,
  };
}

async function keptBy(queue: RunQueue) {
  const { entries } = await queue.runs({}, { limit: 500 });
  const events = await queue.events({}, { limit: 500 });
  return {
    runs: entries.map(({ id, status, dueAt, worker, epoch, deaths }) => ({
      ...{ id, status, dueAt, worker, epoch, deaths },
    })),
    events: events.entries.map(({ id, times }) => ({ id, times })),
    messages: (await queue.messages(500)).map(({ run, type }) => ({ run, type })),
  };
}

function expectedOf({ runs, events, messages }: QueueModel) {
  return {
    runs: runs.toReversed().map(({ id, status, due, worker, epoch, deaths }) => ({
      ...{ id, status, dueAt: due, worker, epoch, deaths },
    })),
    events: events.toReversed().map(({ id, times }) => ({ id, times })),
    messages,
  };
}

const asked: fc.Arbitrary<RunRequest> = fc
  .record(
    {
      whenResolved: fc.constantFrom('ignore' as const, 'stop-if-waiting' as const, 'note' as const),
      dedup: fc.record({
        key: fc.constant('x'),
        span: fc.oneof(fc.constant('while-firing' as const), fc.record({ forMs: fc.constantFrom(10, 20) })),
      }),
      concurrency: fc.record({
        key: fc.constant('k'),
        limit: fc.integer({ min: 1, max: 2 }),
        whenFull: fc.constantFrom('queue' as const, 'queue' as const, 'coalesce' as const, 'refuse' as const),
        countsResting: fc.boolean(),
      }),
      rate: fc.record({ count: fc.integer({ min: 1, max: 2 }), perMs: fc.constant(20) }),
    },
    { requiredKeys: ['whenResolved'] },
  )
  .map(request);

const decision: fc.Arbitrary<RuleDecision> = fc
  .tuple(fc.constantFrom('start', 'start', 'held', 'ask', 'no-match'), fc.constantFrom('a', 'b'), asked)
  .map(([type, rule, wanted]): RuleDecision => {
    if (type === 'no-match') return { type, rule, runbook: wanted.runbook, reason };
    if (type === 'held') return { type, rule, until: 60, reason, request: wanted };
    return type === 'ask'
      ? { type, rule, reason, request: wanted }
      : { type: 'start', rule, request: wanted };
  });

const told = fc.tuple(
  fc.record({
    key: fc.constantFrom(...'123456789'),
    subject: fc.constantFrom('s', 't'),
    state: fc.constantFrom('firing' as const, 'firing' as const, 'resolved' as const, 'occurred' as const),
  }),
  fc.array(decision, { maxLength: 2 }),
);

const anyRun = fc.nat({ max: 4 }).map((number) => `run-${number + 1}`);

/** What a worker says of a run, by its present epoch or by an older one. */
const word = fc.tuple(
  anyRun,
  fc.constantFrom(0, 0, 0, 1),
  fc.constantFrom('finish', 'rest', 'rest', 'rest until', 'put back'),
);

const commands: readonly fc.Arbitrary<Command>[] = [
  told.map(([event, decisions]) =>
    command(`tell ${event.key} ${event.state}`, async (model, real) => {
      const whole = alert(event);
      const [said] = await real.queue.accept({ events: [{ event: whole, decisions }], raw, at: real.now });
      const { id, times, decided } = model.tell(whole, decisions, real.now);
      return { said, expected: { event: id, times, decided } };
    }),
  ),
  fc.constantFrom('v', 'w').map((worker) =>
    command(`${worker} claims`, async (model, real) => {
      const claimed = await real.queue.claim(worker, ['default'], real.now);
      const hasRested = claimed?.rested !== undefined;
      const said = claimed && { run: claimed.run.id, how: claimed.how, hasRested };
      return { said, expected: model.claim(worker, real.now) };
    }),
  ),
  word.map(([id, older, what]) =>
    command(`${what} ${id} ${older}`, async (model, real) => {
      const epoch = (model.runs.find((run) => run.id === id)?.epoch ?? 1) - older;
      const [run, at, due] = [{ run: runId(id), epoch }, real.now, real.now + 20];
      switch (what) {
        case 'finish':
          return {
            said: await real.queue.finish(run, { exit: 0, at }),
            expected: model.say(id, epoch, { status: 'ended' }),
          };
        case 'put back':
          return {
            said: await real.queue.putBack(run, { dueAt: due }),
            expected: model.say(id, epoch, { status: 'queued', due }),
          };
        default: {
          const dueAt = what === 'rest until' ? due : undefined;
          return {
            said: await real.queue.rest(run, { reason, ...(dueAt !== undefined && { dueAt }) }),
            expected: model.say(id, epoch, { status: 'resting', ...(dueAt !== undefined && { due: dueAt }) }),
          };
        }
      }
    }),
  ),
  anyRun.map((id) =>
    command(`wake ${id}`, async (model, { queue, now }) => ({
      said: await queue.wake(runId(id), now),
      expected: model.wake(id, now),
    })),
  ),
  anyRun.map((id) =>
    command(`permit ${id}`, async (model, { queue, now }) => ({
      said: await queue.permit(runId(id), 'ann', now),
      expected: model.permit(id, now),
    })),
  ),
  anyRun.map((id) =>
    command(`cancel ${id}`, async (model, { queue, now }) => ({
      said: await queue.cancel(runId(id), { reason, at: now }),
      expected: model.cancel(id),
    })),
  ),
  fc.constantFrom(10, 20, 30).map((ms) =>
    command(`${ms} ms pass`, async (_, real) => {
      real.now += ms;
      return { said: 0, expected: 0 };
    }),
  ),
  fc.constantFrom('v', 'w').map((worker) =>
    command(`${worker} leaves`, async (model, { queue }) => {
      await queue.leave(worker);
      model.beats.delete(worker);
      return { said: 0, expected: 0 };
    }),
  ),
  fc.constant(
    command('reopen', async (_, real) => {
      real.queue = await real.reopen();
      return { said: 0, expected: 0 };
    }),
  ),
];

/** Telling and claiming come more often, so that there is something for the others. */
export const queueCommands = fc.commands([...commands, ...commands.slice(0, 2), ...commands.slice(0, 4)], {
  maxCommands: 60,
  size: 'max',
});
