// Owns asking for inputs in one form on the whole screen; stores no value, and leaves none on the screen.
import type { OfferedInput } from '../../run/inputs/offered-input.ts';
import { choosePalette } from '../choose-palette.ts';
import { completePath } from '../complete-path.ts';
import type { TuiSurfaceOptions } from './create-tui-surface.ts';
import { firstForm } from './first-form.ts';
import { formAnswers, type InputForm, inputForm, reduceForm } from './keys/input-form.ts';
import { onEndingSignal } from './terminal/on-ending-signal.ts';
import { TerminalScreen } from './terminal/terminal-screen.ts';

/** The values by name that differ from those offered, checked, secrets among them; undefined when the person left. */
export async function askForm(
  title: string,
  inputs: readonly OfferedInput[],
  options: TuiSurfaceOptions = { input: process.stdin, output: process.stdout, env: process.env },
): Promise<Record<string, string> | undefined> {
  const palette = choosePalette(options.output, options.env);
  let form: InputForm = inputForm(inputs);
  return new Promise((resolve, reject) => {
    const finish = (answers: Record<string, string> | undefined): void => {
      stopListening();
      screen.dispose();
      screen.close();
      resolve(answers);
    };
    const leave = (): void => finish(undefined);
    const screen = new TerminalScreen({
      ...options,
      palette,
      firstPicture: () => firstForm(title, form, screen.size().columns, palette),
      onKeys: (keys) => {
        for (const key of keys) {
          if (key.type === 'ctrl' && key.letter === 'z') screen.stopProcess();
          else form = reduceForm(form, key, completePath);
          if (form.status !== 'open') {
            finish(form.status === 'given' ? formAnswers(form) : undefined);
            return;
          }
        }
        screen.now();
      },
      block: () => undefined,
      onEnd: leave,
      onResize: () => {},
      onError: reject,
    });
    const stopListening = onEndingSignal(leave);
    screen.openDrawn();
    import('./screen/form-screen.tsx')
      .then(({ formScreen }) =>
        screen.useInk(() => formScreen({ form, title, size: screen.size(), palette })),
      )
      .catch(reject);
  });
}
