// Owns reading a runbook as a run was started with it.
import { parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { decodeSource } from '../../text/source-file.ts';
import { loadConfiguration } from './load-configuration.ts';

/** The runbook that lay at `path`, from the bytes that the run keeps of it. */
export function runbookOfRun(path: string, bytes: Uint8Array): Runbook {
  return parseRunbook(decodeSource(path, bytes).source, loadConfiguration(path).configuration).runbook;
}
