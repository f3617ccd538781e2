// Owns one small run that is disturbed and taken up until it is over; knows nothing of how it is disturbed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Rig, repositoryRoot } from '../rig.ts';

const preload = join(repositoryRoot, 'test/e2e/faults/fault-at.cjs');

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
\`\`\`

### Second

\`\`\`sh {check="grep -qx second log"}
echo second >> log
\`\`\`

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

export interface StoryEnd {
  /** Whether the fault came; not so where the run has fewer operations. */
  readonly fired: boolean;
  readonly log: string;
  readonly outcome: string;
  /** The document with times, durations, ids and outputs taken out. */
  readonly document: string;
  /** Journal verdicts of all runs. */
  readonly journals: string;
  /** Complaints that only a bug of the tool may make. */
  readonly stacks: readonly string[];
}

/** Runs the story with one fault, then takes it up until it has ended well; fails when it never does. */
export async function playStory(fault: string): Promise<StoryEnd> {
  const rig = await Rig.create();
  await rig.write('story.md', runbook);
  await rig.write('log', '');
  const fired = rig.path('../fired');
  const env = {
    NODE_OPTIONS: `--require ${preload}`,
    RUNSHEET_FAULT: fault,
    RUNSHEET_FAULT_BELOW: `${rig.stateFolder}:${rig.path()}`,
    RUNSHEET_FAULT_FIRED: fired,
  };
  const said = [(await rig.run(['run', 'story.md', '--yes', '--manual', 'skip'], { env })).stderr];
  for (let again = 0; again < 3 && !(await hasEnded(rig)); again += 1) {
    const open = await openRun(rig);
    const args = open === undefined ? ['run', 'story.md'] : ['resume', open];
    said.push((await rig.run([...args, '--yes', '--manual', 'skip'])).stderr);
  }
  const list = await runs(rig);
  const journals = await Promise.all(list.map(async ({ id }) => (await rig.run(['verify', id])).exitCode));
  return {
    fired: existsSync(fired),
    log: await rig.file('log').catch(() => ''),
    outcome: list[0]?.status ?? 'none',
    document: normalise(await rig.file('story.md')),
    journals: journals.join(' '),
    stacks: said.filter((text) => /\n\s+at .*\.mjs/.test(text)),
  };
}

interface ListedRun {
  readonly id: string;
  readonly status: string;
}

async function runs(rig: Rig): Promise<readonly ListedRun[]> {
  const { stdout } = await rig.run(['runs', '--json']);
  return JSON.parse(stdout) as ListedRun[];
}

async function hasEnded(rig: Rig): Promise<boolean> {
  return (await runs(rig))[0]?.status === 'succeeded';
}

async function openRun(rig: Rig): Promise<string | undefined> {
  return (await runs(rig)).find(({ status }) => status === 'broken off' || status === 'paused')?.id;
}

/** What is the same however often a run was broken off: the author's text, and which blocks ended well. */
function normalise(document: string): string {
  return document
    .replace(/ · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '')
    .replace(/^> ✔ \*\*[^\n]*(?:\n>[^\n]*)*/gm, '> ✔')
    .replace(/\n\n```text\n[\s\S]*?\n```\n(?=<!-- \/runsheet)/g, '\n')
    .replace(/^\| \d{4}[^\n]*succeeded[^\n]*$/gm, '| ✔ |')
    .replace(/^\| \d{4}[^\n]*\n/gm, '');
}
