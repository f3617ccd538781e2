// Owns how a failure is put to the operator line by line, and which command the answer is.
import type { Address } from '../../basics/address.ts';
import type { RunCommand } from '../../run/command.ts';
import type { FailureDecision } from '../../run/event.ts';
import type { Question } from '../../run/question.ts';
import type { ItemState } from '../../run/state.ts';
import { visibleText } from '../../text/visible-text.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { differenceLines } from '../../view/words/difference-lines.ts';
import { quoted, turnWords } from '../../view/words/quoted.ts';
import { reasonWords } from '../../view/words/reason-words.ts';
import { failureChoicesOf, restOfFailure } from '../question-choices.ts';
import {
  type AskContext,
  addNote,
  askReason,
  chooseAction,
  editCommand,
  itemStateOf,
} from './ask-context.ts';
import { commandForAction } from './command-for-action.ts';

/** Puts the question of a failure, with what is known of it. */
export async function askFailure(
  question: Extract<Question, { readonly type: 'failure' }>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { address } = question;
  const { page, send, signal, by } = context;
  const item = page.item(address);
  const known = itemStateOf(address, context);
  showFailure(address, known, context);
  if (question.choices.includes('rollback')) page.showWayBack();
  const output = known?.result?.output;
  const choices = failureChoicesOf(question.choices, {
    editable: item?.kind === 'block',
    output: output?.file !== undefined,
    rest: restOfFailure(known),
    isOfItem: question.items !== undefined,
  });
  for (;;) {
    const action = await chooseAction(
      `It failed${turnWords({ turn: question.items })}. What now?`,
      choices,
      context,
      { layout: 'list' },
    );
    const decide = (decision: FailureDecision, note?: string): RunCommand => ({
      type: 'DecideFailure',
      address,
      decision,
      by,
      ...(note !== undefined && { note }),
    });
    switch (action) {
      case 'again':
        return decide('retry');
      case 'again-from':
        return decide('run-rest');
      case 'continue':
        return decide('continue');
      case 'rollback':
        return decide('rollback');
      case 'pause':
        return decide('pause');
      case 'stop':
        return decide('stop');
      case 'shell':
        return commandForAction(action, address, context);
      case 'skip':
        return decide('skip', await askReason('Why is it skipped?', context));
      case 'done':
        return decide('mark-done', await askReason('How was it done?', context));
      case 'edit': {
        const code = await editCommand(item, known, context);
        if (code === undefined) break;
        const rejection = send({ type: 'EditCommand', address, code, by });
        if (!rejection) return decide('retry');
        page.writeLine([styled(rejection.message, { tone: 'warn' })]);
        break;
      }
      case 'output':
        if (output !== undefined) context.showOutput(output);
        break;
      default:
        await addNote(address, context);
    }
    if (signal.aborted) return undefined;
  }
}

function showFailure(address: Address, known: ItemState | undefined, context: AskContext): void {
  const { page, showsFailure } = context;
  const reason = known?.reason;
  if (!showsFailure(address)) {
    const attempts =
      known && known.attempts > 1 && known.turn === undefined ? ` at attempt ${known.attempts}` : '';
    page.writeLine([
      styled(`${page.palette.symbols.failed} ${quoted(address)} failed${attempts}`, {
        tone: 'bad',
        bold: true,
      }),
      styled(reason ? `: ${reasonWords(reason)}` : '', { tone: 'bad' }),
    ]);
    const output = known?.result?.output;
    if (output?.file !== undefined) context.showOutput(output);
  }
  if (reason?.type === 'expectation' && reason.difference !== undefined) {
    for (const line of differenceLines(reason.difference)) page.writeLine([styled('  '), ...line]);
  } else if (reason?.type === 'expectation') {
    page.writeLine([styled('  expected  '), styled(visibleText(reason.expected), { tone: 'good' })]);
    page.writeLine([styled('  actual    '), styled(visibleText(reason.actual), { tone: 'bad' })]);
  }
  const { gateOpen, shellsOpened } = context.view.state();
  if (!gateOpen && shellsOpened === 0)
    page.writeLine([styled('  Nothing has been changed yet.', { tone: 'muted' })]);
  page.writeBlank();
}
