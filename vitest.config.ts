// Owns how the tests are run: which of them together, how many at a time, and how long one may take.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * How long one test may take before it counts as hung: the longest of its kind as measured on two cores that do nothing
 * else, in milliseconds, times twenty. A machine that is busy with other things takes several times as long.
 */
const budget = (longestMs: number) => ({ testTimeout: longestMs * 20, hookTimeout: longestMs * 20 });

/** By folder of test/. The pure rooms hold most laws that are tried with generated values. */
const kinds = {
  pure: {
    include: [
      '{basics,text,languages,runbook,run,view,architecture}{,/**}/*.test.ts',
      'architecture.test.ts',
    ],
    ...budget(5_000),
  },
  machine: { include: ['{engine,cli,surfaces}{,/**}/*.test.{ts,tsx}', 'package.test.ts'], ...budget(5_000) },
  session: { include: ['e2e/*.test.ts'], ...budget(13_000) },
  fault: { include: ['e2e/faults/*.test.ts'], ...budget(15_000) },
};

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
    projects: Object.entries(kinds).map(([name, { include, ...timeouts }]) => ({
      extends: true as const,
      test: {
        name,
        include: include.map((pattern) => `test/${pattern}`),
        setupFiles: ['test/property-seed.ts'],
        ...timeouts,
        // Nothing is left behind by a test of the pure rooms, so that they share what was loaded.
        isolate: name !== 'pure',
        // The faults keep all cores busy by themselves, so that they come when all else is over.
        sequence: { groupOrder: name === 'fault' ? 1 : 0 },
      },
    })),
  },
});
