// Owns the second session of a block that has a terminal on its host; the first one watches over it and tells its end.
import type { TerminalRequest } from '../../run/executor.ts';
import { type HeldTerminal, runProgramOnTerminal, terminalVariables } from '../processes/run-on-terminal.ts';
import { startProcess } from '../processes/start-process.ts';
import type { MachineSession, SessionEnd } from './machine-session.ts';
import { startOnTerminal } from './remote-script.ts';
import type { MachineWay } from './ways/machine-way.ts';

export interface TerminalSession {
  readonly way: MachineWay;
  readonly nonce: string;
  readonly terminal: TerminalRequest;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onHeld: (terminal: HeldTerminal) => void;
}

/** Runs the block that `watching` has laid ready on a terminal there, and resolves with what that session says. */
export async function runTerminalSession(
  watching: MachineSession,
  { way, nonce, terminal, onBytes, onHeld }: TerminalSession,
): Promise<SessionEnd> {
  await watching.begun;
  // The connection stands; ssh has nothing to ask any more.
  const { file, args, env } = way.call({ command: startOnTerminal(nonce), terminal: true });
  if (!watching.isOver) {
    if (terminal.type === 'own')
      await runProgramOnTerminal({
        command: file,
        arguments: args,
        env: { ...env, ...terminalVariables(terminal) },
        cwd: '/',
        size: terminal,
        attach: terminal.attach,
        onBytes,
        onStarted: () => {},
        // A connection that ssh keeps for later sessions may hold it.
        onHeld,
      });
    else await runInherited(file, args, env);
  }
  watching.say('done');
  return watching.ended;
}

function runInherited(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = startProcess(file, args, { env, stdio: 'inherit' });
  // The watching session tells that nothing was begun.
  if (child instanceof Promise) return child.then(() => {});
  return new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
}
