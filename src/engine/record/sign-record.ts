// Owns the signatures of a record: by an SSH key, with the system's `ssh-keygen`, over how far the journal goes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunId } from '../../basics/address.ts';
import { errorMessage } from '../../basics/coded-error.ts';
import { fail, ok, type Result } from '../../basics/result.ts';
import { systemErrorCode } from '../files/file-operations.ts';
import { makeStateFolder, writeStateFile } from '../files/write-state-file.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import { keygen } from '../processes/keygen.ts';

/** What the signatures are for, so that none that was made for something else counts; see ssh-keygen(1), `-n`. */
const namespace = 'runsheet-record';

/** How far a journal goes: its records, and the hash of the last, to which all before it are chained. */
export interface SignedEnd {
  readonly records: number;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

/** What is signed, so that it can be checked without this tool as well. */
function statement(run: RunId, { records, hash }: SignedEnd): string {
  return `runsheet record 1\nrun ${run}\nrecords ${records}\nhash ${hash}\n`;
}

const folderOf = (run: RunFolder): string => join(run.path, 'signatures');
const pathOf = (run: RunFolder, records: number): string => join(folderOf(run), `${records}.sig`);

/** Signs; fails in words. `key` is a private key without a passphrase, or the public one of a key that an agent holds. */
export async function signRecord(
  folder: RunFolder,
  key: string,
  end: SignedEnd,
): Promise<Result<void, string>> {
  const signed = await sign(key, statement(folder.id, end));
  if (!signed.ok) return signed;
  try {
    makeStateFolder(folderOf(folder));
    writeStateFile(pathOf(folder, end.records), signed.value);
    return ok(undefined);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return fail(errorMessage(error));
  }
}

/** Whether the key can sign without anybody being asked; fails in words. */
export async function trySigning(key: string): Promise<Result<void, string>> {
  const signed = await sign(key, 'runsheet\n');
  return signed.ok ? ok(undefined) : signed;
}

async function sign(key: string, text: string): Promise<Result<string, string>> {
  const ended = await keygen(['-Y', 'sign', '-q', '-f', key, '-n', namespace], text);
  return ended.ok ? ok(ended.value) : fail(`\`${key}\` does not sign: ${ended.error}`);
}

/** How many records the last signature speaks of; undefined where there is none. */
export function lastSigned(folder: RunFolder): number | undefined {
  let names: readonly string[];
  try {
    names = readdirSync(folderOf(folder));
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
  const counts = names.flatMap((name) => /^(\d+)\.sig$/.exec(name)?.[1] ?? []).map(Number);
  return counts.length === 0 ? undefined : Math.max(...counts);
}

/** Who has signed, as the file of allowed signers (ssh-keygen(1)) names them; fails in words. */
export async function signerOf(
  folder: RunFolder,
  allowedSigners: string,
  end: SignedEnd,
): Promise<Result<string, string>> {
  const signature = pathOf(folder, end.records);
  const found = await keygen(['-Y', 'find-principals', '-f', allowedSigners, '-s', signature], '');
  if (!found.ok) return found;
  const [principal = ''] = found.value.split('\n');
  const options = ['-f', allowedSigners, '-I', principal, '-n', namespace, '-s', signature];
  const verified = await keygen(['-Y', 'verify', ...options], statement(folder.id, end));
  return verified.ok ? ok(principal) : verified;
}
