// Owns asking programs of the system what they say of texts, which they read and never execute.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { systemErrorCode } from '../files/file-operations.ts';

const patienceMs = 20_000;
const outputLimitBytes = 64 * 1024 * 1024;

/** A text, and the name of the file that it is given as. */
export interface AskedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * What `command`, code for the system's `sh`, prints of files in a folder of their own, in which it is run; nothing
 * where there is no room for the folder or no such program. Of the environment nothing reaches it but the way to programs.
 */
export function askOfFiles(asked: readonly AskedFile[], command: string): string {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'runsheet-check-'));
    for (const { name, text } of asked) writeFileSync(join(folder, name), text, { mode: 0o600 });
    const { stdout } = execaSync('sh', ['-c', command], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: folder },
      extendEnv: false,
      stdin: 'ignore',
      stderr: 'ignore',
      timeout: patienceMs,
      maxBuffer: outputLimitBytes,
      reject: false,
      stripFinalNewline: false,
      verbose: 'none',
    });
    return stdout ?? '';
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return '';
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
