// Owns the choices that an operator has at each kind of question: their keys, their words, the action that each is.
import type { FailureDecision } from '../run/event.ts';
import type { CodePlace } from '../run/failed-command.ts';
import type { PlanItem } from '../run/plan.ts';
import { isAnyGate } from '../run/rules/enclosing-links.ts';
import type { ItemState } from '../run/state.ts';
import { lineWords } from '../view/words/reason-words.ts';

/** One key of a menu. */
export interface MenuChoice<Value> {
  /** A single character; a line prompter also takes the label. */
  readonly key: string;
  /** A word or two, in lower case. */
  readonly label: string;
  readonly value: Value;
  /** What the choice does, for menus that are lists and for help. */
  readonly does?: string;
}

/** What an operator can want at a question, before it is known as which command. */
export type OperatorAction =
  | 'run'
  | 'yes'
  | 'no'
  | 'skip'
  | 'edit'
  | 'done'
  | 'done-with-note'
  | 'note'
  | 'update'
  | 'run-on'
  | 'go-to'
  | 'rollback'
  | 'pause'
  | 'stop'
  | 'again'
  | 'again-from'
  | 'failed'
  | 'continue'
  | 'output'
  | 'tick'
  | 'shell'
  | 'help';

function choice(key: string, label: string, value: OperatorAction, does: string): MenuChoice<OperatorAction> {
  return { key, label, value, does };
}

const skip = choice('s', 'skip', 'skip', 'skip it, and say why');
const edit = choice('e', 'edit', 'edit', 'change the command first; the change is recorded');
const note = choice('n', 'note', 'note', 'write something down for the record');
const runOn = choice('a', 'run all', 'run-on', 'run without asking until something needs you');
const goTo = choice('g', 'go to', 'go-to', 'go to another step; what is passed over counts as skipped');
const rollBack = choice('b', 'roll back', 'rollback', 'show what would be undone, and ask');
const pause = choice('p', 'pause', 'pause', 'leave now; `runsheet resume` comes back to this place');
const stop = choice('q', 'stop', 'stop', 'end the run here; nothing is undone');
const shell = choice('!', 'shell', 'shell', "a shell in the run's environment; its changes carry on");
const help = choice('?', 'help', 'help', 'what the keys do');

/** Sends an update to those who wait for news of the run; there where the runbook says who they are. */
export const updateChoice = choice('u', 'update', 'update', 'send news to those who wait for it');

/** Lets a block run; Enter takes it. */
export const runChoice = choice('r', 'run it', 'run', 'run this block');

/** Says that a manual step is done; Enter takes it. */
export const doneChoice = choice('d', 'done', 'done', 'you did what it says');

/** Why something was left out that was doubtful. */
export const leftOutNote = 'it does not belong to this run';

/** Goes back to the boxes of a checklist; Enter takes it. */
export const tickChoice = choice('t', 'tick', 'tick', 'tick and untick its items');

type QuestionKind =
  | 'release'
  | 'confirm'
  | 'refused'
  | 'manual'
  | 'checklist'
  | 'doubt'
  | 'doubtful'
  | 'choice'
  | 'cleanup'
  | 'approval';

/** The choices at each kind of question, but for failures and rollbacks, whose choices depend on more than that. */
export const questionChoices: Readonly<Record<QuestionKind, readonly MenuChoice<OperatorAction>[]>> = {
  release: [
    runChoice,
    skip,
    edit,
    choice('d', 'done by hand', 'done', 'you did it yourself; say how'),
    note,
    runOn,
    goTo,
    shell,
    rollBack,
    pause,
    stop,
    help,
  ],
  confirm: [choice('y', 'yes', 'yes', 'run it'), skip, edit, note, shell, pause, stop, help],
  /** After a destructive block's target was not typed. */
  refused: [choice('y', 'type it', 'yes', 'type the name after all'), skip, note, shell, pause, stop, help],
  manual: [
    doneChoice,
    choice('w', 'done, with a note', 'done-with-note', 'you did it, and say how it went'),
    skip,
    note,
    goTo,
    shell,
    rollBack,
    pause,
    stop,
    help,
  ],
  checklist: [tickChoice, skip, note, shell, pause, stop, help],
  doubt: [
    choice('r', 'run again', 'again', 'run it from its start; only if that does no harm'),
    choice('d', 'done', 'done', 'it came to its end, you have looked'),
    choice('f', 'failed', 'failed', 'it failed; what follows is asked next'),
    skip,
    shell,
    pause,
  ],
  doubtful: [
    choice('r', 'run it', 'run', 'it belongs to the run'),
    choice('s', 'skip', 'skip', 'it does not belong to the run'),
    edit,
    choice('d', 'done by hand', 'done', 'you did it yourself; say how'),
    note,
    goTo,
    shell,
    pause,
    stop,
  ],
  /** Beside the ways themselves. */
  choice: [note, goTo, shell, pause, stop],
  cleanup: [
    choice('y', 'clean up', 'yes', 'run the clean-up section now, then end'),
    choice('n', 'leave it', 'no', 'end, and leave everything as it is for a closer look'),
    shell,
    pause,
    help,
  ],
  approval: [skip, shell, pause, stop],
};

/**
 * Those of the choices that there are at an item: what is no block has no command; no precondition is skipped that belongs to the run, and in a rollback
 * nothing is rolled back, and its order is its own.
 */
export function choicesAt(
  all: readonly MenuChoice<OperatorAction>[],
  item: PlanItem | undefined,
): readonly MenuChoice<OperatorAction>[] {
  const choices = item === undefined || item.kind === 'block' ? all : all.filter((one) => one !== edit);
  if (item !== undefined && isAnyGate(item)) return choices.filter((one) => one !== skip);
  if (item?.phase !== 'rollback') return choices;
  return choices.filter(({ value }) => value !== 'rollback' && value !== 'go-to');
}

const failureChoices: Readonly<Record<FailureDecision, MenuChoice<OperatorAction>>> = {
  retry: choice('r', 'run again', 'again', 'the same command once more'),
  'run-rest': choice(
    'l',
    'run from the line',
    'again-from',
    'the command that failed, and everything after it',
  ),
  'mark-done': choice('d', 'done by hand', 'done', 'you did it yourself; the run goes on, your note is kept'),
  skip: choice('s', 'skip', 'skip', 'skip it and go on; say why'),
  continue: choice('c', 'go on', 'continue', 'go on with the next step; the run counts as failed'),
  rollback: choice('b', 'roll back', 'rollback', 'show what would be undone, and ask'),
  pause: choice('p', 'pause', 'pause', 'leave now; `runsheet resume` comes back to this question'),
  stop: choice('q', 'stop', 'stop', 'end the run as failed; nothing is undone'),
};

/** What of a failure decides on its menu. */
export interface FailureMenu {
  readonly editable: boolean;
  readonly output: boolean;
  /** The line that `run-rest` begins at. */
  readonly rest?: CodePlace | undefined;
  /** It failed for an item, of a step that goes through its list item by item. */
  readonly isOfItem: boolean;
}

/** From where the rest of a block that failed can be run. */
export function restOfFailure(known: ItemState | undefined): CodePlace | undefined {
  return known?.reason?.type === 'exit' ? known.reason.at?.rest : undefined;
}

/** Of a line of another page or of an edited command the label would take the room of what is said of all choices. */
function fromLine(one: MenuChoice<OperatorAction>, rest: CodePlace): MenuChoice<OperatorAction> {
  const isOfPage = rest.line !== undefined && rest.file === undefined;
  return isOfPage
    ? { ...one, label: `run from ${lineWords(rest)}` }
    : { ...one, does: `${lineWords(rest)}, and everything after it` };
}

/** Of an item that its step goes no further with. */
const goOnWithout = choice(
  'c',
  'go on',
  'continue',
  'go on with the next item, without this one; the run counts as failed',
);

/**
 * The choices of a failure. The first, on which a menu begins, changes nothing; the others stand in the order in which
 * an operator thinks of them.
 */
export function failureChoicesOf(
  allowed: readonly FailureDecision[],
  { editable, output, rest, isOfItem }: FailureMenu,
): readonly MenuChoice<OperatorAction>[] {
  const [first, ...others] = Object.entries(failureChoices)
    .filter(([decision]) => allowed.some((one) => one === decision))
    .map(([decision, one]) => {
      if (decision === 'continue' && isOfItem) return goOnWithout;
      return decision === 'run-rest' && rest ? fromLine(one, rest) : one;
    });
  const look = choice('o', 'output', 'output', 'show the end of its output again');
  return [
    output ? look : note,
    ...(first ? [first] : []),
    ...(editable && allowed.includes('retry')
      ? [choice('e', 'edit, run again', 'edit', 'change the command, then run it; the change is recorded')]
      : []),
    ...others,
    shell,
    ...(output ? [note] : []),
  ];
}
