// Owns the form in which inputs are given: its fields, and what each key does to it.
import { namedValues } from '../../../basics/named-values.ts';
import { type OfferedInput, takeAnswer } from '../../../run/inputs/offered-input.ts';
import type { InputDeclaration } from '../../../runbook/runbook.ts';
import { mayBePath, type PathCompletion } from '../../complete-path.ts';
import type { Key } from './key-reader.ts';
import { editField, fieldText, type TextField, textField } from './text-field.ts';

/** Looks at folders for how a path goes on. */
export type CompletePath = (typed: string) => PathCompletion;

/** One input and what is given for it so far. */
export interface FormField {
  readonly input: OfferedInput;
  readonly entry: FieldEntry;
  /** Why it cannot be taken as it is; shown once the operator has left it. */
  readonly problem?: string;
  /** How the path in it may go on; gone with the next key. */
  readonly names?: readonly string[];
}

/** What is given in a field, by the way it is given. */
export type FieldEntry =
  | { readonly type: 'text'; readonly field: TextField }
  /** Never shown, nor how long it is. */
  | { readonly type: 'secret'; readonly field: TextField }
  | { readonly type: 'choice'; readonly choices: readonly string[]; readonly chosen: number | undefined }
  | {
      readonly type: 'multiple';
      readonly choices: readonly string[];
      readonly ticked: readonly boolean[];
      readonly at: number;
    };

/** The form as it stands after the keys so far. */
export interface InputForm {
  readonly fields: readonly FormField[];
  /** The field that keys go to. */
  readonly at: number;
  readonly status: 'open' | 'given' | 'left';
}

/** The form as it is before the first key, at the first field that waits for an answer, with what is known filled in. */
export function inputForm(inputs: readonly OfferedInput[]): InputForm {
  const fields = inputs.map((input) => ({ input, entry: entryOf(input.declaration) }));
  return { fields, at: Math.max(0, fields.findIndex(waits)), status: 'open' };
}

function entryOf({ type, choices, default: preset, secret }: InputDeclaration): FieldEntry {
  if (secret) return { type: 'secret', field: textField() };
  if (type === 'boolean') return choiceOf(['yes', 'no'], preset === undefined ? undefined : yesOrNo(preset));
  if (choices && type === 'multiple') {
    const before = new Set(preset?.split(',').map((part) => part.trim()));
    return { type: 'multiple', choices, ticked: choices.map((choice) => before.has(choice)), at: 0 };
  }
  return choices ? choiceOf(choices, preset) : { type: 'text', field: textField(preset) };
}

function yesOrNo(preset: string): string {
  return /^(?:true|yes|y|on|1)$/i.test(preset) ? 'yes' : 'no';
}

function choiceOf(choices: readonly string[], preset: string | undefined): FieldEntry {
  const chosen = preset === undefined ? -1 : choices.indexOf(preset);
  return { type: 'choice', choices, chosen: chosen === -1 ? undefined : chosen };
}

/** What a field comes to, as text; not checked. */
export function entryText(entry: FieldEntry): string {
  switch (entry.type) {
    case 'text':
      return fieldText(entry.field).trim();
    case 'secret':
      return fieldText(entry.field);
    case 'choice':
      return entry.chosen === undefined ? '' : (entry.choices[entry.chosen] ?? '');
    case 'multiple':
      return entry.choices.filter((_, index) => entry.ticked[index]).join(',');
  }
}

/** The answers of a form that was given, by name. */
export function formAnswers({ fields }: InputForm): Record<string, string> {
  const answers = namedValues<string>();
  for (const { input, entry } of fields) {
    const taken = takeAnswer(input, entryText(entry));
    if (taken.ok && taken.value !== undefined) answers[input.declaration.name] = taken.value;
  }
  return answers;
}

/** The form after a key. Enter goes to the next field that waits, else it gives the form; Escape and Ctrl-C leave it. */
export function reduceForm(form: InputForm, key: Key, complete?: CompletePath): InputForm {
  if (key.type === 'ctrl') {
    if (key.letter === 'c' || key.letter === 'd') return { ...form, status: 'left' };
    if (key.letter === 'n') return moveTo(form, form.at + 1);
    if (key.letter === 'p') return moveTo(form, form.at - 1);
  }
  if (key.type === 'named') {
    switch (key.name) {
      case 'escape':
        return { ...form, status: 'left' };
      case 'enter':
        return nextOpen(form) === undefined ? give(form) : moveTo(form, nextOpen(form) ?? form.at);
      case 'tab':
        return completed(form, complete) ?? moveTo(form, form.at + 1);
      case 'down':
        return moveTo(form, form.at + 1);
      case 'back-tab':
      case 'up':
        return moveTo(form, form.at - 1);
    }
  }
  const current = form.fields[form.at];
  if (!current) return form;
  const entry = reduceEntry(current.entry, key);
  return withField(form, form.at, { input: current.input, entry });
}

/** The next field that a person has to answer or to put right; undefined where Enter gives the form. */
export function nextOpen({ fields, at }: InputForm): number | undefined {
  const found = fields.findIndex((field, index) => index > at && waits(field));
  return found === -1 ? undefined : found;
}

/** What has no value from anywhere is looked at, also where an earlier run's answer is offered for it. */
function waits({ input, entry }: FormField): boolean {
  return input.origin === undefined || !takeAnswer(input, entryText(entry)).ok;
}

/** Whether Tab completes what stands in the field at hand. */
export function isPathAtHand({ fields, at }: InputForm): boolean {
  const { input, entry } = fields[at] ?? {};
  return entry?.type === 'text' && input !== undefined && mayBePath(input.declaration, entry.field.before);
}

/** The form with its path completed, or with how it may go on; undefined where there is nothing to complete. */
function completed(form: InputForm, complete: CompletePath | undefined): InputForm | undefined {
  const current = form.fields[form.at];
  if (complete === undefined || current?.entry.type !== 'text' || !isPathAtHand(form)) return undefined;
  const { input, entry } = current;
  const { text, names } = complete(entry.field.before);
  const isLonger = text !== entry.field.before;
  // Tab once more goes on, where it has nothing new to say.
  if (!isLonger && (names.length < 2 || current.names !== undefined)) return undefined;
  const field = { ...entry.field, before: text };
  const shown = names.length > 1 && { names };
  return withField(form, form.at, { input, entry: { ...entry, field }, ...shown });
}

function reduceEntry(entry: FieldEntry, key: Key): FieldEntry {
  switch (entry.type) {
    case 'text':
    case 'secret':
      return { ...entry, field: editField(entry.field, key) };
    case 'choice': {
      const by = stepOf(key);
      const { length } = entry.choices;
      if (by !== 0) {
        const from = entry.chosen ?? (by > 0 ? -1 : length);
        return { ...entry, chosen: Math.min(length - 1, Math.max(0, from + by)) };
      }
      const found = byLetter(entry.choices, entry.chosen, key);
      return found === undefined ? entry : { ...entry, chosen: found };
    }
    case 'multiple': {
      if (key.type === 'text' && key.text === ' ')
        return { ...entry, ticked: entry.ticked.map((tick, index) => (index === entry.at ? !tick : tick)) };
      const at = Math.min(entry.choices.length - 1, Math.max(0, entry.at + stepOf(key)));
      return { ...entry, at };
    }
  }
}

function stepOf(key: Key): number {
  if (key.type !== 'named') return key.type === 'text' && key.text === ' ' ? 1 : 0;
  return key.name === 'right' ? 1 : key.name === 'left' ? -1 : 0;
}

/** The next choice that begins with the typed letter, or the one with the typed number. */
function byLetter(choices: readonly string[], chosen: number | undefined, key: Key): number | undefined {
  if (key.type !== 'text' || key.text.trim() === '') return undefined;
  const typed = key.text.toLowerCase();
  const order = choices.map((_, index) => ((chosen ?? -1) + 1 + index) % choices.length);
  return order.find((index) => choices[index]?.toLowerCase().startsWith(typed));
}

/** Goes to another field; the one that is left is looked at. */
function moveTo(form: InputForm, at: number): InputForm {
  const checked = check(form, form.at);
  return { ...checked, at: Math.min(form.fields.length - 1, Math.max(0, at)) };
}

/** Takes the form where every field can be taken; goes to the first that cannot, otherwise. */
function give(form: InputForm): InputForm {
  const checked = form.fields.reduce((known, _, index) => check(known, index), form);
  const wrong = checked.fields.findIndex(({ problem }) => problem !== undefined);
  return wrong === -1 ? { ...checked, status: 'given' } : { ...checked, at: wrong };
}

function check(form: InputForm, index: number): InputForm {
  const known = form.fields[index];
  if (!known) return form;
  const { input, entry } = known;
  const taken = takeAnswer(input, entryText(entry));
  return withField(form, index, { input, entry, ...(!taken.ok && { problem: taken.error }) });
}

function withField(form: InputForm, index: number, field: FormField): InputForm {
  return { ...form, fields: form.fields.map((known, at) => (at === index ? field : known)) };
}
