// Owns how each question of a run is put to the operator line by line, and which command the answer is.
import type { Address } from '../../basics/address.ts';
import { openDoubts } from '../../run/belonging/open-doubts.ts';
import type { RunCommand } from '../../run/command.ts';
import type { AskedValue } from '../../run/plan.ts';
import type { Question } from '../../run/question.ts';
import { visibleText } from '../../text/visible-text.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { entryWords } from '../../view/steps/entry-words.ts';
import { noUndoWords } from '../../view/words/item-facts.ts';
import { actorWords, counted, listed, quoted, targetWords, turnWords } from '../../view/words/quoted.ts';
import type { MenuChoice } from '../question-choices.ts';
import {
  choicesAt,
  doneChoice,
  leftOutNote,
  questionChoices,
  runChoice,
  tickChoice,
} from '../question-choices.ts';
import { answersOf, askedWords, choiceAround, choiceWords, waysOf } from '../ways-of.ts';
import { type AskContext, askReason, chooseAction, itemStateOf } from './ask-context.ts';
import { askFailure } from './ask-failure.ts';
import { commandForAction } from './command-for-action.ts';

type Of<Type extends Question['type']> = Extract<Question, { readonly type: Type }>;

/** Puts one question; undefined when what was done needs no command any more. */
export async function askQuestion(question: Question, context: AskContext): Promise<RunCommand | undefined> {
  switch (question.type) {
    case 'release':
      return askRelease(question, context);
    case 'confirm':
      return question.target === undefined
        ? askConfirm(question, context)
        : askTarget(question, question.target, context);
    case 'manual':
      return askManual(question, context);
    case 'checklist':
      return askChecklist(question, context);
    case 'failure':
      return askFailure(question, context);
    case 'in-doubt':
      return askDoubt(question, context);
    case 'choice':
      return askChoice(question, context);
    case 'doubtful':
      return askDoubtful(question, context);
    case 'approval':
      return askApproval(question, context);
    case 'rollback-plan':
      return askRollback(question, context);
    case 'clean-up':
      return askCleanup(question, context);
  }
}

async function askRelease(
  { address, items }: Of<'release'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { by } = context;
  const item = context.page.item(address);
  const what = item?.kind === 'runbook' ? 'Run this runbook?' : runWords(address, items);
  const action = await chooseAction(what, choicesAt(questionChoices.release, item), context, {
    enter: runChoice,
  });
  if (action === 'run') return { type: 'RunBlock', address, by };
  if (action === 'run-on') return { type: 'RunUntilGate', by };
  return commandForAction(action, address, context);
}

/** The block is named where the last one that was shown may be another one. */
function runWords(address: Address, items: readonly string[] | undefined): string {
  return items === undefined ? 'Run this block?' : `Run ${quoted(address)}${turnWords({ turn: items })}?`;
}

async function askConfirm(
  { address, text }: Of<'confirm'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const action = await chooseAction(visibleText(text), questionChoices.confirm, context);
  if (action === 'yes') return { type: 'Confirm', address, by: context.by };
  return commandForAction(action, address, context);
}

/** Nothing destructive happens on a single key: the name of the target is typed. */
async function askTarget(
  { address, text }: Of<'confirm'>,
  target: string,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { prompter, page, signal, by } = context;
  for (;;) {
    page.writeLine([styled(visibleText(text), { tone: 'bad', bold: true })]);
    const typed = await prompter.askText(
      `Type ${visibleText(target)} to run it, or nothing to go back:`,
      signal,
    );
    if (typed === target) return { type: 'Confirm', address, by, typed };
    if (typed !== '') page.writeLine([styled(`that is not ${quoted(target)}`, { tone: 'warn' })]);
    const action = await chooseAction('Not confirmed. What now?', questionChoices.refused, context);
    if (action !== 'yes') return commandForAction(action, address, context);
  }
}

/** A step that asks something: one of its answers, or a text. */
async function askForAnswer(
  { address, offers }: Of<'manual'>,
  ask: AskedValue,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { prompter, page, signal, by } = context;
  const others = choicesAt(questionChoices.choice, page.item(address));
  const known = answersOf(ask, offers);
  const answers = known.map(({ key, label }) => ({ key, label, value: `way ${key}` }));
  const free = ask.choices === undefined ? [{ key: 'd', label: 'answer', value: 'done' }] : [];
  const message = askedWords(ask);
  const choices = [...answers, ...free, ...others];
  const chosen = await prompter.choose<string>({ message, choices, layout: 'list' }, signal);
  const picked = known.find(({ key }) => chosen === `way ${key}`)?.answer;
  const answer = chosen === 'done' ? await prompter.askText(`${message} `, signal) : picked;
  if (answer !== undefined) return { type: 'CompleteManualStep', address, by, answer };
  const action = questionChoices.choice.find(({ value }) => value === chosen)?.value;
  return commandForAction(action ?? 'pause', address, context);
}

async function askManual(question: Of<'manual'>, context: AskContext): Promise<RunCommand | undefined> {
  const { address } = question;
  const { prompter, page, signal, by } = context;
  const item = page.item(address);
  if (item?.kind === 'manual' && item.ask) return askForAnswer(question, item.ask, context);
  const choices = choicesAt(questionChoices.manual, page.item(address));
  const action = await chooseAction('This is for you to do. Done?', choices, context, {
    enter: doneChoice,
  });
  if (action === 'done') return { type: 'CompleteManualStep', address, by };
  if (action === 'done-with-note') {
    const note = await prompter.askText('How did it go?', signal);
    return { type: 'CompleteManualStep', address, by, ...(note !== '' && { note }) };
  }
  return commandForAction(action, address, context);
}

/** Ticks are sent one by one, as they are facts of their own; that all are there is said by finishing the list. */
async function askChecklist(
  { address }: Of<'checklist'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { prompter, page, send, signal, by } = context;
  const item = page.item(address);
  if (item?.kind !== 'checklist') return undefined;
  for (;;) {
    const before = itemStateOf(address, context)?.ticks ?? [];
    const depths = page.nestingOf(address);
    const boxes = item.entries.map((entry, index) => ({
      text: entryWords(entry, before[index] === true),
      ticked: before[index] === true,
      depth: depths[index] ?? 0,
    }));
    const after = await prompter.tick(`Tick what is done (${item.stepTitle})`, boxes, signal);
    for (const [index, ticked] of after.entries()) {
      if (ticked !== before[index]) send({ type: 'SetChecklistItem', address, index, ticked, by });
    }
    const open = after.filter((ticked) => !ticked).length;
    if (open === 0) return { type: 'CompleteManualStep', address, by };
    const message = `${open} of ${counted(after.length, 'item')} ${open === 1 ? 'is' : 'are'} open. What now?`;
    const choices = choicesAt(questionChoices.checklist, item);
    const action = await chooseAction(message, choices, context, { enter: tickChoice });
    if (action !== 'tick') return commandForAction(action, address, context);
  }
}

async function askDoubt(question: Of<'in-doubt'>, context: AskContext): Promise<RunCommand | undefined> {
  const { address, checkHolds } = question;
  const { page, by } = context;
  page.writeLine([
    styled(
      `${quoted(address)} had started${turnWords({ turn: question.items })} when the run was interrupted. How it ended is not known.`,
      {
        tone: 'warn',
        bold: true,
      },
    ),
  ]);
  if (checkHolds !== undefined) {
    page.writeLine([styled(`Its own check says that it is ${checkHolds ? '' : 'not '}done.`)]);
  }
  for (const { of, output } of context.view.cutOffOutputs?.(address) ?? []) {
    const where = of === undefined ? '' : ` ${targetWords(of)}`;
    page.writeLine([styled(`The last that it had printed${where} until it was cut off:`)]);
    context.showOutput(output);
  }
  const action = await chooseAction('What is it?', questionChoices.doubt, context, { layout: 'list' });
  const resolve = (as: 'run-again' | 'done' | 'failed' | 'skip', note?: string): RunCommand => ({
    type: 'ResolveDoubt',
    address,
    as,
    by,
    ...(note !== undefined && { note }),
  });
  switch (action) {
    case 'again':
      return resolve('run-again');
    case 'done':
      return resolve('done');
    case 'failed':
      return resolve('failed');
    case 'skip':
      return resolve('skip', await askReason('Why is it skipped?', context));
    case 'shell':
      return commandForAction(action, address, context);
    default:
      return { type: 'PauseRun', reason: 'operator', by };
  }
}

/** One question for all that stands in the choice. */
async function askChoice(
  { address, choice }: Of<'choice'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { prompter, page, signal, by } = context;
  const item = page.item(address);
  const around = choiceAround(item, choice);
  if (around === undefined) return undefined;
  page.writeBlank();
  const ways = waysOf(around);
  const choices: readonly MenuChoice<string>[] = [
    ...ways.map(({ key, label, does }) => ({ key, label, does, value: `way ${key}` })),
    ...choicesAt(questionChoices.choice, item),
  ];
  const answer = await prompter.choose({ message: choiceWords(around), choices, layout: 'list' }, signal);
  const way = ways.find(({ key }) => answer === `way ${key}`);
  if (way !== undefined) return { type: 'Choose', address, choice, branches: way.branches, by };
  const action = questionChoices.choice.find(({ value }) => value === answer)?.value;
  return commandForAction(action ?? 'pause', address, context);
}

/** Of what is likely to be no part of the run: nothing of it runs by a stray Enter. */
async function askDoubtful(
  { address }: Of<'doubtful'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { page, view, by } = context;
  const item = page.item(address);
  page.writeBlank();
  for (const doubt of item ? openDoubts(item, view.state().options) : []) page.writeDoubt(doubt);
  const choices = choicesAt(questionChoices.doubtful, item);
  const action = await chooseAction('Does it belong to this run?', choices, context, { layout: 'list' });
  if (action === 'run') return { type: 'AcceptDoubts', address, by };
  if (action === 'skip') return { type: 'SkipItem', address, by, note: leftOutNote };
  return commandForAction(action, address, context);
}

async function askApproval(
  { address }: Of<'approval'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const approval = itemStateOf(address, context)?.approval;
  const whom =
    approval && approval.people.length > 0
      ? ` of ${listed(approval.people.map((name) => visibleText(name)))}`
      : '';
  const given = approval?.given.map(({ by }) => actorWords(by)) ?? [];
  const so = given.length > 0 ? `; ${listed(given)} agreed` : '';
  context.page.writeLine([styled(`Waiting for the approval${whom}${so}.`, { tone: 'warn' })]);
  const { run } = context.view.state();
  if (run !== undefined)
    context.page.paragraph(`\`runsheet approve ${run}\` gives it, from another account.`);
  return commandForAction(
    await chooseAction('What now?', questionChoices.approval, context),
    address,
    context,
  );
}

/** Of the run as a whole: what it left behind may be worth a look before it is tidied away. */
async function askCleanup({ items }: Of<'clean-up'>, context: AskContext): Promise<RunCommand | undefined> {
  const { page, by } = context;
  page.writeBlank();
  const names = listed(items.map(quoted));
  page.writeLine([
    styled(`The run has failed, and its clean-up section has not run yet: ${names}.`, { tone: 'warn' }),
  ]);
  const action = await chooseAction('Clean up?', questionChoices.cleanup, context);
  if (action === 'yes' || action === 'no') return { type: 'DecideCleanup', wanted: action === 'yes', by };
  if (action === 'shell') return { type: 'OpenShell', by };
  return { type: 'PauseRun', reason: 'operator', by };
}

async function askRollback(
  { items }: Of<'rollback-plan'>,
  context: AskContext,
): Promise<RunCommand | undefined> {
  const { prompter, page, signal, by } = context;
  page.writeBlank();
  page.writeLine([styled('Rollback', { bold: true, underline: true })]);
  page.writeLine([
    styled('Only what ran is undone, newest first. Untick what should stay.', { tone: 'muted' }),
  ]);
  const left = noUndoWords(context.view.state(), items);
  if (left !== '') page.writeLine([styled(`${left[0]?.toUpperCase()}${left.slice(1)}.`, { tone: 'warn' })]);
  const boxes = items.map((address) => {
    const item = page.item(address);
    const undoes = item?.undoes === undefined ? '' : ` (undoes ${item.undoes})`;
    return {
      text: `${address}${undoes}${item && item.stepTitle !== address ? `: ${item.stepTitle}` : ''}`,
      ticked: true,
    };
  });
  const ticked = await prompter.tick('What should be undone', boxes, signal);
  const excluded = items.filter((_, index) => !ticked[index]);
  const amount = items.length - excluded.length;
  page.showWayBack(items.filter((_, index) => ticked[index]));
  const choices: readonly MenuChoice<'start' | 'decline' | 'pause'>[] = [
    { key: 'y', label: 'yes', value: 'start', does: 'undo it' },
    { key: 'n', label: 'back', value: 'decline', does: 'undo nothing, and go back to the previous question' },
    {
      key: 'p',
      label: 'pause',
      value: 'pause',
      does: 'leave now; `runsheet resume` comes back to this question',
    },
  ];
  const action = await prompter.choose(
    { message: `Run ${counted(amount, 'undo', 'undos')}?`, choices, layout: 'keys' },
    signal,
  );
  if (action === 'start') return { type: 'StartRollback', excluded, by };
  if (action === 'decline') return { type: 'DeclineRollback', by };
  return { type: 'PauseRun', reason: 'operator', by };
}
