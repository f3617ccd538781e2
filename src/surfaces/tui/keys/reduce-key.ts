// Owns what each key does to the screen, and which action it stands for.

import { type KeyBinding, keyBindingsOf, menuOf } from './key-binding.ts';
import { type Key, keyName } from './key-reader.ts';
import { goTo, interrupt, performAction } from './perform-action.ts';
import { reduceDialog } from './reduce-dialog.ts';
import { reducePager } from './reduce-pager.ts';
import { reduceSearch } from './reduce-search.ts';
import { clampTop, scrollBy } from './scroll-into.ts';
import {
  keysGoToBlock,
  quietMs,
  type Reduced,
  stateAt,
  type UiContext,
  type UiState,
  withNotice,
  withoutEffects,
} from './ui-state.ts';
import { withUnknownKey } from './with-unknown-key.ts';

/** The screen after a key, and what the key brings about. */
export function reduceKey(before: UiState, key: Key, context: UiContext): Reduced {
  const name = keyName(key);
  const ui = before.notice ? { ...before, notice: undefined } : before;
  if (name === 'ctrl-z') return { ui, effects: [{ type: 'stop-process' }] };
  if (name === 'ctrl-l') return { ui, effects: [{ type: 'redraw' }] };
  if (isUnheard(ui)) return withoutEffects(ui);
  const isIdle = context.question !== undefined || ui.stage !== 'run';
  if (name === 'ctrl-c' && !(ui.dialog && isIdle)) {
    if (ui.stage === 'end') return { ui, effects: [{ type: 'close' }] };
    if (ui.stage === 'welcome') return { ui, effects: [{ type: 'begin', how: 'later' }] };
    return interrupt(ui, context);
  }
  const isWheel = name === 'wheel-up' || name === 'wheel-down';
  if (isWheel && ui.dialog && ui.dialog.type !== 'help') return withoutEffects(before);
  if (ui.dialog) return reduceDialog(ui, ui.dialog, key, context);
  if (ui.pager) return reducePager(ui, ui.pager, name, context);
  if (ui.outline) return reduceOutline(ui, ui.outline, name, context);
  if (keysGoToBlock(ui, context.childAttached)) {
    return withoutEffects(name === 'ctrl-g' ? { ...ui, focus: 'tool' } : ui);
  }
  if (key.type === 'paste') {
    return withoutEffects({
      ...withNotice(ui, 'text can be pasted only where text is asked for'),
    });
  }
  return reduceBound(ui, name, context);
}

/** What was typed before a question stood on the screen was meant for something else; what is open takes its keys. */
function isUnheard({ hears, dialog, pager, outline }: UiState): boolean {
  return !hears && dialog === undefined && pager === undefined && outline === undefined;
}

function reduceBound(ui: UiState, name: string, context: UiContext): Reduced {
  const { page, question } = context;
  const searched = reduceSearch(ui, name, context);
  if (searched) return searched;
  if (name === 'm') return withoutEffects(withWheel(ui, !ui.wheel));
  const looksAway = ui.look !== undefined && ui.look !== context.current;
  const moved = looksAway ? undefined : moveInList(ui, name, context);
  if (moved) return withoutEffects(moved);
  const scrolled = scrollPage(ui, name, context);
  if (scrolled) return withoutEffects(scrolled);
  const bindings = keyBindingsOf(ui, context);
  const readsOn = name === 'space' && !bindings.some(({ names }) => names.includes(name));
  const answers = name === 'enter' || (name === 'y' && question?.type === 'confirm');
  if (readsOn || (!looksAway && answers && isUnread(ui, context))) {
    const pageTop = clampTop(page.top + Math.max(1, page.height - 1), page.length, page.height);
    if (pageTop > page.top) return withoutEffects({ ...ui, pageTop });
    return withoutEffects(withNotice(ui, 'this is the end of the text; Space only reads on'));
  }
  const menu = looksAway ? [] : menuOf(question, context);
  const chosen = name === 'enter' ? menu[ui.listAt] : undefined;
  const bound = chosen ?? bindings.find(({ names }) => names.includes(name));
  return bound ? performBinding(ui, bound, context) : withoutEffects(withUnknownKey(ui, name));
}

function withWheel(ui: UiState, wheel: boolean): UiState {
  const says = wheel
    ? 'the wheel scrolls; text is selected with Shift held'
    : 'the mouse selects text; m: the wheel scrolls';
  return withNotice({ ...ui, wheel }, says);
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
  if (context.nowMs < ui.quietUntilMs) return withoutEffects({ ...ui, quietUntilMs });
  return performAction({ ...ui, quietUntilMs }, bound.action, context);
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
    return withoutEffects({ ...ui, outline: { ...outline, cursor: order[at] ?? outline.cursor } });
  }
  const closed = { ...ui, outline: undefined };
  if (name === 'g' || (name === 'enter' && outline.purpose === 'go-to')) {
    return goTo(closed, outline.cursor, context);
  }
  if (name === 'enter' || name === 'space') {
    const look = outline.cursor === current ? undefined : outline.cursor;
    return withoutEffects({ ...closed, look, pageTop: undefined });
  }
  const closes = name === 'escape' || name === 'tab' || name === 'q';
  return withoutEffects(closes ? closed : withUnknownKey(ui, name));
}
