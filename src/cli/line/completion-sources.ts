// Owns what completion offers beside the words of the command line itself: runs, steps, tags, inputs, names.
import { doubtCodes, doubtKinds } from '../../runbook/doubts/doubt-kinds.ts';
import { reportFormats } from '../../surfaces/reports/telling/report-formats.ts';

/** One thing that may be typed, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** Stands for the names of files, which a shell completes itself. */
export const files: Candidate = { value: ':files', about: '' };

/** Each gives nothing where what it would read cannot be read: a completion never complains. */
export interface CompletionSources {
  /** Runs that a command can do something with: those of this folder first, the newest first. */
  runs(verb: string): Promise<readonly Candidate[]>;
  steps(file: string): Promise<readonly Candidate[]>;
  tags(file: string): Promise<readonly Candidate[]>;
  sections(file: string): Promise<readonly Candidate[]>;
  inputs(file: string): Promise<readonly Candidate[]>;
  ways(file: string): Promise<readonly Candidate[]>;
  templates(): Promise<readonly Candidate[]>;
  /** Tokens of programs that there are. */
  tokens(): Promise<readonly Candidate[]>;
  /** What `explain` knows. */
  names(): Promise<readonly Candidate[]>;
  doubts(): readonly Candidate[];
  reports(): readonly Candidate[];
}

/** More are no help. */
const mostRuns = 50;

/** The sources of this machine. */
export function completionSources(stateDir: string | undefined): CompletionSources {
  return {
    runs: (verb) => quietly(() => runsFor(verb, stateDir)),
    steps: (file) =>
      quietly(async () => {
        const { plan } = await planOf(file);
        return distinct(plan.items.map(({ step, stepTitle }) => ({ value: step, about: stepTitle })));
      }),
    tags: (file) =>
      quietly(async () => {
        const { plan } = await planOf(file);
        return distinct(plan.items.flatMap(({ tags }) => tags.map((value) => ({ value, about: '' }))));
      }),
    sections: (file) =>
      quietly(async () => {
        const { runbook } = await planOf(file);
        return [...runbook.anchors].map(([value, { title }]) => ({ value, about: title }));
      }),
    inputs: (file) =>
      quietly(async () => {
        const { plan } = await planOf(file);
        const given = (plan.inputs ?? []).filter(({ secret }) => secret === undefined);
        return given.map(({ name, description = '' }) => ({ value: `${name}=`, about: description }));
      }),
    ways: (file) =>
      quietly(async () => {
        const { plan } = await planOf(file);
        const branches = plan.items.flatMap((item) => item.branches ?? []);
        return distinct(
          branches.flatMap(({ choice, of }) =>
            of.map(({ name, title }) => ({ value: `${choice}=${name}`, about: title })),
          ),
        );
      }),
    templates: () =>
      quietly(async () => {
        const { findTemplates, sentenceOf } = await import('../templates/find-templates.ts');
        const { templates } = findTemplates('new.md');
        return templates.map((one) => ({ value: one.name, about: sentenceOf(one) }));
      }),
    tokens: () =>
      quietly(async () => {
        const [{ EmbeddedQueue }, { chosenStateFolder }] = await Promise.all([
          import('../../engine/queue/embedded-queue.ts'),
          import('../load/open-run-store.ts'),
        ]);
        const queue = await EmbeddedQueue.openToRead(chosenStateFolder(stateDir));
        try {
          return (await queue.tokens()).map(({ name, scopes }) => ({ value: name, about: scopes.join(',') }));
        } finally {
          await queue.close();
        }
      }),
    names: () =>
      quietly(async () => {
        const [{ diagnosticCodes }, { formatNames, readFormatPage }] = await Promise.all([
          import('../../runbook/diagnostic-codes.ts'),
          import('../commands/read-format-page.ts'),
        ]);
        const codes = diagnosticCodes.map(({ code, summary }) => ({ value: code, about: summary }));
        return distinct([...codes, ...formatNames(readFormatPage()).map((value) => ({ value, about: '' }))]);
      }),
    doubts: () =>
      doubtCodes.map((value) => ({
        value,
        about: doubtKinds.find(({ code }) => code === value)?.summary ?? '',
      })),
    reports: () => reportFormats.map((format) => ({ value: `${format}=`, about: '' })),
  };
}

async function planOf(file: string) {
  const [{ loadRunbook }, { loadPlan }] = await Promise.all([
    import('../load/load-runbook.ts'),
    import('../load/load-plan.ts'),
  ]);
  const { runbook } = loadRunbook(file.replace(/#.*$/s, ''));
  if (runbook === undefined) throw new Error(`${file} cannot be read`);
  return { runbook, plan: loadPlan(runbook).plan };
}

/** What rests can be gone on with; what is over can be shown. */
async function runsFor(verb: string, stateDir: string | undefined): Promise<readonly Candidate[]> {
  const [{ openRunStore }, { isRunOf }, { runStatus }] = await Promise.all([
    import('../load/open-run-store.ts'),
    import('../runs/is-run-of.ts'),
    import('../runs/run-status.ts'),
  ]);
  const store = openRunStore(stateDir);
  const goesOn = verb === 'resume' || verb === 'approve' || verb === 'deny' || verb === 'answer';
  const fitting = store.list().filter(({ summary }) => !goesOn || summary?.status !== 'ended');
  const here = fitting.filter((run) => isRunOf(process.cwd(), run));
  const ordered = [...here, ...fitting.filter((run) => !here.includes(run))];
  return ordered.slice(0, mostRuns).map((run) => ({
    value: run.id,
    about: `${run.summary?.title ?? ''}, ${runStatus(store, run)}`,
  }));
}

async function quietly(read: () => Promise<readonly Candidate[]>): Promise<readonly Candidate[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}

function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.map((candidate) => [candidate.value, candidate])).values()];
}
