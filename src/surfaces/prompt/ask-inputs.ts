// Owns asking for the inputs of a runbook before a run, each until it may be used; stores and prints no value.
import { namedValues } from '../../basics/named-values.ts';
import { checkInput } from '../../run/inputs/resolve-inputs.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { visibleText } from '../../text/visible-text.ts';
import { counted } from '../../view/words/quoted.ts';
import type { MenuChoice } from '../question-choices.ts';
import { askOutsideRun, ownTerminal, type PrompterSession, type PromptTerminal } from './open-prompter.ts';
import type { Prompter } from './prompter.ts';

/** More choices than this are asked for as text: there are no more single keys that count. */
const mostKeys = 9;

/** Where inputs are asked for, and what is said above them. */
export interface AskInputsOptions {
  readonly terminal?: PromptTerminal;
  readonly heading?: string;
}

/** The values by name, secrets among them; undefined when the person gave up. */
export function askInputs(
  declarations: readonly InputDeclaration[],
  { terminal = ownTerminal(), heading }: AskInputsOptions = {},
): Promise<Record<string, string> | undefined> {
  return askOutsideRun<Record<string, string> | undefined>(terminal, undefined, async (session) => {
    const { write, palette } = session;
    const needed = heading ?? `This runbook needs ${counted(declarations.length, 'value')}:`;
    write(`\n${palette.paint(needed, { bold: true })}\n`);
    const values = namedValues<string>();
    for (const declaration of declarations)
      values[declaration.name] = await askUntilValid(declaration, session);
    return values;
  });
}

/** Asks for one input again and again until its declaration takes the value. */
async function askUntilValid(
  declaration: InputDeclaration,
  { prompter, write, palette, signal }: PrompterSession,
): Promise<string> {
  for (;;) {
    const given = await askInput(prompter, declaration, signal);
    const checked = checkInput(declaration, given);
    if (checked.ok) return checked.value;
    const problem = `${palette.symbols.warning} ${visibleText(checked.error)}`;
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
  return prompter.askText(`${message}${hint}:`, signal, declaration.default);
}

function yesOrNo(message: string, preset: string | undefined) {
  const yes: MenuChoice<string> = { key: 'y', label: 'yes', value: 'true' };
  const no: MenuChoice<string> = { key: 'n', label: 'no', value: 'false' };
  const enter = preset === undefined ? undefined : /^(true|yes|y|on|1)$/i.test(preset) ? yes : no;
  return { message, choices: [yes, no], layout: 'keys' as const, ...(enter && { enter }) };
}
