// Owns one process on a terminal of its own, from its script to its last output.
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import type { ByteText } from '../../languages/shell/byte-text.ts';
import type { BlockTerminal, OwnTerminal } from '../../run/executor.ts';
import { type HeldOutput, readWhilePrinting } from './held-output.ts';
import { PseudoTerminal } from './pseudo-terminal.ts';
import { signalName } from './signal-name.ts';
import { startFailureWords, whyNotStarted } from './why-not-started.ts';

/** How a process ended; `failure` says why it could not be started. */
export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly failure?: string;
}

export interface TerminalProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly attach: (terminal: BlockTerminal | undefined) => void;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onStarted: (pid: number) => void;
  /** Given the terminal where processes that the program has left behind still hold it; it is the listener's to close. */
  readonly onHeld: (terminal: HeldTerminal) => void;
}

/** A terminal whose program has ended; what is read from it goes on going to `onBytes`. */
export type HeldTerminal = HeldOutput & { close(): void };

export interface TerminalJob extends Omit<TerminalProgram, 'arguments'> {
  /** Told how many bytes of the pipe are the script; see `readScript`. */
  readonly arguments: (scriptBytes: number) => readonly string[];
  readonly script: ByteText;
  /** A named pipe through which the script is sent: standard input is the terminal. */
  readonly scriptPipe: string;
}

/**
 * Shell text that a shell which leads a terminal's session does last. At its end the system hangs up on the group in the
 * foreground, which is its own, and with it on all that it has started with `&`. So a shell with job control makes a
 * group of its own the one in the foreground, and is killed before it can give the terminal back. Where the group of the
 * block is not in the foreground, some shells would wait for that for ever, and nothing has to be done.
 */
export const leaveTerminal = `( /bin/sh -c '${[
  'exec </dev/tty >/dev/tty 2>&1',
  'if [ -r /proc/$$/stat ]; then read -r s </proc/$$/stat; set -- ${s##*) }; [ "$3" = "$6" ] || exit; fi',
  'set -m; /bin/sh -c "kill -9 \\$PPID" 2>/dev/null; :',
].join('; ')}' || : ) 2>/dev/null`;

/** Shell text that runs the script. It reads just so many bytes of the pipe, which we hold open and which has no end. */
export function readScript(path: string, bytes: number | string): string {
  return `eval "$(command -p head -c ${bytes} ${path})"`;
}

/** What programs are told of a terminal that we make. */
export function terminalVariables({ kind }: Pick<OwnTerminal, 'kind'>): Record<string, string> {
  return kind === 'dumb' ? { TERM: 'dumb' } : { TERM: 'xterm-256color', COLORTERM: 'truecolor' };
}

const scriptRetryMs = 5;

/** Runs the script on a new terminal and resolves when it has ended and all its output was given away. */
export async function runOnTerminal(job: TerminalJob): Promise<ScriptEnd> {
  const script = Buffer.from(`${job.script}\n`, 'latin1');
  const pipe = openScriptPipe(job.scriptPipe, script);
  try {
    return await runProgramOnTerminal({
      ...job,
      arguments: job.arguments(script.length),
      onStarted: (pid) => {
        // First whoever is to end the block learns of it: the tool may be killed at any moment.
        job.onStarted(pid);
        pipe.send();
      },
    });
  } finally {
    pipe.close();
    rmSync(job.scriptPipe, { force: true });
  }
}

/** Runs a program on a new terminal and resolves when it has ended and all its output was given away. */
export async function runProgramOnTerminal(job: TerminalProgram): Promise<ScriptEnd> {
  const terminal = openTerminal(job);
  if (typeof terminal === 'string') return { code: null, signal: null, failure: terminal };
  job.onStarted(terminal.pid);
  job.attach({
    write: (bytes) => terminal.write(bytes),
    resize: (columns, rows) => terminal.resize({ columns, rows }),
  });
  const { code, signal } = await terminal.exited;
  await readWhilePrinting(terminal);
  job.attach(undefined);
  if (terminal.held) job.onHeld(terminal);
  else terminal.close();
  return { code: signal ? null : code, signal: signal ? (signalName(signal) ?? 'SIGKILL') : null };
}

/** What is refused when the program is already on its terminal is only said there, so that it is asked for before. */
function openTerminal(job: TerminalProgram): PseudoTerminal | string {
  const refused = whyNotStarted(job);
  if (refused !== undefined) return refused;
  try {
    return new PseudoTerminal(job);
  } catch (error) {
    return startFailureWords(job.command, error);
  }
}

/** The pipe is held open from the start: the shell must not wait for its end. */
function openScriptPipe(path: string, script: Buffer): { send: () => void; close: () => void } {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    try {
      while (sent < script.length) sent += writeSync(descriptor, script, sent, script.length - sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      timer = setTimeout(send, scriptRetryMs);
    }
  };
  return {
    send,
    close() {
      clearTimeout(timer);
      closeSync(descriptor);
    },
  };
}
