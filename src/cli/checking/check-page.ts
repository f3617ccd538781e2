// Owns everything that is found in one page.
import { isLeftOut } from '../../engine/disk/find-markdown.ts';
import type { ExpandedPlan } from '../../run/links/expand-links.ts';
import { doubtDiagnostic } from '../../runbook/doubts/make-doubt.ts';
import { findDoubts } from '../../runbook/find-doubts.ts';
import type { KnownOfPage } from '../../runbook/front-matter/upkeep.ts';
import { lintRemarks } from '../../runbook/lint/lint-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import type { SourceFile } from '../../text/source-file.ts';
import { KeptProofs } from '../history/kept-proofs.ts';
import { checkChannels } from '../load/check-channels.ts';
import { digestOfRun } from '../load/digest-of-runbook.ts';
import { loadConfiguration } from '../load/load-configuration.ts';
import { loadPlan } from '../load/load-plan.ts';
import { type LoadedRunbook, loadForList, loadFoundRunbook, loadRunbook } from '../load/load-runbook.ts';
import { siteHints } from '../load/site-hints.ts';
import { renderForPeople } from '../report-diagnostics.ts';
import { systemClock } from '../system-clock.ts';
import { applySettings, wrongSettings } from './apply-settings.ts';
import { type CheckedPage, type PageUpkeep, toFindings } from './checked-page.ts';
import { deadLinks } from './dead-links.ts';
import { shellSyntax } from './shell-syntax.ts';
import { shellcheckFindings } from './shellcheck-findings.ts';

/** What is asked of every page. */
export interface CheckTask {
  /** Pages that were named are runbooks, whatever they hold; all others are by the rule of `list`. */
  readonly named: ReadonlySet<string>;
  /** Whether findings are rendered for people, with or without colours. */
  readonly text: 'none' | 'plain' | 'coloured';
  /** Where proofs are kept; undefined for the state folder of this user. */
  readonly stateDir?: string;
  /** Whether it is told, too, whose each page is and when it was proven. */
  readonly withUpkeep?: true;
}

/** Checks the page at a path; never throws for anything that a file can be or hold. */
export function checkPage(path: string, task: CheckTask): CheckedPage {
  const isNamed = task.named.has(path);
  if (!isNamed && isExcluded(path)) return { path, isRunbook: false, findings: [] };
  const loaded = isNamed ? loadRunbook(path) : loadFoundRunbook(path);
  if (loaded === undefined) return { path, isRunbook: false, findings: [] };
  return checkLoaded(path, loaded, task);
}

/** Whether a page that a folder holds is a runbook, and not left out by the configuration. */
export function isChecked(path: string): boolean {
  return !isExcluded(path) && loadForList(path) !== undefined;
}

function isExcluded(path: string): boolean {
  const { exclude = [] } = loadConfiguration(path).configuration.check ?? {};
  return exclude.some(({ folder, patterns }) => isLeftOut(path, folder, patterns));
}

/** The same for a page that was read already. */
export function checkLoaded(
  path: string,
  loaded: LoadedRunbook,
  task: Omit<CheckTask, 'named'>,
): CheckedPage {
  const { source, runbook } = loaded;
  const { text } = task;
  const plan = runbook && loadPlan(runbook);
  const known = lookUp(path, task, runbook && plan && { runbook, plan });
  const settings = loadConfiguration(path).configuration.check;
  const rendered = (file: SourceFile) =>
    text === 'none'
      ? undefined
      : (diagnostic: Diagnostic) => renderForPeople(diagnostic, file, text === 'coloured');
  const findings = [
    ...wrongSettings(settings).flatMap((wrong) =>
      toFindings([wrong.diagnostic], wrong.source, rendered(wrong.source)),
    ),
    ...toFindings(findAll(path, loaded, known, plan), source, rendered(source)),
  ];
  return {
    ...{ path, isRunbook: true, findings },
    ...(settings?.strict && { isStrict: true }),
    ...(task.withUpkeep && { upkeep: upkeepOf(path, runbook, known) }),
  };
}

function upkeepOf(path: string, runbook: Runbook | undefined, known: KnownOfPage): PageUpkeep {
  const { owner, reviewAfter, proveEvery } = runbook?.frontMatter ?? {};
  return {
    title: runbook?.title ?? path,
    ...(owner !== undefined && { owner }),
    times: {
      ...(reviewAfter && { reviewAfter: { day: reviewAfter.day } }),
      ...(proveEvery && { proveEvery: { ms: proveEvery.ms } }),
    },
    known,
  };
}

/** The time, with no look at the proofs that are kept. */
const knownByClock = (): KnownOfPage => ({ now: systemClock.now().toISOString() });

const proofsByFolder = new Map<string | undefined, KeptProofs>();

/** Proofs are looked up for pages that say how old they may be, and where they are told. */
function lookUp(
  path: string,
  { stateDir, withUpkeep }: Omit<CheckTask, 'named'>,
  page: { readonly runbook: Runbook; readonly plan: ExpandedPlan } | undefined,
): KnownOfPage {
  if (!withUpkeep && page?.runbook.frontMatter.proveEvery === undefined) return knownByClock();
  const proofs = proofsByFolder.get(stateDir) ?? new KeptProofs(stateDir);
  proofsByFolder.set(stateDir, proofs);
  return proofs.known(path, () => page && digestOfRun(page.runbook, page.plan.plan));
}

/** What is missed where the front matter has an error, and nothing of it is used. */
const ofFrontMatter: ReadonlySet<string> = new Set([
  'missing-parts',
  'undefined-input',
  'undefined-variable',
  'unknown-approval-group',
  'undeclared-secret',
]);

/** All that is wrong with a page or could be better and is not silenced, in no order. */
export function findAll(
  path: string,
  { runbook, diagnostics }: LoadedRunbook,
  known = knownByClock(),
  plan = runbook && loadPlan(runbook),
): readonly Diagnostic[] {
  if (runbook === undefined || plan === undefined) return diagnostics;
  const settings = loadConfiguration(path).configuration.check;
  const isUnread = diagnostics.some(
    ({ severity, code }) => severity === 'error' && code.startsWith('front-matter'),
  );
  const found = [
    ...diagnostics,
    ...plan.diagnostics,
    ...plan.unfillable.map(({ diagnostic }) => diagnostic),
    // Its errors are known from loading it.
    ...lintRemarks(runbook, known).filter(({ code }) => !(isUnread && ofFrontMatter.has(code))),
    ...findDoubts(runbook).map((doubt) => doubtDiagnostic(doubt, 'warning')),
    ...checkChannels(path, runbook),
    ...siteHints(runbook),
    ...deadLinks(runbook),
    ...(settings?.rules['shell-syntax'] === 'off' ? [] : shellSyntax(runbook)),
    ...(settings?.rules.shellcheck === 'off' ? [] : shellcheckFindings(runbook)),
  ];
  return applySettings(runbook, found, settings);
}
