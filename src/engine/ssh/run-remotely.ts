// Owns one attempt at a block on a host, from its session to its end.
import { constants as systemConstants } from 'node:os';
import { fromByteText } from '../../languages/shell/byte-text.ts';
import type { FreshDialect, ShellDump } from '../../languages/shell/shell-dialect.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { Attempt, AttemptContext } from '../attempts/run-attempt.ts';
import { OutputMasker, withReturns } from '../output/output-masker.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { OutputStream } from '../output/output-stream.ts';
import { supervise } from '../processes/supervise.ts';
import type { StartFailure } from '../runners/run-interpreter.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import { askForConnection, couldBeAsked } from './ask-for-connection.ts';
import type { RemoteRefusal, RemoteScript } from './remote-script.ts';
import type { SshClient } from './ssh-client.ts';
import { type SessionEnd, SshSession } from './ssh-session.ts';
import { runTerminalSession } from './terminal-session.ts';

export interface RemoteRequest {
  readonly request: ExecutionRequest;
  readonly host: string;
  readonly store: OutputStore;
  readonly script: RemoteScript;
  /** Reads the states of the shell that runs it; absent for other languages. */
  readonly dialect?: FreshDialect;
  readonly onTerminal: boolean;
  readonly rawStdoutLimit: number;
}

export interface RemoteRun {
  readonly attempt: Attempt;
  /** What its shell started from, where the script was to tell. */
  readonly base?: ShellDump;
  /** Why the block was not begun. */
  readonly refusal?: RemoteRefusal;
  /** Why nobody knows how it ended, or that it never began. */
  readonly failure?: FailureReason<string>;
}

const outputLimitBytes = 8 * 1024 * 1024;

/** Runs it, takes all it prints and ends it when it has to. */
export async function runRemotely(
  { client, attempts }: { readonly client: SshClient; readonly attempts: AttemptContext },
  remote: RemoteRequest,
): Promise<RemoteRun> {
  const { request, host, store, onTerminal } = remote;
  const { item, attempt, signal } = request;
  const isShown = onTerminal && request.terminal?.type === 'own';
  const mouth = new OutputMasker({
    store,
    rawStdoutLimit: remote.rawStdoutLimit,
    redactStream: () => attempts.redactor.createStream(),
    onOutput: (stream, bytes, from) =>
      request.onOutput({
        address: item.address,
        attempt,
        stream: isShown ? 'terminal' : stream,
        bytes: isShown && from === 'pipe' ? withReturns(bytes) : bytes,
        ...(!isShown && { host }),
      }),
  });
  const startedAt = attempts.monotonicMs();
  const ending = new AbortController();
  const ended = talk(client, attempts, remote, mouth, ending.signal);
  const { value, endedBy } = await supervise(ended.end, {
    signal,
    ...(item.timeoutMs === undefined ? {} : { timeoutMs: item.timeoutMs }),
    started: ended.started,
    onEnd: () => ending.abort(),
  });
  mouth.finish();
  const durationMs = Math.max(0, Math.round(attempts.monotonicMs() - startedAt));
  const rawStdout = mouth.rawStdout;
  const common = { endedBy, durationMs, rawStdout };
  if (value.type === 'lost' || (value.type === 'ended' && value.word === lostOnTerminal)) {
    const loss = value.type === 'lost' ? value : { begun: true, message: '' };
    const message = await lossWords(client, host, loss);
    const failure: FailureReason<string> = { type: 'connection', host, message };
    return { attempt: { ...common, outcome: { startFailure: message } }, failure };
  }
  return read(value, common, remote);
}

interface Talk {
  readonly end: Promise<SessionEnd>;
  /** Resolves with what ends it, as soon as there is something to end. */
  readonly started: Promise<() => Promise<void>>;
}

/** The sessions of an attempt: one, or two when nobody was there to answer what ssh wanted to know. */
function talk(
  client: SshClient,
  { grace }: AttemptContext,
  remote: RemoteRequest,
  mouth: OutputMasker,
  ending: AbortSignal,
): Talk {
  const { host, script, onTerminal, request } = remote;
  let end: () => Promise<void> = async () => {};
  const begin = async (): Promise<SessionEnd> => {
    const session = new SshSession({
      client,
      host,
      script,
      onOutput: (stream: OutputStream, bytes) => mouth.take(stream, bytes),
    });
    end = () => session.end(grace);
    const { terminal } = request;
    if (!onTerminal || terminal === undefined) return session.ended;
    return runTerminalSession(session, {
      client,
      host,
      nonce: script.nonce,
      terminal,
      onBytes: (bytes) => mouth.take('stdout', bytes, 'terminal'),
    });
  };
  const all = async (): Promise<SessionEnd> => {
    const first = await begin();
    if (first.type !== 'lost' || first.begun || ending.aborted || !couldBeAsked(first.message)) return first;
    const asked = await askForConnection(client, host, {
      terminal: request.terminal,
      signal: ending,
      onBytes: (bytes) => mouth.take('stderr', bytes, 'terminal'),
    });
    if (asked === 'nobody' || ending.aborted) return first;
    return asked === 'refused' ? first : begin();
  };
  return { end: all(), started: Promise.resolve(() => end()) };
}

function read(
  end: Exclude<SessionEnd, { type: 'lost' }>,
  common: Pick<Attempt, 'endedBy' | 'durationMs' | 'rawStdout'>,
  { dialect, request }: RemoteRequest,
): RemoteRun {
  if (end.type === 'no-ssh') return { attempt: { ...common, outcome: { startFailure: end.message } } };
  const base = dialect?.parseDump(end.base.toString('latin1').split('\0'));
  const more = base === undefined ? {} : { base };
  if (!/^\d+$/.test(end.word)) {
    const outcome: StartFailure = { startFailure: `it ended without an exit code: ${end.word}` };
    const refusal = refusals.find((word) => word === end.word);
    return { attempt: { ...common, outcome }, ...more, ...(refusal && { refusal }) };
  }
  const outputFile =
    end.output.length > outputLimitBytes ? 'too-large' : fromByteText(end.output.toString('latin1'));
  const outcome = outcomeOf(Number(end.word), dialect, end.state, request.purpose === 'block');
  return { attempt: { ...common, outcome, ...(outputFile !== '' && { outputFile }) }, ...more };
}

/** What the watching session says of one on a terminal that left no exit code. */
const lostOnTerminal = 'lost';

const refusals: readonly RemoteRefusal[] = ['missing', 'no-folder', 'no-scratch'];

/** A shell that was to tell its state and did not was ended by a signal, where its exit code says so. */
function outcomeOf(
  status: number,
  dialect: FreshDialect | undefined,
  state: Buffer,
  keepsState: boolean,
): ShellOutcome {
  if (dialect === undefined) return { status, shellLost: false };
  const dump = dialect.parseDump(state.toString('latin1').split('\0'));
  if (dump !== undefined) return { status, dump, shellLost: false };
  const signal = keepsState ? signalOf(status - 128) : undefined;
  return signal === undefined ? { status, shellLost: false } : { status: null, signal, shellLost: false };
}

function signalOf(number: number): NodeJS.Signals | undefined {
  const found = Object.entries(systemConstants.signals).find(([, value]) => value === number);
  return found?.[0] as NodeJS.Signals | undefined;
}

/** What became of the connection, to follow "the connection to the host". */
async function lossWords(
  client: SshClient,
  host: string,
  { begun, message }: Pick<Extract<SessionEnd, { type: 'lost' }>, 'begun' | 'message'>,
): Promise<string> {
  if (!begun) return `could not be made: ${message === '' ? 'ssh ended without a word' : message}`;
  if (await client.isConnected(host))
    return 'stands, but the block ended the session it ran in, and nobody knows how it ended';
  return 'was lost while the block was running';
}
