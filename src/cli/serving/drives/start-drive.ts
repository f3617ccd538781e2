// Owns one drive of a run: a process of its own that starts it or takes it up, until it rests or ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { errorMessage } from '../../../basics/coded-error.ts';
import {
  type CommitAnswer,
  type CommitRequest,
  type ReplicaOrder,
  replicaVariable,
} from '../../../engine/journal/replica.ts';
import type { QueuedRun } from '../../../engine/queue/queued-run.ts';
import { causeWords } from '../shelf/cause-words.ts';

/** What all drives of a server have in common. */
export interface DriveSettings {
  /** The program of this tool, as it was started. */
  readonly program: readonly string[];
  readonly stateDir: string;
  /** How the server names itself. */
  readonly servedBy: string;
  /** Variables of the server's own that no block is to see. */
  readonly withheld: ReadonlySet<string>;
  /** Told how a run has ended. */
  readonly onEnd?: (outcome: string) => void;
}

/** Where the process of a drive has its record kept a second time. */
export interface DriveReplica {
  readonly order: ReplicaOrder;
  /** Keeps the journal up to a length in bytes; rejects with why not. */
  commit(size: number): Promise<void>;
}

/** How a drive came to its end. */
export interface DriveEnd {
  /** Of `runsheet`; undefined where the process was killed. */
  readonly exit?: number;
  /** The end of what it said. */
  readonly said: string;
  /** How long its process was there, from its start to its end. */
  readonly machineMs: number;
  /** It had to stop where it was, since its record could not be kept in time; by now all of it is. */
  readonly isLate?: boolean;
}

/** A drive that goes on. */
export interface Drive {
  readonly ended: Promise<DriveEnd>;
  /** Asks it to end. */
  stop(): void;
}

/** So much of what a drive says is kept; its journal holds all of it. */
const saidBytes = 64 * 1024;

/** Begins a run, or takes it up where its journal is. `page` is the absolute path of its runbook. */
export function startDrive(
  run: QueuedRun,
  page: string,
  how: 'start' | 'resume',
  settings: DriveSettings,
  replica?: DriveReplica,
): Drive {
  const folder = mkdtempSync(join(tmpdir(), 'runsheet-drive-'));
  const inputs = join(folder, 'inputs.json');
  writeFileSync(inputs, JSON.stringify(run.inputs), { mode: 0o600 });
  const [program = process.execPath, ...before] = settings.program;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !settings.withheld.has(name)),
  );
  let said = '';
  const keep = (chunk: unknown): void => {
    said = (said + String(chunk)).slice(-saidBytes);
  };
  const begunAt = performance.now();
  const child = execa(program, [...before, ...argumentsOf(run, page, how, inputs, settings)], {
    env: replica === undefined ? env : { ...env, [replicaVariable]: JSON.stringify(replica.order) },
    extendEnv: false,
    ...(replica && { ipc: true, serialization: 'json' as const }),
    reject: false,
    stdin: 'ignore',
    buffer: false,
    detached: true,
    cleanup: false,
  });
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  if (replica !== undefined)
    child.on('message', async (message) => {
      const { number, size } = message as unknown as CommitRequest;
      const answer: CommitAnswer = await replica.commit(size).then(
        () => ({ type: 'committed', number }),
        (error: unknown) => ({ type: 'committed', number, refused: errorMessage(error) }),
      );
      // Who has ended meanwhile needs no answer.
      if (child.connected) child.send(answer, () => {});
    });
  const ended = child.then(({ exitCode, failed, message }) => {
    const machineMs = performance.now() - begunAt;
    rmSync(folder, { recursive: true, force: true });
    if (failed && exitCode === undefined) keep(message ?? '');
    return { ...(exitCode !== undefined && { exit: exitCode }), said, machineMs };
  });
  return { ended, stop: () => child.kill('SIGTERM') };
}

function argumentsOf(
  run: QueuedRun,
  page: string,
  how: 'start' | 'resume',
  inputs: string,
  { stateDir, servedBy }: DriveSettings,
): readonly string[] {
  const common = ['--yes', '--no-wait', '--surface', 'plain', '--state-dir', stateDir];
  if (how === 'resume') return ['resume', run.id, ...common];
  const { origin } = run;
  const { commit } = run.runbook;
  const of = commit === undefined ? [] : ['--of-commit', commit];
  const who = origin.person === undefined ? [] : ['--on-behalf', origin.person];
  return [
    ...['run', page, ...common, '--log', 'none', '--no-remember', '--run-id', run.id],
    ...[
      '--may',
      run.may,
      '--inputs',
      inputs,
      '--cause',
      causeWords(run),
      '--served-by',
      servedBy,
      ...who,
      ...of,
    ],
  ];
}
