// Owns what the state folder knows of pages: the newest run of each, and when it was last proven.
import { systemErrorCode } from '../../engine/files/file-operations.ts';
import { realPath } from '../../engine/files/real-path.ts';
import { ProofStore, type TestProof } from '../../engine/journal/proof-store.ts';
import { readJournal } from '../../engine/journal/read-journal.ts';
import type { KnownOfPage, LastProof } from '../../runbook/front-matter/upkeep.ts';
import type { Runbook } from '../../runbook/runbook.ts';
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

  /** What is known of a page for those who judge it. */
  known(path: string, runbook?: Runbook): KnownOfPage {
    const now = systemClock.now().toISOString();
    const newest = this.#newestProof(path);
    if (newest === undefined) return { now, lastProof: 'none' };
    const { digest, ...proof } = newest;
    return { now, lastProof: { ...proof, isOfOtherText: digestOf(path, runbook) !== digest } };
  }

  #newestProof(path: string): NewestProof | undefined {
    const test = this.#proofs.of(path);
    for (const run of this.#runsOf(path)) {
      const { status, outcome, endedAt } = run.summary;
      if (status !== 'ended' || (outcome !== 'succeeded' && outcome !== 'rehearsed')) continue;
      if (test !== undefined && endedAt !== undefined && endedAt < test.at) break;
      const proof = proofOf(run);
      if (proof !== undefined && (test === undefined || test.at < proof.at)) return proof;
    }
    return test && ofTest(test);
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

/** What is damaged proves nothing. */
function proofOf({ folder }: KnownRun): NewestProof | undefined {
  try {
    const { events, state } = readJournal(folder.journal);
    return state.type === 'whole' ? proofOfRun(events) : undefined;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}

function digestOf(path: string, loaded: Runbook | undefined): string | undefined {
  const runbook = loaded ?? loadRunbook(path).runbook;
  return runbook && digestOfRun(runbook, loadPlan(runbook).plan);
}
