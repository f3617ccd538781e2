// Owns how the tests are run: which of them together, how many at a time, and how long one may take.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
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

/** What takes more than ten seconds of a core, longest first. */
const longest = [
  'test/e2e/faults/deaths.test.ts',
  'test/e2e/faults/errors.test.ts',
  'test/e2e/faults/faults-with-gates.test.ts',
  'test/engine/shells/cut-scripts/cut-scripts.test.ts',
  'test/e2e/own-runbooks.test.ts',
  'test/e2e/item-by-item.test.ts',
  'test/e2e/runbook-tests.test.ts',
  'test/e2e/faults/kills.test.ts',
  'test/engine/shells/hostile-states.test.ts',
  'test/e2e/hosts.test.ts',
  'test/e2e/export.test.ts',
  'test/runbook/markdown/shortcuts.test.ts',
  'test/runbook/skim-runbook.test.ts',
  'test/e2e/files.test.ts',
  'test/e2e/approvals.test.ts',
].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const gone = longest.find((path) => !existsSync(path));
if (gone !== undefined) throw new Error(`among the longest tests is one that is not there: ${gone}`);

/** What takes long begins first, so that none is left over at the end: whole sessions, then what starts processes. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kindsInOrder = ['fault', 'session', 'machine', 'pure'];
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const place = longest.indexOf(moduleId);
      return place < 0 ? longest.length + kindsInOrder.indexOf(project.name) : place;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    // Most tests wait for processes more than they compute, while the longest compute all the time beside them.
    maxWorkers: availableParallelism() + 2,
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
      },
    })),
  },
});
