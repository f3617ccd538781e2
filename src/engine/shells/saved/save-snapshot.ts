// Owns the form in which carried state is kept on disk, secrets left out.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Address } from '../../../basics/address.ts';
import type { StateChange } from '../../../languages/shell/shell-state.ts';
import type { SavedState } from '../../../run/files/saved-state.ts';
import type { KnownSecrets } from '../../../run/masking/known-secrets.ts';
import { syncFolder, writeNewFile } from '../../files/file-operations.ts';
import { makeStateFolder, stateFileOperations } from '../../files/write-state-file.ts';
import type { CarriedChanges } from '../carried-state.ts';
import { type LockedPart, SecretLock } from './secret-lock.ts';
import { StateSeal } from './state-seal.ts';
import { unlockParts } from './unlock-parts.ts';
import { withholdSecrets, withoutMasks } from './withhold-secrets.ts';

const formatVersion = 1;
/** The last line: a file without it was not written whole and is never taken up. */
const closingLine = '\nok\n';

interface Snapshot {
  readonly version: typeof formatVersion;
  readonly cwd: string;
  readonly environment: readonly (readonly [string, string | null])[];
  readonly shells: readonly (readonly [string, StateChange])[];
  readonly withheld: readonly string[];
  /** Absent in snapshots of older tools, which had masks in the place of secrets. */
  readonly locked?: readonly LockedPart[];
  /** Absent where no runbook was left for another one. */
  readonly leftIn?: readonly (readonly [Address | null, string])[];
  /** Null in the opened runbook; absent in snapshots of 0.1.0. */
  readonly within?: Address | null;
  /** Absent where every shell has told how it ended. */
  readonly gone?: readonly string[];
}

/** A file costs a millisecond or two to make; a state of this size or less goes into the journal instead. */
const inlineBytes = 8 * 1024;

/** What a process of a run saves its states with. */
export interface SnapshotMeans {
  readonly secrets: KnownSecrets;
  readonly seal: StateSeal;
  readonly lock: SecretLock;
}

/**
 * Gives the changes in the form in which they are kept. What is too large for the journal is written to a file
 * of its own, and is on the device then: the journal must never name a file that a power cut has taken.
 */
export function saveSnapshot(
  runFolder: string,
  name: string,
  changes: CarriedChanges,
  { secrets, seal, lock }: SnapshotMeans,
): SavedState {
  const snapshot = JSON.stringify(asSnapshot(withholdSecrets(changes, secrets, lock)));
  if (snapshot.length <= inlineBytes) return { sealed: seal.seal(snapshot) };
  const file = join('state', `${name}.json`);
  const path = join(runFolder, file);
  const bytes = new TextEncoder().encode(`${snapshot}${closingLine}`);
  try {
    writeNewFile(stateFileOperations, path, bytes, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeStateFolder(dirname(path));
    writeNewFile(stateFileOperations, path, bytes, 0o600);
  }
  syncFolder(stateFileOperations, dirname(path));
  return { file, digest: hash('sha256', bytes, 'hex') };
}

/**
 * Reads a saved state, with what these secrets unlock; throws with a message for people when its file is torn, is not the
 * one that was stored, or is of another version.
 */
export function readSnapshot(
  runFolder: string,
  saved: SavedState,
  secrets?: Pick<KnownSecrets, 'valuesOf'>,
): CarriedChanges {
  const read = JSON.parse(textOf(runFolder, saved)) as Snapshot;
  if (read.version !== formatVersion) {
    const where = 'file' in saved ? ` \`${saved.file}\`` : '';
    throw new Error(`the saved shell state${where} is of version ${read.version}; this is ${formatVersion}`);
  }
  const changes: CarriedChanges = {
    cwd: read.cwd,
    environment: new Map(read.environment.map(([key, value]) => [key, value ?? undefined])),
    shells: new Map(read.shells),
    leftIn: new Map((read.leftIn ?? []).map(([link, folder]) => [link ?? undefined, folder])),
    ...(read.within !== undefined && { within: read.within }),
    withheld: read.withheld,
    gone: read.gone ?? [],
    locked: read.locked ?? [],
  };
  if (read.locked === undefined) return withoutMasks(changes);
  return secrets === undefined ? changes : unlockParts(changes, secrets, new SecretLock());
}

function asSnapshot(changes: CarriedChanges): Snapshot {
  return {
    version: formatVersion,
    cwd: changes.cwd,
    environment: [...changes.environment].map(([name, value]) => [name, value ?? null]),
    shells: [...changes.shells],
    withheld: changes.withheld,
    locked: changes.locked,
    ...(changes.gone.length > 0 && { gone: changes.gone }),
    ...(changes.within !== undefined && { within: changes.within }),
    ...(changes.leftIn.size > 0 && {
      leftIn: [...changes.leftIn].map(([link, folder]) => [link ?? null, folder] as const),
    }),
  };
}

function textOf(runFolder: string, saved: SavedState): string {
  if ('sealed' in saved) return new StateSeal(runFolder).open(saved.sealed);
  return 'snapshot' in saved ? saved.snapshot : readWhole(runFolder, saved);
}

function readWhole(runFolder: string, { file, digest }: Extract<SavedState, { file: string }>): string {
  const bytes = readFileSync(resolve(runFolder, file));
  const text = bytes.toString('utf8');
  if (!text.endsWith(closingLine)) throw new Error(`the saved shell state \`${file}\` was not written whole`);
  if (digest !== undefined && hash('sha256', bytes, 'hex') !== digest)
    throw new Error(`the saved shell state \`${file}\` is not the one that was stored`);
  return text.slice(0, -closingLine.length);
}
