// Owns what somebody is told who is asked to approve a step: all that they need to decide, and how to answer.
import { openGate } from '../../run/approvals/may-approve.ts';
import type { MaskedText } from '../../run/masking/redactor.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ApprovalState, RunState } from '../../run/state.ts';
import { shorten } from '../../text/shorten.ts';
import { visibleText } from '../../text/visible-text.ts';
import { thenWords, undoWords } from '../../view/words/approval-words.ts';
import { formatTime } from '../../view/words/format-time.ts';

/** A request for an approval that nobody has answered yet. */
export interface RequestedApproval<Words extends string = MaskedText> {
  /** The group, or the number that is wanted. */
  readonly gate: Words;
  /** Whose word counts; empty where it is anybody's but the operator's. */
  readonly people: readonly Words[];
  /** How many have to agree. */
  readonly needed: number;
  /** Until when, and what then; absent where it waits for ever. */
  readonly until?: { readonly at: Words; readonly what: Words };
  readonly risk: Words;
  /** What is to run or to be done, with its line ends; of a link and of the rest of a run all that it brings. */
  readonly command: Words;
  /** Where it is to run; absent for the operator's machine. */
  readonly hosts?: readonly Words[];
  /** What it is given; never secrets. */
  readonly values: Readonly<Record<string, Words>>;
  /** What would undo it, in words. */
  readonly undo: Words;
  /** The command that shows all of it, and asks. */
  readonly approve: Words;
  readonly deny: Words;
}

/** The request that an item waits with; undefined where it waits for no answer. */
export function requestedApproval(state: RunState, item: PlanItem): RequestedApproval<string> | undefined {
  const known = state.items[state.indexOf.get(item.address) ?? -1];
  const gate = known && openGate(item, known);
  if (gate === undefined) return undefined;
  const { people, needed, expiresAt, onTimeout, of } = gate;
  const which = `${state.run ?? ''} ${item.address}`;
  const values = Object.entries(of?.values ?? {}).map(([name, value]) => [name, shorten(visibleText(value))]);
  return {
    gate: gate.gate,
    people,
    needed,
    ...(expiresAt !== undefined && { until: { at: formatTime(expiresAt), what: thenWords[onTimeout] } }),
    risk: item.risk,
    command: commandOf(state, item, gate),
    ...(of?.hosts !== undefined && of.hosts.length > 0 && { hosts: of.hosts }),
    values: Object.fromEntries(values),
    undo: undoWords(state, item),
    approve: `runsheet approve ${which}`,
    deny: `runsheet deny ${which}`,
  };
}

/** The code of a block or of all that is approved with it, or what a person is to do. */
function commandOf(state: RunState, item: PlanItem, { of, rest }: ApprovalState): string {
  if (item.kind !== 'runbook' && !rest) return item.kind === 'block' ? (of?.code ?? item.code) : doneIn(item);
  return state.plan.items
    .flatMap((other, index) => {
      if (!Object.hasOwn(of?.brings ?? {}, other.address)) return [];
      const done = other.kind === 'block' ? (state.items[index]?.code ?? other.code) : doneIn(other);
      return [`# ${other.address}`, ...(done === '' ? [] : [done.trimEnd()])];
    })
    .join('\n');
}

/** What a person is to do. */
function doneIn(item: PlanItem): string {
  if (item.kind === 'manual') return item.text;
  return item.kind === 'checklist' ? item.entries.map(({ text }) => `- ${text}`).join('\n') : '';
}
