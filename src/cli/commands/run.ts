// Owns `runsheet run`: everything that is settled before the first event, and the start of the run.
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Address } from '../../basics/address.ts';
import { findMissingInterpreters } from '../../engine/interpreters/find-missing-interpreters.ts';
import { stateFolder } from '../../engine/journal/state-folder.ts';
import { readRememberedInputs } from '../../engine/remember-inputs.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import { checkSelection, selectItems } from '../../run/planning/select-items.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { InputDeclaration } from '../../runbook/runbook.ts';
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { chooseSurface, type SurfaceName } from '../choose-surface.ts';
import { definedEnvironment } from '../defined-environment.ts';
import { exitCode } from '../exit-code.ts';
import { refusedPlaceholders, wantedInputs } from '../inputs/refused-placeholders.ts';
import { settleInputs } from '../inputs/settle-inputs.ts';
import { shownInputs } from '../inputs/shown-inputs.ts';
import { unchosenNeeds } from '../inputs/unchosen-needs.ts';
import { checkChannels } from '../load/check-channels.ts';
import { digestOfRunbook } from '../load/digest-of-runbook.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { renderDryRun } from '../render-dry-run.ts';
import { complain, reportDiagnostics } from '../report-diagnostics.ts';
import { rewriteExpected, TakenOutputs } from '../rewrite-expected.ts';
import { startRun } from '../session/start-run.ts';
import { parseReports } from '../session/write-reports.ts';
import { writeOut } from '../write-out.ts';

export interface RunCommandOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly rehearse?: boolean;
  readonly set: Readonly<Record<string, string>>;
  readonly inputs?: string;
  readonly step: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly tag: readonly string[];
  readonly log?: RunOptions['log'];
  readonly surface?: SurfaceName;
  readonly report: readonly string[];
  readonly onFailure?: NonNullable<RunOptions['onFailure']>;
  readonly manual: 'pause' | 'skip';
  readonly allowDestructive?: boolean;
  readonly wait: boolean;
  readonly remember: boolean;
  readonly expectDigest?: string;
  readonly updateExpected?: boolean;
  readonly stateDir?: string;
}

export async function run(path: string, options: RunCommandOptions): Promise<number> {
  const loaded = loadRunbook(path);
  const { runbook, source, file } = loaded;
  const compiled = runbook && loadPlan(runbook);
  const found = [
    ...loaded.diagnostics,
    ...(compiled?.diagnostics ?? []),
    ...(runbook ? checkChannels(path, runbook) : []),
  ];
  if (!runbook || !file || !compiled || hasErrors(found)) {
    reportDiagnostics(
      found.filter((diagnostic) => diagnostic.severity === 'error'),
      source,
    );
    return exitCode.usage;
  }
  const { plan } = compiled;
  if (plan.items.length === 0) {
    complain(
      `\`${path}\` holds nothing to run: no block in a runnable language, no checklist, no manual step`,
    );
    return exitCode.usage;
  }
  const digest = digestOfRunbook(runbook);
  if (
    options.expectDigest !== undefined &&
    !digest.startsWith(options.expectDigest.replace(/^sha256:/, ''))
  ) {
    complain(
      `\`${path}\` is not the runbook that was asked for: its digest is ${digest}`,
      'review the change, then give the new digest',
    );
    return exitCode.usage;
  }
  const runOptions = toRunOptions(options, runbook.frontMatter.log);
  const selection = checkSelection(plan, runOptions.selection);
  if (!selection.ok) {
    complain(selection.error, `\`runsheet print ${path}\` lists the steps`);
    return exitCode.usage;
  }

  const chosen = chosenItems(plan, runOptions);
  const refused = [
    ...refusedPlaceholders(compiled.unfillable, chosen),
    ...unchosenNeeds(chosen, process.env, source),
  ];
  if (refused.length > 0) {
    reportDiagnostics(refused, source);
    return exitCode.usage;
  }
  const wanted = wantedInputs(plan, chosen);
  const asked = {
    title: plan.title,
    set: options.set,
    file: options.inputs,
    source,
    known: plan.inputs ?? [],
    remembered: options.remember
      ? readRememberedInputs(stateFolder(options.stateDir, process.env, homedir()), resolve(path))
      : {},
  };

  const reports = parseReports(options.report);
  if (!reports.ok) {
    complain(reports.error);
    return exitCode.usage;
  }

  if (options.dryRun) {
    const inputs = await settleInputs(wanted, { ...asked, dryRun: true });
    if (!inputs.ok) return inputs.error;
    writeOut(renderDryRun(plan, runOptions.selection, shownInputs(wanted, inputs.value, true)));
    return exitCode.succeeded;
  }

  const missing = findMissingInterpreters(chosen, {
    shell: plan.shell,
    interpreters: plan.interpreters,
    path: process.env.PATH ?? '',
    cwd: dirname(resolve(path)),
    env: { ...definedEnvironment(), ...plan.env, ...defaultsOf(plan.inputs ?? []) },
  });
  if (missing.length > 0) {
    reportDiagnostics(
      missing.map((diagnostic) => atLine(source, plan, diagnostic)),
      source,
    );
    return exitCode.usage;
  }
  const readOnly = runOptions.log === 'document' ? whyReadOnly(file.path) : undefined;
  if (readOnly !== undefined) {
    complain(
      `results cannot be written into \`${path}\`: ${readOnly}`,
      '--log copy writes them beside it, --log none keeps them in the journal only',
    );
    return exitCode.usage;
  }

  const surface = chooseSurface(options.surface, runOptions.yes);
  if (!surface.ok) {
    complain(surface.error.message, surface.error.help);
    return exitCode.usage;
  }
  const refusal = refuseUnattended(plan, runOptions, surface.value.guided);
  if (refusal !== undefined) {
    complain(refusal, 'look at the steps with --dry-run, then give --allow-destructive');
    return exitCode.usage;
  }
  const inputs = await settleInputs(wanted, {
    ...asked,
    ...(surface.value.guided && { ask: surface.value.name }),
  });
  if (!inputs.ok) return inputs.error;

  const taken = options.updateExpected ? new TakenOutputs() : undefined;
  const code = await startRun({
    path: resolve(path),
    file,
    runbook,
    plan,
    linked: compiled.linked,
    digest,
    options: runOptions,
    surface: surface.value,
    inputs: inputs.value,
    stateDir: options.stateDir,
    wait: options.wait,
    remember: options.remember,
    reports: reports.value,
    ...(taken && { takeOutput: taken.take }),
  });
  if (!taken) return code;
  const isWritten = await rewriteExpected(path, taken, async (question) => {
    if (runOptions.yes) return true;
    const { askYesOrNo } = await import('../../surfaces/prompt/ask-yes-or-no.ts');
    return askYesOrNo(question);
  });
  return code === exitCode.succeeded && !isWritten ? exitCode.failed : code;
}

/** What this run may come to: the chosen items, and the undo of any of them. */
function chosenItems(plan: Plan, options: RunOptions): readonly PlanItem[] {
  const chosen = selectItems(plan, options.selection);
  return plan.items.filter((item, index) => item.phase === 'rollback' || chosen[index]);
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

/** Why the document cannot be replaced; found before anything runs. Root may write anywhere, so the mode is asked too. */
function whyReadOnly(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(realpathSync(path)), constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EROFS' ? 'its file system is read-only' : 'the file or its folder is not writable';
  }
  return (statSync(path).mode & 0o222) === 0 ? 'the file is read-only' : undefined;
}

function toRunOptions(options: RunCommandOptions, log: RunOptions['log'] | undefined): RunOptions {
  return {
    yes: options.yes ?? false,
    dryRun: options.dryRun ?? false,
    rehearse: options.rehearse ?? false,
    allowDestructive: options.allowDestructive ?? false,
    manual: options.manual,
    log: options.log ?? log ?? 'document',
    ...(options.onFailure && { onFailure: options.onFailure }),
    selection: {
      steps: options.step,
      ...(options.from !== undefined && { from: options.from }),
      ...(options.until !== undefined && { until: options.until }),
      tags: options.tag,
    },
  };
}

/** Destructive work that nobody allowed is found before anything runs, not half-way. */
function refuseUnattended(plan: Plan, options: RunOptions, guided: boolean): string | undefined {
  if (guided || options.allowDestructive || options.rehearse) return undefined;
  const chosen = selectItems(plan, options.selection);
  const destructive = plan.items.filter(
    (item, index) => chosen[index] && item.risk === 'destructive' && item.phase !== 'rollback',
  );
  if (destructive.length === 0) return undefined;
  const names = destructive.map((item) => `\`${item.address}\` (${placeOf(item)})`).join(', ');
  return `this runbook destroys something and nobody is here to confirm it: ${names}`;
}

function placeOf({ file, line }: PlanItem): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}

/** What inputs are unless somebody says otherwise: enough to know which programs a run will need. */
function defaultsOf(declarations: readonly InputDeclaration[]): Record<string, string> {
  return Object.fromEntries(
    declarations.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
  );
}
