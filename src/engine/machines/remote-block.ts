// Owns one block that runs in a session on a machine, from its session to what it came to.

import { machineName } from '../../basics/machine-address.ts';
import { fromByteText } from '../../languages/shell/byte-text.ts';
import type { FreshBlock, FreshDialect, ShellDump } from '../../languages/shell/shell-dialect.ts';
import { readUnheard } from '../../languages/shell/unheard-failure.ts';
import type { FailureReason } from '../../run/event.ts';
import type { ExecutionRequest } from '../../run/executor.ts';
import type { LeftOvers } from '../output/left-overs.ts';
import type { Grace } from '../processes/process-tree.ts';
import type { HeldTerminal } from '../processes/run-on-terminal.ts';
import { signalName } from '../processes/signal-name.ts';
import type { ShellOutcome } from '../shells/shell-job.ts';
import {
  type BlockEnd,
  type MachineJob,
  outputFileLimitBytes,
  type RunningBlock,
  tooLarge,
} from './machine.ts';
import { MachineSession, type SessionEnd } from './machine-session.ts';
import type { RemoteRefusal, RemoteScript } from './remote-script.ts';
import { runTerminalSession } from './terminal-session.ts';
import type { MachineWay } from './ways/machine-way.ts';

/** What is run, where, and what is made of its end. */
export interface RemoteBlockRequest {
  readonly way: MachineWay;
  readonly grace: Grace;
  readonly leftOvers: LeftOvers;
  readonly request: ExecutionRequest;
  readonly script: RemoteScript;
  readonly onTerminal: boolean;
  /** Reads the states of the shell that runs it, and what it was given; absent for other languages. */
  readonly shell?: {
    readonly dialect: FreshDialect;
    readonly given: FreshBlock;
  };
  /** Called with what its shell started from, where the script was to tell. */
  readonly onBase: (base: ShellDump) => void;
  /** Takes over the state it left; true where that changed anything. */
  readonly adopt: (dump: ShellDump) => boolean;
  /** The words for a block that was not begun. */
  readonly refused: (refusal: RemoteRefusal) => FailureReason<string>;
}

export class RemoteBlock implements RunningBlock {
  readonly ended: Promise<void>;
  readonly started: Promise<() => Promise<void>>;
  readonly #block: RemoteBlockRequest;
  readonly #job: MachineJob;
  readonly #ending = new AbortController();
  #markStarted: () => void = () => {};
  #session: MachineSession | undefined;
  #end: SessionEnd | undefined;

  constructor(block: RemoteBlockRequest, job: MachineJob) {
    this.#block = block;
    this.#job = job;
    this.started = new Promise((resolve) => {
      this.#markStarted = () => resolve(async () => this.#session?.end(block.grace));
    });
    this.ended = this.#run().then((end) => {
      this.#end = end;
    });
  }

  abort(): void {
    this.#ending.abort();
  }

  async settle(): Promise<BlockEnd> {
    const end = this.#end;
    if (end === undefined) return { outcome: { startFailure: 'it was never begun' } };
    if (end.type === 'no-ssh') return { outcome: { startFailure: end.message } };
    if (end.type === 'lost') return this.#lost(end);
    if (end.word === lostOnTerminal) return this.#lost({ begun: true, message: '' });
    return this.#read(end);
  }

  async abandon(): Promise<void> {}

  /** One session, or two when nobody was there to answer what ssh wanted to know. */
  async #run(): Promise<SessionEnd> {
    await this.#job.beforeCode();
    const { way, request } = this.#block;
    const signal = this.#ending.signal;
    const first = await this.#begin();
    if (first.type !== 'lost' || first.begun || signal.aborted || !way.couldBeAsked(first.message))
      return first;
    const asked = await way.ask({
      terminal: request.terminal,
      signal,
      onBytes: (bytes) => this.#job.output.take('stderr', bytes, 'terminal'),
      onHeld: this.#readOn,
    });
    if (asked === 'nobody' || asked === 'refused' || signal.aborted) return first;
    return this.#begin();
  }

  readonly #readOn = (terminal: HeldTerminal): void => {
    void this.#block.leftOvers.watchTerminal(terminal);
  };

  #begin(): Promise<SessionEnd> {
    const { way, script, request, onTerminal } = this.#block;
    const { output } = this.#job;
    const session = new MachineSession({
      way,
      script,
      onOutput: (stream, bytes) => output.take(stream, bytes),
    });
    this.#session = session;
    this.#markStarted();
    this.#job.onStarted();
    const { terminal } = request;
    if (!onTerminal || terminal === undefined) return session.ended;
    return runTerminalSession(session, {
      way,
      nonce: script.nonce,
      terminal,
      onBytes: (bytes) => output.take('stdout', bytes, 'terminal'),
      onHeld: this.#readOn,
    });
  }

  async #lost(loss: Pick<LostSession, 'begun' | 'message'>): Promise<BlockEnd> {
    const { way } = this.#block;
    const refusal = await way.refusal(loss);
    if (refusal !== undefined) return { outcome: { startFailure: refusal } };
    const message = await way.lossWords(loss);
    const host = machineName(way.address);
    return { outcome: { startFailure: message }, failure: { type: 'connection', host, message } };
  }

  #read(end: Extract<SessionEnd, { type: 'ended' }>): BlockEnd {
    const { shell, onBase, adopt, refused } = this.#block;
    const base = shell?.dialect.parseDump(end.base.toString('latin1').split('\0'));
    if (base !== undefined) onBase(base);
    if (!/^\d+$/.test(end.word)) {
      const refusal = refusals.find((word) => word === end.word);
      return {
        outcome: { startFailure: `it ended without an exit code: ${end.word}` },
        ...(refusal !== undefined && { failure: refused(refusal) }),
      };
    }
    const isWhole = end.output.length <= outputFileLimitBytes;
    const outputFile = isWhole ? fromByteText(end.output.toString('latin1')) : '';
    const outcome = outcomeOf(Number(end.word), shell, end.state);
    const { dump } = outcome;
    return {
      outcome,
      ...(outputFile !== '' && { outputFile }),
      ...(!isWhole && { outputUnread: tooLarge }),
      ...(shell !== undefined && end.unheard.length > 0 && { unheard: readUnheard(end.unheard.toString()) }),
      ...(end.leavesBehind && { leftUnheard: true }),
      ...(shell !== undefined && { dialect: shell.dialect }),
      ...(dump !== undefined && { adopt: () => adopt(dump) }),
    };
  }
}

type LostSession = Extract<SessionEnd, { type: 'lost' }>;

/** What the watching session says of one on a terminal that left no exit code. */
const lostOnTerminal = 'lost';

const refusals: readonly RemoteRefusal[] = ['missing', 'no-folder', 'no-scratch'];

/**
 * A shell that was to tell its state and did not was ended by a signal, where its exit code says so; bash then tells it,
 * but has not come to that exit code. What is told before an EXIT trap of the author's has none.
 */
function outcomeOf(status: number, shell: RemoteBlockRequest['shell'], state: Buffer): ShellOutcome {
  if (shell === undefined) return { status, shellLost: false };
  const end = shell.dialect.readEnd(state.toString('latin1').split('\0'), shell.given);
  const told = end.dump?.status;
  const isTold = told === status || Number.isNaN(told);
  const signal = shell.given.keepState && !isTold ? signalName(status - 128) : undefined;
  return signal === undefined
    ? { status, ...end, shellLost: false }
    : { status: null, signal, ...end, shellLost: false };
}
