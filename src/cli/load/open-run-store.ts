// Owns where the runs of this user are found.
import { homeFolder } from '../../engine/files/home-folder.ts';
import { RunStore } from '../../engine/journal/run-store.ts';
import { stateFolder } from '../../engine/journal/state-folder.ts';

/** The state folder that `--state-dir` names, or the one that is used without it. */
export function chosenStateFolder(stateDir: string | undefined): string {
  return stateFolder(stateDir, process.env, homeFolder());
}

/** The runs in that folder. */
export function openRunStore(stateDir: string | undefined): RunStore {
  return new RunStore(chosenStateFolder(stateDir));
}
