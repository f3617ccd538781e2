// Owns what each key does to the screen and which commands follow from it.
import type { Address } from '../../../basics/address.ts';
import type { RunCommand } from '../../../run/command.ts';
import { isSettled } from '../../../run/state.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { counted, quoted } from '../../../view/words/quoted.ts';
import { clampTop } from '../layout.ts';
import { type KeyAction, type KeyBinding, keyBindingsOf, menuOf } from './key-binding.ts';
import { type Key, keyName } from './key-reader.ts';
import { reduceDialog } from './reduce-dialog.ts';
import { reducePager } from './reduce-pager.ts';
import { scrollBy } from './scroll-by.ts';
import { textField } from './text-field.ts';
import {
  askText,
  itemAt,
  keysGoToBlock,
  quietMs,
  type Reduced,
  stateAt,
  type UiContext,
  type UiState,
} from './ui-state.ts';

const only = (ui: UiState): Reduced => ({ ui, effects: [] });
const send = (ui: UiState, ...commands: readonly RunCommand[]): Reduced => ({
  ui,
  effects: [{ type: 'send', commands }],
});

/** The screen after a key, and what the key brings about. */
export function reduceKey(before: UiState, key: Key, context: UiContext): Reduced {
  const name = keyName(key);
  const ui = before.notice ? { ...before, notice: undefined } : before;
  if (name === 'ctrl-z') return { ui, effects: [{ type: 'stop-process' }] };
  if (name === 'ctrl-l') return { ui, effects: [{ type: 'redraw' }] };
  const isIdle = context.question !== undefined || ui.stage !== 'run';
  if (name === 'ctrl-c' && !(ui.dialog && isIdle)) {
    if (ui.stage === 'end') return { ui, effects: [{ type: 'close' }] };
    if (ui.stage === 'welcome') return { ui, effects: [{ type: 'begin', how: 'later' }] };
    return interrupt(ui, context);
  }
  if (ui.dialog) return reduceDialog(ui, ui.dialog, key, context);
  if (ui.pager) return reducePager(ui, ui.pager, name, context);
  if (ui.outline) return reduceOutline(ui, ui.outline, name, context);
  if (keysGoToBlock(ui, context.childAttached)) {
    return only(name === 'ctrl-g' ? { ...ui, focus: 'tool' } : ui);
  }
  if (key.type === 'paste') {
    return only({
      ...ui,
      notice: { text: 'pasted text is taken only where text is asked for', tone: 'muted' },
    });
  }
  return reduceBound(ui, name, context);
}

function reduceBound(ui: UiState, name: string, context: UiContext): Reduced {
  const { page, question } = context;
  const looksAway = ui.look !== undefined && ui.look !== context.current;
  const moved = looksAway ? undefined : moveInList(ui, name, context);
  if (moved) return only(moved);
  const scrolled = scrollPage(ui, name, context);
  if (scrolled) return only(scrolled);
  if (!looksAway && (name === 'enter' || name === 'space') && isUnread(ui, context)) {
    return only({
      ...ui,
      pageTop: clampTop(page.top + Math.max(1, page.height - 1), page.length, page.height),
    });
  }
  const menu = looksAway ? [] : menuOf(question, context);
  const chosen = name === 'enter' ? menu[ui.listAt] : undefined;
  const bound = chosen ?? keyBindingsOf(ui, context).find(({ names }) => names.includes(name));
  return bound ? performBinding(ui, bound, context) : only(ui);
}

/** Prose first: what is about to run has to have been in sight, to its last line. */
export function isUnread(
  { stage }: UiState,
  { question, page }: Pick<UiContext, 'question' | 'page'>,
): boolean {
  const asked = question?.type === 'release' || question?.type === 'confirm' || question?.type === 'manual';
  if (stage === 'end' || (stage === 'run' && !asked)) return false;
  return page.until > page.top + page.height;
}

function performBinding(ui: UiState, bound: KeyBinding, context: UiContext): Reduced {
  if (!bound.advances) return performAction(ui, bound.action, context);
  const quietUntilMs = context.nowMs + quietMs;
  if (context.nowMs < ui.quietUntilMs) return only({ ...ui, quietUntilMs });
  return performAction({ ...ui, quietUntilMs }, bound.action, context);
}

/** What an action means at the question that stands, or to the screen. */
function performAction(ui: UiState, action: KeyAction, context: UiContext): Reduced {
  const { question, by, current } = context;
  const address = question && 'address' in question ? question.address : current;
  switch (action) {
    case 'begin':
      return { ui, effects: [{ type: 'begin', how: 'now' }] };
    case 'begin-later':
      return { ui, effects: [{ type: 'begin', how: 'later' }] };
    case 'close':
      return { ui, effects: [{ type: 'close' }] };
    case 'interrupt':
      return interrupt(ui, context);
    case 'to-block':
      return only({ ...ui, focus: 'block', look: undefined });
    case 'help':
      return only({ ...ui, dialog: { type: 'help', top: 0 } });
    case 'note': {
      const about = ui.look ?? current;
      return askText(ui, 'note', about ? `Note on ${quoted(about)}` : 'Note', about);
    }
    case 'pause':
      if (question?.type === 'failure') return decideFailure(ui, 'pause', question.address, context);
      return send(ui, { type: 'PauseRun', reason: 'operator', by });
    case 'run-on':
      return confirmFirst(ui, 'Run on without asking, until something needs you?', 'run on', {
        type: 'RunUntilGate',
        by,
      });
    case 'stop': {
      const command: RunCommand =
        question?.type === 'failure'
          ? { type: 'DecideFailure', address: question.address, decision: 'stop', by }
          : { type: 'StopRun', by };
      return confirmFirst(ui, 'End the run here? Nothing is undone.', 'end it', command);
    }
    case 'rollback':
      if (question?.type === 'failure') return decideFailure(ui, 'rollback', question.address, context);
      return send(ui, { type: 'RequestRollback', by });
    case 'shell':
      return send(ui, { type: 'OpenShell', by, ...(address && { at: address }) });
    case 'go-to':
      return only(openOutline(ui, 'go-to', context));
    case 'steps':
      return only(openOutline(ui, 'look', context));
    case 'go-here':
      return ui.look === undefined ? only(ui) : goTo(ui, ui.look, context);
    case 'follow':
      return only({ ...ui, look: undefined, pageTop: undefined });
    case 'look-back':
      return only(lookBy(ui, -1, context));
    case 'look-on':
      return only(lookBy(ui, 1, context));
    case 'pager':
    case 'output': {
      const shown = ui.look ?? address;
      return shown ? only({ ...ui, pager: { address: shown, top: 'end' } }) : only(ui);
    }
    case 'start-rollback':
      return send(ui, { type: 'StartRollback', excluded: ui.unticked, by });
    case 'clean-up':
    case 'leave-it':
      return send(ui, { type: 'DecideCleanup', wanted: action === 'clean-up', by });
    case 'decline-rollback':
      return send(ui, { type: 'DeclineRollback', by });
    case 'tick':
      return tick(ui, context);
    default:
      return address === undefined ? only(ui) : performItemAction(ui, action, address, context);
  }
}

/** Actions that concern the item that is asked about. */
function performItemAction(ui: UiState, action: KeyAction, address: Address, context: UiContext): Reduced {
  const { question, by, state } = context;
  const failed = question?.type === 'failure';
  switch (action) {
    case 'run':
      return send(ui, { type: 'RunBlock', address, by });
    case 'yes':
      // Who has confirmed a block has said that it may run.
      return send(ui, { type: 'Confirm', address, by }, { type: 'RunBlock', address, by });
    case 'type-target': {
      const target = question?.type === 'confirm' ? (question.target ?? '') : '';
      const dialog = { type: 'text', purpose: 'target', address, target, field: textField() } as const;
      return only({ ...ui, dialog: { ...dialog, title: `Type ${visibleText(target)} to run it` } });
    }
    case 'skip':
      if (question?.type === 'in-doubt') return askText(ui, 'doubt-skip', 'Why is it skipped?', address);
      return askText(ui, failed ? 'failure-skip' : 'skip', 'Why is it skipped?', address);
    case 'done':
      if (question?.type === 'manual') return send(ui, { type: 'CompleteManualStep', address, by });
      if (question?.type === 'in-doubt') return send(ui, { type: 'ResolveDoubt', address, as: 'done', by });
      return askText(ui, failed ? 'failure-done' : 'done', 'How was it done?', address);
    case 'done-with-note':
      return askText(ui, 'manual-note', 'How did it go?', address);
    case 'again':
      if (question?.type === 'in-doubt') {
        return send(ui, { type: 'ResolveDoubt', address, as: 'run-again', by });
      }
      return decideFailure(ui, 'retry', address, context);
    case 'failed':
      return send(ui, { type: 'ResolveDoubt', address, as: 'failed', by });
    case 'continue':
      return decideFailure(ui, 'continue', address, context);
    case 'edit': {
      const item = itemAt(state, address);
      if (item?.kind !== 'block') return only(ui);
      const code = stateAt(state, address)?.code ?? item.code;
      if (context.hasEditor) {
        return { ui, effects: [{ type: 'edit-outside', address, code, retry: failed }] };
      }
      const field = textField(code.replace(/\n$/, ''), true);
      return only({ ...ui, dialog: { type: 'edit', address, field, retry: failed } });
    }
    default:
      return only(ui);
  }
}

function decideFailure(
  ui: UiState,
  decision: 'retry' | 'continue' | 'rollback' | 'pause',
  address: Address,
  { by }: UiContext,
): Reduced {
  return send(ui, { type: 'DecideFailure', address, decision, by });
}

/** Once ends what runs; where nothing runs, and the second time, the run is paused. */
function interrupt(ui: UiState, { by, question }: UiContext): Reduced {
  const text = 'the block was asked to end; ^C again pauses the run';
  const noticed = question ? ui : { ...ui, notice: { text, tone: 'muted' } as const };
  return send(noticed, { type: 'InterruptBlock', by });
}

/** Asks before something that is not to happen by a slip of the finger. */
function confirmFirst(ui: UiState, text: string, yes: string, command: RunCommand): Reduced {
  const effect = { type: 'send', commands: [command] } as const;
  return only({ ...ui, dialog: { type: 'confirmation', text, yes, effect } });
}

/** Ticks the chosen line of a checklist, or takes an undo out of the plan. */
function tick(ui: UiState, { question, state, by }: UiContext): Reduced {
  if (question?.type === 'rollback-plan') {
    const address = question.items[ui.listAt];
    if (address === undefined) return only(ui);
    const unticked = ui.unticked.includes(address)
      ? ui.unticked.filter((other) => other !== address)
      : [...ui.unticked, address];
    return only({ ...ui, unticked });
  }
  if (question?.type !== 'checklist') return only(ui);
  const { address } = question;
  const ticks = stateAt(state, address)?.ticks ?? [];
  const ticked = ticks[ui.listAt] !== true;
  const next = ticks.findIndex((done, index) => !done && index > ui.listAt);
  const listAt = ticked && next >= 0 ? next : ui.listAt;
  return send({ ...ui, listAt }, { type: 'SetChecklistItem', address, index: ui.listAt, ticked, by });
}

function moveInList(ui: UiState, name: string, context: UiContext): UiState | undefined {
  if (name !== 'up' && name !== 'down') return undefined;
  const length = listLength(context);
  if (length === 0) return undefined;
  const to = ui.listAt + (name === 'up' ? -1 : 1);
  return { ...ui, listAt: Math.max(0, Math.min(to, length - 1)) };
}

function listLength(context: UiContext): number {
  const { question, state } = context;
  if (question?.type === 'checklist') return stateAt(state, question.address)?.ticks.length ?? 0;
  if (question?.type === 'rollback-plan') return question.items.length;
  return menuOf(question, context).length;
}

function scrollPage(ui: UiState, name: string, { page }: UiContext): UiState | undefined {
  const by = scrollBy(name, page.height);
  if (by === undefined) return undefined;
  return { ...ui, pageTop: clampTop(page.top + by, page.length, page.height) };
}

function lookBy(ui: UiState, by: 1 | -1, { order, current }: UiContext): UiState {
  const at = order.indexOf(ui.look ?? current ?? ('' as Address));
  const to = order[Math.max(0, Math.min(at + by, order.length - 1))];
  if (to === undefined) return ui;
  return { ...ui, look: to === current ? undefined : to, pageTop: undefined };
}

function openOutline(ui: UiState, purpose: 'look' | 'go-to', { current, order }: UiContext): UiState {
  const cursor = ui.look ?? current ?? order[0];
  return cursor === undefined ? ui : { ...ui, outline: { cursor, purpose } };
}

function reduceOutline(
  ui: UiState,
  outline: NonNullable<UiState['outline']>,
  name: string,
  context: UiContext,
): Reduced {
  const { order, current } = context;
  const by = scrollBy(name, 10);
  if (by !== undefined) {
    const at = Math.max(0, Math.min(order.indexOf(outline.cursor) + by, order.length - 1));
    return only({ ...ui, outline: { ...outline, cursor: order[at] ?? outline.cursor } });
  }
  const closed = { ...ui, outline: undefined };
  if (name === 'g' || (name === 'enter' && outline.purpose === 'go-to')) {
    return goTo(closed, outline.cursor, context);
  }
  if (name === 'enter' || name === 'space') {
    const look = outline.cursor === current ? undefined : outline.cursor;
    return only({ ...closed, look, pageTop: undefined });
  }
  return only(name === 'escape' || name === 'tab' || name === 'q' ? closed : ui);
}

/** Going somewhere leaves things out; how many is said before. */
function goTo(ui: UiState, address: Address, { state, by, question }: UiContext): Reduced {
  if (!question) {
    return only({ ...ui, notice: { text: 'something is running; go on when it has ended', tone: 'warn' } });
  }
  const index = state.indexOf.get(address) ?? 0;
  const over = state.items.slice(state.cursor, index).filter(({ status }) => !isSettled(status)).length;
  const known = stateAt(state, address);
  const again = known && isSettled(known.status) ? ' It has been there before and is asked about again.' : '';
  const skips =
    over === 0 ? '' : ` ${counted(over, 'item')} before it ${over === 1 ? 'counts' : 'count'} as skipped.`;
  const follow = { ...ui, look: undefined, pageTop: undefined };
  return confirmFirst(follow, `Go to ${quoted(address)}?${skips}${again}`, 'go there', {
    type: 'JumpTo',
    address,
    by,
  });
}
