import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runId, stepName } from '../../../src/basics/address.ts';
import { decide } from '../../../src/run/decide.ts';
import { effects } from '../../../src/run/effects.ts';
import type { HostResult, RunEvent } from '../../../src/run/event.ts';
import { evolve, initialState } from '../../../src/run/evolve.ts';
import type { Plan } from '../../../src/run/plan.ts';
import type { RunState } from '../../../src/run/state.ts';
import { emptyResult, hostsFailure } from '../../../src/run/targets/host-targets.ts';
import { turnIn, turnOf } from '../../../src/run/targets/turn-of.ts';
import { block, planOf } from '../sample-plan.ts';
import { ada, defaultOptions, emptyResult as emptyAttempt } from '../scenario.ts';

interface Shape {
  readonly blocks: number;
  readonly items: number;
  readonly parallel: number;
  readonly mustPass: number;
  /** What fails at its first try, as `block/item`. */
  readonly fails: readonly string[];
  readonly decision: 'retry' | 'continue' | 'skip' | 'mark-done';
}

const step = stepName('roll');
const names = ['a', 'b', 'c', 'd'];

function planFor({ blocks, items, parallel, mustPass }: Shape): Plan {
  const each = { name: 'N', items: names.slice(0, items) };
  const more = {
    step,
    each,
    hasTurns: true as const,
    parallel,
    hostsMustPass: String(Math.min(mustPass, items)),
  };
  const all = Array.from({ length: blocks }, (_, index) => block(`do-${index}`, 'steps', more));
  const undos = Array.from({ length: blocks }, (_, index) =>
    block(`undo-${index}`, 'rollback', { ...more, hostsMustPass: 'all', undoes: step }),
  );
  return planOf([...all, ...undos]);
}

/** A run whose blocks are not run: what would have been is in `begun`. */
class PlayedRun {
  state: RunState;
  readonly events: RunEvent[] = [];
  /** `block/item`, in the order in which they were begun. */
  readonly begun: string[] = [];
  readonly #shape: Shape;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.state = initialState(planFor(shape));
  }

  start(): this {
    this.record({
      type: 'RunStarted',
      run: runId('20260101-000000-test'),
      runbook: { path: 'sample.md', title: 'Sample', digest: 'd' },
      planDigest: 'p',
      by: ada,
      mode: 'guided',
      options: defaultOptions,
      inputs: {},
      secretInputs: [],
      cwd: '/',
      version: '0',
    });
    return this;
  }

  record(...events: readonly RunEvent[]): void {
    for (const event of events) {
      const at = '2026-01-01T00:00:00.000Z';
      this.state = evolve(this.state, { seq: this.state.lastSeq + 1, at, event });
      this.events.push(event);
      if (event.type === 'HostStarted') this.begun.push(`${event.address}/${event.host}`);
    }
  }

  /** Goes on to the end. */
  drive(): this {
    for (let turn = 0; turn < 2000; turn += 1) {
      const effect = effects(this.state);
      if (effect.type === 'none') return this;
      if (effect.type === 'record') this.record(...effect.events);
      else if (effect.type === 'ask') this.#answer(effect.question);
      else if (effect.type === 'run-block') this.#run(effect);
      else throw new Error(effect.type);
    }
    throw new Error('the run does not come to rest');
  }

  #answer(question: Extract<ReturnType<typeof effects>, { type: 'ask' }>['question']): void {
    const by = ada;
    const command = (() => {
      if (!('address' in question)) return { type: 'StartRollback', excluded: [], by } as const;
      const { address } = question;
      if (question.type === 'release') return { type: 'RunBlock', address, by } as const;
      if (question.type === 'in-doubt')
        return { type: 'ResolveDoubt', address, as: 'run-again', by } as const;
      const { decision } = this.#shape;
      const note = 'because';
      return { type: 'DecideFailure', address, decision, by, note } as const;
    })();
    const decided = decide(this.state, command);
    if (!decided.ok) throw new Error(decided.error.message);
    this.record(...decided.value);
  }

  #run({ item, attempt, hosts }: Extract<ReturnType<typeof effects>, { type: 'run-block' }>): void {
    if (hosts === undefined) throw new Error('it has turns');
    const { address } = item;
    const turn = turnIn(hosts);
    this.record({ type: 'BlockStarted', address, attempt, ...turn });
    const ended = new Map<string, HostResult>();
    for (const host of hosts.left) this.record({ type: 'HostStarted', address, attempt, host, each: 'N' });
    for (const host of hosts.left) {
      const key = `${address}/${host}`;
      const isFirst = this.begun.filter((one) => one === key).length === 1;
      const fails = isFirst && this.#shape.fails.includes(key);
      const result: HostResult = {
        ...emptyResult(host, fails ? 'failed' : 'passed', 'N'),
        attempt,
        ...(fails && { failure: { type: 'exit', code: 1 } }),
      };
      ended.set(host, result);
      this.record({ type: 'HostEnded', address, result });
    }
    const settled = new Map(hosts.settled.map((one) => [one.host, one]));
    const results = hosts.all.map(
      (host) => ended.get(host) ?? settled.get(host) ?? emptyResult(host, 'not-run', 'N'),
    );
    const reason = hostsFailure(item, results, () => 'why', hosts.turn);
    const result = { ...emptyAttempt, hosts: results };
    if (reason) this.record({ type: 'BlockFailed', address, attempt, result, reason, ...turn });
    else this.record({ type: 'TurnEnded', address, attempt, result, turn: turn.turn ?? [] });
  }
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  blocks: fc.integer({ min: 2, max: 3 }),
  items: fc.integer({ min: 1, max: 4 }),
  parallel: fc.integer({ min: 1, max: 3 }),
  mustPass: fc.integer({ min: 0, max: 4 }),
  fails: fc.uniqueArray(
    fc
      .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 }))
      .map(([at, item]) => `do-${at}/${names[item]}`),
    { maxLength: 3 },
  ),
  decision: fc.constantFrom('retry', 'continue', 'skip', 'mark-done'),
});

/** What is wrong with the order in which blocks were begun for items. */
function disorder({ parallel, items }: Shape, events: readonly RunEvent[]): string[] {
  const found: string[] = [];
  const open = new Set<string>();
  const last = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'HostStarted') {
      open.add(event.host);
      if (open.size > parallel) found.push(`${open.size} items at once`);
      const at = Number(event.address.split('-')[1]);
      const before = last.get(event.host) ?? -1;
      if (at < before) found.push(`${event.address} for ${event.host} after block ${before}`);
      last.set(event.host, at);
    }
    if (event.type === 'HostEnded') open.delete(event.result.host);
  }
  if (last.size > items) found.push('more items than there are');
  return found;
}

describe('a step that goes through its list item by item', () => {
  it('keeps the order of blocks and items, however they end and whatever is decided', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const run = new PlayedRun(shape).start().drive();
        expect(disorder(shape, run.events)).toEqual([]);
        expect(run.state.lifecycle).toBe('ended');
        // With nothing given up, every block was done with every item.
        const dropped = run.state.items.flatMap(({ dropped: gone = [] }) => gone);
        const main = run.begun.filter((one) => one.startsWith('do-'));
        if (dropped.length === 0) expect(new Set(main).size).toBe(shape.blocks * shape.items);
        for (const name of dropped) {
          const at = run.state.items.findIndex(({ dropped: gone }) => gone?.includes(name));
          const beyond = main.filter((one) => one.endsWith(`/${name}`) && Number(one[3]) > at);
          expect(beyond).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('begins nothing a second time that had ended, wherever the run is cut off', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, at) => {
        const before = new PlayedRun(shape).start().drive();
        const cut = 1 + (at % (before.events.length - 1));
        const run = new PlayedRun(shape);
        run.record(...before.events.slice(0, cut));
        const passed = new Set(
          run.events.flatMap((event) =>
            event.type === 'HostEnded' && event.result.status === 'passed'
              ? [`${event.address}/${event.result.host}`]
              : [],
          ),
        );
        const begunBefore = run.begun.length;
        if (run.state.lifecycle === 'ended') return;
        run.record({ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' });
        run.drive();
        expect(run.begun.slice(begunBefore).filter((one) => passed.has(one))).toEqual([]);
        expect(run.state.lifecycle).toBe('ended');
      }),
      { numRuns: 500 },
    );
  });

  it('undoes the items that were begun, the last one first, each with all undos before the next', () => {
    const shape: Shape = { blocks: 2, items: 3, parallel: 1, mustPass: 3, fails: [], decision: 'retry' };
    const run = new PlayedRun(shape).start();
    run.drive();
    const decided = decide({ ...run.state, lifecycle: 'running' }, { type: 'RequestRollback', by: ada });
    if (!decided.ok) throw new Error(decided.error.message);
    run.record({ type: 'RunResumed', by: ada, mode: 'guided', runbookDigest: 'd' }, ...decided.value);
    run.drive();
    expect(run.begun.filter((one) => one.startsWith('undo'))).toEqual([
      'undo-0/c',
      'undo-1/c',
      'undo-0/b',
      'undo-1/b',
      'undo-0/a',
      'undo-1/a',
    ]);
  });

  it('is no turn of a block that goes through its list alone', () => {
    const each = { name: 'N', items: ['a'] };
    expect(turnOf(initialState(planOf([block('one', 'steps', { each })])), 0)).toBeUndefined();
  });
});
