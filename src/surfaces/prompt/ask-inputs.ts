// Owns asking for the inputs of a runbook before a run, each until it may be used; stores and prints no value.
import { namedValues } from '../../basics/named-values.ts';
import { type OfferedInput, takeAnswer } from '../../run/inputs/offered-input.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { visibleText } from '../../text/visible-text.ts';
import { originWords } from '../../view/words/input-lines.ts';
import { counted } from '../../view/words/quoted.ts';
import { mayBePath } from '../complete-path.ts';
import type { MenuChoice } from '../question-choices.ts';
import { askOutsideRun, ownTerminal, type PrompterSession, type PromptTerminal } from './open-prompter.ts';
import type { Prompter } from './prompter.ts';

/** More choices than this are asked for as text: there are no more single keys that count. */
const mostKeys = 9;

/** The keys of inputs that can be changed, before they are found by a part of their name. */
const changeKeys = '123456789abcdefhijklmnopqrstuvwxyz';

/** Where inputs are asked for, and what is said above them. */
export interface AskInputsOptions {
  readonly terminal?: PromptTerminal;
  readonly heading?: string;
}

/** The values by name that differ from those offered, secrets among them; undefined when the person gave up. */
export function askInputs(
  inputs: readonly OfferedInput[],
  { terminal = ownTerminal(), heading }: AskInputsOptions = {},
): Promise<Record<string, string> | undefined> {
  return askOutsideRun<Record<string, string> | undefined>(terminal, undefined, async (session) => {
    const { write, palette } = session;
    const open = inputs.filter(({ origin }) => origin === undefined);
    const needed = heading ?? `This runbook needs ${counted(open.length, 'value')}:`;
    if (open.length > 0) write(`\n${palette.paint(needed, { bold: true })}\n`);
    const values = namedValues<string>();
    for (const input of open) await answer(input, values, session);
    if (open.length < inputs.length) await changeSome(inputs, values, session);
    return values;
  });
}

/** Shows all of them until the person takes them as they are. */
async function changeSome(
  inputs: readonly OfferedInput[],
  values: Record<string, string>,
  session: PrompterSession,
): Promise<void> {
  for (;;) {
    const chosen = await chooseInput(inputs, values, session);
    if (chosen === undefined) return;
    await answer(withValue(chosen, values), values, session);
  }
}

/** The input that is to be changed; undefined where all stay as they are. */
function chooseInput(
  inputs: readonly OfferedInput[],
  values: Readonly<Record<string, string>>,
  { prompter, signal }: PrompterSession,
): Promise<OfferedInput | undefined> {
  const message = 'Go on with these inputs, or change one?';
  const go = { key: 'g', label: 'go on', value: undefined };
  const rows = inputs.map((input, index) => ({
    key: changeKeys[index] ?? '',
    label: nameOf(input.declaration),
    does: stateOf(input, values),
    value: input,
  }));
  if (rows.length <= changeKeys.length)
    return prompter.choose<OfferedInput | undefined>(
      { message, layout: 'list', enter: go, choices: [go, ...rows] },
      signal,
    );
  const picks = rows.map(({ label, does, value }) => ({ name: label, note: does, value }));
  return prompter.pick<OfferedInput | undefined>(
    message,
    [{ name: go.label, note: 'with all of them as they are', value: undefined }, ...picks],
    signal,
  );
}

function nameOf({ name, placeholder }: InputDeclaration): string {
  return visibleText(placeholder?.text ?? name);
}

/** What an input has now and where from, with what it is for. */
function stateOf({ declaration, origin }: OfferedInput, values: Readonly<Record<string, string>>): string {
  const { name, secret, description, from, default: before } = declaration;
  const given = Object.hasOwn(values, name) ? values[name] : undefined;
  const known = given ?? before;
  const where = given === undefined && origin !== undefined ? originWords[origin] : originWords.asked;
  const value = secret || known === undefined ? '' : `${known === '' ? '(empty)' : short(known)} `;
  const about = description ? `: ${visibleText(description)}` : '';
  return `${value}(${secret ? 'secret' : given === undefined && from ? `\`${from}\`` : where})${about}`;
}

/** A value on a line, by its beginning. */
function short(value: string): string {
  return visibleText(value.length > 60 ? `${value.slice(0, 60)}...` : value);
}

/** The input as it stands after the answers so far. */
function withValue(input: OfferedInput, values: Readonly<Record<string, string>>): OfferedInput {
  const { declaration } = input;
  const given = Object.hasOwn(values, declaration.name) ? values[declaration.name] : undefined;
  if (given === undefined || declaration.secret) return input;
  return { declaration: { ...declaration, default: given } };
}

/** Asks for one input again and again until its declaration takes the value. */
async function answer(
  input: OfferedInput,
  values: Record<string, string>,
  { prompter, write, palette, signal }: PrompterSession,
): Promise<void> {
  for (;;) {
    const given = await askInput(prompter, input.declaration, signal);
    const taken = takeAnswer(input, given);
    if (taken.ok) {
      if (taken.value !== undefined) values[input.declaration.name] = taken.value;
      return;
    }
    const problem = `${palette.symbols.warning} ${visibleText(taken.error)}`;
    write(`${palette.paint(problem, { tone: 'warn' })}\n`);
  }
}

async function askInput(
  prompter: Prompter,
  declaration: InputDeclaration,
  signal: AbortSignal,
): Promise<string> {
  const { name, description, type, choices, secret } = declaration;
  const about = description ? ` (${description})` : '';
  const message = visibleText(`${name}${about}`);
  if (secret) return prompter.askSecret(`${message}:`, signal);
  if (type === 'boolean') return prompter.choose(yesOrNo(`${message}?`, declaration.default), signal);
  if (choices && type === 'multiple') {
    const before = new Set(declaration.default?.split(',').map((part) => part.trim()) ?? []);
    const boxes = choices.map((text) => ({ text, ticked: before.has(text) }));
    const ticked = await prompter.tick(message, boxes, signal);
    return choices.filter((_, index) => ticked[index]).join(',');
  }
  if (choices && choices.length <= mostKeys) {
    const all = choices.map(
      (value, index): MenuChoice<string> => ({ key: String(index + 1), label: value, value }),
    );
    const enter = all.find(({ value }) => value === declaration.default);
    return prompter.choose({ message, choices: all, layout: 'list', ...(enter && { enter }) }, signal);
  }
  const hint = choices ? ` [${choices.map((choice) => visibleText(choice)).join(', ')}]` : '';
  return prompter.askText(`${message}${hint}:`, signal, declaration.default, (typed) =>
    mayBePath(declaration, typed),
  );
}

function yesOrNo(message: string, preset: string | undefined) {
  const yes: MenuChoice<string> = { key: 'y', label: 'yes', value: 'true' };
  const no: MenuChoice<string> = { key: 'n', label: 'no', value: 'false' };
  const enter = preset === undefined ? undefined : /^(true|yes|y|on|1)$/i.test(preset) ? yes : no;
  return { message, choices: [yes, no], layout: 'keys' as const, ...(enter && { enter }) };
}
