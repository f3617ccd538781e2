import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { address, runId } from '../../src/basics/address.ts';
import { createPerformer } from '../../src/engine/create-performer.ts';
import { BoundedJournal } from '../../src/engine/journal/bounded-journal.ts';
import { JournalWriteFailure } from '../../src/engine/journal/journal-write-failure.ts';
import { journalStart } from '../../src/engine/journal/read-journal.ts';
import { RunEngine, type RunListener } from '../../src/engine/run-engine.ts';
import type { RunCommand } from '../../src/run/command.ts';
import { initialState } from '../../src/run/evolve.ts';
import type { BlockItem } from '../../src/run/plan.ts';
import type { Question } from '../../src/run/question.ts';
import type { Surface } from '../../src/run/surface.ts';
import { reasonWords } from '../../src/view/words/reason-words.ts';
import { block, planOf } from '../run/sample-plan.ts';
import { ada, defaultOptions } from '../run/scenario.ts';
import { ExecutorRig } from './executors/executor-rig.ts';
import { HandJournal } from './hand-journal.ts';

let rig: ExecutorRig;
let journal: HandJournal;

beforeEach(async () => {
  rig = await ExecutorRig.create();
  journal = new HandJournal();
});
afterEach(() => rig.close());

interface RunOf {
  readonly items: readonly BlockItem[];
  readonly limitMs?: number;
  /** Answers questions; a run without it asks nobody. */
  readonly ask?: (
    question: Question,
    signal: AbortSignal,
  ) => Promise<RunCommand | undefined> | RunCommand | undefined;
  readonly listeners?: readonly RunListener[];
}

/** Puts down which question comes, and that it is withdrawn. */
function untilWithdrawn(questions: string[]): NonNullable<RunOf['ask']> {
  return ({ type }, signal) => {
    questions.push(type);
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        questions.push('withdrawn');
        resolve(undefined);
      });
    });
  };
}

function runOf({ items, limitMs, ask, listeners = [] }: RunOf): RunEngine {
  const plan = planOf(items);
  const surface: Surface = {
    name: 'plain',
    start: () => undefined,
    onEvent: () => undefined,
    onOutput: () => undefined,
    ...(ask && { ask: async (question: Question, signal: AbortSignal) => ask(question, signal) }),
    end: () => undefined,
  };
  const clock = { now: () => new Date(0), monotonicMs: () => 0, sleep: async () => undefined };
  const executor = async () => rig.executor;
  const perform = createPerformer({
    plan,
    clock,
    executor,
    reasonWords,
    pauseAtGates: true,
    pagesNow: () => ({}),
    isKept: () => true,
    sendMessage: async () => undefined,
  });
  const bounded = new BoundedJournal(
    Object.assign(journal, { end: journalStart }),
    'journal.ndjson',
    limitMs,
  );
  const engine = new RunEngine({ journal: bounded, surface, listeners, perform }, initialState(plan));
  engine.record({
    type: 'RunStarted',
    run: runId('20261121-021322-test'),
    runbook: { path: 'sample.md', title: 'Sample', digest: 'd' },
    planDigest: 'p',
    by: ada,
    mode: ask ? 'guided' : 'unattended',
    options: { ...defaultOptions, yes: !ask },
    inputs: {},
    secretInputs: [],
    cwd: rig.folder,
    version: '0',
  });
  return engine;
}

const marks = (language: string, name = 'made'): BlockItem =>
  block('mark', 'steps', {
    language,
    code: language === 'python' ? `open('${name}', 'w')\n` : `touch ${name}\n`,
  });
const isMade = (name = 'made'): boolean => existsSync(join(rig.folder, name));
const interrupt: RunCommand = { type: 'InterruptBlock', by: ada };
/** Long enough for a block of this size to have run, had it been begun. */
const wellAfter = () => sleep(150);

describe('while the journal is not on the device', () => {
  test.for(['sh', 'dash', 'python'])('no block is begun: %s', async (language) => {
    await rig.sh('true');
    const engine = runOf({ items: [marks(language)] });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    await wellAfter();
    expect([isMade(), journal.trail().at(-1)]).toEqual([false, 'BlockStarted mark']);
    journal.release();
    expect((await driven).outcome).toBe('succeeded');
    expect(isMade()).toBe(true);
  });

  test("its waiting takes none of a block's time", async () => {
    // Enough for the block itself, however busy the machine is.
    const timeoutMs = 2_000;
    await rig.sh('true');
    const engine = runOf({ items: [{ ...marks('sh'), timeoutMs }] });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    await sleep(1.5 * timeoutMs);
    journal.release();
    expect((await driven).outcome).toBe('succeeded');
  });

  test.for(['sh', 'dash', 'python'])('an interrupt keeps a block from being begun: %s', async (language) => {
    const engine = runOf({ items: [marks(language), block('after', 'steps', { code: 'touch after\n' })] });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    const resting = journal.nextSync();
    engine.send(interrupt);
    // The interrupt does not wait for the device, but the end of the run does.
    await resting;
    expect(journal.events.find(({ type }) => type === 'BlockFailed')).toMatchObject({
      address: 'mark',
      reason: { type: 'interrupted' },
    });
    journal.release();
    await driven;
    await wellAfter();
    expect([isMade(), isMade('after')]).toEqual([false, false]);
    expect(await rig.sh('echo the executor goes on')).toBe('the executor goes on');
  });

  test('a stop keeps a block from being begun', async () => {
    const engine = runOf({ items: [marks('sh')] });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    expect(engine.send({ type: 'StopRun', by: ada })).toBeUndefined();
    journal.release();
    expect((await driven).outcome).toBe('stopped');
    expect(journal.trail().slice(-2)).toEqual(['RunEnded', 'BlockFailed mark']);
    await wellAfter();
    expect(isMade()).toBe(false);
  });

  test('a pause at leisure lets the block be run, and nothing after it', async () => {
    const engine = runOf({ items: [marks('sh'), block('after', 'steps', { code: 'touch after\n' })] });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    engine.send({ type: 'PauseRun', reason: 'operator', by: ada });
    await wellAfter();
    expect(isMade()).toBe(false);
    journal.release();
    expect((await driven).lifecycle).toBe('paused');
    expect([isMade(), isMade('after')]).toEqual([true, false]);
  });

  test('a background block is not begun, and an interrupt leaves nothing of it behind', async () => {
    const engine = runOf({ items: [{ ...marks('sh'), background: true }] });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    engine.send(interrupt);
    journal.release();
    expect((await driven).lifecycle).not.toBe('running');
    expect([isMade(), await rig.executor.close()]).toEqual([false, []]);
  });

  test('a question stands meanwhile, and goes when a command has settled it', async () => {
    const questions: string[] = [];
    const engine = runOf({ items: [marks('sh')], ask: untilWithdrawn(questions) });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    expect(questions).toEqual(['release']);
    engine.send({ type: 'PauseRun', reason: 'operator', by: ada });
    await vi.waitUntil(() => questions.length === 2);
    journal.release();
    expect((await driven).lifecycle).toBe('paused');
    expect(questions).toEqual(['release', 'withdrawn']);
  });

  test('an answer waits for what led to its question', async () => {
    const engine = runOf({
      items: [marks('sh')],
      ask: ({ type }) => (type === 'release' ? { type: 'StopRun', by: ada } : undefined),
    });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    await asked;
    await new Promise((resolve) => setImmediate(resolve));
    expect(engine.state.lifecycle).toBe('running');
    journal.release();
    expect((await driven).lifecycle).toBe('ended');
  });
});

describe('a journal that never comes to the device', () => {
  test.for(['sh', 'dash', 'python'])(
    'ends the run at the limit, and no block is begun: %s',
    async (language) => {
      const engine = runOf({ items: [marks(language)], limitMs: 60 });
      journal.holds = true;
      const failure = await engine.drive().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(JournalWriteFailure);
      expect(failure).toMatchObject({ code: 'ETIMEDOUT', usable: false });
      await wellAfter();
      expect(isMade()).toBe(false);
      // A late answer of the device changes nothing.
      journal.release();
      expect(() => engine.record({ type: 'GateOpened' })).toThrow(JournalWriteFailure);
      await expect(engine.drive()).rejects.toThrow(
        'cannot write `journal.ndjson`: the system did not answer in time',
      );
      expect(isMade()).toBe(false);
    },
  );

  test('ends the run also where it was to be begun in the background', async () => {
    const engine = runOf({ items: [{ ...marks('sh'), background: true }], limitMs: 60 });
    journal.holds = true;
    await expect(engine.drive()).rejects.toThrow(JournalWriteFailure);
    expect([isMade(), await rig.executor.close()]).toEqual([false, []]);
  });

  test('ends a run that was interrupted while it waited', async () => {
    const engine = runOf({ items: [marks('sh')], limitMs: 60 });
    journal.holds = true;
    const asked = journal.nextSync();
    const driven = engine.drive();
    driven.catch(() => {});
    await asked;
    engine.send(interrupt);
    await expect(driven).rejects.toThrow(JournalWriteFailure);
    expect(isMade()).toBe(false);
  });

  test('ends a run that asks, and withdraws its question', async () => {
    const questions: string[] = [];
    const engine = runOf({ items: [marks('sh')], limitMs: 60, ask: untilWithdrawn(questions) });
    journal.holds = true;
    await expect(engine.drive()).rejects.toThrow(JournalWriteFailure);
    expect(questions).toEqual(['release', 'withdrawn']);
  });
});

test('a record is synced once for each block, and once at the rest', async () => {
  let syncs = 0;
  const sync = journal.sync.bind(journal);
  journal.sync = () => {
    syncs += 1;
    return sync();
  };
  const items = ['a', 'b', 'c'].map((name) => block(name, 'steps', { address: address(name) }));
  await runOf({ items }).drive();
  expect(syncs).toBe(4);
});

describe('a failure that comes from beside the run', () => {
  const full = () => new JournalWriteFailure('journal.ndjson', 'ENOSPC', true);
  /** Its disk is full from now on. */
  const fill = (): void => {
    journal.append = () => {
      throw full();
    };
  };

  test('of a command that cannot be recorded is told to who sent it, and ends the run', async () => {
    const begun = join(rig.folder, 'begun');
    const item = { ...marks('sh'), code: `touch ${begun}; sleep 60; touch made\n` };
    const engine = runOf({ items: [item] });
    const driven = engine.drive().catch((error: unknown) => error);
    await vi.waitUntil(() => existsSync(begun));
    fill();
    expect(engine.send({ type: 'PauseRun', reason: 'operator', by: ada })).toEqual({
      code: 'not-recorded',
      message: 'the run cannot be recorded any further, and stops',
    });
    expect(await driven).toEqual(full());
    expect(isMade()).toBe(false);
  });

  test('withdraws a question that stands', async () => {
    let asked: (signal: AbortSignal) => void = () => {};
    const asking = new Promise<AbortSignal>((resolve) => {
      asked = resolve;
    });
    const engine = runOf({
      items: [marks('sh')],
      ask: (_question, signal) => {
        asked(signal);
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(undefined));
        });
      },
    });
    const driven = engine.drive().catch((error: unknown) => error);
    const signal = await asking;
    fill();
    engine.note({ type: 'NotificationSent', to: 'ops', about: 'started' });
    expect(signal.aborted).toBe(true);
    expect(await driven).toEqual(full());
    expect(isMade()).toBe(false);
  });

  test('of one listener keeps no event from the others, and lets nothing more begin', async () => {
    const heard: string[] = [];
    const broken = new Error('it cannot listen');
    const listeners: readonly RunListener[] = [
      {
        onEvent: ({ event }) => {
          if (event.type === 'BlockPassed') throw broken;
        },
      },
      { onEvent: ({ event }) => void heard.push(event.type) },
    ];
    const engine = runOf({
      items: [marks('sh'), block('after', 'steps', { code: 'touch after\n' })],
      listeners,
    });
    await expect(engine.drive()).rejects.toBe(broken);
    expect([heard.at(-1), journal.trail().at(-1)]).toEqual(['BlockPassed', 'BlockPassed mark']);
    expect([isMade(), isMade('after')]).toEqual([true, false]);
    expect(() => engine.record({ type: 'GateOpened' })).toThrow(broken);
  });

  test('the first of several is the one that is told', async () => {
    const engine = runOf({ items: [marks('sh')] });
    engine.fail(full());
    engine.fail(new Error('a later one'));
    await expect(engine.drive()).rejects.toEqual(full());
    expect(() => engine.throwIfFailed()).toThrow('no space is left on the disk');
  });
});
