// Owns `runsheet answer`: an answer to what a run asks its operator, of a live run or of a resting one.
import { hostname } from 'node:os';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { gateOfResting } from '../../run/answers/awaited-gate.ts';
import { askingState, asResting, isComingToRest, openQuestion } from '../../run/answers/open-question.ts';
import type { PersonAnswer } from '../../run/answers/person-answer.ts';
import { placeOfQuestion } from '../../run/answers/place-of-question.ts';
import { questionId } from '../../run/answers/question-id.ts';
import type { OpenQuestion } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { styled } from '../../view/layout/styled-line.ts';
import { exitCode } from '../exit-code.ts';
import { type ReadRun, readRun } from '../history/read-run.ts';
import { viewOfRun } from '../history/view-of-run.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { refuse } from '../refusal.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
import { whyElsewhere } from '../runs/why-elsewhere.ts';
import { askedOutput } from '../telling/asked-output.ts';
import { giveToRun, whyNotTaken } from '../telling/give-to-run.ts';
import { openQuestionLines } from '../telling/open-question-lines.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet answer` was given beside the run, the place and the answer. */
export interface AnswerQuestionOptions {
  readonly note?: string;
  readonly value?: string;
  /** Numbers of items of a checklist, the first is 1, separated by commas. */
  readonly items?: string;
  readonly stateDir?: string;
}

interface Waiting {
  readonly run: ListedRun;
  readonly store: RunStore;
  readonly read: ReadRun;
  readonly question: OpenQuestion;
}

/** Answers what a run asks; tells what that is, and with which words, where no answer is given. Gives the exit code. */
export async function answerQuestion(
  name: string,
  place: string | undefined,
  word: string | undefined,
  options: AnswerQuestionOptions,
): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const run = found.value;
  const elsewhere = whyElsewhere(run.folder);
  if (elsewhere !== undefined) return refuse(elsewhere);
  const read = readRun(run.folder);
  if (read === undefined) return exitCode.failed;
  const isLive = store.isLive(run.folder);
  const state = isLive ? read.state : asResting(read.state);
  const question = isLive && isComingToRest(state) ? undefined : openQuestion(state);
  const id = question && questionId(state, question);
  if (question === undefined || id === undefined) {
    complain(`run \`${run.id}\` waits for no answer`, howElse(run.id, state));
    return exitCode.usage;
  }
  if (word === undefined) {
    if (place !== undefined && place !== placeOfQuestion(question))
      return complainOfPlace(run, question, place);
    await showQuestion({ run, store, read: { ...read, state }, question });
    return exitCode.succeeded;
  }
  if (place !== placeOfQuestion(question)) return complainOfPlace(run, question, place);
  const answer = readAnswer(word, options);
  if (answer === undefined) return exitCode.usage;
  const given = await giveToRun(store, run, {
    type: 'AnswerQuestion',
    question: id,
    answer,
    host: hostname(),
  });
  const status = whyNotTaken(run, given);
  if (status !== undefined) return status;
  const follows = store.isLive(run.folder) ? '' : `; \`runsheet resume ${run.id}\` goes on with it`;
  writeMessage(`answered \`${place}\` of run ${run.id}: ${word}${follows}\n`);
  return exitCode.succeeded;
}

/** What is asked and of what, as the run's own copy of the page has it. */
async function showQuestion({ run, store, read, question }: Waiting): Promise<void> {
  const { state } = read;
  const { asked, answers } = openQuestionLines(run.id, askingState(state), question);
  writeResult(`${asked}\n`);
  const shown = 'address' in question ? viewOfRun(store, run, read) : undefined;
  if ('address' in question && shown !== undefined) {
    const { Page } = await import('../../surfaces/prompt/page.ts');
    const { stdout } = process;
    const palette = choosePalette(stdout, process.env);
    const page = new Page(shown.view, { write: writeResult, palette, columns: () => stdout.columns || 80 });
    page.showItem(question.address, state);
    const output = askedOutput(run.folder, read, askingState(state), question, `runsheet show ${run.id}`);
    if (output.length > 0) page.writeBlank();
    for (const block of output) {
      if (block.type === 'paragraph') page.writeLine([styled(block.text)]);
      else if (block.type === 'code')
        for (const line of block.lines) page.writeLine([styled(`  ${palette.symbols.bar} ${line}`)]);
    }
    page.writeBlank();
  }
  writeResult(`${answers.join('\n')}\n`);
}

function complainOfPlace(run: ListedRun, question: OpenQuestion, place: string | undefined): number {
  complain(
    `run \`${run.id}\` does not wait at \`${place}\` but at \`${placeOfQuestion(question)}\``,
    `\`runsheet answer ${run.id}\` tells what it asks`,
  );
  return exitCode.usage;
}

/** What helps a run that asks nothing which can be answered so. */
function howElse(id: string, state: RunState): string | undefined {
  if (gateOfResting(state) !== undefined) return `\`runsheet approve ${id}\` shows what waits for approval`;
  if (state.lifecycle === 'paused')
    return state.options.servedBy === undefined
      ? `\`runsheet resume ${id}\` goes on with it`
      : `*Go on* on its page at ${state.options.servedBy}, or \`runsheet resume ${id}\`, goes on with it`;
  return undefined;
}

/** Undefined after complaining of numbers that are none. */
function readAnswer(word: string, { note, value, items }: AnswerQuestionOptions): PersonAnswer | undefined {
  const places = items?.split(',').map((one) => Number(one.trim()) - 1);
  if (places?.some((place) => !Number.isSafeInteger(place) || place < 0)) {
    complain(`--items: \`${items}\` are not item numbers`, 'give numbers such as `1,3`; the first item is 1');
    return undefined;
  }
  return {
    word,
    ...(note !== undefined && { note }),
    ...(value !== undefined && { value }),
    ...(places && { items: places }),
  };
}
