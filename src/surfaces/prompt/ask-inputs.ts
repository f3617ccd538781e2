// Owns asking for the inputs of a runbook before a run, each until it may be used; stores and prints no value.
import { checkInput } from '../../run/inputs/resolve-inputs.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { visibleText } from '../../text/visible-text.ts';
import { counted } from '../../view/words/outcome-words.ts';
import { choosePalette } from '../choose-palette.ts';
import { PeopleWriter } from '../people-writer.ts';
import { type Asker, type Choice, OperatorLeft } from './asker.ts';
import { type AskTerminal, openAsker, ownTerminal } from './open-asker.ts';

/** More choices than this are asked for as text: there are no more single keys that count. */
const mostKeys = 9;

/** The values by name, secrets among them; undefined when the person gave up. */
export async function askInputs(
  declarations: readonly InputDeclaration[],
  terminal: AskTerminal = ownTerminal(),
): Promise<Record<string, string> | undefined> {
  const { output, env } = terminal;
  const palette = choosePalette(output, env);
  const writer = new PeopleWriter({ stream: output, palette, terminal: output.isTTY === true });
  const write = (text: string): void => writer.write(text);
  const asker = await openAsker({ terminal, palette, write, suspend: (during) => during() });
  const signal = new AbortController().signal;
  const values: Record<string, string> = {};
  write(
    `\n${palette.paint(`This runbook needs ${counted(declarations.length, 'value')}:`, { bold: true })}\n`,
  );
  try {
    for (const declaration of declarations) {
      for (;;) {
        const given = await askInput(asker, declaration, signal);
        const checked = checkInput(declaration, given);
        if (checked.ok) {
          values[declaration.name] = checked.value;
          break;
        }
        write(
          `${palette.paint(`${palette.symbols.warning} ${visibleText(checked.error)}`, { tone: 'warn' })}\n`,
        );
      }
    }
    return values;
  } catch (error) {
    if (error instanceof OperatorLeft) return undefined;
    throw error;
  } finally {
    asker.close();
    await writer.end();
  }
}

async function askInput(asker: Asker, declaration: InputDeclaration, signal: AbortSignal): Promise<string> {
  const { name, description, type, choices, secret } = declaration;
  const about = description ? ` (${description})` : '';
  const message = visibleText(`${name}${about}`);
  if (secret) return asker.askSecret(`${message}:`, signal);
  if (type === 'boolean') return asker.choose(yesOrNo(`${message}?`, declaration.default), signal);
  if (choices && type === 'multiple') {
    const before = new Set(declaration.default?.split(',').map((part) => part.trim()) ?? []);
    const boxes = choices.map((text) => ({ text, ticked: before.has(text) }));
    const ticked = await asker.tick(message, boxes, signal);
    return choices.filter((_, index) => ticked[index]).join(',');
  }
  if (choices && choices.length <= mostKeys) {
    const all = choices.map(
      (value, index): Choice<string> => ({ key: String(index + 1), label: value, value }),
    );
    const enter = all.find(({ value }) => value === declaration.default);
    return asker.choose({ message, choices: all, layout: 'list', ...(enter && { enter }) }, signal);
  }
  const hint = choices ? ` [${choices.map((choice) => visibleText(choice)).join(', ')}]` : '';
  return asker.askText(`${message}${hint}:`, signal, declaration.default);
}

function yesOrNo(message: string, preset: string | undefined) {
  const yes: Choice<string> = { key: 'y', label: 'yes', value: 'true' };
  const no: Choice<string> = { key: 'n', label: 'no', value: 'false' };
  const enter = preset === undefined ? undefined : /^(true|yes|y|on|1)$/i.test(preset) ? yes : no;
  return { message, choices: [yes, no], layout: 'keys' as const, ...(enter && { enter }) };
}
