// Owns what each word that answers a question does, for who has nobody to ask.
import type { OpenQuestion } from '../../../run/question.ts';

const skip = 'goes on without it; say why in the note';
const doneByHand = 'somebody did it by hand; the run goes on';

const meanings: Readonly<Partial<Record<OpenQuestion['type'], Readonly<Record<string, string>>>>> = {
  confirm: { yes: 'runs it', skip },
  manual: { done: 'somebody did what it says', skip },
  checklist: {
    tick: 'notes what is chosen above as done',
    untick: 'takes that back',
    done: 'what is chosen is done, and with it the whole list',
    skip,
  },
  failure: {
    retry: 'runs the same once more',
    'run-rest': 'runs on from the command that failed',
    skip,
    done: doneByHand,
    continue: 'goes on with the next step; the run counts as failed',
    rollback: 'undoes what was done so far',
    stop: 'ends the run as failed; nothing is undone',
  },
  'in-doubt': {
    'run-again': 'runs it from its start, where that does no harm',
    done: 'somebody has looked: it came to its end',
    failed: 'somebody has looked: it failed; what follows is asked next',
    skip,
  },
  choice: { all: 'all of these ways, one after the other' },
  doubtful: { run: 'it belongs to this run', skip: 'it does not belong to this run', done: doneByHand },
  'rollback-plan': { 'roll-back': 'undoes these', back: 'undoes nothing, and asks again' },
  'clean-up': { yes: 'runs the clean-up section, then ends', no: 'ends, and leaves everything as it is' },
  changed: {
    keep: 'goes on with what the runbook said when the run was started',
    take: 'goes on with the new text of the commands; what was approved is asked for anew where it is another',
  },
};

/** What the words of a question do, by the word; those that say it themselves are left out. */
export function answerMeanings({ type }: OpenQuestion): Readonly<Record<string, string>> {
  return meanings[type] ?? {};
}
