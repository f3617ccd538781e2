// Owns `runsheet pin`: writes the digests of linked pages behind their links, or tells where they are others.
import { replaceFile } from '../../engine/disk/replace-file.ts';
import { isModule } from '../../run/links/module-address.ts';
import { type PlannedPin, pinSplice, planPins, unpinSplice } from '../../run/links/plan-pins.ts';
import { writtenLinks } from '../../run/links/written-links.ts';
import { parseOptionsOf, parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { decodeSource } from '../../text/source-file.ts';
import { applySplices } from '../../text/splice.ts';
import { visibleText } from '../../text/visible-text.ts';
import { exitCode } from '../exit-code.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { complain, complainOfWriting, reportDiagnostics } from '../report-diagnostics.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet pin` was given next to the pages. */
export interface PinOptions {
  /** Writes nothing, and fails where a link is not pinned to what it leads to. */
  readonly check?: boolean;
  /** Takes pins away. */
  readonly remove?: boolean;
}

/** Pins the links of pages to what they lead to now; gives the exit code. */
export async function pin(paths: readonly string[], options: PinOptions): Promise<number> {
  let code: number = exitCode.succeeded;
  for (const path of paths) code = Math.max(code, await pinPage(path, options));
  return code;
}

async function pinPage(path: string, { check, remove }: PinOptions): Promise<number> {
  const { runbook, file, source, diagnostics } = loadRunbook(path);
  const expanded = runbook && loadPlan(runbook);
  // That a page is another than its pin says is what this command is for.
  const others = expanded?.diagnostics.filter((found) => found.code !== 'link-pin') ?? [];
  const wrong = [...diagnostics, ...others].filter(({ severity }) => severity === 'error');
  if (!runbook || !file || !expanded || wrong.length > 0) {
    reportDiagnostics(wrong, source);
    return exitCode.usage;
  }
  const pins = planPins(runbook, expanded.linked, expanded.plan.linked ?? []);
  const shown = visibleText(path);
  if (check) return checkPins(shown, runbook, pins);
  const own = pins.filter((one) => !isPinnedByLock(one));
  const splices = own.flatMap((one) => (remove ? unpinSplice(one) : pinSplice(one, runbook)) ?? []);
  if (splices.length === 0) {
    writeMessage(`${shown}: nothing to change, ${count(pins.length)}\n`);
    return exitCode.succeeded;
  }
  const bytes = applySplices(runbook.source.bytes, splices);
  const expected = pins.map((one) => (remove || isPinnedByLock(one) ? undefined : one.digest));
  if (!isPinned(runbook, bytes, expected)) {
    complain(`${shown}: its links cannot be pinned where they are; nothing was written`);
    return exitCode.usage;
  }
  const replaced = await replaceFile(path, bytes, file.identity);
  if (!replaced.ok) {
    complainOfWriting(replaced.error);
    return exitCode.usage;
  }
  const done = remove ? 'taken off' : 'written';
  writeMessage(
    `${shown}: ${splices.length} pin${splices.length === 1 ? '' : 's'} ${done}, ${count(pins.length)}\n`,
  );
  return exitCode.succeeded;
}

function checkPins(shown: string, { source }: Runbook, pins: readonly PlannedPin[]): number {
  const open = pins.filter((one) => one.link.digest !== one.digest && !isPinnedByLock(one));
  for (const { link, file, digest } of open) {
    const { line } = source.lines.placeOf(link.span.start);
    const state = link.digest === undefined ? 'is not pinned' : 'is not the page that is pinned';
    writeResult(`${shown}:${line}: \`${visibleText(file)}\` ${state}; its digest is sha256:${digest}\n`);
  }
  return open.length === 0 ? exitCode.succeeded : exitCode.failed;
}

/** Pages of other repositories are pinned in the lock; a pin that somebody has written there all the same is kept to. */
function isPinnedByLock({ link, file }: PlannedPin): boolean {
  return isModule(file) && link.digest === undefined;
}

/** Whether a page reads as it is meant to: the same links, pinned to these. */
function isPinned(before: Runbook, bytes: Uint8Array, digests: readonly (string | undefined)[]): boolean {
  const { source } = decodeSource(before.source.path, bytes);
  const now = [...writtenLinks(parseRunbook(source, parseOptionsOf(before)).runbook)];
  const addresses = [...writtenLinks(before).keys()];
  return (
    now.length === addresses.length &&
    now.every(([address, { link }], at) => address === addresses[at] && link.digest === digests[at])
  );
}

function count(links: number): string {
  return `${links} link${links === 1 ? '' : 's'} to other runbooks`;
}
