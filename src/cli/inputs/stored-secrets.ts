// Owns finding the secrets of a run where the runbook says that they are; shows and stores none.
import { namedValues } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { whyNotGiven } from '../../basics/why-not-given.ts';
import { whyNotMasked } from '../../run/masking/why-not-masked.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { SurfaceName } from '../choose-surface.ts';
import { exitCode } from '../exit-code.ts';
import { complain } from '../report-diagnostics.ts';
import { askForInputs } from './ask-for-inputs.ts';
import { inputFolder } from './input-folder.ts';
import { reportMissingInputs } from './report-missing-inputs.ts';

/** The secrets of a run that is taken up again; they were never stored, so they are found or asked anew. */
export async function settleSecrets(
  declarations: readonly InputDeclaration[],
  surface: SurfaceName | undefined,
  { title, path }: { readonly title: string; readonly path: string },
): Promise<Result<Readonly<Record<string, string>>, number>> {
  const declared = declarations.filter((declaration) => declaration.secret !== undefined);
  if (declared.length === 0) return ok({});
  const stored = await readStoredSecrets(declared, path);
  if (!stored.ok) return stored;
  if (stored.value.unset.length === 0) return ok(stored.value.secrets);
  if (surface === undefined) return fail(reportMissingInputs(stored.value.unset));
  const answers = await askForInputs(
    stored.value.unset.map((declaration) => ({ declaration })),
    surface,
    title,
  );
  return answers.ok ? ok({ ...stored.value.secrets, ...answers.value }) : answers;
}

/** Secrets by name, and those that nothing but a person can give. */
export interface StoredSecrets {
  readonly secrets: Readonly<Record<string, string>>;
  readonly unset: readonly InputDeclaration[];
}

/** Reads each secret where it is declared to be; gives an exit code after saying why one cannot be read. */
export async function readStoredSecrets(
  declared: readonly InputDeclaration[],
  runbook: string,
): Promise<Result<StoredSecrets, number>> {
  if (declared.length === 0) return ok({ secrets: {}, unset: [] });
  const { resolveSecret } = await import('../../engine/secrets/resolve-secret.ts');
  const secrets = namedValues<string>();
  const unset: InputDeclaration[] = [];
  for (const declaration of declared) {
    const secret = resolveSecret(declaration, process.env, inputFolder(declaration, runbook));
    if (!secret.ok) {
      complain(secret.error);
      return fail(exitCode.usage);
    }
    const { value } = secret;
    const why = value === undefined ? undefined : whyRefused(declaration.name, value);
    if (why !== undefined) {
      complain(`secret \`${declaration.name}\`: its value ${why.problem}`, why.help);
      return fail(exitCode.usage);
    }
    if (value === undefined) unset.push(declaration);
    else secrets[declaration.name] = value;
  }
  return ok({ secrets, unset });
}

/** Why a run cannot be given the secret, with what to do. */
function whyRefused(
  name: string,
  value: string,
): { readonly problem: string; readonly help: string } | undefined {
  const notGiven = whyNotGiven(name, value);
  if (notGiven !== undefined) return { problem: notGiven, help: 'pass the path of a file instead' };
  const notMasked = whyNotMasked(value);
  if (notMasked === undefined) return undefined;
  return { problem: notMasked, help: 'use a longer one, or remove `secret` if everybody may see it' };
}
