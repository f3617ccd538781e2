// Owns how the tests are run: which of them together, how many at a time, and how long one may take.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testMs, waitMs } from './test/budgets.ts';

/** By folder of test/. */
const kinds = {
  pure: ['{basics,text,languages,runbook,run,view,architecture}{,/**}/*.test.ts', 'architecture.test.ts'],
  machine: ['{engine,cli,surfaces}{,/**}/*.test.{ts,tsx}', 'package.test.ts'],
  session: ['e2e/*.test.ts'],
  fault: ['e2e/faults/*.test.ts'],
} as const;

/** What takes long begins first, so that none is left over at the end: whole sessions, then what starts processes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ['fault', 'session', 'machine', 'pure'];
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => order.indexOf(a.project.name) - order.indexOf(b.project.name));
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    // Most tests wait for processes more than they compute.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    expect: { poll: { timeout: waitMs.change } },
    projects: (['pure', 'machine', 'session', 'fault'] as const).map((kind) => ({
      extends: true as const,
      test: {
        name: kind,
        include: kinds[kind].map((pattern) => `test/${pattern}`),
        setupFiles: ['test/property-seed.ts'],
        testTimeout: testMs[kind],
        hookTimeout: testMs[kind],
        // Nothing is left behind by a test of the pure rooms, so that they share what was loaded.
        isolate: kind !== 'pure',
        // The faults keep all cores busy by themselves, so that they come when all else is over.
        sequence: { groupOrder: kind === 'fault' ? 1 : 0 },
      },
    })),
  },
});
