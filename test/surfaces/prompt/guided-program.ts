// Owns a small program that guides through a runbook with the real engine, a journal in memory and plain bash blocks.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { address, runId } from '../../../src/basics/address.ts';
import { createPerformer } from '../../../src/engine/create-performer.ts';
import { BoundedJournal } from '../../../src/engine/journal/bounded-journal.ts';
import { journalStart } from '../../../src/engine/journal/read-journal.ts';
import { RunEngine } from '../../../src/engine/run-engine.ts';
import type { RecordedEvent } from '../../../src/run/event.ts';
import { initialState } from '../../../src/run/evolve.ts';
import type { ExecutionRequest, ExecutionResult, Executor } from '../../../src/run/executor.ts';
import { storedBytes } from '../../../src/run/masking/redactor.ts';
import type { OutputChunk } from '../../../src/run/output-chunk.ts';
import { compilePlan } from '../../../src/run/planning/compile-plan.ts';
import { parseRunbook } from '../../../src/runbook/parse-runbook.ts';
import { createPromptSurface } from '../../../src/surfaces/prompt/create-prompt-surface.ts';
import { decodeSource } from '../../../src/text/source-file.ts';
import { reasonWords } from '../../../src/view/words/reason-words.ts';

const file = process.argv[2] ?? '';
const { runbook } = parseRunbook(decodeSource(file, readFileSync(file)).source);
const { plan } = compilePlan(runbook);
const surface = createPromptSurface();
const outputs = new Map<string, Uint8Array>();
let seq = 0;

function run({ item, attempt, code, purpose, signal, onOutput }: ExecutionRequest): Promise<ExecutionResult> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', code], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const chunks: Uint8Array[] = [];
    let stdoutBytes = 0;
    const read = (stream: OutputChunk['stream']) => (bytes: Uint8Array) => {
      chunks.push(bytes);
      if (stream === 'stdout') stdoutBytes += bytes.length;
      if (purpose === 'block')
        onOutput({ address: item.address, attempt, stream, bytes: storedBytes(bytes) });
    };
    child.stdout.on('data', read('stdout'));
    child.stderr.on('data', read('stderr'));
    signal.addEventListener('abort', () => process.kill(-(child.pid ?? 0), 'SIGKILL'));
    child.on('close', (exitCode) => {
      const name = `output/${item.address}.${attempt}`;
      const all = Buffer.concat(chunks);
      outputs.set(name, all);
      const result = {
        exitCode,
        durationMs: 1300,
        output: { file: name, stdoutBytes, stderrBytes: all.length - stdoutBytes, lines: 0 },
        captured: {},
        warnings: [],
      };
      const stdout = { readStdout: () => storedBytes(all), readStderr: () => storedBytes(all), stdoutBytes };
      if (exitCode === 0) resolve({ ok: true, result, stdout });
      else if (signal.aborted) resolve({ ok: false, result, stdout, reason: { type: 'interrupted' } });
      else resolve({ ok: false, result, stdout, reason: { type: 'exit', code: exitCode ?? -1 } });
    });
  });
}

const executor: Executor = {
  run,
  compareFile: () => Promise.reject(new Error('not asked')),
  openShell: async () => ({ durationMs: 0 }),
  setVariables: async () => undefined,
  handOn: async () => ({ captured: {}, warnings: [] }),
  onBackgroundEnd: () => undefined,
  onLateOutput: () => undefined,
  endBackground: async () => [],
  runExitTraps: async () => {},
  close: async () => [],
};
const by = { user: 'ada', host: 'bastion' };
const clock = { now: () => new Date(0), monotonicMs: () => 0, sleep: async () => undefined };
const record = (event: RecordedEvent['event']): RecordedEvent => {
  seq += 1;
  return { seq, at: '2026-11-21T02:13:22.000Z', event };
};
const engine = new RunEngine(
  {
    journal: new BoundedJournal(
      {
        append: (events) => events.map(record),
        sync: async () => undefined,
        close: () => undefined,
        end: journalStart,
      },
      'memory',
    ),
    surface,
    listeners: [],
    perform: createPerformer({
      plan,
      clock,
      reasonWords,
      executor: async () => executor,
      pauseAtGates: true,
      pagesNow: () => ({}),
      isKept: () => true,
      sendMessage: async () => undefined,
    }),
  },
  initialState(plan),
);
process.on('SIGINT', () => engine.send({ type: 'InterruptBlock', by }));

await surface.start(
  {
    runbook,
    plan,
    state: () => engine.state,
    readOutputTail: ({ file = '' }, maxBytes) =>
      storedBytes((outputs.get(file) ?? new Uint8Array()).slice(-maxBytes)),
  },
  engine.send,
);
engine.record({
  type: 'RunStarted',
  run: runId('20261121-021322-test'),
  runbook: { path: file, title: plan.title, digest: 'd' },
  planDigest: 'p',
  by,
  mode: 'guided',
  options: {
    ...{ yes: false, dryRun: false, rehearse: false, allowDestructive: false, manual: 'pause', log: 'none' },
    selection: { steps: [], tags: [] },
  },
  inputs: { GREETING: 'Welcome' },
  secretInputs: [],
  cwd: '/',
  version: '0',
});
const state = await engine.drive();
await surface.end(state);
process.stdout.write(
  `${JSON.stringify({
    lifecycle: state.lifecycle,
    ...(state.outcome && { outcome: state.outcome }),
    ...(state.pause && { pause: state.pause.reason }),
    items: state.plan.items.map((item, index) => [
      item.address,
      state.items[index]?.status,
      state.items[index]?.note,
    ]),
    notes: state.notes.map((note) => [note.address ?? address(''), note.text]),
  })}\n`,
);
