// Owns what is different between two runs: their runbook, their inputs, and what became of each step.

import type { Address, StepName } from '../../../basics/address.ts';
import type { RecordedEvent } from '../../../run/event.ts';
import type { OutputSummary } from '../../../run/output-summary.ts';
import type { PlanItem } from '../../../run/plan.ts';
import type { ItemState, RunState } from '../../../run/state.ts';
import { screenLines } from '../../../runbook/regions/screen-lines.ts';
import { spentUntilEnd } from '../course/spent-between.ts';

/** One of two runs. */
export interface ComparedRun {
  readonly state: RunState;
  readonly history: readonly RecordedEvent[];
  /** The beginning of an output as text, and whether that is all of it; undefined where nothing of it is kept. */
  readonly read: (output: OutputSummary) => { readonly text: string; readonly isWhole: boolean } | undefined;
}

/** What is different between two runs, the first one and the other one; what is the same is left out. */
export interface RunComparison {
  readonly runs: readonly [RunFacts, RunFacts];
  readonly inputs: readonly { readonly name: string; readonly values: Pair<string> }[];
  readonly items: readonly ItemComparison[];
}

/** The first run's, and the other's; absent where it has none. */
export type Pair<Value> = readonly [Value | undefined, Value | undefined];

export interface RunFacts {
  readonly run: string;
  readonly outcome: string;
  readonly startedAt: string;
  readonly tookMs?: number;
  readonly by: string;
  readonly digest: string;
}

/** A part of a step in both runs, or in one of them. */
export interface ItemComparison {
  readonly address: Address;
  readonly step: StepName;
  readonly status: Pair<ItemState['status']>;
  readonly exitCode: Pair<number | null>;
  readonly tookMs: Pair<number>;
  /** Its code is another one. */
  readonly isEdited: boolean;
  /** Where the outputs begin to differ; absent where they do not, as far as they are known. */
  readonly output?: OutputDifference;
  /** The outputs are only known in part, and are the same as far as they are known. */
  readonly isOutputCut?: true;
  /** Nothing of it is different, times aside. */
  readonly isSame: boolean;
}

/** The first line, from 1, in which two outputs differ; absent where one has ended before it. */
export interface OutputDifference {
  readonly line: number;
  readonly lines: Pair<string>;
  /** The host or the item whose outputs these are. */
  readonly host?: string;
  /** The variable that is the item; absent for a host. */
  readonly each?: string;
}

/** Compares two runs part by part, in the order of the first one's plan, then what only the other has. */
export function compareRuns(first: ComparedRun, other: ComparedRun): RunComparison {
  const items = new Map<Address, PlanItem>();
  for (const { state } of [first, other])
    state.plan.items.forEach((item, index) => {
      const isShown = state.items[index]?.status !== 'excluded';
      if (isShown && !items.has(item.address)) items.set(item.address, item);
    });
  const names = [...new Set([...Object.keys(first.state.inputs), ...Object.keys(other.state.inputs)])];
  return {
    runs: [factsOf(first), factsOf(other)],
    inputs: names.flatMap((name) => {
      const values = [first.state.inputs[name], other.state.inputs[name]] as const;
      return values[0] === values[1] ? [] : [{ name, values }];
    }),
    items: [...items.values()].map((item) => compareItem(item, first, other)),
  };
}

function factsOf({ state, history }: ComparedRun): RunFacts {
  const started = history.find(({ event }) => event.type === 'RunStarted');
  const tookMs = spentUntilEnd(history);
  const { startedBy } = state;
  return {
    run: state.run ?? '',
    outcome: state.outcome ?? state.lifecycle,
    startedAt: started?.at ?? '',
    ...(tookMs !== undefined && { tookMs }),
    by: startedBy === undefined ? '' : `${startedBy.user}@${startedBy.host}`,
    digest: started?.event.type === 'RunStarted' ? started.event.runbook.digest : '',
  };
}

function compareItem(item: PlanItem, first: ComparedRun, other: ComparedRun): ItemComparison {
  const { address } = item;
  const left = known(first, address);
  const right = known(other, address);
  const status = [left?.status, right?.status] as const;
  const exitCode = [left?.result?.exitCode, right?.result?.exitCode] as const;
  const isEdited =
    left !== undefined && right !== undefined && codeOf(first, address) !== codeOf(other, address);
  const output = compareOutputs(first, left, other, right);
  const isSame =
    status[0] === status[1] &&
    exitCode[0] === exitCode[1] &&
    !isEdited &&
    !(typeof output === 'object') &&
    left !== undefined &&
    right !== undefined;
  return {
    address,
    step: item.step,
    status,
    exitCode,
    tookMs: [left?.result?.durationMs, right?.result?.durationMs],
    isEdited,
    ...(typeof output === 'object' && { output }),
    ...(output === 'cut' && { isOutputCut: true as const }),
    isSame,
  };
}

function known({ state }: ComparedRun, address: Address): ItemState | undefined {
  const index = state.indexOf.get(address);
  const item = index === undefined ? undefined : state.items[index];
  return item?.status === 'excluded' ? undefined : item;
}

/** The code that ran last, or would run. */
function codeOf({ state }: ComparedRun, address: Address): string | undefined {
  const index = state.indexOf.get(address);
  const item = index === undefined ? undefined : state.plan.items[index];
  return index === undefined || item?.kind !== 'block' ? undefined : (state.items[index]?.code ?? item.code);
}

function compareOutputs(
  first: ComparedRun,
  left: ItemState | undefined,
  other: ComparedRun,
  right: ItemState | undefined,
): OutputDifference | 'cut' | undefined {
  if (left?.result === undefined || right?.result === undefined) return undefined;
  if (!left.result.hosts && !right.result.hosts)
    return firstDifference(first, left.result.output, other, right.result.output);
  const outputs = new Map((right.result.hosts ?? []).map(({ host, output }) => [host, output]));
  for (const { host, each, output } of left.result.hosts ?? []) {
    const against = outputs.get(host);
    const found = against && firstDifference(first, output, other, against);
    if (typeof found === 'object') return { ...found, host, ...(each !== undefined && { each }) };
  }
  return undefined;
}

/** Outputs are compared as a reader sees them, without colours and what was overwritten. */
function firstDifference(
  first: ComparedRun,
  left: OutputSummary,
  other: ComparedRun,
  right: OutputSummary,
): OutputDifference | 'cut' | undefined {
  if (left.digest !== undefined && left.digest === right.digest) return undefined;
  const [one, two] = [first.read(left), other.read(right)];
  const [a, b] = [screenLines(one?.text ?? ''), screenLines(two?.text ?? '')];
  const isCut = one?.isWhole === false || two?.isWhole === false;
  // The last line of a part is likely to be half a line.
  const length = isCut ? Math.min(a.length, b.length) - 1 : Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1)
    if (a[index] !== b[index]) return { line: index + 1, lines: [a[index], b[index]] };
  return isCut ? 'cut' : undefined;
}
