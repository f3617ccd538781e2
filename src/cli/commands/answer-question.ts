// Owns `runsheet answer`: an answer to what a run asks its operator, of a live run or of a resting one.
import { hostname } from 'node:os';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { ListedRun, RunStore } from '../../engine/journal/run-store.ts';
import { openQuestion } from '../../run/answers/open-question.ts';
import type { PersonAnswer } from '../../run/answers/person-answer.ts';
import { questionId } from '../../run/answers/question-id.ts';
import { evolve, initialState } from '../../run/evolve.ts';
import type { Question } from '../../run/question.ts';
import type { RunState } from '../../run/state.ts';
import { choosePalette } from '../../surfaces/choose-palette.ts';
import { exitCode } from '../exit-code.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { planOfRun } from '../load/plan-of-run.ts';
import { runbookOfRun } from '../load/runbook-of-run.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
import { StoredOutputs } from '../session/stored-outputs.ts';
import { giveToRun, whyNotTaken } from '../telling/give-to-run.ts';
import { openQuestionLines, placeOf } from '../telling/open-question-lines.ts';
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
  readonly state: RunState;
  readonly question: Question;
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
  const state = stateOf(run, store.isLive(run.folder));
  if (state === undefined) return exitCode.failed;
  const question = openQuestion(state);
  const id = question && questionId(state, question);
  if (question === undefined || id === undefined) {
    complain(`run \`${run.id}\` waits for no answer`, howElse(run.id, state, question));
    return exitCode.usage;
  }
  if (word === undefined) {
    if (place !== undefined && place !== placeOf(question)) return complainOfPlace(run, question, place);
    await showQuestion({ run, store, state, question });
    return exitCode.succeeded;
  }
  if (place !== placeOf(question)) return complainOfPlace(run, question, place);
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
async function showQuestion({ run, store, state, question }: Waiting): Promise<void> {
  const { asked, answers } = openQuestionLines(run.id, state, question);
  writeResult(`${asked}\n`);
  const history = readJournal(run.folder.journal).events;
  const started = history.find(({ event }) => event.type === 'RunStarted')?.event;
  if ('address' in question && started?.type === 'RunStarted') {
    const { Page } = await import('../../surfaces/prompt/page.ts');
    const outputs = new StoredOutputs(run.folder.path, history);
    const view = {
      runbook: runbookOfRun(started.runbook.path, store.readRunbook(run.folder)),
      plan: state.plan,
      state: () => state,
      readOutputTail: outputs.tail.bind(outputs),
    };
    const { stdout } = process;
    const palette = choosePalette(stdout, process.env);
    const page = new Page(view, { write: writeResult, palette, columns: () => stdout.columns || 80 });
    page.showItem(question.address, state);
    page.writeBlank();
  }
  writeResult(`${answers.join('\n')}\n`);
}

/** Undefined after saying that its plan is not the one that it was started with. */
function stateOf({ folder }: ListedRun, isLive: boolean): RunState | undefined {
  const history = readJournal(folder.journal).events;
  const plan = planOfRun(folder, history);
  const state = plan && history.reduce(evolve, initialState(plan));
  // One that broke off rests as well, whatever its journal says.
  return state?.lifecycle === 'running' && !isLive ? { ...state, lifecycle: 'paused' } : state;
}

function complainOfPlace(run: ListedRun, question: Question, place: string | undefined): number {
  complain(
    `run \`${run.id}\` does not wait at \`${place}\` but at \`${placeOf(question)}\``,
    `\`runsheet answer ${run.id}\` tells what it asks`,
  );
  return exitCode.usage;
}

/** What helps a run that asks nothing which can be answered so. */
function howElse(id: string, state: RunState, question: Question | undefined): string | undefined {
  if (question?.type === 'approval') return `\`runsheet approve ${id}\` shows what waits for approval`;
  if (state.lifecycle === 'paused') return `\`runsheet resume ${id}\` goes on with it`;
  return undefined;
}

/** Undefined after complaining of numbers that are none. */
function readAnswer(word: string, { note, value, items }: AnswerQuestionOptions): PersonAnswer | undefined {
  const places = items?.split(',').map((one) => Number(one.trim()) - 1);
  if (places?.some((place) => !Number.isSafeInteger(place) || place < 0)) {
    complain(
      `--items: \`${items}\` are no numbers of items`,
      'give numbers such as `1,3`; the first item is 1',
    );
    return undefined;
  }
  return {
    word,
    ...(note !== undefined && { note }),
    ...(value !== undefined && { value }),
    ...(places && { items: places }),
  };
}
