// Owns what the action of a key means at the question that stands, or to the screen.
import type { Address } from '../../../basics/address.ts';
import type { RunCommand } from '../../../run/command.ts';
import { isSettled, type RunState } from '../../../run/state.ts';
import { updateRule } from '../../../run/telling/update-rule.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { counted, listed, quoted } from '../../../view/words/quoted.ts';
import { leftOutNote } from '../../question-choices.ts';
import { answersOf, askedWords, choiceAround, waysOf } from '../../ways-of.ts';
import type { KeyAction } from './key-binding.ts';
import { textField } from './text-field.ts';
import {
  askAt,
  askText,
  itemAt,
  type Reduced,
  stateAt,
  type UiContext,
  type UiState,
  withNotice,
  withoutEffects,
} from './ui-state.ts';

const send = (ui: UiState, ...commands: readonly RunCommand[]): Reduced => ({
  ui,
  effects: [{ type: 'send', commands }],
});

/** What an action means at the question that stands, or to the screen. */
export function performAction(ui: UiState, action: KeyAction, context: UiContext): Reduced {
  const { question, by } = context;
  switch (action) {
    case 'begin':
      return { ui, effects: [{ type: 'begin', how: 'now' }] };
    case 'begin-later':
      return { ui, effects: [{ type: 'begin', how: 'later' }] };
    case 'close':
      return { ui, effects: [{ type: 'close' }] };
    case 'interrupt':
      return interrupt(ui, context);
    case 'pause':
      if (question?.type === 'failure') return decideFailure(ui, 'pause', question.address, context);
      return pauseRun(ui, context);
    case 'run-on':
      return confirmFirst(ui, 'Run all without asking, until something needs you?', 'run all', {
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
    case 'shell': {
      const at = askedAddress(context);
      return send(ui, { type: 'OpenShell', by, ...(at && { at }) });
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
      return performScreenAction(ui, action, context);
  }
}

/** Actions that change what is on the screen, and nothing in the run. */
function performScreenAction(ui: UiState, action: KeyAction, context: UiContext): Reduced {
  const { current } = context;
  const address = askedAddress(context);
  switch (action) {
    case 'to-block':
      return withoutEffects({ ...ui, focus: 'block', look: undefined });
    case 'help':
      return withoutEffects({ ...ui, dialog: { type: 'help', about: 'keys', top: 0 } });
    case 'guards':
      return withoutEffects({ ...ui, dialog: { type: 'help', about: 'guards', top: 0 } });
    case 'note': {
      const about = ui.look ?? current;
      return askText(ui, 'note', about ? `Note on ${quoted(about)}` : 'Note', about);
    }
    case 'update': {
      const to = updateRule(context.state)?.to ?? [];
      return askText(ui, 'update', `Update for ${listed(to.map(quoted))}`, undefined);
    }
    case 'go-to':
      return withoutEffects(openOutline(ui, 'go-to', context));
    case 'steps':
      return withoutEffects(openOutline(ui, 'look', context));
    case 'go-here':
      return ui.look === undefined ? withoutEffects(ui) : goTo(ui, ui.look, context);
    case 'follow':
      return withoutEffects({ ...ui, look: undefined, pageTop: undefined });
    case 'look-back':
      return withoutEffects(lookBy(ui, -1, context));
    case 'look-on':
      return withoutEffects(lookBy(ui, 1, context));
    case 'pager':
    case 'output': {
      const shown = context.shownOutput ?? ui.look ?? address;
      return shown ? withoutEffects({ ...ui, pager: { address: shown, top: 'end' } }) : withoutEffects(ui);
    }
    default:
      return address === undefined ? withoutEffects(ui) : performItemAction(ui, action, address, context);
  }
}

/** The item that is asked about, or else where the run is. */
function askedAddress({ question, current }: UiContext): Address | undefined {
  return question && 'address' in question ? question.address : current;
}

/** Actions that concern the item that is asked about. */
function performItemAction(ui: UiState, action: KeyAction, address: Address, context: UiContext): Reduced {
  const { question, by, state } = context;
  const failed = question?.type === 'failure';
  const manual = question?.type === 'manual' ? question : undefined;
  const ask = manual && askAt(state, address);
  if (ask) {
    const known = answersOf(ask, manual.offers).find(({ key }) => action === `way ${key}`);
    if (known) return send(ui, { type: 'CompleteManualStep', address, by, answer: known.answer });
    if (action === 'done') return askText(ui, 'answer', askedWords(ask), address);
  }
  if (question?.type === 'choice' && action.startsWith('way ')) {
    const { choice } = question;
    const around = choiceAround(itemAt(state, address), choice);
    const way = around && waysOf(around).find(({ key }) => action === `way ${key}`);
    if (way) return send(ui, { type: 'Choose', address, choice, branches: way.branches, by });
  }
  switch (action) {
    case 'run':
      if (question?.type === 'doubtful') return send(ui, { type: 'AcceptDoubts', address, by });
      return send(ui, { type: 'RunBlock', address, by });
    case 'yes':
      // Who has confirmed a block has said that it may run.
      return send(ui, { type: 'Confirm', address, by }, { type: 'RunBlock', address, by });
    case 'type-target': {
      const target = question?.type === 'confirm' ? (question.target ?? '') : '';
      const dialog = { type: 'text', purpose: 'target', address, target, field: textField() } as const;
      return withoutEffects({ ...ui, dialog: { ...dialog, title: `Type ${visibleText(target)} to run it` } });
    }
    case 'skip':
      if (question?.type === 'doubtful')
        return send(ui, { type: 'SkipItem', address, by, note: leftOutNote });
      if (question?.type === 'in-doubt') return askText(ui, 'doubt-skip', 'Why is it skipped?', address);
      return askText(ui, failed ? 'failure-skip' : 'skip', 'Why is it skipped?', address);
    case 'done':
      if (question?.type === 'checklist') return finishChecklist(ui, address, context);
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
    case 'again-from':
      return decideFailure(ui, 'run-rest', address, context);
    case 'failed':
      return send(ui, { type: 'ResolveDoubt', address, as: 'failed', by });
    case 'continue':
      return decideFailure(ui, 'continue', address, context);
    case 'edit': {
      const item = itemAt(state, address);
      if (item?.kind !== 'block') return withoutEffects(ui);
      const code = stateAt(state, address)?.code ?? item.code;
      if (context.hasEditor) {
        return { ui, effects: [{ type: 'edit-outside', address, code, retry: failed }] };
      }
      const field = textField(code.replace(/\n$/, ''), true);
      return withoutEffects({ ...ui, dialog: { type: 'edit', address, field, retry: failed } });
    }
    default:
      return withoutEffects(ui);
  }
}

/** With something still open, the next of it is chosen and nothing is said to be done. */
function finishChecklist(ui: UiState, address: Address, { state, by }: UiContext): Reduced {
  const ticks = stateAt(state, address)?.ticks ?? [];
  const open = ticks.filter((ticked) => !ticked).length;
  if (open === 0) return send(ui, { type: 'CompleteManualStep', address, by });
  const text = `${open} of ${counted(ticks.length, 'item')} still to tick: Space ticks`;
  return withoutEffects({ ...ui, listAt: ticks.indexOf(false), notice: { text, tone: 'warn' } });
}

function decideFailure(
  ui: UiState,
  decision: 'retry' | 'run-rest' | 'continue' | 'rollback' | 'pause',
  address: Address,
  { by }: UiContext,
): Reduced {
  return send(ui, { type: 'DecideFailure', address, decision, by });
}

/** Once ends what runs; where nothing runs, and the second time, the run is paused. */
export function interrupt(ui: UiState, { by, question }: UiContext): Reduced {
  const text = 'the block was asked to end; ^C again pauses the run';
  const noticed = question ? ui : { ...ui, notice: { text, tone: 'muted' } as const };
  return send(noticed, { type: 'InterruptBlock', by });
}

/** A block that runs comes to its end first; until then the run is about to pause, however often that is asked for. */
function pauseRun(ui: UiState, { by, state }: UiContext): Reduced {
  const running = state.plan.items.find((_, index) => state.items[index]?.status === 'running');
  const said = running ? withNotice(ui, `the run pauses when ${quoted(running.address)} has ended`) : ui;
  if (state.lifecycle === 'paused' && running) return withoutEffects(said);
  return send(said, { type: 'PauseRun', reason: 'operator', by });
}

/** Asks before something that is not to happen by a slip of the finger. */
function confirmFirst(ui: UiState, text: string, yes: string, command: RunCommand): Reduced {
  const effect = { type: 'send', commands: [command] } as const;
  return withoutEffects({ ...ui, dialog: { type: 'confirmation', text, yes, effect } });
}

/** Ticks the chosen line of a checklist, or takes an undo out of the plan. */
function tick(ui: UiState, { question, state, by }: UiContext): Reduced {
  if (question?.type === 'rollback-plan') {
    const address = question.items[ui.listAt];
    if (address === undefined) return withoutEffects(ui);
    const unticked = ui.unticked.includes(address)
      ? ui.unticked.filter((other) => other !== address)
      : [...ui.unticked, address];
    return withoutEffects({ ...ui, unticked });
  }
  if (question?.type !== 'checklist') return withoutEffects(ui);
  const { address } = question;
  const ticks = stateAt(state, address)?.ticks ?? [];
  const ticked = ticks[ui.listAt] !== true;
  const next = ticks.findIndex((done, index) => !done && index > ui.listAt);
  const listAt = ticked && next >= 0 ? next : ui.listAt;
  return send({ ...ui, listAt }, { type: 'SetChecklistItem', address, index: ui.listAt, ticked, by });
}

function lookBy(ui: UiState, by: 1 | -1, { order, current }: UiContext): UiState {
  const from = ui.look ?? current;
  const at = from === undefined ? -1 : order.indexOf(from);
  const to = order[Math.max(0, Math.min(at + by, order.length - 1))];
  if (to === undefined) return ui;
  return { ...ui, look: to === current ? undefined : to, pageTop: undefined };
}

function openOutline(ui: UiState, purpose: 'look' | 'go-to', { current, order }: UiContext): UiState {
  const cursor = ui.look ?? current ?? order[0];
  return cursor === undefined ? ui : { ...ui, outline: { cursor, purpose } };
}

/** Going somewhere leaves things out; how many is said before. */
export function goTo(ui: UiState, address: Address, { state, by, question }: UiContext): Reduced {
  if (!question) {
    return withoutEffects({
      ...ui,
      notice: { text: 'something is running; go on when it has ended', tone: 'warn' },
    });
  }
  const index = state.indexOf.get(address) ?? 0;
  const known = stateAt(state, address);
  const again = known && isSettled(known.status) ? ' It has been there before and is asked about again.' : '';
  const over = stepsPassedOver(state, index);
  const skips = over === '' ? '' : ` ${over} as skipped.`;
  const follow = { ...ui, look: undefined, pageTop: undefined };
  return confirmFirst(follow, `Go to ${quoted(address)}?${skips}${again}`, 'go there', {
    type: 'JumpTo',
    address,
    by,
  });
}

/** What is left out on the way to an item, up to the words "as skipped"; empty where that is nothing. */
function stepsPassedOver({ plan, items, cursor }: RunState, to: number): string {
  const open = plan.items
    .slice(cursor, to)
    .filter((_, at) => !isSettled(items[cursor + at]?.status ?? 'pending'));
  const here = plan.items[to]?.step;
  const others = new Set(open.filter(({ step }) => step !== here).map(({ step }) => step)).size;
  if (open.length === 0) return '';
  if (others === 0) return 'What comes before it in its step counts';
  return `${counted(others, 'step')} before it ${others === 1 ? 'counts' : 'count'}`;
}
