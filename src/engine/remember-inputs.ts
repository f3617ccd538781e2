// Owns what the operator answered when a runbook was last run, one file a runbook.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FileOperations,
  nodeFileOperations,
  systemErrorCode,
  writeNewFile,
} from './files/file-operations.ts';

/** Longer values are documents, and nobody is helped by having them offered. */
const longestValue = 10_000;
const largestFileBytes = 1024 * 1024;

/** The answers of the last run of the runbook at this absolute path; none where there are none that can be read. */
export function readRememberedInputs(stateFolder: string, runbook: string): Readonly<Record<string, string>> {
  try {
    const path = fileOf(stateFolder, runbook);
    const { size, uid } = statSync(path);
    // In a shared folder: what another account has left is not what this one has answered.
    if (size > largestFileBytes || uid !== (process.geteuid?.() ?? uid)) return {};
    const held: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof held !== 'object' || held === null || !('values' in held)) return {};
    const { values } = held;
    if (typeof values !== 'object' || values === null) return {};
    return Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

/**
 * Keeps these answers, none of them a secret, beside those that are kept already. Where the system refuses, nothing
 * is remembered: that is no reason not to run.
 */
export function rememberInputs(
  stateFolder: string,
  runbook: string,
  answers: Readonly<Record<string, string>>,
  files: FileOperations = nodeFileOperations,
): void {
  const kept = Object.entries(answers).filter(([, value]) => value.length <= longestValue);
  if (kept.length === 0) return;
  const values = { ...readRememberedInputs(stateFolder, runbook), ...Object.fromEntries(kept) };
  const path = fileOf(stateFolder, runbook);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(join(stateFolder, 'inputs'), { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify({ version: 1, runbook, values }, null, 2)}\n`;
    writeNewFile(files, draft, new TextEncoder().encode(text), 0o600);
    renameSync(draft, path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

function fileOf(stateFolder: string, runbook: string): string {
  return join(
    stateFolder,
    'inputs',
    `${createHash('sha256').update(runbook).digest('hex').slice(0, 32)}.json`,
  );
}
