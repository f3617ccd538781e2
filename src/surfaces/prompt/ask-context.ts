// Owns what every question of the prompt surface is asked with, and the small dialogues that several of them share.
import type { Address } from '../../basics/address.ts';
import type { Actor } from '../../run/event.ts';
import type { OutputSummary } from '../../run/output-summary.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { ItemState } from '../../run/state.ts';
import type { RunView, SendCommand } from '../../run/surface.ts';
import { updateRule } from '../../run/telling/update-rule.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { type MenuChoice, type OperatorAction, updateChoice } from '../question-choices.ts';
import { updateDue } from '../update-due.ts';
import type { Page } from './page.ts';
import type { Menu, Prompter } from './prompter.ts';

/** What a question is asked with. */
export interface AskContext {
  readonly view: RunView;
  readonly send: SendCommand;
  readonly prompter: Prompter;
  readonly page: Page;
  readonly by: Actor;
  /** Shows the end of a block's stored output. */
  readonly showOutput: (output: OutputSummary) => void;
  /** Whether there is a terminal to open a shell on. */
  readonly canOpenShell: boolean;
  /** Whether the newest failure on the page is that of this item, so that it need not be shown again. */
  readonly showsFailure: (address: Address) => boolean;
  readonly signal: AbortSignal;
}

/** One of the choices; help is answered here. */
export async function chooseAction(
  message: string,
  all: readonly MenuChoice<OperatorAction>[],
  context: AskContext,
  more: Partial<Pick<Menu<OperatorAction>, 'enter' | 'layout'>> = {},
): Promise<OperatorAction> {
  const { prompter, page, signal, canOpenShell, view } = context;
  const known = canOpenShell ? all : all.filter(({ value }) => value !== 'shell');
  const choices = updateRule(view.state()) === undefined ? known : [...known, updateChoice];
  for (;;) {
    const due = updateDue(view.state(), Date.now());
    if (due !== undefined) page.writeLine([styled(`${due} (u)`, { tone: 'warn', bold: true })]);
    const action = await prompter.choose({ message, choices, layout: 'keys', ...more }, signal);
    if (action === 'update') await sendUpdate(context);
    else if (action !== 'help') return action;
    else writeHelp(choices, page);
  }
}

function writeHelp(choices: readonly MenuChoice<OperatorAction>[], page: Page): void {
  for (const { key, label, does } of choices) {
    page.writeLine([
      styled(`  ${key}  `, { bold: true }),
      styled(label),
      styled(does ? `  ${does}` : '', { tone: 'muted' }),
    ]);
  }
}

/** Sends an update; an empty one is none. */
async function sendUpdate({ prompter, page, send, signal, by }: AskContext): Promise<void> {
  const text = await prompter.askText('Update:', signal);
  if (text === '') return;
  const rejection = send({ type: 'SendUpdate', text, by });
  if (rejection) page.writeLine([styled(rejection.message, { tone: 'warn' })]);
}

/** A reason is owed, not optional: the record must say why. */
export async function askReason(message: string, { prompter, page, signal }: AskContext): Promise<string> {
  for (;;) {
    const reason = await prompter.askText(message, signal);
    if (reason !== '') return reason;
    page.writeLine([styled('Give a reason; a word is enough.', { tone: 'warn' })]);
  }
}

/** Keeps a note; an empty one is none. */
export async function addNote(
  address: Address,
  { prompter, page, send, signal, by }: AskContext,
): Promise<void> {
  const text = await prompter.askText('Note:', signal);
  if (text === '') return;
  const rejection = send({ type: 'AddNote', address, text, by });
  if (rejection) page.writeLine([styled(rejection.message, { tone: 'warn' })]);
}

/** The command as the operator changed it, or undefined when it stays as it is. */
export async function editCommand(
  item: PlanItem | undefined,
  known: ItemState | undefined,
  { prompter, page, signal }: AskContext,
): Promise<string | undefined> {
  if (item?.kind !== 'block') return undefined;
  const before = known?.code ?? item.code;
  const after = await prompter.askLines('Command:', before, signal);
  if (after === undefined || after === before || after.trim() === '') {
    page.writeLine([styled('The command stays as it is.', { tone: 'muted' })]);
    return undefined;
  }
  return after;
}

/** What is known of an item now. */
export function itemStateOf(address: Address, { view }: AskContext): ItemState | undefined {
  const state = view.state();
  return state.items[state.indexOf.get(address) ?? -1];
}
