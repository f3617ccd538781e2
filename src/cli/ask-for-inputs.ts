// Owns which face asks for the inputs of a runbook: the form of the full screen, or one line after the other.
import { fail, ok, type Result } from '../basics/result.ts';
import type { InputDeclaration } from '../runbook/model.ts';
import type { SurfaceName } from './choose-surface.ts';
import { exitCode } from './exit-code.ts';

/** The answers by name, checked; the exit code where the person gave up. */
export async function askForInputs(
  declarations: readonly InputDeclaration[],
  _surface: SurfaceName,
): Promise<Result<Readonly<Record<string, string>>, number>> {
  const { askInputs } = await import('../surfaces/prompt/ask-inputs.ts');
  const answers = await askInputs(declarations);
  return answers === undefined ? fail(exitCode.interrupted) : ok(answers);
}
