// Owns how a run comes by the values of its inputs: options, files, the environment, and asking for the rest.
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../basics/result.ts';
import { resolveInputs } from '../run/input-values.ts';
import { parseInputsFile } from '../run/inputs-file.ts';
import type { InputDeclaration } from '../runbook/model.ts';
import { exitCode } from './exit-code.ts';
import { complain } from './report-diagnostics.ts';

export interface InputRequest {
  readonly set: Readonly<Record<string, string>>;
  /** Path of `--inputs`. */
  readonly file: string | undefined;
  /** Whether somebody can be asked. */
  readonly ask: boolean;
}

export interface SettledInputs {
  /** Plain values; secrets are never among them. */
  readonly values: Readonly<Record<string, string>>;
  /** Secrets by name; they live in this process and in its children's environment only. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** All values, or the exit code after everything that is wrong was said. */
export async function settleInputs(
  declarations: readonly InputDeclaration[],
  request: InputRequest,
): Promise<Result<SettledInputs, number>> {
  const file = readFile(request.file);
  if (!file.ok) {
    complain(file.error);
    return fail(exitCode.usage);
  }
  const resolved = resolveInputs(declarations, {
    set: request.set,
    file: file.value,
    environment: process.env,
  });
  for (const problem of resolved.problems) complain(problem);
  if (resolved.problems.length > 0) return fail(exitCode.usage);
  const unset = [...resolved.missing, ...resolved.secrets];
  if (unset.length === 0) return ok({ values: resolved.values, secrets: {} });
  const { resolveSecret } = await import('../engine/secrets/resolve-secret.ts');
  const secrets: Record<string, string> = {};
  const toAsk: InputDeclaration[] = [...resolved.missing];
  for (const declaration of resolved.secrets) {
    const secret = resolveSecret(declaration, process.env);
    if (!secret.ok) {
      complain(secret.error);
      return fail(exitCode.usage);
    }
    if (secret.value === undefined) toAsk.push(declaration);
    else secrets[declaration.name] = secret.value;
  }
  if (toAsk.length === 0) return ok({ values: resolved.values, secrets });
  if (!request.ask) {
    for (const { name, description, secret } of toAsk) {
      const how = secret ? `set it in the environment: ${name}=…` : `--set ${name}=…`;
      complain(`input \`${name}\` has no value${description ? ` (${description})` : ''}`, how);
    }
    return fail(exitCode.usage);
  }
  const { askInputs } = await import('../surfaces/prompt/ask-inputs.ts');
  const answers = await askInputs(toAsk);
  if (answers === undefined) return fail(exitCode.interrupted);
  const values = { ...resolved.values };
  for (const declaration of toAsk) {
    const answer = answers[declaration.name];
    if (answer === undefined) continue;
    if (declaration.secret) secrets[declaration.name] = answer;
    else values[declaration.name] = answer;
  }
  return ok({ values, secrets });
}

function readFile(path: string | undefined): Result<Readonly<Record<string, string>>, string> {
  if (path === undefined) return ok({});
  try {
    return parseInputsFile(path, readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(`--inputs: cannot read \`${path}\`: ${(error as Error).message}`);
  }
}
