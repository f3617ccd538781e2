// Owns the way from an understood runbook to its whole plan, the runbooks it links to read as well.
import { cacheFolder } from '../../engine/cache/cache-folder.ts';
import type { KeptReadings } from '../../engine/cache/kept-readings.ts';
import { homeFolder } from '../../engine/files/home-folder.ts';
import { readLockFile } from '../../engine/modules/lock-file.ts';
import { ModuleCache } from '../../engine/modules/module-cache.ts';
import { typedWord } from '../../languages/shell/shell-quote.ts';
import { type ExpandedPlan, expandLinks } from '../../run/links/expand-links.ts';
import type { LoadLinkedRunbook } from '../../run/links/expansion.ts';
import type { FoundSection } from '../../run/links/find-section.ts';
import { isModule, parseModuleAddress } from '../../run/links/module-address.ts';
import { lockedDigest } from '../../run/links/module-lock.ts';
import type { Plan, PlanItem } from '../../run/plan.ts';
import { planNeeds } from '../../run/planning/plan-needs.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { checkChannels } from './check-channels.ts';
import { digestOfRunbook } from './digest-of-runbook.ts';
import { type LoadedRunbook, loadModuleText, loadRunbook } from './load-runbook.ts';

/**
 * The plan of a runbook, or of one of its sections; what is wrong with a linked one is a diagnostic of this one, at its
 * link. Linked pages are taken from `kept` where that is given.
 */
export function loadPlan(runbook: Runbook, section?: FoundSection, kept?: KeptReadings): ExpandedPlan {
  const { path: opened } = runbook.source;
  let known: ReturnType<typeof readLockFile> | undefined;
  const lock = () => {
    known ??= readLockFile(opened);
    return known;
  };
  const load: LoadLinkedRunbook = (path) => {
    const loaded = isModule(path) ? loadModule(path, lock(), opened) : loadRunbook(path, kept);
    const linked = loaded.runbook;
    return {
      ...(linked && { runbook: linked }),
      digest: linked === undefined ? '' : digestOfRunbook(linked),
      diagnostics: [...loaded.diagnostics, ...(linked ? checkLinkedChannels(opened, linked) : [])],
    };
  };
  const expanded = expandLinks(runbook, load, section);
  const plan = planNeeds(expanded.plan);
  // What another section hands on is missed by its name, not read as empty.
  const whole = section === undefined ? undefined : planNeeds(expandLinks(runbook, load).plan);
  return { ...expanded, plan: whole === undefined ? plan : withNeedsOf(whole, plan) };
}

/** A page of another repository, as it is locked and was fetched; nothing is fetched here. */
function loadModule(
  address: string,
  lock: ReturnType<typeof readLockFile>,
  opened: string,
): Pick<LoadedRunbook, 'runbook' | 'diagnostics'> {
  const refuse = (code: 'module-lock' | 'module-address', message: string, help?: string) => ({
    diagnostics: [{ code, severity: 'error' as const, message, ...(help !== undefined && { help }) }],
  });
  const parsed = parseModuleAddress(address);
  if (!parsed.ok) return refuse('module-address', parsed.error);
  if (!lock.ok) return refuse('module-lock', lock.error);
  const digest = lockedDigest(lock.value.lock, parsed.value.origin, parsed.value.path);
  if (digest === undefined)
    return refuse(
      'module-lock',
      `it is not in \`${lock.value.path}\``,
      `look at it, then \`runsheet fetch ${typedWord(opened)}\` fetches it and locks it as it is now`,
    );
  const bytes = new ModuleCache(cacheFolder(process.env, homeFolder())).read(digest);
  if (bytes === undefined)
    return refuse(
      'module-lock',
      'it is locked, and not on this machine',
      `\`runsheet fetch ${typedWord(opened)}\` fetches it`,
    );
  return loadModuleText(address, bytes, opened);
}

function withNeedsOf(whole: Plan, plan: Plan): Plan {
  const needs = new Map(
    whole.items.map((item) => [item.address, item.kind === 'block' ? item.needs : undefined]),
  );
  const items = plan.items.map((item): PlanItem => {
    const needed = needs.get(item.address);
    return item.kind === 'block' && needed !== undefined ? { ...item, needs: needed } : item;
  });
  return { ...plan, items };
}

/** A run has one set of channels: those that the configuration of the opened page names. */
function checkLinkedChannels(opened: string, linked: Runbook): readonly Diagnostic[] {
  return checkChannels(opened, linked).map(({ message, label: _label, ...rest }) => ({
    ...rest,
    message: `${message} for the page that is opened`,
    help: 'name it in the `runsheet.yaml` that holds for that page',
  }));
}
