// Owns killing a run before records of its journal, one after the other, and taking it up each time.
import { join } from 'node:path';
import { type Rig, repositoryRoot } from '../rig.ts';

export interface KilledEverywhere {
  readonly kills: number;
  /** How each run ended that was taken up: the exit code, and what its blocks have left. All the same, where all is well. */
  readonly ends: ReadonlySet<string>;
}

export interface RecordsToKillAt {
  /** The number of the first, from 1 on. */
  readonly first?: number;
  /** How far apart they are on the build machine, where all services have to be there; 1 for every one. */
  readonly whole?: number;
  /** How far apart they are elsewhere. */
  readonly sampled: number;
}

/** Runs `page.md` of a fresh rig until no record is left to be killed before; RUNSHEET_FAULT_STRIDE=1 leaves none out. */
export async function killAtRecords(
  rigOf: () => Promise<Rig>,
  leftIn: (rig: Rig) => Promise<string>,
  { first = 1, whole = 1, sampled }: RecordsToKillAt,
): Promise<KilledEverywhere> {
  const ends = new Set<string>();
  const { RUNSHEET_FAULT_STRIDE, RUNSHEET_REQUIRE_SERVICES } = process.env;
  const every = Number(RUNSHEET_FAULT_STRIDE ?? (RUNSHEET_REQUIRE_SERVICES ? whole : sampled));
  for (let kills = 0; ; kills += 1) {
    const rig = await rigOf();
    const env = {
      USER: 'ada',
      NODE_OPTIONS: `--require ${join(repositoryRoot, 'test/e2e/faults/fault-at.cjs')}`,
      RUNSHEET_FAULT: `${first + kills * every}:kill-before-write`,
      RUNSHEET_FAULT_BELOW: join(rig.stateFolder, 'runs'),
      RUNSHEET_FAULT_ONLY: 'journal',
      RUNSHEET_FAULT_FIRED: rig.path('fired'),
    };
    const { signal } = await rig.run(
      ['run', 'page.md', '--yes', '--log', 'none', '--on-failure', 'rollback'],
      { env },
    );
    if (signal !== 'SIGKILL') return { kills, ends };
    const resumed = await rig.run(['resume', '--yes'], { env: { USER: 'ada' } });
    // Killed before its first record it has never begun, and there is nothing to take up.
    if (resumed.exitCode !== 2) ends.add(`${resumed.exitCode} ${await leftIn(rig)}`);
    await rig.remove();
  }
}
