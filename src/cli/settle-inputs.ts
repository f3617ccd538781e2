// Owns how a run comes by the values of its inputs: options, files, the environment, and asking for the rest.
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../basics/result.ts';
import { resolveInputs } from '../run/input-values.ts';
import { parseInputsFile } from '../runbook/inputs-file.ts';
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
  const stored = await readStoredSecrets(resolved.secrets);
  if (!stored.ok) return stored;
  const secrets = { ...stored.value.secrets };
  const toAsk = [...resolved.missing, ...stored.value.unset];
  if (toAsk.length === 0) return ok({ values: resolved.values, secrets });
  if (!request.ask) return fail(complainUnset(toAsk));
  const answers = await ask(toAsk);
  if (!answers.ok) return answers;
  const values = { ...resolved.values };
  for (const declaration of toAsk) {
    const answer = answers.value[declaration.name];
    if (answer === undefined) continue;
    if (declaration.secret) secrets[declaration.name] = answer;
    else values[declaration.name] = answer;
  }
  return ok({ values, secrets });
}

/** The secrets of a run that is taken up again; they were never stored, so they are found or asked anew. */
export async function settleSecrets(
  declarations: readonly InputDeclaration[],
  mayAsk: boolean,
): Promise<Result<Readonly<Record<string, string>>, number>> {
  const declared = declarations.filter((declaration) => declaration.secret !== undefined);
  if (declared.length === 0) return ok({});
  const stored = await readStoredSecrets(declared);
  if (!stored.ok) return stored;
  if (stored.value.unset.length === 0) return ok(stored.value.secrets);
  if (!mayAsk) return fail(complainUnset(stored.value.unset));
  const answers = await ask(stored.value.unset);
  return answers.ok ? ok({ ...stored.value.secrets, ...answers.value }) : answers;
}

interface StoredSecrets {
  readonly secrets: Readonly<Record<string, string>>;
  readonly unset: readonly InputDeclaration[];
}

async function readStoredSecrets(
  declared: readonly InputDeclaration[],
): Promise<Result<StoredSecrets, number>> {
  const { resolveSecret } = await import('../engine/secrets/resolve-secret.ts');
  const secrets: Record<string, string> = {};
  const unset: InputDeclaration[] = [];
  for (const declaration of declared) {
    const secret = resolveSecret(declaration, process.env);
    if (!secret.ok) {
      complain(secret.error);
      return fail(exitCode.usage);
    }
    if (secret.value === undefined) unset.push(declaration);
    else secrets[declaration.name] = secret.value;
  }
  return ok({ secrets, unset });
}

async function ask(
  declarations: readonly InputDeclaration[],
): Promise<Result<Readonly<Record<string, string>>, number>> {
  const { askInputs } = await import('../surfaces/prompt/ask-inputs.ts');
  const answers = await askInputs(declarations);
  return answers === undefined ? fail(exitCode.interrupted) : ok(answers);
}

function complainUnset(unset: readonly InputDeclaration[]): number {
  for (const { name, description, secret, file } of unset) {
    const how = secret ? `set it in the environment: ${name}=…` : `--set ${name}=…`;
    const whose = file === undefined ? '' : ` of \`${file}\``;
    complain(`input \`${name}\`${whose} has no value${description ? ` (${description})` : ''}`, how);
  }
  return exitCode.usage;
}

function readFile(path: string | undefined): Result<Readonly<Record<string, string>>, string> {
  if (path === undefined) return ok({});
  try {
    return parseInputsFile(path, readFileSync(path, 'utf8'));
  } catch (error) {
    return fail(`--inputs: cannot read \`${path}\`: ${(error as Error).message}`);
  }
}
