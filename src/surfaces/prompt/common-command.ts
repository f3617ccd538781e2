// Owns what is alike at every question of the prompt surface: menus with help, reasons, notes, edits, going elsewhere.
import type { Address } from '../../basics/address.ts';
import type { RunCommand } from '../../run/command.ts';
import type { Actor, OutputSummary } from '../../run/event.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ItemState } from '../../run/state.ts';
import type { RunView, SendCommand } from '../../run/surface.ts';
import { visibleText } from '../../text/visible-text.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { quoted } from '../../view/words/outcome-words.ts';
import type { Wish } from '../choice.ts';
import type { Asker, Choice, Menu } from './asker.ts';
import type { Page } from './page.ts';

export interface AskContext {
  readonly view: RunView;
  readonly send: SendCommand;
  readonly asker: Asker;
  readonly page: Page;
  readonly by: Actor;
  /** Shows the end of a block's stored output. */
  readonly showOutput: (output: OutputSummary) => void;
  /** Whether there is a terminal to open a shell on. */
  readonly canOpenShell: boolean;
  /** Whether the failure of an item was told just above. */
  readonly told: (address: Address) => boolean;
  readonly signal: AbortSignal;
}

/** What can be wished for at most questions; undefined when the question is to be put again. */
export async function commonCommand(
  wish: Wish,
  address: Address,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { by, page } = context;
  switch (wish) {
    case 'skip':
      return { type: 'SkipItem', address, by, note: await askReason('Why is it skipped?', context) };
    case 'done':
      return { type: 'MarkDone', address, by, note: await askReason('How was it done?', context) };
    case 'edit': {
      const code = await editCommand(page.item(address), stateOf(address, context), context);
      return code === undefined ? undefined : { type: 'EditCommand', address, code, by };
    }
    case 'note':
      await addNote(address, context);
      return undefined;
    case 'go-to':
      return askStep(context);
    case 'shell':
      return { type: 'OpenShell', at: address, by };
    case 'rollback':
      return { type: 'RequestRollback', by };
    case 'stop':
      return { type: 'StopRun', by };
    default:
      return { type: 'PauseRun', reason: 'operator', by };
  }
}

/** One of the choices; help is answered here. */
export async function chooseWish(
  message: string,
  all: readonly Choice<Wish>[],
  { asker, page, signal, canOpenShell }: AskContext,
  more: Partial<Pick<Menu<Wish>, 'enter' | 'layout'>> = {},
): Promise<Wish> {
  const choices = canOpenShell ? all : all.filter(({ value }) => value !== 'shell');
  for (;;) {
    const wish = await asker.choose({ message, choices, layout: 'keys', ...more }, signal);
    if (wish !== 'help') return wish;
    for (const { key, label, does } of choices) {
      page.writeLine([
        styled(`  ${key}  `, { bold: true }),
        styled(label),
        styled(does ? `  ${does}` : '', { tone: 'muted' }),
      ]);
    }
  }
}

/** A reason is owed, not optional: the record must say why. */
export async function askReason(message: string, { asker, page, signal }: AskContext): Promise<string> {
  for (;;) {
    const reason = await asker.askText(message, signal);
    if (reason !== '') return reason;
    page.writeLine([styled('The record needs a reason; a word will do.', { tone: 'warn' })]);
  }
}

/** Keeps a note; an empty one is none. */
export async function addNote(
  address: Address,
  { asker, page, send, signal, by }: AskContext,
): Promise<void> {
  const text = await asker.askText('Note:', signal);
  if (text === '') return;
  const rejection = send({ type: 'AddNote', address, text, by });
  if (rejection) page.writeLine([styled(rejection.message, { tone: 'warn' })]);
}

/** The command as the operator changed it, or undefined when it stays as it is. */
export async function editCommand(
  item: PlanItem | undefined,
  known: ItemState | undefined,
  { asker, page, signal }: AskContext,
): Promise<string | undefined> {
  if (item?.kind !== 'block') return undefined;
  const before = known?.code ?? item.code;
  const after = await asker.askLines('Command:', before, signal);
  if (after === undefined || after === before || after.trim() === '') {
    page.writeLine([styled('The command stays as it is.', { tone: 'muted' })]);
    return undefined;
  }
  return after;
}

async function askStep({ asker, page, view, signal, by }: AskContext): Promise<RunCommand | undefined> {
  const seen = new Set<string>();
  const firsts = view.plan.items.filter((item) => {
    if (item.phase === 'rollback' || seen.has(item.step)) return false;
    seen.add(item.step);
    return true;
  });
  for (const [index, item] of firsts.entries()) {
    page.writeLine([
      styled(`  ${String(index + 1).padStart(3)}  `, { bold: true }),
      styled(visibleText(item.stepTitle)),
    ]);
  }
  const typed = await asker.askText('Which step, by its number or name (nothing to stay):', signal);
  if (typed === '') return undefined;
  const found = firsts[Number(typed) - 1] ?? firsts.find((item) => item.step === typed);
  if (found) return { type: 'JumpTo', address: found.address, by };
  page.writeLine([styled(`there is no step ${quoted(typed)}`, { tone: 'warn' })]);
  return undefined;
}

/** What is known of an item now. */
export function stateOf(address: Address, { view }: AskContext): ItemState | undefined {
  const state = view.state();
  return state.items[state.indexOf.get(address) ?? -1];
}
