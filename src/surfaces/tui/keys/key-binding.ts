// Owns which keys work at a moment, what they are called, and the action that each stands for.
import { awaitedGate } from '../../../run/answers/awaited-gate.ts';
import type { Question } from '../../../run/question.ts';
import type { RunState } from '../../../run/state.ts';
import { updateRule } from '../../../run/telling/update-rule.ts';
import {
  choicesAt,
  failureChoicesOf,
  type MenuChoice,
  type OperatorAction,
  questionChoices,
  restOfFailure,
  updateChoice,
} from '../../question-choices.ts';
import { answersOf, choiceAround, waysOf } from '../../ways-of.ts';
import {
  areTicked,
  askAt,
  currentAddress,
  itemAt,
  stateAt,
  type UiContext,
  type UiState,
} from './ui-state.ts';

/** What a key can stand for: the answers to questions, and what concerns the screen alone. */
export type KeyAction =
  | OperatorAction
  | 'begin'
  | 'begin-later'
  | 'close'
  | 'type-target'
  | 'start-rollback'
  | 'decline-rollback'
  | 'clean-up'
  | 'leave-it'
  | 'look-back'
  | 'look-on'
  | 'follow'
  | 'go-here'
  | 'steps'
  | 'guards'
  | 'pager'
  | 'interrupt'
  | 'to-block'
  /** The way of a choice that has this key. */
  | `way ${string}`;

/** A key that works at a moment. */
export interface KeyBinding {
  /** Names of the keys, see `keyName`. */
  readonly names: readonly string[];
  /** The key as the bottom line writes it. */
  readonly shown: string;
  readonly label: string;
  readonly does: string;
  readonly action: KeyAction;
  /** Makes the run go on; a key held down does so once only. */
  readonly advances?: true;
}

function binding(names: string, shown: string, label: string, does: string, action: KeyAction): KeyBinding {
  return { names: names.split(' '), shown, label, does, action };
}

function ofChoice({ key, label, value, does = '' }: MenuChoice<OperatorAction>): KeyBinding {
  const advancing: readonly OperatorAction[] = [
    'run',
    'yes',
    'done',
    'again',
    'again-from',
    'continue',
    'run-on',
  ];
  return {
    names: [key],
    shown: key,
    label,
    does,
    action: value,
    ...(advancing.includes(value) && { advances: true }),
  };
}

/** The first of the choices has other keys than its own. */
function withEnter(
  choices: readonly MenuChoice<OperatorAction>[],
  names: string,
  shown = 'Enter',
): KeyBinding[] {
  const [first, ...rest] = choices.map(ofChoice);
  return first ? [{ ...first, names: names.split(' '), shown }, ...rest] : [];
}

const output = binding('o', 'o', 'output', 'all of its output, to scroll and search', 'pager');
const back = binding('left', '←', 'previous', 'the step before, without changing anything', 'look-back');
const on = binding('right', '→', 'next', 'the step after, without changing anything', 'look-on');
const steps = binding('tab', 'Tab', 'steps', 'the list of steps', 'steps');
const guards = binding(
  'G',
  'G',
  'guards',
  'the check, undo, validation and time limit of each step',
  'guards',
);
const help = binding('?', '?', 'help', 'what the keys do', 'help');
const note = binding('n', 'n', 'note', 'write something down for the record', 'note');

/** The keys that work now, the most important first. */
export function keyBindingsOf(ui: UiState, context: UiContext): readonly KeyBinding[] {
  if (ui.stage === 'welcome') {
    return [
      binding('enter', 'Enter', 'begin', 'begin the run', 'begin'),
      binding('q p', 'q', 'leave', 'leave; nothing was done, `runsheet resume` begins', 'begin-later'),
      ...[back, on, steps, guards, help],
    ];
  }
  if (ui.stage === 'end') {
    return [
      binding('enter q escape', 'Enter', 'close', 'leave this screen', 'close'),
      ...(shownHasOutput(ui, context) ? [output] : []),
      ...[back, on, steps, guards, help],
    ];
  }
  const about = unique(ofMoment(ui, context));
  const update = updateRule(context.state) === undefined ? [] : [ofChoice(updateChoice)];
  const more = shownHasOutput(ui, context) ? [output] : [];
  return unique([...about, ...update, ...more, back, on, steps, guards, help]);
}

/** The first binding of a key is the one that holds. */
function unique(bindings: readonly KeyBinding[]): KeyBinding[] {
  const taken = new Set<string>();
  return bindings.flatMap((one) => {
    const names = one.names.filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return names.length > 0 ? [{ ...one, names }] : [];
  });
}

function ofMoment(ui: UiState, context: UiContext): KeyBinding[] {
  const { question, state } = context;
  const current = currentAddress(state, question, ui.listAt);
  if (ui.look !== undefined && ui.look !== current) {
    return [
      binding('escape', 'Esc', 'back', 'back to where the run is', 'follow'),
      ...(question ? [binding('g', 'g', 'go here', 'go on from this step', 'go-here')] : []),
      note,
    ];
  }
  if (question) return ofQuestion(question, context);
  const waiting = awaitedGate(state) !== undefined;
  if (waiting) return [...questionChoices.approval.map(ofChoice), note];
  return [
    ...(context.childAttached
      ? [binding('escape ctrl-g', 'Esc', 'to the block', 'what you type goes to the block again', 'to-block')]
      : []),
    binding('ctrl-c', '^C', 'end the block', 'end the running block; once more pauses the run', 'interrupt'),
    note,
    binding('p', 'p', 'pause', 'leave when this block has ended', 'pause'),
  ];
}

function ofQuestion(question: Question, context: UiContext): KeyBinding[] {
  const { state } = context;
  switch (question.type) {
    case 'release':
      return withEnter(choicesAt(questionChoices.release, itemAt(state, question.address)), 'enter');
    case 'confirm': {
      if (question.target === undefined) return withEnter(questionChoices.confirm, 'y', 'y');
      const typing = binding(
        'enter',
        'Enter',
        'type its name',
        'it destroys something: type its name to run it',
        'type-target',
      );
      return [typing, ...questionChoices.confirm.slice(1).map(ofChoice)];
    }
    case 'manual':
      if (askAt(state, question.address)) return answerBindings(question, state);
      return withEnter(choicesAt(questionChoices.manual, itemAt(state, question.address)), 'enter');
    case 'checklist':
      return checklistBindings(question, context);
    case 'failure':
      return failureBindings(question, context);
    case 'in-doubt':
      return questionChoices.doubt.map(ofChoice);
    case 'choice':
      return choiceBindings(question, state);
    case 'doubtful':
      return doubtfulBindings(question, state);
    case 'approval':
      return questionChoices.approval.map(ofChoice);
    case 'clean-up': {
      const [yes, no, ...rest] = questionChoices.cleanup.map(ofChoice);
      return [
        ...(yes ? [{ ...yes, action: 'clean-up' as const }] : []),
        ...(no ? [{ ...no, action: 'leave-it' as const }] : []),
        ...rest,
      ];
    }
    case 'rollback-plan': {
      const item = itemAt(state, question.items[0]);
      const amount = item ? 'undo what is ticked, from top to bottom' : 'go on';
      return [
        { ...binding('enter y', 'Enter', 'roll back', amount, 'start-rollback'), advances: true },
        binding('space', 'Space', 'untick', 'leave this one as it is', 'tick'),
        binding(
          'x escape',
          'Esc',
          'back',
          'undo nothing, and go back to the previous question',
          'decline-rollback',
        ),
        binding('p', 'p', 'pause', 'leave now; `runsheet resume` comes back to this question', 'pause'),
        note,
      ];
    }
  }
}

/** A finished list waits for Enter, and can be unticked until then. */
function checklistBindings(
  { address }: Extract<Question, { readonly type: 'checklist' }>,
  { state }: UiContext,
): KeyBinding[] {
  const tick = binding('space', 'Space', 'tick', 'tick the chosen item, or untick it', 'tick');
  const done: KeyBinding = {
    ...binding('enter', 'Enter', 'done', 'all of it is done; the run goes on', 'done'),
    advances: true,
  };
  const [, ...rest] = choicesAt(questionChoices.checklist, itemAt(state, address)).map(ofChoice);
  return [...(areTicked(state, address) ? [done, tick] : [tick, done]), ...rest];
}

/** The lines of the failure menu. */
function failureBindings(
  question: Extract<Question, { readonly type: 'failure' }>,
  { state, hasOutput }: Pick<UiContext, 'state' | 'hasOutput'>,
): KeyBinding[] {
  const item = itemAt(state, question.address);
  const choices = failureChoicesOf(question.choices, {
    isOfItem: question.items !== undefined,
    editable: item?.kind === 'block',
    output: hasOutput(question.address),
    rest: restOfFailure(stateAt(state, question.address)),
  });
  // Its end is on the screen already; here the key opens all of it.
  return choices.map((choice) => ({
    ...ofChoice(choice),
    ...(choice.value === 'output' && { does: output.does }),
  }));
}

/** The lines of the menu that a question shows, or nothing where it shows none. */
export function menuOf(
  question: Question | undefined,
  context: Pick<UiContext, 'state' | 'hasOutput'>,
): readonly KeyBinding[] {
  if (question?.type === 'failure') return failureBindings(question, context);
  if (question?.type === 'in-doubt') return questionChoices.doubt.map(ofChoice);
  if (question?.type === 'choice') return choiceBindings(question, context.state);
  if (question?.type === 'manual' && askAt(context.state, question.address))
    return answerBindings(question, context.state);
  if (question?.type === 'doubtful') return doubtfulBindings(question, context.state);
  return [];
}

function answerBindings(
  { address, offers }: Extract<Question, { readonly type: 'manual' }>,
  state: RunState,
): KeyBinding[] {
  const ask = askAt(state, address);
  const answers = ask ? answersOf(ask, offers) : [];
  const free = ask?.choices === undefined ? [binding('d', 'd', 'answer', 'type the answer', 'done')] : [];
  return [
    ...answers.map(
      ({ key, label }): KeyBinding => ({ ...binding(key, key, label, '', `way ${key}`), advances: true }),
    ),
    ...free,
    ...choicesAt(questionChoices.choice, itemAt(state, address)).map(ofChoice),
  ];
}

function choiceBindings(
  { address, choice }: Extract<Question, { readonly type: 'choice' }>,
  state: RunState,
): KeyBinding[] {
  const item = itemAt(state, address);
  const around = choiceAround(item, choice);
  const ways = around ? waysOf(around) : [];
  return [
    ...ways.map(
      ({ key, label, does }): KeyBinding => ({
        ...binding(key, key, label, does, `way ${key}`),
        advances: true,
      }),
    ),
    ...choicesAt(questionChoices.choice, item).map(ofChoice),
  ];
}

function doubtfulBindings(
  { address }: Extract<Question, { readonly type: 'doubtful' }>,
  state: RunState,
): KeyBinding[] {
  return choicesAt(questionChoices.doubtful, itemAt(state, address)).map(ofChoice);
}

function shownHasOutput(ui: UiState, context: UiContext): boolean {
  const shown = context.shownOutput ?? ui.look ?? context.current;
  return shown !== undefined && context.hasOutput(shown);
}
