// Owns how the tests are run: which of them together, how many at a time, and how long one may take.
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { testMs, waitMs } from './test/budgets.ts';

/** By folder. What belongs to no other kind is a test of the machine. */
const pure = [
  'test/{basics,text,languages,runbook,run,view,architecture}/**/*.test.ts',
  'test/architecture.test.ts',
];
const session = ['test/e2e/*.test.ts', 'test/e2e/procedures/*.test.ts'];
const fault = ['test/e2e/faults/*.test.ts'];
const kinds = {
  pure: { include: pure },
  machine: { include: ['test/**/*.test.{ts,tsx}'], exclude: [...pure, ...session, ...fault] },
  session: { include: session },
  fault: { include: fault },
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
    expect: { poll: { timeout: waitMs.change } },
    projects: (['pure', 'machine', 'session', 'fault'] as const).map((kind) => ({
      extends: true as const,
      test: {
        name: kind,
        ...kinds[kind],
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
