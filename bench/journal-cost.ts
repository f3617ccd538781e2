// A program of the benchmark: `write FILE N` makes a journal of N events and the plan beside it; `read FILE` reads and
// verifies the journal; `resume FILE` does so and replays it to the state that a run goes on from; `parse FILE` only
// reads the file and JSON-parses each line.
import { readFileSync, writeFileSync } from 'node:fs';
import { address, runId } from '../src/basics/address.ts';
import { readJournal } from '../src/engine/journal/read-journal.ts';
import { recoverJournal } from '../src/engine/journal/recover-journal.ts';
import type { RunEvent } from '../src/run/event.ts';
import { evolve, initialState } from '../src/run/evolve.ts';
import { ownText } from '../src/run/masking/redactor.ts';
import type { Plan } from '../src/run/plan.ts';
import { newJournal } from '../test/engine/journal/new-journal.ts';
import { block, planOf } from '../test/run/sample-plan.ts';

const [, , mode, file = '', count = '0'] = process.argv;
const planFile = `${file}.plan.json`;

/** A run of a hundred blocks that fail and are tried again, as one that waits for something does. */
const blocks = Array.from({ length: 100 }, (_, index) => `drain-node-${index}`);

const started: RunEvent = {
  type: 'RunStarted',
  run: runId('20260101-000000-abcd'),
  runbook: { path: '/srv/runbooks/drain.md', title: 'Drain', digest: 'd' },
  planDigest: 'p',
  by: { user: 'ada', host: 'bastion' },
  mode: 'unattended',
  options: {
    yes: true,
    dryRun: false,
    rehearse: false,
    allowDestructive: false,
    manual: 'pause',
    log: 'document',
    selection: { steps: [], tags: [] },
  },
  inputs: {},
  secretInputs: [],
  cwd: '/srv/runbooks',
  version: '1',
};

function attempt(index: number): RunEvent {
  const name = blocks[Math.floor(index / 100) % blocks.length] ?? '';
  const number = Math.floor((index % 100) / 2) + 1;
  if (index % 2 === 0) return { type: 'BlockStarted', address: address(name), attempt: number };
  return {
    type: 'BlockFailed',
    address: address(name),
    attempt: number,
    reason: { type: 'exit', code: 1 },
    result: {
      exitCode: 1,
      durationMs: 12.5,
      output: { file: `outputs/${name}.${number}.log`, stdoutBytes: 120, stderrBytes: 0, lines: 4 },
      captured: { NODE: ownText('worker-3') },
      warnings: [],
    },
  };
}

switch (mode) {
  case 'write': {
    const journal = newJournal(file, { now: () => new Date() });
    journal.append([started]);
    for (let index = 1; index < Number(count); index += 1) journal.append([attempt(index - 1)]);
    journal.close();
    writeFileSync(planFile, JSON.stringify(planOf(blocks.map((name) => block(name, 'steps')))));
    break;
  }
  case 'read': {
    const { events, state } = readJournal(file);
    console.log(events.length, state.type);
    break;
  }
  case 'resume': {
    const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan;
    const state = recoverJournal(file).events.reduce(evolve, initialState(plan));
    console.log(state.lastSeq, state.lifecycle);
    break;
  }
  default:
    console.log(
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)).length,
    );
}
