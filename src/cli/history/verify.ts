// Owns `runsheet verify`: whether the record of a run is whole and unaltered.
import { exitCode } from '../exit-code.ts';
import { checkRun } from '../load/check-run.ts';
import { openRunStore } from '../load/open-run-store.ts';
import { complain } from '../report-diagnostics.ts';
import { findRun } from '../runs/find-run.ts';
import { writeMessage, writeResult } from '../write-result.ts';

/** What `runsheet verify` was given beside the run. */
export interface VerifyOptions {
  readonly allowedSigners?: string;
  readonly stateDir?: string;
}

/** Says whether all that the record of a run consists of is whole and unaltered; gives the exit code. */
export async function verify(name: string | undefined, options: VerifyOptions): Promise<number> {
  const store = openRunStore(options.stateDir);
  const found = findRun(store, name);
  if (!found.ok) return found.error;
  const { id } = found.value;
  const { content, flaws, signer } = await checkRun(found.value, options.allowedSigners);
  const isDamaged = flaws.some(({ type }) => type === 'damage');
  for (const { type, text } of flaws)
    if (type === 'damage') complain(`${id}: ${text}`);
    else writeMessage(`note: ${id}: ${text}\n`);
  if (isDamaged) return exitCode.failed;
  const { events, end } = content;
  const by = signer === undefined ? '' : `; signed by ${signer}`;
  writeResult(`${id}: ${events.length} records, whole and unaltered; last hash ${end.hash}${by}\n`);
  return exitCode.succeeded;
}
