// Owns how the screen shows where a block stands on each of its hosts, or with each item of its list.
import { namedValue } from '../../../basics/named-values.ts';
import type { BlockItem } from '../../../run/plan.ts';
import type { HostProgress, ItemState, RunState } from '../../../run/state.ts';
import { hasTargets, hostsOf } from '../../../run/targets/host-targets.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { layOutFacts } from '../../../view/layout/lay-out-facts.ts';
import type { Symbols } from '../../../view/layout/palette.ts';
import { type StyledLine, styled } from '../../../view/layout/styled-line.ts';
import type { Mark } from './status-line.ts';

/** So many are shown one by one; of more, those that nobody has to look at are counted. */
const mostShown = 24;

/** Those that nobody has come to have none. */
const marks: Readonly<Partial<Record<HostProgress['status'] | 'waiting', Mark>>> = {
  passed: { symbol: 'passed', tone: 'good' },
  'already-done': { symbol: 'passed', tone: 'good' },
  done: { symbol: 'passed', tone: 'good' },
  failed: { symbol: 'failed', tone: 'bad' },
  running: { symbol: 'running', tone: 'accent' },
  'in-doubt': { symbol: 'doubt', tone: 'warn' },
  'left-out': { symbol: 'skipped', tone: 'muted' },
  skipped: { symbol: 'skipped', tone: 'muted' },
  'not-needed': { symbol: 'skipped', tone: 'muted' },
};

const wantsALook: ReadonlySet<string> = new Set(['failed', 'running', 'in-doubt']);

/** A mark and a name for each, from the moment that the first has begun; none for blocks that run once. */
export function targetLines(item: BlockItem, { state, known, width, symbols }: TargetView): StyledLine[] {
  if (!hasTargets(item) || known.onHosts === undefined) return [];
  const all = hostsOf(state, item, known) ?? [];
  if (all.length < 2) return [];
  const targets = all.map((name) => ({
    name,
    status: namedValue(known.onHosts ?? {}, name)?.status ?? ('waiting' as const),
  }));
  const isAll = targets.length <= mostShown;
  const shown = isAll ? targets : targets.filter(({ status }) => wantsALook.has(status)).slice(0, mostShown);
  const facts = shown.map(({ name, status }) => {
    const mark = marks[status];
    const words = visibleText(name);
    return mark === undefined
      ? styled(words, { tone: 'muted' })
      : styled(`${symbols[mark.symbol]} ${words}`, { tone: mark.tone });
  });
  const waiting = targets.filter(({ status }) => status === 'waiting' || status === 'not-run').length;
  const done = targets.length - shown.length - waiting;
  const counts = isAll
    ? []
    : [...(done > 0 ? [`${done} done`] : []), ...(waiting > 0 ? [`${waiting} to go`] : [])];
  const others = counts.map((words) => styled(words, { tone: 'muted' }));
  return layOutFacts([...facts, ...others], width, symbols.dot);
}

/** What is known where, and the room for it. */
export interface TargetView {
  readonly state: RunState;
  readonly known: ItemState;
  readonly width: number;
  readonly symbols: Symbols;
}
