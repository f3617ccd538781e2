// Owns under which names one process stores the states of its shells for a resume; knows nothing of shells.
import { randomBytes } from 'node:crypto';
import type { CarriedChanges } from './carried-state.ts';
import { type SecretRules, writeSnapshot } from './state-snapshot.ts';

/** The states that one process of a run has stored. */
export class SavedStates {
  readonly #runFolder: string;
  readonly #secrets: SecretRules;
  /** Told apart from the states of earlier processes of the same run. */
  readonly #name = randomBytes(4).toString('hex');
  #count = 0;

  constructor(runFolder: string, secrets: SecretRules) {
    this.#runFolder = runFolder;
    this.#secrets = secrets;
  }

  /** The file, relative to the run's folder; where it cannot be written, the reason goes to the warnings. */
  save(changes: CarriedChanges, warnings: string[]): string | undefined {
    this.#count++;
    const name = `${String(this.#count).padStart(6, '0')}-${this.#name}`;
    try {
      return writeSnapshot(this.#runFolder, name, changes, this.#secrets);
    } catch (error) {
      warnings.push(`the shell state could not be stored for a resume: ${(error as Error).message}`);
      return undefined;
    }
  }
}
