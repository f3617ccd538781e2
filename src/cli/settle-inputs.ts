// Owns how a run comes by the values of its inputs: options, files, the environment, and asking for the rest.
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../basics/result.ts';
import { type ResolvedInputs, resolveInputs } from '../run/input-values.ts';
import { parseInputsFile } from '../runbook/inputs-file.ts';
import type { InputDeclaration } from '../runbook/model.ts';
import type { SourceFile } from '../text/source-file.ts';
import { exitCode } from './exit-code.ts';
import { complain, reportDiagnostics } from './report-diagnostics.ts';

export interface InputRequest {
  readonly set: Readonly<Record<string, string>>;
  /** Path of `--inputs`. */
  readonly file: string | undefined;
  /** Whether somebody can be asked. */
  readonly ask: boolean;
  /** The opened runbook, for the places of what has no value. */
  readonly source: SourceFile;
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
  const stored = await readStoredSecrets(resolved.secrets);
  if (!stored.ok) return stored;
  const secrets = { ...stored.value.secrets };
  const guesses = request.ask ? declarations.filter(isGuess(resolved)) : [];
  const open = new Set([...resolved.missing, ...guesses, ...stored.value.unset]);
  const toAsk = declarations.filter((declaration) => open.has(declaration));
  if (toAsk.length === 0) return ok({ values: resolved.values, secrets });
  if (!request.ask) return fail(complainUnset(toAsk, request.source));
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

/** What a table says of a placeholder is a guess at what is meant: a person who is there sees it before it counts. */
function isGuess({ origins }: ResolvedInputs): (declaration: InputDeclaration) => boolean {
  return ({ name, placeholder }) => placeholder !== undefined && origins[name] === 'default';
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
  if (declared.length === 0) return ok({ secrets: {}, unset: [] });
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

function complainUnset(unset: readonly InputDeclaration[], source?: SourceFile): number {
  for (const { name, description, secret, file, placeholder, span } of unset) {
    const how = secret ? `set it in the environment: ${name}=…` : `--set ${name}=…`;
    if (placeholder && source && span && file === undefined) {
      const message = `\`${placeholder.text}\` has no value, and nobody is here to be asked for it`;
      const code = 'placeholder-without-value';
      reportDiagnostics([{ code, severity: 'error', message, span, help: how }], source);
      continue;
    }
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
