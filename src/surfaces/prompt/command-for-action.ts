// Owns which command an action is that means the same at most questions of the prompt surface.
import type { Address } from '../../basics/address.ts';
import type { RunCommand } from '../../run/command.ts';
import { visibleText } from '../../text/visible-text.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { quoted } from '../../view/words/quoted.ts';
import type { OperatorAction } from '../question-choices.ts';
import { type AskContext, addNote, askReason, editCommand, itemStateOf } from './ask-context.ts';

/** The command of an action that most questions know; undefined when the question is to be put again. */
export async function commandForAction(
  action: OperatorAction,
  address: Address,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { by, page } = context;
  switch (action) {
    case 'skip':
      return { type: 'SkipItem', address, by, note: await askReason('Why is it skipped?', context) };
    case 'done':
      return { type: 'MarkDone', address, by, note: await askReason('How was it done?', context) };
    case 'edit': {
      const code = await editCommand(page.item(address), itemStateOf(address, context), context);
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

/** Lets the operator choose another step; undefined when they stay. */
async function askStep({ prompter, page, view, signal, by }: AskContext): Promise<RunCommand | undefined> {
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
  const typed = await prompter.askText('Which step, by its number or name (nothing to stay):', signal);
  if (typed === '') return undefined;
  const found = firsts[Number(typed) - 1] ?? firsts.find((item) => item.step === typed);
  if (found) return { type: 'JumpTo', address: found.address, by };
  page.writeLine([styled(`there is no step ${quoted(typed)}`, { tone: 'warn' })]);
  return undefined;
}
