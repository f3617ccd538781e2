// Owns how a question that a run waits with is told to who may answer it from elsewhere.
import { isTick } from '../../run/answers/keep-answer.ts';
import { placeOfQuestion } from '../../run/answers/place-of-question.ts';
import { questionId } from '../../run/answers/question-id.ts';
import { isTakeable } from '../../run/answers/undecided-change.ts';
import type { PlanItem } from '../../run/plan.ts';
import type { OpenQuestion } from '../../run/question.ts';
import type { ItemState, RunState } from '../../run/state.ts';
import { askedWords, choiceAround, choiceWords } from '../../surfaces/ways-of.ts';
import { visibleText } from '../../text/visible-text.ts';
import { entryWords } from '../../view/steps/entry-words.ts';
import { actorWords, counted, listed, quoted } from '../../view/words/quoted.ts';
import { reasonWords } from '../../view/words/reason-words.ts';
import { answerForms } from '../../view/words/way-on-words.ts';

/** What is asked, in one line; and with which words it is answered. */
export function openQuestionLines(
  run: string,
  state: RunState,
  question: OpenQuestion,
): { readonly asked: string; readonly answers: readonly string[] } {
  const place = placeOfQuestion(question);
  const index = state.indexOf.get('address' in question ? question.address : ('' as never)) ?? -1;
  const words = answerForms(state, question);
  const [first = ''] = words;
  const [item, known] = [state.plan.items[index], state.items[index]];
  return {
    asked: `run ${run} waits at ${quoted(place)}: ${questionWords(state, question, item, known)}`,
    answers: [
      ...changeLines(question),
      ...tickLines(item, known, question),
      ...answeredLines(state, question),
      `answers: ${words.join(', ')}`,
      `for example: runsheet answer ${run} ${place} ${first}`,
    ],
  };
}

/** What was answered already and is kept; boxes are told as they would stand. */
function answeredLines(state: RunState, question: OpenQuestion): readonly string[] {
  const id = questionId(state, question);
  const kept = state.answers.findLast((one) => one.question === id && !isTick(one.answer));
  if (kept === undefined) return [];
  return [`answered: ${kept.answer.word}, by ${actorWords(kept.by)}; another answer has replaced it`];
}

function questionWords(
  state: RunState,
  question: OpenQuestion,
  item: PlanItem | undefined,
  known: ItemState | undefined,
): string {
  switch (question.type) {
    case 'confirm':
      return visibleText(question.text);
    case 'manual':
      return item?.kind === 'manual' && item.ask !== undefined
        ? askedWords(item.ask)
        : 'a person has to do this';
    case 'checklist': {
      const ticks = known?.ticks ?? [];
      return `${ticks.filter(Boolean).length} of ${counted(ticks.length, 'item')} ticked`;
    }
    case 'failure':
      return `it failed${known?.reason ? `: ${reasonWords(known.reason)}` : ''}`;
    case 'in-doubt':
      return 'it started, and how it ended is not known';
    case 'choice': {
      const around = choiceAround(item, question.choice);
      return around === undefined ? 'which way?' : choiceWords(around);
    }
    case 'doubtful':
      return `does it belong to this run? (${listed((item?.doubts ?? []).map(({ code }) => code))})`;
    case 'rollback-plan':
      return `roll back? ${listed(question.items.map((undo) => quoted(undo)))}`;
    case 'clean-up':
      return `run the clean-up section? ${listed(question.items.map((one) => quoted(one)))}`;
    case 'changed':
      return isTakeable(question.change)
        ? 'the runbook has changed in what has not run yet; go on as the run was started (keep), or with the new text (take)?'
        : 'the runbook has changed in what has not run yet, and in more than the text of its commands; go on as the run was started (keep)?';
    default:
      return quoted(state.plan.title);
  }
}

/** What has changed, as whoever takes the run up at a terminal is shown it. */
function changeLines(question: OpenQuestion): readonly string[] {
  return question.type === 'changed' ? question.change.lines.map(visibleText) : [];
}

function tickLines(
  item: PlanItem | undefined,
  known: ItemState | undefined,
  question: OpenQuestion,
): readonly string[] {
  if (item?.kind === 'checklist' && question.type === 'checklist')
    return item.entries.map(
      (entry, at) =>
        `  ${at + 1}. [${known?.ticks[at] ? 'x' : ' '}] ${entryWords(entry, known?.ticks[at] === true)}`,
    );
  return [];
}
