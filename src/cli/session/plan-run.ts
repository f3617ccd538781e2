// Owns what a run of a runbook would consist of, and why the runbook cannot be run as it is written or chosen from.
import { namedValue } from '../../basics/named-values.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import type { KeptReadings } from '../../engine/cache/kept-readings.ts';
import type { RunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { mendTornFile } from '../../engine/disk/write-in-place.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import type { BlockItem, Plan, PlanItem } from '../../run/plan.ts';
import type { Unfillable } from '../../run/planning/plan-placeholders.ts';
import { checkSelection, selectItems } from '../../run/planning/select-items.ts';
import type { RunOptions } from '../../run/run-options.ts';
import type { InputDeclaration, Runbook } from '../../runbook/runbook.ts';
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { checkChannels } from '../load/check-channels.ts';
import { digestOfRun } from '../load/digest-of-runbook.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { locateSection, type NamedPage } from '../load/locate-section.ts';
import type { Complaint, Refusal } from '../refusal.ts';

/** A runbook with what a run of it would be. */
export interface PlannedRun {
  /** As it was given. */
  readonly path: string;
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  readonly source: SourceFile;
  readonly plan: Plan;
  /** The linked runbooks of the plan, by their file. */
  readonly linked: ReadonlyMap<string, Runbook>;
  readonly unfillable: readonly Unfillable[];
  /** Of the page and all that it links to. */
  readonly digest: string;
  readonly options: RunOptions;
  /** What is said of the page that keeps no run from beginning. */
  readonly warnings: readonly Diagnostic[];
  /** Whether the pages say what was kept of them; absent where nothing of it was kept. */
  readonly confirm?: () => boolean;
}

/**
 * Reads a runbook and plans its run, or that of one of its sections; refuses while there are errors in it. What is taken
 * from `kept` is to be confirmed before anything is run.
 */
export function planRun(
  page: NamedPage,
  optionsFor: (runbook: Runbook) => RunOptions,
  kept?: KeptReadings,
): Result<PlannedRun, Refusal> {
  const { path } = page;
  mendTornFile(path);
  const { runbook, source, file, diagnostics } = loadRunbook(path, kept);
  const section = runbook ? locateSection(runbook, { path, section: page.section }) : ok(undefined);
  if (!section.ok) return section;
  const expanded = runbook && loadPlan(runbook, section.value, kept);
  const found = [
    ...diagnostics,
    ...(expanded?.diagnostics ?? []),
    ...(runbook ? checkChannels(path, runbook) : []),
  ];
  if (!runbook || !file || !expanded || hasErrors(found)) {
    return fail({ diagnostics: found.filter(({ severity }) => severity === 'error'), source });
  }
  const { plan, linked, unfillable } = expanded;
  const digest = digestOfRun(runbook, plan);
  const options = optionsFor(runbook);
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const planned = { path, file, runbook, source, plan, linked, unfillable, digest, options, warnings };
  return ok(kept === undefined ? planned : { ...planned, confirm: () => kept.confirm() });
}

/** Why a run does not begin whose pages do not say what was kept of them. */
export function otherPage(path: string): Complaint {
  return {
    message: 'what was kept of a page is not what it says, so nothing was run',
    help: `it is forgotten: \`runsheet run ${typedWord(path)}\` reads the page`,
  };
}

/** Why there is nothing to run, it is another runbook than was meant, or nothing fits what was chosen. */
export function refusePlan(
  { path, plan, digest, options }: PlannedRun,
  expectDigest: string | undefined,
): Refusal | undefined {
  if (plan.section !== undefined && plan.items.length === 0)
    return {
      message: `the section \`#${plan.section}\` of \`${path}\` holds nothing to run`,
      help: `\`runsheet print ${typedWord(path)}\` lists the steps`,
    };
  if (plan.items.length === 0)
    return {
      message: `\`${path}\` holds nothing to run: no block in a runnable language, no checklist, no manual step`,
    };
  if (expectDigest !== undefined && !digest.startsWith(expectDigest.replace(/^sha256:/, '')))
    return {
      message: `\`${path}\` is not the runbook that was asked for: its digest is ${digest}`,
      help:
        plan.linked && plan.linked.length > 0
          ? 'it is that of the page and of all that it links to; review the change, then give the new digest'
          : 'review the change, then give the new digest',
    };
  const selection = checkSelection(plan, options.selection);
  if (selection.ok) return undefined;
  return { message: selection.error, help: `\`runsheet print ${typedWord(path)}\` lists the steps` };
}

/** What this run may come to: the chosen items, and the undo of any of them. */
export function chosenItems({ plan, options }: PlannedRun): readonly PlanItem[] {
  const chosen = selectItems(plan, options.selection);
  return plan.items.filter((item, index) => item.phase === 'rollback' || chosen[index]);
}

/** The inputs of a run of these items: every declared one, and the placeholders that they hold. */
export function wantedInputs({ plan }: PlannedRun, items: readonly PlanItem[]): readonly InputDeclaration[] {
  const held = new Set(
    items.flatMap((item) => (item.kind === 'block' ? Object.values(item.placeholders ?? {}) : [])),
  );
  return (plan.inputs ?? []).filter(({ placeholder }) => !placeholder || held.has(placeholder.variable));
}

/** Why the chosen items cannot have all values that they read. */
export function refuseUnfilled(
  { unfillable, source }: PlannedRun,
  chosen: readonly PlanItem[],
  environment: Readonly<Record<string, string | undefined>>,
): Refusal | undefined {
  const diagnostics = [
    ...refusedPlaceholders(unfillable, chosen),
    ...unchosenNeeds(chosen, environment, source),
  ];
  return diagnostics.length === 0 ? undefined : { diagnostics, source };
}

/** Errors for the placeholders of these items that cannot be handed over: nothing goes to a shell as it is written. */
function refusedPlaceholders(
  unfillable: readonly Unfillable[],
  items: readonly PlanItem[],
): readonly Diagnostic[] {
  const chosen = new Set(items.map(({ address }) => address));
  return unfillable.filter(({ address }) => chosen.has(address)).map(({ diagnostic }) => diagnostic);
}

/**
 * An error for each variable that a chosen block reads, that only blocks set which are not chosen, and that the
 * environment does not have. Undo items are left out: whether they run is known later, and they are told then.
 */
function unchosenNeeds(
  chosen: readonly PlanItem[],
  environment: Readonly<Record<string, string | undefined>>,
  source: SourceFile,
): readonly Diagnostic[] {
  const isChosen = new Set(chosen.map(({ address }) => address));
  const blocks = chosen.filter(
    (item): item is BlockItem => item.kind === 'block' && item.phase !== 'rollback',
  );
  return blocks.flatMap((item) =>
    (item.needs ?? []).flatMap(({ name, from }): Diagnostic[] => {
      if (namedValue(environment, name) !== undefined || from.some((address) => isChosen.has(address)))
        return [];
      const start = source.lines.startOfLine(item.line);
      const end = start + source.lines.textOfLine(item.line).trimEnd().length;
      return [
        {
          code: 'unset-output',
          severity: 'error',
          message: `\`${item.address}\` needs \`$${name}\`, which only \`${from[0]}\` sets; that is not part of this run`,
          ...(item.file === undefined && { span: { start, end } }),
          help: `choose \`${from[0]}\` as well, or set it in the environment: ${name}=…`,
        },
      ];
    }),
  );
}
