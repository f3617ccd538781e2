// Owns what a run needs of this computer before it begins: its interpreters, and a document that can be written.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Address } from '../../basics/address.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { findMissingInterpreters } from '../../engine/interpreters/find-missing-interpreters.ts';
import { whyNotStarted } from '../../engine/processes/why-not-started.ts';
import { inputVariables } from '../../run/inputs/resolve-inputs.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { definedEnvironment } from '../defined-environment.ts';
import type { SettledInputs } from '../inputs/settle-inputs.ts';
import type { Complaint, Refusal } from '../refusal.ts';
import type { PlannedRun } from './plan-run.ts';

/** Why the chosen items cannot be run here, or their results cannot be written. */
export function checkSurroundings(planned: PlannedRun, chosen: readonly PlanItem[]): Refusal | undefined {
  return refuseMissingInterpreters(planned, chosen) ?? refuseReadOnly(planned);
}

/** Why no block at all could be started with the values that it would be given. */
export function refuseValues(plan: Plan, { values, secrets }: SettledInputs): Complaint | undefined {
  const given = inputVariables(plan.inputs ?? [], { ...values, ...secrets });
  const env = { ...definedEnvironment(), ...plan.env, ...given };
  const why = whyNotStarted({ command: plan.shell, arguments: [], env });
  if (why === undefined) return undefined;
  return { message: `no block could be started: ${why}`, help: 'pass the paths of files instead' };
}

function refuseMissingInterpreters(
  { path, plan, source }: PlannedRun,
  chosen: readonly PlanItem[],
): Refusal | undefined {
  const missing = findMissingInterpreters(chosen, {
    shell: plan.shell,
    interpreters: plan.interpreters,
    path: process.env.PATH ?? '',
    cwd: dirname(resolve(path)),
    env: { ...definedEnvironment(), ...plan.env, ...defaultsOf(plan.inputs ?? []) },
    inputs: (plan.inputs ?? []).map(({ name }) => name),
  });
  if (missing.length === 0) return undefined;
  return { diagnostics: missing.map((diagnostic) => atLine(source, plan, diagnostic)), source };
}

/** What inputs are unless somebody says otherwise: enough to know which programs a run will need. */
function defaultsOf(declarations: readonly InputDeclaration[]): Record<string, string> {
  return Object.fromEntries(
    declarations.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Points at the line of a block that a plan only knows the number of; at its link, where it is another file's. */
function atLine(
  source: SourceFile,
  plan: Plan,
  { line: own, address, ...diagnostic }: Diagnostic & { readonly line: number; readonly address: Address },
): Diagnostic {
  let item = plan.items.find((one) => one.address === address);
  for (let link = item; link !== undefined; ) {
    item = link;
    const { within } = link;
    link = within === undefined ? undefined : plan.items.find((one) => one.address === within);
  }
  const line = item?.line ?? own;
  const start = source.lines.startOfLine(line);
  return { ...diagnostic, span: { start, end: start + source.lines.textOfLine(line).trimEnd().length } };
}

function refuseReadOnly({ path, file, options }: PlannedRun): Refusal | undefined {
  const why = options.log === 'document' ? whyReadOnly(file.path) : undefined;
  if (why === undefined) return undefined;
  return {
    message: `results cannot be written into \`${path}\`: ${why}`,
    help: '--log copy writes them beside it, --log none keeps them in the journal only',
  };
}

/** The same for a run that is taken up: it goes on, since what it does may not wait for that. */
export function noteReadOnly(path: string, log: RunOptions['log']): string | undefined {
  const why = log === 'document' ? whyReadOnly(path) : undefined;
  if (why === undefined) return undefined;
  return `results cannot be written into \`${path}\`: ${why}; they are kept with the run, and \`runsheet resume\` by somebody who may write writes them`;
}

/** Why the document cannot be written. Root may write anywhere, so the mode is asked too. */
function whyReadOnly(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(realpathSync(path)), constants.W_OK);
  } catch (error) {
    return systemErrorCode(error) === 'EROFS'
      ? 'its file system is read-only'
      : 'the file or its folder is not writable';
  }
  return (statSync(path).mode & 0o222) === 0 ? 'the file is read-only' : undefined;
}
