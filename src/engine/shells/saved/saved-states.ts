// Owns under which names one process stores the states of its shells for a resume.

import type { SavedState } from '../../../run/files/saved-state.ts';
import type { KnownSecrets } from '../../../run/masking/known-secrets.ts';
import type { CarriedChanges } from '../carried-state.ts';
import { saveSnapshot } from './save-snapshot.ts';
import { SecretLock } from './secret-lock.ts';
import { StateSeal } from './state-seal.ts';

/** The states that one process of a run has stored. */
export class SavedStates {
  readonly #runFolder: string;
  readonly #secrets: KnownSecrets;
  readonly #process: string;
  readonly #seal: StateSeal;
  readonly #lock = new SecretLock();
  #count = 0;

  /** `process` tells the files of this process apart from those of earlier processes of the same run. */
  constructor(runFolder: string, process: string, secrets: KnownSecrets) {
    this.#runFolder = runFolder;
    this.#process = process;
    this.#secrets = secrets;
    this.#seal = new StateSeal(runFolder);
  }

  /** What the journal keeps; where a file cannot be written, the reason goes to the warnings. */
  save(changes: CarriedChanges, warnings: string[]): SavedState | undefined {
    this.#count++;
    const name = `${String(this.#count).padStart(6, '0')}-${this.#process}`;
    try {
      return saveSnapshot(this.#runFolder, name, changes, {
        secrets: this.#secrets,
        seal: this.#seal,
        lock: this.#lock,
      });
    } catch (error) {
      warnings.push(`the shell state could not be stored for a resume: ${(error as Error).message}`);
      return undefined;
    }
  }
}
