// Owns what the state folder knows of pages: the newest run of each, and when it was last proven.
import { KeptReadings } from '../../engine/cache/kept-readings.ts';
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { realPath } from '../../engine/files/real-path.ts';
import { ProofStore, type TestProof } from '../../engine/journal/proof-store.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { KnownOfPage, LastProof } from '../../runbook/front-matter/upkeep.ts';
import { proofOfRun } from '../../surfaces/reports/statistics/proof-of-run.ts';
import { digestOfRun } from '../load/digest-of-runbook.ts';
import { loadPlan } from '../load/load-plan.ts';
import { loadRunbook } from '../load/load-runbook.ts';
import { chosenStateFolder, openRunStore } from '../load/open-run-store.ts';
import { systemClock } from '../system-clock.ts';
import type { KnownRun } from './read-statistics.ts';

type NewestProof = Omit<LastProof, 'isOfOtherText'> & { readonly digest: string };

/** Looks up runs and proofs of many pages; what there is of runs is read once. */
export class KeptProofs {
  readonly #proofs: ProofStore;
  readonly #stateDir: string | undefined;
  #runs: Map<string, KnownRun[]> | undefined;

  /** Throws `UnsafeFolder` where others may write to the state folder. */
  constructor(stateDir: string | undefined) {
    this.#proofs = new ProofStore(chosenStateFolder(stateDir));
    this.#stateDir = stateDir;
  }

  /** The newest run of the page at a path, rehearsals aside. */
  newestRun(path: string): KnownRun | undefined {
    return this.#runsOf(path).find(({ summary }) => summary.rehearsed !== true);
  }

  /** What is known of a page for those who judge it; `digestNow` gives what it is now, read anew without it. */
  known(path: string, digestNow = () => digestOf(path)): KnownOfPage {
    const now = systemClock.now().toISOString();
    const newest = this.#newestProof(path);
    if (newest === undefined) return { now, lastProof: 'none' };
    const { digest, ...proof } = newest;
    return { now, lastProof: { ...proof, isOfOtherText: digestNow() !== digest } };
  }

  /** Of whatever was proven last, however long before it was begun. */
  #newestProof(path: string): NewestProof | undefined {
    const test = this.#proofs.of(path);
    let newest = test && ofTest(test);
    for (const run of this.#runsOf(path)) {
      const { status, outcome, endedAt } = run.summary;
      if (status !== 'ended' || (outcome !== 'succeeded' && outcome !== 'rehearsed')) continue;
      // Its record need not be read; of those that were begun before it, one may have ended after it.
      if (newest !== undefined && endedAt !== undefined && endedAt <= newest.at) continue;
      const proof = proofOf(run);
      if (proof !== undefined && (newest === undefined || newest.at < proof.at)) newest = proof;
    }
    return newest;
  }

  /** Newest first. */
  #runsOf(path: string): readonly KnownRun[] {
    this.#runs ??= byRunbook(this.#stateDir);
    return this.#runs.get(realPath(path)) ?? [];
  }
}

const ofTest = ({ at, digest }: TestProof): NewestProof => ({ at, digest, by: 'test' });

function byRunbook(stateDir: string | undefined): Map<string, KnownRun[]> {
  const runs = new Map<string, KnownRun[]>();
  for (const { summary, ...run } of openRunStore(stateDir).list()) {
    if (summary === undefined) continue;
    const path = realPath(summary.runbook);
    const own = runs.get(path);
    if (own === undefined) runs.set(path, [{ ...run, summary }]);
    else own.push({ ...run, summary });
  }
  return runs;
}

/** What is damaged, or gone by now, proves nothing. */
function proofOf({ folder }: KnownRun): NewestProof | undefined {
  try {
    const { events, state } = readJournal(folder.journal);
    return state.type === 'whole' ? proofOfRun(events) : undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    // That of reading names no file, unlike that of opening.
    throw error instanceof Error ? Object.assign(error, { path: folder.journal }) : error;
  }
}

function digestOf(path: string): string | undefined {
  const kept = new KeptReadings();
  const { runbook } = loadRunbook(path, kept);
  return runbook && digestOfRun(runbook, loadPlan(runbook, undefined, kept).plan);
}
