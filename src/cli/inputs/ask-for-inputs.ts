// Owns which face asks for the inputs of a runbook: the form of the full screen, or one line after the other.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { OfferedInput } from '../../run/inputs/offered-input.ts';
import type { SurfaceName } from '../choose-surface.ts';
import { exitCode } from '../exit-code.ts';

/** The answers by name, checked, where a person has given others than there were; the exit code where the person gave up. */
export async function askForInputs(
  inputs: readonly OfferedInput[],
  surface: SurfaceName,
  title: string,
): Promise<Result<Readonly<Record<string, string>>, number>> {
  const answers = surface === 'tui' ? await askAtOnce(title, inputs) : await askInTurn(inputs);
  return answers === undefined ? fail(exitCode.interrupted) : ok(answers);
}

async function askAtOnce(title: string, inputs: readonly OfferedInput[]) {
  const { askForm } = await import('../../surfaces/tui/ask-form.ts');
  return askForm(title, inputs);
}

async function askInTurn(inputs: readonly OfferedInput[]) {
  const { askInputs } = await import('../../surfaces/prompt/ask-inputs.ts');
  return askInputs(inputs);
}
