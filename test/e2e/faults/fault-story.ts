// Owns one small run that is disturbed and taken up until it is over.
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readJournal } from '../../../src/engine/journal/read-journal.ts';
import { type ListedRun, RunStore } from '../../../src/engine/journal/run-store.ts';
import { makeAccounts } from '../accounts.ts';
import { undisturbedText } from '../document-results.ts';
import { Rig } from '../rig.ts';
import { approveAll } from './approve-all.ts';

/** The first is loaded, and loads the other. */
const preload = ['test/e2e/faults/fault-at.cjs', 'test/e2e/faults/power-cut.cjs'] as const;

/** What is made is the group's, whatever the account has its new files be. */
const shared = { umask: '007' };

const secondStep = `### Second

\`\`\`sh {check="grep -qx second log"}
echo second >> log
\`\`\`
`;

/** Every block leaves one line in a log, so that what ran twice or not at all is seen there. */
const runbook = `# Story

## Preconditions

\`\`\`sh
test -d .
\`\`\`

## Steps

### First

\`\`\`sh {check="grep -qx first log"}
CARRIED=yes
echo first >> log
head -c 9000 /dev/zero | tr '\\0' x
\`\`\`

${secondStep}
- [ ] look at it

### Third

\`\`\`sh {check="grep -qx third log"}
echo third >> log
\`\`\`

## Validation

\`\`\`sh
wc -l < log
\`\`\`
`;

const linking = (title: string, next: string): string => `# ${title}\n\n## Steps\n\n### [On](${next})\n`;

/** The same with gates, and with the second line left by a page three links below, in a folder of its own. */
const pagesWithGates = {
  'story.md': runbook
    .replace(secondStep, '### [Second](upper.md) {approve=1}\n\n### Look\n')
    .replace(/(?=check="grep -qx third)/, 'approve=1 '),
  'upper.md': linking('Upper', 'lower.md'),
  'lower.md': linking('Lower', 'inside.md'),
  'inside.md': `# Inside

## Steps

### Enter

\`\`\`sh {risk=read}
mkdir -p inside && cd inside
\`\`\`

### Leave a line

\`\`\`sh {approve=1 check="grep -qx second ../log"}
echo second >> ../log
\`\`\`
`,
};

export interface StoryEnd {
  /** Kind and path of the fault; absent where the run has fewer operations. */
  readonly fired?: string;
  readonly log: string;
  readonly outcome: string;
  /** The document with times, durations, ids and outputs taken out. */
  readonly document: string;
  /** What is wrong with the journals of all runs that began. */
  readonly journals: readonly string[];
  /** Complaints that only a bug of the tool may make. */
  readonly stacks: readonly string[];
  /** Exit codes that are in no documentation, and hangs that a signal had to end. */
  readonly odd: readonly string[];
  /** How the tool was called after the fault, for messages. */
  readonly calls: readonly string[];
}

/** Whose process has the fault where another account approves: that of the run, or the one that answers. */
export type Disturbed = 'run' | 'approve';

/**
 * Runs the story with one fault, then takes it up until it is over. With gates it lies in a state folder that is
 * shared with an account which approves what waits, while the run does. Where that one has the fault, the run rests
 * first, and is left alone until the process with the fault has ended, so that its n-th operation is the same each time.
 */
export async function playStory(fault: string, gates?: Disturbed): Promise<StoryEnd> {
  const rig = await Rig.create();
  const people = gates && makeAccounts();
  if (people) await rig.share(people.grace);
  for (const [name, text] of Object.entries(gates ? pagesWithGates : { 'story.md': runbook }))
    await rig.write(name, text);
  await rig.write('log', '');
  for (const path of preload) await rig.copy(path, `../home/${basename(path)}`);
  const fired = rig.path('../home/fired');
  const env = {
    NODE_OPTIONS: `--require ${rig.path('../home', basename(preload[0]))}`,
    RUNSHEET_FAULT: fault,
    RUNSHEET_FAULT_BELOW: `${rig.stateFolder}:${rig.path()}`,
    RUNSHEET_FAULT_FIRED: fired,
  };
  const options = ['--yes', '--manual', 'skip', ...(gates === 'approve' ? ['--no-wait'] : [])];
  const approve = () => people && approveAll(rig, { as: people.grace, ...(gates === 'approve' && { env }) });
  let approver = gates === 'run' ? approve() : undefined;
  const first = await rig.run(
    ['run', 'story.md', ...options],
    gates === 'approve' ? shared : { env, ...(gates && shared) },
  );
  if (gates === 'approve') {
    approver = approve();
    await approver?.firstEnded;
  }
  const said = [first.stderr];
  const calls = [`run: ${first.exitCode ?? first.signal}`];
  const store = new RunStore(rig.stateFolder);
  // What an operator does: look at the newest run, take it up when it is not over, start anew when it never began.
  // Somebody who is answering a run that rests has it for a moment.
  for (let again = 0; again < (gates ? 40 : 3); again += 1) {
    const newest = store.list().find(({ folder }) => store.hasBegun(folder));
    if (newest?.summary?.outcome === 'succeeded') break;
    const args = newest === undefined ? ['run', 'story.md'] : ['resume', newest.id];
    const { stderr, exitCode } = await rig.run([...args, ...options], gates && shared);
    said.push(stderr);
    calls.push(`${args[0]}: ${exitCode}`);
  }
  for (const { exitCode, signal, stderr } of (await approver?.stop()) ?? []) {
    said.push(stderr);
    calls.push(`approve: ${exitCode ?? signal}`);
  }
  const begun = store.list().filter(({ folder }) => store.hasBegun(folder));
  const end: StoryEnd = {
    log: await rig.file('log'),
    outcome: outcomeOf(begun[0]),
    document: undisturbedText(await rig.file('story.md')),
    journals: begun
      .map(({ folder }) => readJournal(folder.journal).state.type)
      .filter((state) => state !== 'whole'),
    odd: calls.filter((call) => !/: (?:[0-7]|130)$/.test(call) && !/kill|torn|power/.test(fault)),
    stacks: said.filter((text) => /\n\s+at .*\.[cm]?js/.test(text)),
    calls,
  };
  const where = existsSync(fired) ? readFileSync(fired, 'utf8').trim() : undefined;
  await rig.remove();
  return { ...end, ...(where !== undefined && { fired: where.replace(rig.path('..'), '') }) };
}

function outcomeOf(run: ListedRun | undefined): string {
  if (run?.summary === undefined) return 'none';
  const { status, outcome } = run.summary;
  return `${status} ${outcome ?? ''}`.trim();
}
