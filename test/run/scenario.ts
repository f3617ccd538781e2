// Owns a tiny driver for tests of the pure run functions: it plays the performer with scripted endings.
import { type Address, address, runId } from '../../src/basics/address.ts';
import { changedPages } from '../../src/run/approvals/approval-subject.ts';
import { requestDigest } from '../../src/run/approvals/request-digest.ts';
import type { RunCommand } from '../../src/run/command.ts';
import { decide, decideKept } from '../../src/run/decide.ts';
import { effects } from '../../src/run/effects.ts';
import type { Actor, AttemptResult, RecordedEvent, RunEvent } from '../../src/run/event.ts';
import { evolve, initialState } from '../../src/run/evolve.ts';
import type { FailedCommand } from '../../src/run/failed-command.ts';
import type { Plan } from '../../src/run/plan.ts';
import type { Effect } from '../../src/run/rules/effect.ts';
import type { RunOptions } from '../../src/run/run-options.ts';
import type { RunState } from '../../src/run/state.ts';

export const ada: Actor = { user: 'ada', host: 'bastion' };
export const grace: Actor = { user: 'grace', host: 'laptop' };

export const emptyResult: AttemptResult = {
  exitCode: 0,
  durationMs: 1,
  output: { stdoutBytes: 0, stderrBytes: 0, lines: 0 },
  captured: {},
  warnings: [],
};

export const defaultOptions: RunOptions = {
  yes: true,
  dryRun: false,
  rehearse: false,
  allowDestructive: false,
  manual: 'pause',
  log: 'document',
  selection: { steps: [], tags: [] },
};

/** How scripted blocks and conditions end: by default they pass and hold. */
export interface Script {
  /** Exit codes of a block's attempts in turn; the last one stays. */
  readonly exits?: Readonly<Record<string, readonly number[]>>;
  /** Where blocks that fail do so. */
  readonly failsAt?: Readonly<Record<string, FailedCommand>>;
  /** Answers of `when` and `check` in turn; the last one stays. */
  readonly holds?: Readonly<Record<string, readonly boolean[]>>;
}

/** So many milliseconds after everything that is recorded here. */
const timeAfter = (ms: number): string => new Date(Date.parse(recordedAt) + ms).toISOString();

const recordedAt = '2026-01-01T00:00:00.000Z';

export class Scenario {
  state: RunState;
  readonly events: RunEvent[] = [];
  readonly #script: Script;
  readonly #asked = new Map<string, number>();
  #pages: Readonly<Record<string, string>> = { 'sample.md': 'as it was' };

  constructor(plan: Plan, script: Script = {}) {
    this.state = initialState(plan);
    this.#script = script;
  }

  start(mode: 'guided' | 'unattended', options: Partial<RunOptions> = {}, by: Actor = ada): this {
    return this.record({
      type: 'RunStarted',
      run: runId('20260101-000000-test'),
      runbook: { path: 'sample.md', title: 'Sample', digest: 'd' },
      planDigest: 'p',
      by,
      mode,
      options: { ...defaultOptions, ...options },
      inputs: {},
      secretInputs: [],
      cwd: '/',
      version: '0',
    });
  }

  record(...events: readonly RunEvent[]): this {
    for (const event of events) {
      const recorded: RecordedEvent = { seq: this.state.lastSeq + 1, at: recordedAt, event };
      this.state = evolve(this.state, recorded);
      this.events.push(event);
    }
    return this;
  }

  /** Goes on until something needs a person, or the run rests; gives the effect it rests at. */
  drive(): Effect {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const effect = effects(this.state);
      switch (effect.type) {
        case 'record':
          this.record(...effect.events);
          break;
        case 'check-condition': {
          const answers = this.#script.holds?.[`${effect.item.address}.${effect.condition}`] ?? [true];
          const holds = this.#next(`${effect.item.address}.${effect.condition}`, answers);
          this.record({
            type: 'ConditionChecked',
            address: effect.item.address,
            condition: effect.condition,
            holds,
          });
          break;
        }
        case 'run-block': {
          const { address } = effect.item;
          const { attempt, from } = effect;
          const code = this.#next(address, this.#script.exits?.[address] ?? [0]);
          this.record({ type: 'BlockStarted', address, attempt, ...(from && { from }) });
          const goesOn = effect.item.background && code === 0;
          const result = { ...emptyResult, exitCode: goesOn ? null : code };
          if (code === 0) this.record({ type: 'BlockPassed', address, attempt, result });
          else {
            const at = this.#script.failsAt?.[address];
            const reason = { type: 'exit', code, ...(at && { at }) } as const;
            this.record({ type: 'BlockFailed', address, attempt, result, reason });
          }
          break;
        }
        case 'end-background':
          for (const address of effect.items)
            this.record({ type: 'BackgroundEnded', address, result: emptyResult, ended: 'by-run' });
          break;
        case 'open-shell':
          this.record({ type: 'ShellClosed', durationMs: 1, ...(effect.at && { at: effect.at }) });
          break;
        case 'request-approval': {
          const { item, gate, of, rest } = effect;
          this.record({
            type: 'ApprovalRequested',
            address: item.address,
            gate: gate.name,
            people: gate.people,
            needed: gate.count,
            by: this.state.operator ?? ada,
            onTimeout: gate.onTimeout,
            ...(gate.timeoutMs !== undefined && { expiresAt: timeAfter(gate.timeoutMs) }),
            ...(rest && { rest }),
            of: { ...of, pages: this.#pages },
          });
          break;
        }
        case 'check-approval': {
          const changed = changedPages(effect.pages, this.#pages);
          this.record({ type: 'ApprovalChecked', address: effect.item.address, changed });
          break;
        }
        case 'take-answer': {
          const follows = decideKept(this.state, effect.question, effect.kept);
          const { question } = effect.kept;
          if (follows.ok) this.record(...follows.value, { type: 'AnswerTaken', question });
          else this.record({ type: 'AnswerTaken', question, refused: follows.error.message });
          break;
        }
        default:
          return effect;
      }
    }
    throw new Error('the run does not come to rest');
  }

  /** What stands on the disk from now on. */
  edit(pages: Readonly<Record<string, string>>): this {
    this.#pages = pages;
    return this;
  }

  /** An answer to the request that stands, taken so many milliseconds after the run began. */
  answer(
    type: 'GiveApproval' | 'DenyApproval',
    name: string,
    by: Actor,
    { afterMs = 0, of }: { readonly afterMs?: number; readonly of?: string | undefined } = {},
  ): string {
    const index = this.state.indexOf.get(address(name)) ?? -1;
    const item = this.state.plan.items[index];
    const gate = this.state.items[index]?.approval;
    const digest = of ?? (item && gate && requestDigest(this.state, item, gate));
    const named = digest === undefined ? {} : { of: digest };
    return this.send({ type, address: address(name), by, at: timeAfter(afterMs), ...named });
  }

  send(command: RunCommand): string {
    const decision = decide(this.state, command);
    if (!decision.ok) {
      this.record(...(decision.error.events ?? []));
      return decision.error.code;
    }
    this.record(...decision.value);
    return 'taken';
  }

  /** Event types from the `from`-th on, with the address where there is one. */
  trail(from = 0): string[] {
    return this.events.slice(from).map((event) => {
      const where = 'address' in event && event.address ? ` ${event.address}` : '';
      if (event.type === 'PhaseStarted') return `PhaseStarted ${event.phase}`;
      if (event.type === 'RunEnded') return `RunEnded ${event.outcome}`;
      if (event.type === 'RunPaused') return `RunPaused ${event.reason}`;
      if (event.type === 'FailureDecided') return `FailureDecided${where} ${event.decision}`;
      if (event.type === 'RollbackPlanned') return `RollbackPlanned ${event.items.join(' ')}`;
      return `${event.type}${where}`;
    });
  }

  #next<Value>(key: Address | string, values: readonly Value[]): Value {
    const count = this.#asked.get(key) ?? 0;
    this.#asked.set(key, count + 1);
    const value = values[Math.min(count, values.length - 1)];
    if (value === undefined) throw new Error(`the script says nothing of ${key}`);
    return value;
  }
}
