// Owns the way from a path to an understood runbook with everything that is wrong with it.
import { type RunbookFile, readRunbookFile } from '../../engine/disk/read-runbook-file.ts';
import { parseRunbook } from '../../runbook/parse-runbook.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import type { Diagnostic } from '../../text/diagnostic.ts';
import { decodeSource, type SourceFile } from '../../text/source-file.ts';
import { loadConfiguration } from './load-configuration.ts';

/** A runbook as it was read, with everything that is wrong with it. */
export interface LoadedRunbook {
  /** Absent when the file, or its configuration, could not be read at all. */
  readonly runbook?: Runbook;
  readonly file?: RunbookFile;
  /** What the diagnostics are about: the runbook, or a configuration file that is wrong. */
  readonly source: SourceFile;
  /** In source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and parses a runbook; never throws for anything that a file can be or hold. */
export function loadRunbook(path: string): LoadedRunbook {
  const read = readRunbookFile(path);
  if (!read.ok) return { source: decodeSource(path, new Uint8Array()).source, diagnostics: [read.error] };
  const { source, diagnostics } = decodeSource(path, read.value.bytes);
  if (diagnostics.length > 0) return { source, diagnostics };
  const { configuration, problem } = loadConfiguration(path);
  if (problem) return problem;
  const parsed = parseRunbook(source, configuration);
  return { runbook: parsed.runbook, file: read.value, source, diagnostics: parsed.diagnostics };
}
