// Owns what keys do while something is being typed or confirmed.
import type { Address } from '../../../basics/address.ts';
import type { RunCommand } from '../../../run/command.ts';
import { quoted } from '../../../view/words/quoted.ts';
import type { Dialog, TextPurpose } from './dialog.ts';
import { type Key, keyName } from './key-reader.ts';
import { searchPager } from './reduce-pager.ts';
import { searchPage } from './reduce-search.ts';
import { editField, fieldText, textField } from './text-field.ts';
import { type Reduced, type UiContext, type UiState, withoutEffects } from './ui-state.ts';
import { withUnknownKey } from './with-unknown-key.ts';

/** The screen after a key while a dialog is open. */
export function reduceDialog(ui: UiState, dialog: Dialog, key: Key, context: UiContext): Reduced {
  const name = keyName(key);
  const closed = { ...ui, dialog: undefined };
  if (name === 'escape' || name === 'ctrl-c') return withoutEffects(closed);
  switch (dialog.type) {
    case 'help': {
      const by: Readonly<Record<string, number>> = {
        up: -1,
        down: 1,
        'wheel-up': -3,
        'wheel-down': 3,
        'page-up': -10,
        'page-down': 10,
        space: 10,
      };
      const step = by[name];
      if (step === undefined) return withoutEffects(closed);
      return withoutEffects({ ...ui, dialog: { ...dialog, top: Math.max(0, dialog.top + step) } });
    }
    case 'confirmation':
      if (name === 'y') return { ui: closed, effects: [dialog.effect] };
      return withoutEffects(name === 'n' ? closed : withUnknownKey(ui, name));
    case 'edit':
      if (name === 'ctrl-s' && dialog.left !== undefined)
        return withoutEffects({
          ...ui,
          notice: { text: 'its question is gone; Esc closes this', tone: 'warn' },
        });
      if (name === 'ctrl-s') return submitEdit(closed, dialog, context);
      return withoutEffects({ ...ui, dialog: { ...dialog, field: editField(dialog.field, key) } });
    case 'text':
      if (name === 'enter') return submitText(ui, dialog, context);
      return withoutEffects({ ...ui, dialog: { ...dialog, field: editField(dialog.field, key) } });
  }
}

function submitEdit(
  closed: UiState,
  { address, field, retry }: Extract<Dialog, { type: 'edit' }>,
  { by }: UiContext,
): Reduced {
  const code = fieldText(field);
  if (code.trim() === '') {
    return withoutEffects({ ...closed, notice: { text: 'the command stays as it is', tone: 'muted' } });
  }
  return { ui: closed, effects: [{ type: 'send', commands: editCommands(address, `${code}\n`, retry, by) }] };
}

/** An edited command, and the retry that follows where the block had failed. */
export function editCommands(
  address: Address,
  code: string,
  retry: boolean,
  by: UiContext['by'],
): readonly RunCommand[] {
  const edit: RunCommand = { type: 'EditCommand', address, code, by };
  return retry ? [edit, { type: 'DecideFailure', address, decision: 'retry', by }] : [edit];
}

type TextDialog = Extract<Dialog, { type: 'text' }>;

/** A reason is owed, not optional: the record must say why. */
const optional: ReadonlySet<TextPurpose> = new Set(['note', 'update', 'manual-note', 'search', 'left']);

function submitText(ui: UiState, dialog: TextDialog, context: UiContext): Reduced {
  const { purpose, address } = dialog;
  const text = fieldText(dialog.field).trim();
  const closed = { ...ui, dialog: undefined };
  if (purpose === 'search') {
    if (text === '') return withoutEffects(closed);
    if (ui.pager) return withoutEffects(searchPager(closed, text, context));
    return withoutEffects(searchPage({ ...closed, search: undefined }, text, context.page.top, 1, context));
  }
  if (purpose === 'target') return submitTarget(ui, dialog, text, context);
  if (text === '' && !optional.has(purpose)) {
    return withoutEffects({
      ...ui,
      notice: { text: 'give a reason; a word is enough', tone: 'warn' },
    });
  }
  const command = commandOf(purpose, address, text, context);
  if (!command) return withoutEffects(closed);
  const said =
    purpose === 'note' || purpose === 'left'
      ? 'noted'
      : purpose === 'update'
        ? 'the update is on its way'
        : undefined;
  const notice = said === undefined ? undefined : ({ text: said, tone: 'good' } as const);
  return { ui: { ...closed, notice }, effects: [{ type: 'send', commands: [command] }] };
}

function commandOf(
  purpose: TextPurpose,
  address: Address | undefined,
  note: string,
  { by }: UiContext,
): RunCommand | undefined {
  if (purpose === 'note' || purpose === 'left') {
    if (note === '') return undefined;
    return { type: 'AddNote', text: note, by, ...(address && { address }) };
  }
  if (purpose === 'update') return note === '' ? undefined : { type: 'SendUpdate', text: note, by };
  if (address === undefined) return undefined;
  switch (purpose) {
    case 'skip':
      return { type: 'SkipItem', address, by, note };
    case 'done':
      return { type: 'MarkDone', address, by, note };
    case 'manual-note':
      return { type: 'CompleteManualStep', address, by, ...(note !== '' && { note }) };
    case 'answer':
      return { type: 'CompleteManualStep', address, by, answer: note };
    case 'failure-skip':
      return { type: 'DecideFailure', address, decision: 'skip', by, note };
    case 'failure-done':
      return { type: 'DecideFailure', address, decision: 'mark-done', by, note };
    case 'doubt-skip':
      return { type: 'ResolveDoubt', address, as: 'skip', by, note };
    default:
      return undefined;
  }
}

function submitTarget(ui: UiState, dialog: TextDialog, typed: string, { by }: UiContext): Reduced {
  const { address, target } = dialog;
  if (address === undefined || typed !== target) {
    const text = `that is not ${quoted(target ?? '')}; nothing was run`;
    return withoutEffects({
      ...ui,
      dialog: { ...dialog, field: textField() },
      notice: { text, tone: 'warn' },
    });
  }
  const commands: readonly RunCommand[] = [
    { type: 'Confirm', address, by, typed },
    { type: 'RunBlock', address, by },
  ];
  return { ui: { ...ui, dialog: undefined }, effects: [{ type: 'send', commands }] };
}
