// Owns how the results of a run reach its document, also later when the run is long over.
import { dirname, join } from 'node:path';
import type { Address, RunId } from '../../basics/address.ts';
import {
  copyPathOf,
  type DocumentNotice,
  DocumentWriter,
  type FlushReport,
} from '../../engine/disk/document-writer.ts';
import type { RunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { makeStateFolder } from '../../engine/files/write-state-file.ts';
import type { RunFolder } from '../../engine/journal/run-folder.ts';
import type { EventOf, RecordedEvent, RunEvent } from '../../run/event.ts';
import type { Plan } from '../../run/plan.ts';
import type { RunOptions } from '../../run/run-options.ts';
import { regionLines } from '../../runbook/regions/region-lines.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { DocumentLog } from '../../surfaces/reports/document-log.ts';
import { systemClock } from '../system-clock.ts';
import { writeMessage } from '../write-result.ts';
import { StoredOutputs } from './stored-outputs.ts';

/** What is needed to fill the results of a run into its document. */
export interface DocumentOfRun {
  readonly folder: RunFolder;
  readonly plan: Plan;
  readonly options: RunOptions;
  /** The document as it stands now. */
  readonly file: RunbookFile;
  readonly runbook: Runbook;
  /** What the journal already holds. */
  readonly history: readonly RecordedEvent[];
  /** Where it is recorded that results did not find their place. */
  readonly record: (event: RunEvent) => void;
  /** Whether the user is told that somebody edits the document meanwhile. */
  readonly tellOfChanges: boolean;
}

/** The document of a run with everything that has happened so far; nothing is written before its writer is flushed. */
export function openDocument(run: DocumentOfRun): {
  readonly log: DocumentLog;
  readonly writer: DocumentWriter;
} {
  const { folder, plan } = run;
  const writer = createWriter(run);
  const outputs = new StoredOutputs(folder.path, run.history);
  const log = new DocumentLog(
    plan,
    (output) => outputs.excerpt(output, `runsheet show ${folder.id}`),
    writer,
    run.options.log === 'summary',
  );
  for (const recorded of run.history) log.onEvent(recorded);
  return { log, writer };
}

/** The results of other runs that stand in a document, by their address. */
function resultsOfOthers(runbook: Runbook, run: RunId): ReadonlyMap<Address, readonly string[]> {
  return new Map(
    runbook.regions.flatMap((region) =>
      region.type === 'result' && region.run !== run
        ? [[region.address, regionLines(runbook.source, region.span)] as const]
        : [],
    ),
  );
}

/** How long is waited, in milliseconds, before a last write that failed is tried once more. */
const retryAfterMs = [100, 1_000];

/** Writes everything; what fails for a moment only, as on a disk that is full just now, is tried again. */
export async function writeDocument(writer: DocumentWriter): Promise<FlushReport> {
  let report = await writer.flush();
  for (const delayMs of retryAfterMs) {
    if (report.problem === undefined) break;
    await systemClock.sleep(delayMs, new AbortController().signal);
    report = await writer.flush();
  }
  return report;
}

/** Whether only a part of the runbook was chosen: what earlier runs say of the rest is still of use then. */
function isOfPart({ selection: { steps, from, until, tags } }: RunOptions): boolean {
  return steps.length > 0 || tags.length > 0 || from !== undefined || until !== undefined;
}

/** What is recorded of a document that was written, as the last of a process. */
export function sealOf({ written, looseDigest }: FlushReport): EventOf<'RecordSealed'> {
  return {
    type: 'RecordSealed',
    ...(written && { document: written }),
    ...(looseDigest !== undefined && { looseDigest }),
  };
}

function createWriter({
  options,
  file,
  runbook,
  folder,
  record,
  tellOfChanges,
}: DocumentOfRun): DocumentWriter {
  const lockFolder = join(dirname(dirname(folder.path)), 'locks');
  try {
    if (options.log !== 'none') makeStateFolder(lockFolder);
  } catch (error) {
    // The writer goes on without a lock where there can be none.
    if (systemErrorCode(error) === undefined) throw error;
  }
  const tell = (message: string): void => writeMessage(`note: ${message}\n`);
  return new DocumentWriter({
    mode: options.log === 'summary' || options.log === 'changes' ? 'document' : options.log,
    ...(options.log === 'changes' && { former: resultsOfOthers(runbook, folder.id) }),
    run: folder.id,
    others: isOfPart(options) ? 'mark' : 'remove',
    file,
    runbook,
    copyPath: copyPathOf(file.path, folder.id),
    loosePath: join(folder.path, 'unplaced-results.md'),
    lockFolder,
    onNotice: (notice: DocumentNotice) => {
      switch (notice.type) {
        case 'not-written':
          record({ type: 'DocumentNotWritten', message: notice.diagnostic.message });
          break;
        case 'unplaced':
          record({
            type: 'DocumentNotWritten',
            message: `the document no longer holds ${notice.addresses.map((name) => `\`${name}\``).join(', ')}`,
            copy: notice.path,
            gone: notice.addresses,
          });
          break;
        case 'changed':
          if (tellOfChanges)
            tell('the document was changed during the run; results are placed in the new text');
          break;
        case 'other-names':
          tell(`the document has ${notice.count} other name(s) (hard links); they keep the former text`);
          break;
      }
    },
  });
}
