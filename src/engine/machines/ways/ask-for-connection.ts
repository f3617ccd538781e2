// Owns making a connection for which ssh has to ask a person something.
import type { TerminalRequest } from '../../../run/executor.ts';
import { type HeldTerminal, runProgramOnTerminal } from '../../processes/run-on-terminal.ts';
import { startProcess } from '../../processes/start-process.ts';
import { endedWithSignal } from './ended-with-signal.ts';
import type { SshClient } from './ssh-client.ts';

export interface AskOptions {
  /** Where the person is; absent where a block has no terminal. */
  readonly terminal: TerminalRequest | undefined;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onHeld: (terminal: HeldTerminal) => void;
}

/** Whether a connection failed for want of an answer: a password, a passphrase, a yes to an unknown host. */
export function couldBeAsked(message: string): boolean {
  return /Permission denied|Host key verification failed|No more authentication methods/i.test(message);
}

/** One at a time: two questions on one terminal could not be told apart. */
let asking: Promise<unknown> = Promise.resolve();

/** Lets ssh ask on the terminal that there is; `nobody` where there is none. */
export function askForConnection(
  client: SshClient,
  host: string,
  options: AskOptions,
): Promise<'connected' | 'refused' | 'nobody'> {
  return inTurn(() => ask(client, host, options));
}

/** Asks when nothing else is being asked. */
export function inTurn<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const answer = asking.then(ask);
  asking = answer.catch(() => {});
  return answer;
}

async function ask(
  client: SshClient,
  host: string,
  { terminal, signal, onBytes, onHeld }: AskOptions,
): Promise<'connected' | 'refused' | 'nobody'> {
  if (signal.aborted) return 'nobody';
  const { settings } = client;
  const { file, args } = client.call({ host, command: 'true', terminal: false, mayAsk: true });
  if (terminal?.type === 'own') {
    const { code } = await endedWithSignal(signal, (onStarted) =>
      runProgramOnTerminal({
        command: file,
        arguments: args,
        env: { ...settings.env },
        cwd: '/',
        size: terminal,
        attach: terminal.attach,
        onBytes,
        onStarted,
        // The connection that was made may hold it.
        onHeld,
      }),
    );
    return code === 0 ? 'connected' : 'refused';
  }
  if (terminal === undefined && !settings.mayAsk) return 'nobody';
  // It asks on the terminal that the tool was started on, which is the person's own.
  const child = startProcess(file, args, { env: settings.env, stdio: ['inherit', 'ignore', 'inherit'] });
  if (child instanceof Promise) return 'nobody';
  return endedWithSignal(signal, (onStarted) => {
    if (child.pid !== undefined) onStarted(child.pid);
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code === 0 ? 'connected' : 'refused'));
    });
  });
}
