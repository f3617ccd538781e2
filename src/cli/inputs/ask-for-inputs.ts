// Owns which face asks for the inputs of a runbook: the form of the full screen, or one line after the other.
import { fail, ok, type Result } from '../../basics/result.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { SurfaceName } from '../choose-surface.ts';
import { exitCode } from '../exit-code.ts';

/** The answers by name, checked; the exit code where the person gave up. */
export async function askForInputs(
  declarations: readonly InputDeclaration[],
  surface: SurfaceName,
  title: string,
): Promise<Result<Readonly<Record<string, string>>, number>> {
  const answers = surface === 'tui' ? await askAtOnce(title, declarations) : await askInTurn(declarations);
  return answers === undefined ? fail(exitCode.interrupted) : ok(answers);
}

async function askAtOnce(title: string, declarations: readonly InputDeclaration[]) {
  const { askForm } = await import('../../surfaces/tui/ask-form.ts');
  return askForm(title, declarations);
}

async function askInTurn(declarations: readonly InputDeclaration[]) {
  const { askInputs } = await import('../../surfaces/prompt/ask-inputs.ts');
  return askInputs(declarations);
}
