// Owns `--fail-each`: each block of a case fails once, before and after its code, and the state has to come back.
import type { CaseItem, CaseRecord } from '../../surfaces/scripted/case-record.ts';
import type { CaseFolder } from './cases/case-folder.ts';
import type { Fault } from './cases/case-request.ts';
import { compareFolderStates, type FolderState, readFolderState } from './cases/folder-state.ts';
import { type CaseOptions, type FoundRun, type PlacedCase, runCase } from './cases/run-case.ts';
import { runProbe } from './cases/run-probe.ts';
import type { FaultReport } from './results/case-report.ts';

/** What was found of the state of a case before anything was run. */
interface StateBefore {
  readonly folder: FolderState;
  readonly probed: string | undefined;
}

/** Runs a case once for every block and way of failing, and tells which state did not come back. */
export async function failEach(
  placed: PlacedCase,
  base: CaseRecord,
  options: CaseOptions,
): Promise<{ readonly faults: readonly FaultReport[]; readonly records: readonly CaseRecord[] }> {
  const failing = base.items.filter(
    ({ address, phase }) => base.order.includes(address) && phase !== 'rollback' && phase !== 'cleanup',
  );
  const all = failing.flatMap(({ address }) =>
    (['before', 'after'] as const).map((when): Fault => ({ address, when })),
  );
  const tried = await Promise.all(all.map((fault) => failOnce(placed, fault, options)));
  return {
    faults: tried.map(({ report }) => report),
    records: tried.flatMap(({ record }) => record ?? []),
  };
}

async function failOnce(
  placed: PlacedCase,
  fault: Fault,
  options: CaseOptions,
): Promise<{ readonly report: FaultReport; readonly record?: CaseRecord }> {
  let before: StateBefore | undefined;
  const run = await runCase(
    placed,
    { ...options, fault },
    {
      before: async (folder) => {
        before = await readState(placed, folder);
      },
      after: async (found) => (before === undefined ? [] : differences(placed, before, found)),
    },
  );
  if (!run.ok) return { report: { ...fault, problems: run.why } };
  const { record } = run;
  return { report: { ...fault, ...judge(placed, record, run.value) }, record };
}

async function readState({ test }: PlacedCase, folder: CaseFolder): Promise<StateBefore> {
  return {
    folder: await readFolderState(folder.work, test.ignore),
    probed: await runProbe(test.probe, folder),
  };
}

async function differences(
  placed: PlacedCase,
  before: StateBefore,
  { folder }: FoundRun,
): Promise<readonly string[]> {
  const after = await readState(placed, folder);
  return [
    ...compareFolderStates(before.folder, after.folder),
    ...(before.probed === after.probed
      ? []
      : [`the probe said \`${before.probed?.trim()}\`, and says \`${after.probed?.trim()}\``]),
  ];
}

function judge(
  { test }: PlacedCase,
  record: CaseRecord,
  changes: readonly string[],
): Pick<FaultReport, 'problems' | 'isIrreversible'> {
  const { unanswered, outcome, failures } = record;
  const bad = unanswered.map((question) => `no answer is given: ${question}`);
  if (bad.length > 0) return { problems: bad };
  const undone = record.items.filter(({ phase, ran }) => phase === 'rollback' && ran);
  const lasting = record.items.filter(
    (item) => record.order.includes(item.address) && isLasting(item, undone),
  );
  const names = [...new Set(lasting.map(({ step }) => step))];
  if (outcome === 'rollback-failed') {
    const broken = failures.filter(({ address }) => undone.some((item) => item.address === address));
    const lines = broken.flatMap(({ address, why, output }) => [
      `\`${address}\` failed: ${why}`,
      ...output.map((line) => `  | ${line}`),
    ]);
    return { problems: ['the rollback failed', ...lines, ...changes] };
  }
  if (changes.length === 0) return { problems: [] };
  const open = names.filter((step) => !test.irreversible.includes(step));
  if (names.length > 0 && open.length === 0) return { problems: [], isIrreversible: true };
  const why =
    open.length === 0
      ? 'the rollback does not restore what was there'
      : `not proven, because no undo is written: ${open.map((step) => `\`${step}\``).join(', ')}`;
  return { problems: [why, ...changes, `the run ended as ${outcome}: ${record.message}`] };
}

/** What may have changed something and has no undo that ran. */
function isLasting({ phase, changes, step }: CaseItem, undone: readonly CaseItem[]): boolean {
  if (phase === 'rollback' || phase === 'cleanup' || !changes) return false;
  return !undone.some(({ undoes }) => undoes === step || undoes === '');
}
